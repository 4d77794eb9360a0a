"""States of a seat, the legal moves between them, and who is next. Pure."""

from collections.abc import Mapping
from typing import Final, Literal, get_args

SeatState = Literal["held", "waiting", "offered", "cancelled", "checked_in", "no_show"]
SEAT_STATES: Final = get_args(SeatState)
SEAT_STATE_NAMES: Final[Mapping[str, str]] = {
    "held": "Seat held",
    "waiting": "Waiting",
    "offered": "Seat offered",
    "cancelled": "Cancelled",
    "checked_in": "Checked in",
    "no_show": "No-show",
}

MOVES: Final[Mapping[str, frozenset[str]]] = {
    "held": frozenset({"cancelled", "checked_in", "no_show"}),
    "waiting": frozenset({"held", "cancelled"}),
    "offered": frozenset({"held", "cancelled"}),
    "cancelled": frozenset({"held", "waiting"}),
    "checked_in": frozenset({"held"}),
    "no_show": frozenset({"checked_in"}),
}

# States that take one of the seats there are.
TAKES_A_SEAT: Final = frozenset({"held", "offered", "checked_in", "no_show"})

ROLES: Final[Mapping[str, str]] = {
    "operator": "Operator",
    "expects_to_operate": "Expects to operate",
    "developer": "Developer",
    "vendor": "Vendor, wearing a user's hat",
    "other": "Something else",
}


def place_in_line(held: int, total: int) -> SeatState:
    """Return what a newcomer gets: a seat while one is free, a place in the waitlist otherwise."""
    return "held" if held < total else "waiting"


def seats_to_promote(held: int, total: int, waiting: int) -> int:
    """Return how many of those waiting get a seat now."""
    return max(0, min(total - held, waiting))
