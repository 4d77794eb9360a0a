"""How long answers are kept, and when they are deleted. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from midcycle.kernel.words import ngettext
from midcycle.registration.rules.asking import KEEP_DAYS

LEAST_DAYS: Final = 1
MOST_DAYS: Final = 1_000

# What of a seat goes with each standard answer. Name and address are more than a column; needs have a table of their own.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "organisation": ("organisation", "organisation_key"),
    "role": ("role", "group"),
    "sector": ("sector",),
    "region": ("region",),
    "first_time": ("first_time",),
    "on_list": ("on_list",),
    "heard_how": ("heard_how", "via"),
    "photos": ("photos",),
}
_YES_OR_NO: Final = frozenset({"first_time", "on_list", "photos"})
NEEDS: Final = ("diet", "access")
# Answers whose figures are public. What anybody could see of them stays when the answers go.
COUNTED: Final = ("role", "sector", "region", "heard_how", "on_list", "first_time")


def blank(column: str) -> str | None:
    """Return what a column of a seat holds when nothing was said."""
    return None if column in _YES_OR_NO else ""


def days_of(key: str, overrides: Mapping[str, int]) -> int:
    """Return how many days after the meetup a standard answer is kept."""
    return overrides.get(key, KEEP_DAYS[key])


def last_day(starts_on: date | None, ends_on: date | None, archived_on: date | None) -> date | None:
    """Return the day retention counts from: the last of the meetup, or the one it was called off and archived before.

    None while there is no such day.
    """
    last = ends_on or starts_on
    if last is None or archived_on is None:
        return last or archived_on
    return min(last, archived_on)


def deleted_on(last: date | None, days: int) -> date | None:
    """Return the day an answer is deleted."""
    return None if last is None else last + timedelta(days=days)


def is_due(last: date | None, days: int, today: date) -> bool:
    """Say whether an answer has to go."""
    return last is not None and today >= last + timedelta(days=days)


def why_not_longer(days: int, promised: int, *, people: int) -> str | None:
    """Return why an answer cannot be kept so long, None when it can: people answered because of what they were promised."""
    if days <= promised or not people:
        return None
    told = ngettext(
        "People have answered already, and were told 1 day. It can be made shorter, not longer.",
        "People have answered already, and were told %(count)s days. It can be made shorter, not longer.",
        promised,
    )
    return told % {"count": promised}
