"""When a task is due: on a day, or so many days from the first day of its meetup. Pure."""

from datetime import date, timedelta

from midcycle.kernel.words import gettext, ngettext


def due_day(days: int | None, due_on: date | None, starts_on: date | None) -> date | None:
    """Return the day something is due; None without one, and while the first day it is counted from is not settled."""
    if due_on is not None:
        return due_on
    if days is None or starts_on is None:
        return None
    return starts_on + timedelta(days=days)


def offset_of(day: date, starts_on: date) -> int:
    """Return how many days from the first day a day is: negative before, so that `due_day` gives the day again."""
    return (day - starts_on).days


def days_in_words(days: int) -> str:
    """Return such as `8 weeks before`, `1 day before`, `on the first day`, `10 days after`."""
    if days == 0:
        return gettext("on the first day")
    weeks, rest = divmod(abs(days), 7)
    count = abs(days) if rest else weeks
    if rest:
        before = ngettext("%(count)s day before", "%(count)s days before", count)
        after = ngettext("%(count)s day after", "%(count)s days after", count)
    else:
        before = ngettext("%(count)s week before", "%(count)s weeks before", count)
        after = ngettext("%(count)s week after", "%(count)s weeks after", count)
    return (before if days < 0 else after) % {"count": count}


def week_of(day: date) -> str:
    """Return the week of ISO 8601 a day is in, such as `2027-W09`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
