"""Fees of those who hold a seat: what they are called, when they are due, and what of them is VAT."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from midcycle.kernel.words import gettext_noop, pgettext_noop

OPEN: Final = "open"
PAID: Final = "paid"
WAIVED: Final = "waived"
LAPSED: Final = "lapsed"
DUE_BACK: Final = "due_back"
REFUNDED: Final = "refunded"
FEE_STATES: Final = {
    OPEN: pgettext_noop("of a fee", "Open"),
    PAID: pgettext_noop("of a fee", "Paid"),
    WAIVED: pgettext_noop("of a fee", "Waived"),
    LAPSED: pgettext_noop("of a fee", "Lapsed"),
    DUE_BACK: pgettext_noop("of a fee", "To be paid back"),
    REFUNDED: pgettext_noop("of a fee", "Paid back"),
}
NOT_OPEN: Final = {
    PAID: gettext_noop("This fee is not open: paid."),
    WAIVED: gettext_noop("This fee is not open: waived."),
    LAPSED: gettext_noop("This fee is not open: lapsed."),
    DUE_BACK: gettext_noop("This fee is not open: to be paid back."),
    REFUNDED: gettext_noop("This fee is not open: paid back."),
}
LIVE: Final = (OPEN, PAID, WAIVED)
"""States of which a seat has one fee at most."""

STANDARD: Final = "standard"
REDUCED: Final = "reduced"
FREE: Final = "free"
FEE_KINDS: Final = {STANDARD: gettext_noop("Standard"), REDUCED: gettext_noop("Reduced"), FREE: gettext_noop("Free")}
HOLDING: Final = frozenset({"held", "checked_in"})
"""States of a seat whose holder owes a fee."""

VAT_OF_FEES: Final = ("S", "E", "O")
SHORTEST: Final = 7
"""Days there are to pay at least, however late somebody got the seat."""


@dataclass(frozen=True, slots=True)
class Split:
    """An amount with its VAT, as two parts of it."""

    net: int
    tax: int


def split(gross: int, rate: int) -> Split | None:
    """Return what of an amount is VAT at a rate in hundredths of a per cent, so that an invoice comes to the same amount.

    None where no net amount does, because VAT is rounded: with 19 %, nothing comes to 45.00.
    """
    guess = gross * 10_000 // (10_000 + rate)
    for net in (guess, guess + 1):
        tax = (net * rate + 5_000) // 10_000
        if net + tax == gross:
            return Split(net, tax)
    return None


def nearest(gross: int, rate: int) -> tuple[int, int]:
    """Return the amounts below and above that `split` can split."""
    below = next(amount for amount in range(gross, -1, -1) if split(amount, rate))
    above = next(amount for amount in range(gross, gross + 3) if split(amount, rate))
    return below, above


def due_on(pay_by: date, today: date) -> date:
    """Return until when somebody pays who gets a seat today."""
    return max(pay_by, today + timedelta(days=SHORTEST))


def price_of(kind: str, standard: int, reduced: int | None, *, may_be_free: bool) -> int | None:
    """Return what somebody owes who chose a kind; None where it is not offered."""
    return {STANDARD: standard, REDUCED: reduced, FREE: 0 if may_be_free else None}.get(kind)
