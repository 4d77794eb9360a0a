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
from midcycle.invoicing.actions.card_costs import ask_what_was_taken
from midcycle.invoicing.actions.card_events import heed
from midcycle.invoicing.actions.cards import Ways, give_back_by_card, pay_by_card
from midcycle.invoicing.actions.charging import (
    Terms,
    ask_holders,
    choose_fee,
    forget_payer,
    remind_of_fees,
    set_fees,
    settle_fee,
    waive_fee,
)
from midcycle.invoicing.actions.collecting import book_fee
from midcycle.invoicing.actions.drafting import Details, change, discard, draft, draft_for
from midcycle.invoicing.actions.issuing import credit, issue
from midcycle.invoicing.actions.papers import keep_papers
from midcycle.invoicing.actions.parties import IssuerDetails, adopt_issuer, set_issuer
from midcycle.invoicing.actions.receipts import Buyer, write_receipt
from midcycle.invoicing.actions.reminding import remind
from midcycle.invoicing.actions.sending import send

__all__ = [
    "Buyer", "Details", "IssuerDetails", "Noted", "Statement", "Terms", "Ways", "adopt_issuer", "ask_holders",
    "ask_what_was_taken", "book_fee", "book_line", "bring_line_back", "change", "choose_fee", "credit", "discard", "draft",
    "draft_for", "forget_payer", "give_back_by_card", "heed", "issue", "keep_papers", "note_money", "pay_by_card",
    "publish_money", "remind", "remind_of_fees", "reverse", "send", "set_fees", "set_issuer", "set_line_aside", "settle_fee",
    "take_statement", "unbook_line", "waive_fee", "write_receipt",
]  # fmt: skip
