"""Who is printed, what their badge calls them, and until when a list may be kept. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil
from typing import Final
from zlib import crc32

from midcycle.kernel.words import gettext_noop
from midcycle.registration.rules import ROLES, word_for

# Nobody is printed who may still say no.
ON_PAPER: Final = frozenset({"held", "checked_in"})

ORGANISER: Final = "organiser"
BADGE_ROLES: Final[Mapping[str, str]] = {
    ORGANISER: gettext_noop("Organiser"),
    **ROLES,
    "vendor": gettext_noop("Vendor"),
    "other": gettext_noop("Attendee"),
}
_COLOURS_FOR_OTHERS: Final = 2

TOGETHER: Final = 500  # badges in one file: a second of work
MOST_STACKS: Final = 20
_IN_A_STACK: Final = 60  # people one helper finds quickly
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


def badge_role(role: str, *, organises: bool) -> tuple[str, str, int]:
    """Return the role on a badge, its word and the number of its colour. Whoever is of the team is an organiser first."""
    role = ORGANISER if organises else role
    known = list(BADGE_ROLES)
    colour = known.index(role) if role in BADGE_ROLES else len(known) + crc32(role.encode()) % _COLOURS_FOR_OTHERS
    return role, word_for(role, BADGE_ROLES), colour


def usual_stacks(people: int) -> int:
    """Return in how many stacks check-in sheets are dealt unless somebody asks for more or fewer."""
    return min(max(ceil(people / _IN_A_STACK), 1), MOST_STACKS)


def usual_end(last_day: date | None, today: date) -> date:
    """Return when a security list is to be destroyed unless somebody says otherwise: the day after the meetup."""
    if last_day is None:
        return today + _WEEK
    return max(last_day, today) + _DAY
