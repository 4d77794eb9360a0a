"""Calls for hosts over HTTP."""
