"""States of an invoice, how long texts may be, and when a reminder may go out."""

from datetime import date, timedelta
from typing import Final

from midcycle.kernel.money import CURRENCIES
from midcycle.kernel.words import day_in_words, gettext, gettext_noop

DRAFT: Final = "draft"
ISSUED: Final = "issued"
STATES: Final = (DRAFT, ISSUED)
KINDS: Final = {"invoice": gettext_noop("Invoice"), "credit_note": gettext_noop("Credit note")}
STANDINGS: Final = {
    "draft": gettext_noop("Draft"),
    "issued": gettext_noop("Issued"),
    "overpaid": gettext_noop("Overpaid"),
    "settled": gettext_noop("Settled"),
    "overdue": gettext_noop("Overdue"),
    "part paid": gettext_noop("Part paid"),
    "open": gettext_noop("Open"),
}
"""How an invoice stands, for people."""
AS_INVOICED: Final = (
    "name", "street", "postcode", "city", "country", "vat_id", "email", "buyer_reference", "currency", "days", "income",
)  # fmt: skip
"""What a credit note says as its invoice does: only its lines and notes are its own."""
MOST_LINES: Final = 50
LONGEST: Final = 200
MOST_DAYS: Final = 180
MOST_REMINDERS: Final = 3
BETWEEN_REMINDERS: Final = 7
"""Days that pass between the day an invoice is due and a first reminder, and between two reminders."""
BILLED: Final = tuple(code for code, digits in CURRENCIES.items() if digits <= 2)
"""Currencies an invoice can be in: EN 16931 has two decimals for amounts and no more."""


def standing(*, kind: str, state: str, gross: int, owed: int, due_on: date | None, today: date) -> str:
    """Return how an invoice stands, in a word. `owed` is what its postings leave to be paid."""
    if state == DRAFT:
        return "draft"
    if kind != "invoice":
        return "issued"
    if owed < 0:
        return "overpaid"
    if owed == 0:
        return "settled"
    if due_on is not None and due_on < today:
        return "overdue"
    return "part paid" if owed < gross else "open"


def number_of(prefix: str, year: int, count: int) -> str:
    """Return the number of the so-many-th invoice of a year."""
    return f"{prefix}{year}-{count:04d}"


def identity(country: str, vat_id: str, tax_number: str, name: str) -> str:
    """Return what an organisation is known as, by the surest thing that is known of it."""
    told = vat_id or tax_number or name
    return f"{country} {''.join(char for char in told.casefold() if char.isalnum())}"


def may_remind(*, due_on: date | None, today: date, sent: int, last: date | None) -> str | None:
    """Return why no reminder can go out now, as a sentence; None when one can."""
    if due_on is None or due_on >= today:
        return gettext("Nothing is overdue: no reminder is needed yet.")
    if sent >= MOST_REMINDERS:
        return gettext("%(most)s reminders went out. Call them instead.") % {"most": MOST_REMINDERS}
    soonest = (last or due_on) + timedelta(days=BETWEEN_REMINDERS)
    if today < soonest:
        return gettext("The next reminder can go out on %(day)s.") % {"day": day_in_words(soonest, "month_day")}
    return None
