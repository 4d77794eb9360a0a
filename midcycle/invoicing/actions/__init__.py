"""The deeds of the treasurer."""

from midcycle.invoicing.actions.banking import (
    Statement,
    book_line,
    bring_line_back,
    set_line_aside,
    take_statement,
    unbook_line,
)
from midcycle.invoicing.actions.booking import Noted, note_money, publish_money, reverse
from midcycle.invoicing.actions.drafting import Details, change, discard, draft, draft_for
from midcycle.invoicing.actions.issuing import credit, issue
from midcycle.invoicing.actions.papers import keep_papers
from midcycle.invoicing.actions.parties import IssuerDetails, adopt_issuer, set_issuer
from midcycle.invoicing.actions.reminding import remind
from midcycle.invoicing.actions.sending import send

__all__ = [
    "Details", "IssuerDetails", "Noted", "Statement", "adopt_issuer", "book_line", "bring_line_back", "change", "credit",
    "discard", "draft", "draft_for", "issue", "keep_papers", "note_money", "publish_money", "remind", "reverse", "send",
    "set_issuer", "set_line_aside", "take_statement", "unbook_line",
]  # fmt: skip
