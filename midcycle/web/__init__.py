"""The look and the plumbing every page shares: base template, middleware, form rendering, API front door."""
