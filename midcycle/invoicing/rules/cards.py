"""Payments by card: when one pays a fee, how long somebody has on the page of the provider, and how often we ask again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from midcycle.invoicing.rules.fees import DUE_BACK, LAPSED, OPEN, PAID, REFUNDED, WAIVED
from midcycle.kernel.money import amount_in_words
from midcycle.kernel.words import gettext_noop

SETTLED: Final = "settled"
KEPT: Final = "kept"
RETURNED: Final = "returned"
CARD_STATES: Final = {
    SETTLED: gettext_noop("Pays a fee"),
    KEPT: gettext_noop("To be given back"),
    RETURNED: gettext_noop("Given back"),
}

ARCHIVED: Final = gettext_noop("It came after the meetup was archived, so it is not in the books.")
_ENDED: Final = {
    PAID: gettext_noop("The fee was not open any more: paid."),
    WAIVED: gettext_noop("The fee was not open any more: waived."),
    LAPSED: gettext_noop("The fee was not open any more: lapsed."),
    DUE_BACK: gettext_noop("The fee was not open any more: to be paid back."),
    REFUNDED: gettext_noop("The fee was not open any more: paid back."),
}
_OTHER: Final = gettext_noop("The fee is %(asked)s, this is %(came)s.")
REASONS: Final = (_OTHER,)
"""What of the sentences that are kept with a payment has values in it."""

OPEN_FOR: Final = timedelta(hours=1)
"""How long the page of the provider takes a payment."""
USED_FOR: Final = timedelta(minutes=50)
"""How long whoever presses the button again is led to the same page, so that a fee is not paid in two of them."""
RETURN_FOR: Final = timedelta(hours=2)
"""How long a browser remembers to which seat it comes back."""

AWAITED_FOR: Final = timedelta(minutes=5)
"""How long a page looks by itself whether the provider has told of a payment."""
MOST_BYTES: Final = 256 * 1024
"""Bytes of an event at most; usual ones have about four thousand."""
MOST_ASKED: Final = 8
"""How often the provider is asked what it took for a payment, in about a week."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the provider told of a payment: all that came, and all that went back so far, in minor units of a currency."""

    event: str
    kind: str
    payment: str
    key: str
    amount: int
    returned: int
    currency: str
    at: datetime


def why_not(state: str, asked: tuple[int, str], came: tuple[int, str]) -> str:
    """Return why what came does not pay a fee in this state, of which so much is asked; blank when it does.

    The sentence is kept, so it is in English; `kernel.words.retold` with `REASONS` tells it.
    """
    if state != OPEN:
        return _ENDED[state]
    if asked != came:
        return _OTHER % {"asked": amount_in_words(*asked), "came": amount_in_words(*came)}
    return ""


def pause_after(asked: int) -> timedelta:
    """Return how long to wait before the provider is asked again that did not know yet: minutes first, then days."""
    return timedelta(minutes=2 << 2 * min(asked, 6))
