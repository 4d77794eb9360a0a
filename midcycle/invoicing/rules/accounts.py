"""The accounts of a meetup's ledger, and what each deed moves between them.

A posting names the account that gets and the account that gives, with one amount in one currency above zero. So whatever is
posted, all accounts together come to nothing: no row of the table can say otherwise.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST_DAY: Final = date(2000, 1, 1)  # before it no money of a meetup kept here moved
BANK: Final = "bank"
CARDS: Final = "cards"
OWED: Final = "receivable"
HELD: Final = "held"
VAT: Final = "vat"
INCOME: Final = {
    "income_underwriters": "Underwriters",
    "income_fees": "Fees",
    "income_other": "Other income",
}
COSTS: Final = {
    "cost_venue": "Venue",
    "cost_catering": "Food and drink",
    "cost_technology": "Sound, screens and network",
    "cost_travel": "Travel fund",
    "cost_printing": "Badges and printing",
    "cost_bank": "Bank and payment charges",
    "cost_other": "Other costs",
}
ACCOUNTS: Final = {
    BANK: "Bank account",
    CARDS: "Paid by card, not on the bank account yet",
    OWED: "Invoices not paid yet",
    HELD: "Paid by card, to be given back",
    VAT: "VAT for the tax office",
    **INCOME,
    **COSTS,
}

ISSUED: Final = "issued"
CREDITED: Final = "credited"
PAID: Final = "paid"
COST: Final = "cost"
RECEIVED: Final = "received"
FEE_PAID: Final = "fee_paid"
FEE_BACK: Final = "fee_back"
CARD_KEPT: Final = "card_kept"
CARD_BACK: Final = "card_back"
CARD_COST: Final = "card_cost"
PAYOUT: Final = "payout"
REVERSED: Final = "reversed"
DEEDS: Final = {
    ISSUED: "Invoice issued",
    CREDITED: "Credit note issued",
    PAID: "Paid",
    COST: "Cost paid",
    RECEIVED: "Money received",
    FEE_PAID: "Fee paid",
    FEE_BACK: "Fee paid back",
    CARD_KEPT: "Paid by card, to be given back",
    CARD_BACK: "Given back by card",
    CARD_COST: "Charge for a payment by card",
    PAYOUT: "Paid out by the card provider",
    REVERSED: "Taken back",
}


@dataclass(frozen=True, slots=True)
class Move:
    """An amount above zero, in minor units, that one account gets from another."""

    gets: str
    gives: str
    amount: int


def moves_of_invoice(income: str, net: int, tax: int, *, is_credit: bool) -> list[Move]:
    """Return what an invoice moves, or a credit note, which moves it back."""
    parts = [Move(OWED, income, net), Move(OWED, VAT, tax)]
    kept = [part for part in parts if part.amount]
    return turned(kept) if is_credit else kept


def moves_of_payment(amount: int, account: str = BANK) -> list[Move]:
    """Return what money moves that comes in for an invoice, or goes back out when the amount is below zero."""
    move = Move(account, OWED, abs(amount))
    return [move] if amount > 0 else turned([move])


def moves_of_fee(net: int, tax: int, account: str = BANK) -> list[Move]:
    """Return what a fee moves that is paid without an invoice."""
    return [move for move in (Move(account, "income_fees", net), Move(account, VAT, tax)) if move.amount]


def turned(moves: list[Move]) -> list[Move]:
    """Return the moves the other way round."""
    return [Move(move.gives, move.gets, move.amount) for move in moves]
