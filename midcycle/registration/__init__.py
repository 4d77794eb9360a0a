"""Seats: capacity that is never exceeded, and the waitlist behind it."""
