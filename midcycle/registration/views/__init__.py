"""Registration over HTTP: what everybody sees, and what organisers do."""
