"""A call in figures, for everybody. Only confirmed answers count."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.hosting.models import Call, Interest, Window
from midcycle.hosting.queries.answers import lines_of
from midcycle.hosting.queries.past import past_editions
from midcycle.hosting.rules import (
    CALL_STAGES,
    Forecast,
    Line,
    Meaning,
    Reach,
    Tally,
    best_of,
    forecast,
    reach_of,
    what_it_means,
)
from midcycle.kernel.folding import Group, fold
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import dates_in_words, region_name

ELSEWHERE = gettext_noop("elsewhere or not said")
TOPICS_SHOWN = 100


@dataclass(frozen=True)
class CallSummary:
    """How a call stands. `regions` are folded, largest first; `guess` is what the organiser first expected.

    `own` is what the visitor said, in words.
    """

    slug: str
    is_open: bool
    channel: str
    opened_at: datetime
    guess: tuple[int, int] | None
    answers: int
    come: int
    host: int
    moderate: int
    underwrite: int
    regions: tuple[Group, ...]
    forecast: Forecast | None
    own: tuple[str, ...]


@dataclass(frozen=True)
class DateRow:
    """A window of days, how many said what about it, how many said nothing, and whether it suits best."""

    tally: Tally
    silent: int
    is_best: bool


@dataclass(frozen=True)
class CallFigures:
    """All that everybody may know of a call: how it stands, what that means, which days suit, what about, and who told whom.

    `topics` are lines with the number of people who wrote them.
    """

    summary: CallSummary
    meaning: tuple[Meaning, ...]
    dates: tuple[DateRow, ...]
    topics: tuple[Line, ...]
    reach: Reach


def call_summary(meetup: Meetup, now: datetime, visitor: Person | None = None) -> CallSummary | None:
    """Return how the call of a meetup stands at `now`; None when nobody was asked. Three queries, four in a series."""
    call = Call.objects.filter(meetup=meetup).first()
    return None if call is None else _summary(call, meetup, _counted(call), now, visitor)


def summary_of(call: Call, now: datetime) -> CallSummary:
    """Return how this call stands at `now`, the same for everybody. Two queries, three in a series."""
    return _summary(call, call.meetup, _counted(call), now, None)


def call_figures(call: Call, now: datetime) -> CallFigures:
    """Return all figures of a call at `now`. Four queries, five in a series."""
    answers = _counted(call)
    summary = _summary(call, call.meetup, answers, now, None)
    passed_on = len({answer.heard_through_id for answer in answers} - {None})
    return CallFigures(
        summary=summary,
        meaning=what_it_means(summary.forecast) if summary.forecast else (),
        dates=date_rows(call, len(answers)),
        topics=wanted_topics(call),
        reach=reach_of([(answer.came_by, answer.hands) for answer in answers], passed_on),
    )


def windows_of(call: Call) -> list[tuple[int, str]]:
    """Return the windows a call asks about, each by number and in words, in the order of their days. One query."""
    rows = Window.objects.filter(call=call).order_by("starts_on", "ends_on").values_list("pk", "starts_on", "ends_on")
    return [(number, dates_in_words(first, last, "")) for number, first, last in rows]


def date_rows(call: Call, answers: int) -> tuple[DateRow, ...]:
    """Return the windows a call asks about in the order of their days, with what so many confirmed answers say. One query."""
    counted = Q(fits__interest__confirmed_at__isnull=False)
    counts = {says: Count("fits", filter=counted & Q(fits__says=says)) for says in ("yes", "if_need_be", "no")}
    rows = Window.objects.filter(call=call).annotate(**counts).order_by("starts_on", "ends_on")
    tallies = [Tally(*row) for row in rows.values_list("pk", "starts_on", "ends_on", *counts)]
    best = best_of(tallies)
    return tuple(DateRow(tally, answers - tally.can - tally.no, tally.number in best) for tally in tallies)


def wanted_topics(call: Call) -> tuple[Line, ...]:
    """Return what people would talk about, without what the team hid. Nobody is named. One query."""
    return tuple(line for line in lines_of(call) if not line.is_hidden)[:TOPICS_SHOWN]


def _counted(call: Call) -> list[Interest]:
    return list(Interest.objects.filter(call=call).exclude(confirmed_at=None))


def _summary(call: Call, meetup: Meetup, answers: Sequence[Interest], now: datetime, visitor: Person | None) -> CallSummary:
    elsewhere = gettext(ELSEWHERE)
    regions = Counter(region_name(answer.region) or elsewhere for answer in answers)
    said = [answer.answered_at for answer in answers if answer.would_come]
    past = past_editions(meetup)
    return CallSummary(
        slug=meetup.slug,
        is_open=call.closed_at is None and meetup.stage in CALL_STAGES,
        channel=call.channel,
        opened_at=call.opened_at,
        guess=None if call.guess_low is None or call.guess_high is None else (call.guess_low, call.guess_high),
        answers=len(answers),
        come=len(said),
        host=sum(answer.could_host for answer in answers),
        moderate=sum(answer.could_moderate for answer in answers),
        underwrite=sum(answer.could_underwrite for answer in answers),
        regions=fold(regions, other=elsewhere),
        forecast=forecast(said, now=now, meets_on=meetup.starts_on, opened_at=call.opened_at, past=past),
        own=next((answer.said for answer in answers if visitor and answer.person_id == visitor.pk), ()),
    )
