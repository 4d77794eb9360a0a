"""Underwriters: how they come from being asked to being thanked, and how they may be thanked. Pure."""

from collections.abc import Collection, Mapping
from typing import Final

from midcycle.kernel.money import CURRENCIES

STATE_NAMES: Final[Mapping[str, str]] = {
    "asked": "Asked",
    "declined": "Declined",
    "pledged": "Pledged",
    "invoiced": "Invoiced",
    "paid": "Paid",
    "thanked": "Thanked",
}
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
    "asked": "Ask again",
    "declined": "They declined",
    "pledged": "They pledged",
    "invoiced": "The invoice went out",
    "paid": "They paid",
    "thanked": "Thank them in public",
}
_BACK: Final[Mapping[tuple[str, str], str]] = {
    ("invoiced", "pledged"): "The invoice was taken back",
    ("thanked", "pledged"): "Take the name off, not paid yet",
    ("thanked", "paid"): "Take the name off, it is paid",
}

COUNTED: Final = frozenset({"pledged", "invoiced", "paid", "thanked"})
"""States whose pledge is counted as income; who is only asked has promised nothing."""

HAS_AMOUNT: Final = frozenset({"invoiced"})
"""States that make no sense without an amount."""

RECOGNITIONS: Final[Mapping[str, str]] = {
    "page": "Named on the meetup's page",
    "report": "Named in the report",
    "opening": "Named in the opening session",
    "coffee": "Named where the coffee stands",
    "evening": "Named on the invitation to the evening",
    "letter": "A letter of thanks from the team",
}
"""Every way there is to thank. There is no booth among them, and nothing can be typed beside them."""

USUAL: Final = frozenset({"page", "report"})

WAYS: Final[Mapping[str, str]] = {"mail": "By mail", "phone": "By phone", "person": "In person", "other": "Another way"}

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
        return "Type the name as it should be thanked."
    if len(name) > LONGEST["name"]:
        return f"Shorten the name to {LONGEST['name']} characters."
    return None


def fault_in_pledge(amount: int, currency: str) -> tuple[str, str] | None:
    """Return the field of a pledge that is wrong and what to do about it; None when all is well."""
    if currency not in CURRENCIES:
        return "currency", "Choose a currency of the list."
    if amount < 0:
        return "pledged", "A pledge is not below zero."
    if amount > LARGEST:
        return "pledged", "This is more than can be kept here. Type a smaller amount."
    return None


def fault_in_thanks(kinds: Collection[str]) -> str | None:
    """Return what is wrong with the ways to thank; None when all are on the list."""
    return None if set(kinds) <= RECOGNITIONS.keys() else "Choose from the list: there are no other ways to thank."


def deed(was: str, becomes: str) -> str:
    """Return what a move is called on its button."""
    return _BACK.get((was, becomes), DEEDS[becomes])


def state_when_paid(was: str, *, paid: int, owed: int) -> str:
    """Return the state after money came in or went back; who is thanked already stays so.

    *Paid* once nothing is owed on the invoice; owed again, it is *invoiced*; all given back of one taken back, *pledged*.
    """
    if was in {"pledged", "invoiced", "paid"} and paid > 0 and owed <= 0:
        return "paid"
    if was == "paid":
        return "invoiced" if owed > 0 else "pledged"
    return was
