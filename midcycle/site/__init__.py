"""Settings, addresses, processes and followers: the only package that knows every app."""
