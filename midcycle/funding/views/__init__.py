"""Pages about money and those who give it."""

from midcycle.funding.views.balance import balance, data, glance, scenario, scenarios, table
from midcycle.funding.views.budgets import budget, line, lines, publication, rate, rates, terms
from midcycle.funding.views.underwriters import contacts, contract, moves, thanks, underwriter, underwriters

__all__ = [
    "balance", "budget", "contacts", "contract", "data", "glance", "line", "lines", "moves", "publication", "rate", "rates",
    "scenario", "scenarios", "table", "terms", "thanks", "underwriter", "underwriters",
]  # fmt: skip
