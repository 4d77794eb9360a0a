"""The accounts of a meetup's ledger, and what each deed moves between them.

A posting names the account that gets and the account that gives, with one amount in one currency above zero. So whatever is
posted, all accounts together come to nothing: no row of the table can say otherwise.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from midcycle.kernel.words import gettext_noop

FIRST_DAY: Final = date(2000, 1, 1)  # before it no money of a meetup kept here moved
BANK: Final = "bank"
CARDS: Final = "cards"
OWED: Final = "receivable"
HELD: Final = "held"
VAT: Final = "vat"
INCOME: Final = {
    "income_underwriters": gettext_noop("Underwriters"),
    "income_fees": gettext_noop("Fees"),
    "income_other": gettext_noop("Other income"),
}
COSTS: Final = {
    "cost_venue": gettext_noop("Venue"),
    "cost_catering": gettext_noop("Food and drink"),
    "cost_technology": gettext_noop("Sound, screens and network"),
    "cost_travel": gettext_noop("Travel fund"),
    "cost_printing": gettext_noop("Badges and printing"),
    "cost_bank": gettext_noop("Bank and payment charges"),
    "cost_other": gettext_noop("Other costs"),
}
ACCOUNTS: Final = {
    BANK: gettext_noop("Bank account"),
    CARDS: gettext_noop("Paid by card, not on the bank account yet"),
    OWED: gettext_noop("Invoices not paid yet"),
    HELD: gettext_noop("Paid by card, to be given back"),
    VAT: gettext_noop("VAT for the tax office"),
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
    ISSUED: gettext_noop("Invoice issued"),
    CREDITED: gettext_noop("Credit note issued"),
    PAID: gettext_noop("Paid"),
    COST: gettext_noop("Cost paid"),
    RECEIVED: gettext_noop("Money received"),
    FEE_PAID: gettext_noop("Fee paid"),
    FEE_BACK: gettext_noop("Fee paid back"),
    CARD_KEPT: gettext_noop("Paid by card, to be given back"),
    CARD_BACK: gettext_noop("Given back by card"),
    CARD_COST: gettext_noop("Charge for a payment by card"),
    PAYOUT: gettext_noop("Paid out by the card provider"),
    REVERSED: gettext_noop("Taken back"),
}


TAKEN_BACK: Final = {
    ISSUED: gettext_noop("Taken back: invoice issued"),
    CREDITED: gettext_noop("Taken back: credit note issued"),
    PAID: gettext_noop("Taken back: paid"),
    COST: gettext_noop("Taken back: cost paid"),
    RECEIVED: gettext_noop("Taken back: money received"),
    FEE_PAID: gettext_noop("Taken back: fee paid"),
    FEE_BACK: gettext_noop("Taken back: fee paid back"),
    CARD_KEPT: gettext_noop("Taken back: paid by card, to be given back"),
    CARD_BACK: gettext_noop("Taken back: given back by card"),
    CARD_COST: gettext_noop("Taken back: charge for a payment by card"),
    PAYOUT: gettext_noop("Taken back: paid out by the card provider"),
}
"""What a reversal is called, by what it reverses."""


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
