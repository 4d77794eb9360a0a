"""Outcomes over HTTP."""
