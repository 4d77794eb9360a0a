"""Pages about money and those who give it."""

from midcycle.funding.views.underwriters import contacts, contract, moves, thanks, underwriter, underwriters

__all__ = ["contacts", "contract", "moves", "thanks", "underwriter", "underwriters"]
