"""Underwriters: how they come from being asked to being thanked, and how they may be thanked. Pure."""

from collections.abc import Collection, Mapping
from typing import Final

from midcycle.kernel.money import CURRENCIES
from midcycle.kernel.words import gettext, gettext_noop, ngettext, pgettext_noop

STATE_NAMES: Final[Mapping[str, str]] = {
    "asked": pgettext_noop("of an underwriter", "Asked"),
    "declined": pgettext_noop("of an underwriter", "Declined"),
    "pledged": pgettext_noop("of an underwriter", "Pledged"),
    "invoiced": pgettext_noop("of an underwriter", "Invoiced"),
    "paid": pgettext_noop("of an underwriter", "Paid"),
    "thanked": pgettext_noop("of an underwriter", "Thanked"),
}
STATES_WITHIN: Final[Mapping[str, str]] = {
    "asked": gettext_noop("asked"),
    "declined": gettext_noop("declined"),
    "pledged": gettext_noop("pledged"),
    "invoiced": gettext_noop("invoiced"),
    "paid": gettext_noop("paid"),
    "thanked": gettext_noop("thanked"),
}
"""The same within a sentence, after a colon."""
STATES: Final = tuple(STATE_NAMES)
FIRST_STATES: Final = ("asked", "pledged", "thanked")

MOVES: Final[Mapping[str, frozenset[str]]] = {
    "asked": frozenset({"pledged", "declined"}),
    "declined": frozenset({"asked"}),
    "pledged": frozenset({"invoiced", "paid", "thanked", "declined"}),
    "invoiced": frozenset({"paid", "thanked", "pledged"}),
    "paid": frozenset({"thanked"}),
    "thanked": frozenset({"pledged", "paid"}),
}
"""Legal moves. Back to *pledged* from *invoiced*: the invoice was taken back. From *thanked*: the name comes off the pages."""

DEEDS: Final[Mapping[str, str]] = {
    "asked": gettext_noop("Ask again"),
    "declined": gettext_noop("They declined"),
    "pledged": gettext_noop("They pledged"),
    "invoiced": gettext_noop("The invoice went out"),
    "paid": gettext_noop("They paid"),
    "thanked": gettext_noop("Thank them in public"),
}
_BACK: Final[Mapping[tuple[str, str], str]] = {
    ("invoiced", "pledged"): gettext_noop("The invoice was taken back"),
    ("thanked", "pledged"): gettext_noop("Take the name off, not paid yet"),
    ("thanked", "paid"): gettext_noop("Take the name off, it is paid"),
}

COUNTED: Final = frozenset({"pledged", "invoiced", "paid", "thanked"})
"""States whose pledge is counted as income; who is only asked has promised nothing."""

HAS_AMOUNT: Final = frozenset({"invoiced"})
"""States that make no sense without an amount."""

RECOGNITIONS: Final[Mapping[str, str]] = {
    "page": gettext_noop("Named on the meetup's page"),
    "report": gettext_noop("Named in the report"),
    "opening": gettext_noop("Named in the opening session"),
    "coffee": gettext_noop("Named where the coffee stands"),
    "evening": gettext_noop("Named on the invitation to the evening"),
    "letter": gettext_noop("A letter of thanks from the team"),
}
"""Every way there is to thank. There is no booth among them, and nothing can be typed beside them."""

USUAL: Final = frozenset({"page", "report"})

WAYS: Final[Mapping[str, str]] = {
    "mail": gettext_noop("By mail"),
    "phone": gettext_noop("By phone"),
    "person": gettext_noop("In person"),
    "other": gettext_noop("Another way"),
}

WAYS_WITHIN: Final[Mapping[str, str]] = {
    "mail": gettext_noop("by mail"),
    "phone": gettext_noop("by phone"),
    "person": gettext_noop("in person"),
    "other": gettext_noop("another way"),
}

LONGEST: Final[Mapping[str, int]] = {
    "name": 160,
    "contact_name": 120,
    "address": 500,
    "next_step": 160,
    "whom": 120,
    "note": 500,
}
LARGEST: Final = 10**12
"""The largest pledge or price in minor units: 10 thousand million euros, so that sums stay far from any limit."""


def fault_in(name: str) -> str | None:
    """Return what to do about an underwriter's name; None when all is well."""
    if not name:
        return gettext("Type the name as it should be thanked.")
    if len(name) > LONGEST["name"]:
        most = LONGEST["name"]
        return ngettext("Shorten the name to %(most)s character.", "Shorten the name to %(most)s characters.", most) % {
            "most": most
        }
    return None


def fault_in_pledge(amount: int, currency: str) -> tuple[str, str] | None:
    """Return the field of a pledge that is wrong and what to do about it; None when all is well."""
    if currency not in CURRENCIES:
        return "currency", gettext("Choose a currency of the list.")
    if amount < 0:
        return "pledged", gettext("A pledge is not below zero.")
    if amount > LARGEST:
        return "pledged", gettext("This is more than can be kept here. Type a smaller amount.")
    return None


def fault_in_thanks(kinds: Collection[str]) -> str | None:
    """Return what is wrong with the ways to thank; None when all are on the list."""
    is_known = set(kinds) <= RECOGNITIONS.keys()
    return None if is_known else gettext("Choose from the list: there are no other ways to thank.")


def deed(was: str, becomes: str) -> str:
    """Return what a move is called on its button, in the language that is active."""
    return gettext(_BACK.get((was, becomes), DEEDS[becomes]))


def state_when_paid(was: str, *, paid: int, owed: int) -> str:
    """Return the state after money came in or went back; who is thanked already stays so.

    *Paid* once nothing is owed on the invoice; owed again, it is *invoiced*; all given back of one taken back, *pledged*.
    """
    if was in {"pledged", "invoiced", "paid"} and paid > 0 and owed <= 0:
        return "paid"
    if was == "paid":
        return "invoiced" if owed > 0 else "pledged"
    return was
