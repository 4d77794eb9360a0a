"""The reads of funding."""

from midcycle.funding.queries.balance import Book, book_of
from midcycle.funding.queries.balance_page import BalancePage, balance_page
from midcycle.funding.queries.giving import Glance, as_data, as_table, glance
from midcycle.funding.queries.paper import contract_letter
from midcycle.funding.queries.underwriters import (
    Pipeline,
    Thanked,
    UnderwriterPage,
    balance_is_published,
    home_currency,
    pipeline,
    team,
    thanked,
    underwriter_page,
    underwriters,
)

__all__ = [
    "BalancePage",
    "Book",
    "Glance",
    "Pipeline",
    "Thanked",
    "UnderwriterPage",
    "as_data",
    "as_table",
    "balance_is_published",
    "balance_page",
    "book_of",
    "contract_letter",
    "glance",
    "home_currency",
    "pipeline",
    "team",
    "thanked",
    "underwriter_page",
    "underwriters",
]
