"""Underwriters: who pays a part of a meetup and is thanked for it."""
