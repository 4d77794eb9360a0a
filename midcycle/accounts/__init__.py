"""People, known by their e-mail address, and how they sign in."""
