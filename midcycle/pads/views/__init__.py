"""Pads over HTTP."""
