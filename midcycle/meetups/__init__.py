"""Meetups, the series they belong to, their stages, their organisers."""
