"""Outcomes: what the notes of a meetup say is to be done, whose it is, and what became of it."""
