"""What is at the same time, or nearly so, and how long a week becomes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from midcycle.kernel.words import gettext, ngettext

NEAR: Final = 7  # days between two events that one journey could join, or a person has to choose from
LONG: Final = 5  # days away from home, from which on people have to choose
MOST_CLASHES: Final = 8
MOST_AT_ONCE: Final = 24
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Span:
    """Something on the calendar from its first day to its last."""

    key: str
    title: str
    first: date
    last: date
    region: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Another event at the same time (`days` both last) or near (`days` lie between), and whether in the same region."""

    key: str
    title: str
    overlaps: bool
    days: int
    same_region: bool
    is_before: bool = False

    @property
    def sentence(self) -> str:
        """Return it in words."""
        if self.overlaps:
            said = self._at_the_same_time()
        elif not self.days:
            said = self._right_beside()
        else:
            said = self._after() if self.is_before else self._before()
        return said % {"title": self.title, "count": self.days}

    def _at_the_same_time(self) -> str:
        if self.same_region:
            return ngettext(
                "At the same time as %(title)s for %(count)s day, and in the same region.",
                "At the same time as %(title)s for %(count)s days, and in the same region.",
                self.days,
            )
        return ngettext(
            "At the same time as %(title)s for %(count)s day.", "At the same time as %(title)s for %(count)s days.", self.days
        )

    def _right_beside(self) -> str:
        if self.is_before:
            after, there = gettext("Right after %(title)s."), gettext("Right after %(title)s, and in the same region.")
            return there if self.same_region else after
        before, there = gettext("Right before %(title)s."), gettext("Right before %(title)s, and in the same region.")
        return there if self.same_region else before

    def _after(self) -> str:
        if self.same_region:
            return ngettext(
                "%(count)s day after %(title)s, and in the same region.",
                "%(count)s days after %(title)s, and in the same region.",
                self.days,
            )
        return ngettext("%(count)s day after %(title)s.", "%(count)s days after %(title)s.", self.days)

    def _before(self) -> str:
        if self.same_region:
            return ngettext(
                "%(count)s day before %(title)s, and in the same region.",
                "%(count)s days before %(title)s, and in the same region.",
                self.days,
            )
        return ngettext("%(count)s day before %(title)s.", "%(count)s days before %(title)s.", self.days)


def clashes(spans: Sequence[Span], *, near: int = NEAR) -> dict[str, tuple[Clash, ...]]:
    """Return for each span by its key what is at the same time, then what is near, at most `MOST_CLASHES`.

    Of more than `MOST_AT_ONCE` at one time those that end last are looked at, so that nobody can make a page slow.
    """
    found: dict[str, list[Clash]] = {span.key: [] for span in spans}
    open_ones: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.first, each.last, each.key)):
        open_ones = [other for other in open_ones if (span.first - other.last).days <= near + 1]
        for other in open_ones:
            found[span.key].append(clash(span, other))
            found[other.key].append(clash(other, span))
        open_ones.append(span)
        if len(open_ones) > MOST_AT_ONCE:
            open_ones.remove(min(open_ones, key=lambda each: each.last))
    return {key: _worst(each) for key, each in found.items()}


def clash(span: Span, other: Span) -> Clash:
    """Return how two spans stand to each other."""
    common = (min(span.last, other.last) - max(span.first, other.first)).days + 1
    same = bool(span.region) and span.region == other.region
    is_before = other.last < span.first
    return Clash(other.key, other.title, common > 0, common if common > 0 else -common, same, is_before)


@dataclass(frozen=True, slots=True)
class Week:
    """A meetup beside a larger event: from when to when somebody who goes to both is away, and what to think of."""

    first: date
    last: date
    warnings: tuple[str, ...]

    @property
    def days(self) -> int:
        """Return the days away from home, both ends counted."""
        return (self.last - self.first).days + 1


def week_of(meetup: Span, larger: Span) -> Week:
    """Return how long both take together, with warnings in sentences."""
    beside = clash(meetup, larger)
    week = (min(meetup.first, larger.first), max(meetup.last, larger.last))
    days = (week[1] - week[0]).days + 1
    warnings = []
    if beside.overlaps:
        warnings.append(_both_on(beside.days))
    if days > LONG:
        warnings.append(_long(days))
    if _weekend(meetup):
        warnings.append(
            gettext("A day of it is a Saturday or Sunday: venues are hard to get then, and some people never come.")
        )
    if not beside.overlaps and beside.days > 3:
        warnings.append(_far_apart(beside.days))
    return Week(week[0], week[1], tuple(warnings))


def _both_on(days: int) -> str:
    return ngettext(
        "Both are on for %(count)s day: whoever goes to one misses the other. Choose other days, or agree with its organisers"
        " which rooms and hours are yours.",
        "Both are on for %(count)s days: whoever goes to one misses the other. Choose other days, or agree with its organisers"
        " which rooms and hours are yours.",
        days,
    ) % {"count": days}


def _long(days: int) -> str:
    return ngettext(
        "Who goes to both is away for %(count)s day. Long weeks keep people away who have children, shifts or a boss to ask:"
        " say early which days are for whom.",
        "Who goes to both is away for %(count)s days. Long weeks keep people away who have children, shifts or a boss to ask:"
        " say early which days are for whom.",
        days,
    ) % {"count": days}


def _far_apart(days: int) -> str:
    return ngettext(
        "%(count)s day lies between: most will not wait that long, so it saves nobody a journey.",
        "%(count)s days lie between: most will not wait that long, so it saves nobody a journey.",
        days,
    ) % {"count": days}


def _weekend(span: Span) -> bool:
    days = (span.last - span.first).days + 1
    return days > 6 or any((span.first + timedelta(days=number)).weekday() >= _SATURDAY for number in range(days))


def _worst(found: Sequence[Clash]) -> tuple[Clash, ...]:
    order = sorted(
        found, key=lambda each: (not each.overlaps, not each.same_region, -each.days if each.overlaps else each.days)
    )
    return tuple(order[:MOST_CLASHES])
