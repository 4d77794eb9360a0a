"""Midcycle runs an operators' meetup, from the first "who would come?" to the published report."""

__version__ = "0.1.0"
