"""What the desk of a meetup shows of its series, of what is at the same time, and of the week it makes."""

from dataclasses import dataclass
from datetime import date

from midcycle.meetups.models import Meetup, Series
from midcycle.series.models import Colocation
from midcycle.series.queries.editions import EditionRow, history
from midcycle.series.queries.shared import clashes_of
from midcycle.series.rules.calendar import Clash, Span, Week, week_of


@dataclass(frozen=True)
class BelongingPage:
    """A meetup among the editions, the larger event beside it, and what else is at that time."""

    row: EditionRow | None
    beside: Colocation | None
    week: Week | None
    clashes: tuple[Clash, ...]


def desk_of(meetup: Meetup, *, today: date) -> BelongingPage:
    """Return it; the same number of queries however much there is."""
    beside = colocation_of(meetup)
    rows = history(meetup.series, today=today).rows if meetup.series else ()
    week = _week(meetup, beside)
    return BelongingPage(
        row=next((row for row in rows if row.url == meetup.path), None),
        beside=beside,
        week=week,
        clashes=clashes_of(meetup),
    )


def colocation_of(meetup: Meetup) -> Colocation | None:
    """Return the larger event a meetup is beside, if it is."""
    return Colocation.objects.filter(meetup=meetup).first()


def series_named(slug: str) -> Series | None:
    """Return the series, if there is one."""
    return Series.objects.filter(slug=slug).first() if slug else None


def _week(meetup: Meetup, beside: Colocation | None) -> Week | None:
    if beside is None or meetup.starts_on is None:
        return None
    ours = Span("meetup", meetup.title, meetup.starts_on, meetup.ends_on or meetup.starts_on)
    return week_of(ours, Span("larger", beside.event, beside.starts_on, beside.ends_on))
