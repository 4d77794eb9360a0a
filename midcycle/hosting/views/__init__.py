"""Calls for interest over HTTP: what everybody sees, and what organisers do."""
