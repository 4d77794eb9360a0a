"""The tables of funding."""

from midcycle.funding.models.underwriters import Contact, Recognition, Underwriter

__all__ = ["Contact", "Recognition", "Underwriter"]
