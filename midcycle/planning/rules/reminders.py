"""On which days somebody is reminded of a task. Pure."""

from datetime import date, timedelta
from typing import Final

AHEAD: Final = (7, 1, 0)  # so many days before it is due
EVERY: Final = 7  # days, once it is overdue
UNTIL: Final = 56  # days overdue; after that the list still says so, and nobody is written to
SOON: Final = 7  # a letter also names what is due within so many days
LOOK_BACK: Final = 7  # days without a worker that are made up for
MONDAY: Final = 0


def is_time(due: date, *, since: date, today: date) -> bool:
    """Say whether one of the days somebody is reminded on came after `since`, today included."""
    missed = min((today - since).days, LOOK_BACK)
    return any(_falls_on(due, today - timedelta(days=back)) for back in range(missed))


def is_pressing(due: date, today: date) -> bool:
    """Say whether a task nobody has taken belongs in the letter of the week to the whole team."""
    return -UNTIL <= (due - today).days <= SOON


def is_weekly_day(*, since: date, today: date) -> bool:
    """Say whether a Monday came after `since`, today included."""
    missed = min((today - since).days, LOOK_BACK)
    return any((today - timedelta(days=back)).weekday() == MONDAY for back in range(missed))


def _falls_on(due: date, day: date) -> bool:
    left = (due - day).days
    return left in AHEAD or (-UNTIL <= left < 0 and left % EVERY == 0)
