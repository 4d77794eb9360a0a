"""Who comes and who waits, side by side, and when people registered: for the team, small groups too."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Left
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, gettext_noop, ngettext, pgettext_lazy

from midcycle.engines import charts
from midcycle.kernel.words import day_in_words
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import region_name
from midcycle.registration import rules
from midcycle.registration.models import Seat
from midcycle.registration.queries.counting import NOT_SAID, yes_or_no
from midcycle.registration.queries.figures import kept_figures
from midcycle.web.drawing import drawn

MOST_ORGANISATIONS: Final = 10
_DELETED: Final = gettext_noop(
    "These answers are deleted, as was promised. What was public of them stays: "
    "groups of five and more with a seat, and smaller ones together."
)


def _yes_or_no(answer: bool | None) -> str:  # noqa: FBT001 - a stored answer
    return gettext(yes_or_no(answer))


_ASKED: Final[Sequence[tuple[str, object, Callable[[Any], str]]]] = (
    ("role", gettext_lazy("Role"), lambda role: rules.word_for(role, rules.ROLES)),
    ("sector", gettext_lazy("Sector"), lambda sector: rules.word_for(sector, rules.SECTORS)),
    ("region", gettext_lazy("Region"), region_name),
    ("first_time", gettext_lazy("First time"), _yes_or_no),
    ("heard_how", gettext_lazy("How they heard"), lambda heard: rules.word_for(heard, rules.HEARD)),
    ("on_list", pgettext_lazy("what somebody told", "On the community's list"), _yes_or_no),
)


@dataclass(frozen=True)
class Both:
    """People who said the same: how many have a seat and how many wait."""

    label: str
    held: int
    waiting: int


@dataclass(frozen=True)
class Spread:
    """The answers to one question, largest group first, drawn and as figures; `note` says what is left out.

    Those that `are_kept` are the public figures of answers that are deleted: of who waited nothing is known any more.
    """

    title: str
    groups: tuple[Both, ...]
    svg: SafeString
    note: str = ""
    are_kept: bool = False


@dataclass(frozen=True)
class Day:
    """How many people registered on a day, and until its end."""

    on: date
    people: int
    in_all: int


@dataclass(frozen=True)
class Arrivals:
    """The days on which somebody registered, and the line of all who had, drawn."""

    days: tuple[Day, ...]
    svg: SafeString


def spreads(meetup: Meetup) -> tuple[Spread, ...]:
    """Return how those with a seat and those who wait answered each question that somebody answered.

    Two queries, which count in the database; three for a meetup that is over. Where answers are deleted, the public figures say
    what they said.
    """
    kept = kept_figures(meetup)
    seats = Seat.objects.filter(meetup=meetup, state__in=rules.COMES | {"waiting"}).order_by()
    rows = list(seats.values_list(*(key for key, _, _ in _ASKED), "state").annotate(people=Count("pk")))
    found = []
    for place, (key, title, word) in enumerate(_ASKED):
        counted = _counted((word(row[place]), row[-2] == "waiting", row[-1]) for row in rows)
        found.append(_kept(str(title), kept[key]["comes"]) if key in kept else _spread(str(title), counted))
    named = seats.values_list("organisation_key", "organisation", "state").annotate(people=Count("pk"))
    found.append(_organisations(sorted((key, name, state == "waiting", people) for key, name, state, people in named)))
    return tuple(spread for spread in found if spread.groups)


def arrivals(meetup: Meetup, total: int) -> Arrivals | None:
    """Return on which days people registered, by the meetup's own clock, beside the `total` of seats. One query.

    Whoever cancelled since is counted too. None while nobody has registered.
    """
    zone, by_day = ZoneInfo(meetup.timezone), Counter[date]()
    minute = Left(Cast("registered_at", CharField()), len("2027-03-02 09:05"))  # a day in a zone is dear to SQLite
    seats = Seat.objects.filter(meetup=meetup).annotate(minute=minute).order_by()
    for text, people in seats.values_list("minute").annotate(people=Count("pk")):
        by_day[datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(zone).date()] += people
    days, in_all = [], 0
    for on, people in sorted(by_day.items()):
        in_all += people
        days.append(Day(on, people, in_all))
    return Arrivals(tuple(days), drawn(_course(days, total))) if days else None


def _counted(words: Iterable[tuple[str, bool, int]]) -> list[Both]:
    """Return the groups, largest first, those who did not say last; none when nobody said anything."""
    counted, not_said = Counter[tuple[str, bool]](), gettext(NOT_SAID)
    for word, waits, people in words:
        counted[word or not_said, waits] += people
    labels = {label for label, _ in counted}
    if labels <= {not_said}:
        return []
    groups = [Both(label, counted[label, False], counted[label, True]) for label in labels]
    return sorted(groups, key=lambda group: (group.label == not_said, -group.held - group.waiting, group.label))


def _organisations(rows: list[tuple[str, str, bool, int]]) -> Spread:
    """Return the organisations most people are from, each as most of them write it."""
    written: dict[str, Counter[str]] = {}
    for key, name, _, people in rows:
        written.setdefault(key, Counter())[name] += people
    names = {key: spellings.most_common(1)[0][0] for key, spellings in written.items()}
    groups = _counted((names[key], waits, people) for key, _, waits, people in rows if names[key])
    left = len(groups) - MOST_ORGANISATIONS
    note = ngettext(
        "The %(most)s most people are from; %(count)s more is not shown.",
        "The %(most)s most people are from; %(count)s more are not shown.",
        left,
    )
    said = note % {"most": MOST_ORGANISATIONS, "count": left} if left > 0 else ""
    return _spread(gettext("Organisation"), groups[:MOST_ORGANISATIONS], said)


def _kept(title: str, figures: list[list[Any]]) -> Spread:
    """Return what was public of answers that are deleted."""
    groups = tuple(Both(gettext(label), people, 0) for label, people in figures)
    svg = drawn(charts.bars([charts.Bar(group.label, group.held) for group in groups], title=title))
    return Spread(title, groups, svg, gettext(_DELETED), are_kept=True)


def _spread(title: str, groups: list[Both], note: str = "") -> Spread:
    names = gettext("with a seat"), gettext("waiting")
    data = [charts.Pair(group.label, group.held, group.waiting) for group in groups]
    return Spread(title, tuple(groups), drawn(charts.pairs(data, title=title, names=names)), note)


def _course(days: list[Day], total: int) -> str:
    """Draw the line of all who registered: level between days, rising over a day on which somebody did."""
    points = []
    for day in days:
        at = day.on.toordinal()
        points.append(charts.Point(at, day.in_all - day.people))
        points.append(charts.Point(at + 1, day.in_all, day_in_words(day.on, "short_month_day")))
    seats = ngettext("%(count)s seat", "%(count)s seats", total) % {"count": total}
    limit = (seats, total) if total else None
    return charts.course(points, title=gettext("Registrations in all"), unit=gettext("people"), limit=limit)
