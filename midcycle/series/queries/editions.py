"""The editions of a series, of this server and from elsewhere, as the rule sees them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from midcycle.engines.maps.world import Place, place_of
from midcycle.meetups.models import Meetup, Series
from midcycle.meetups.rules import place_in_words
from midcycle.series.models import CalendarEvent, Colocation, PastEdition, RotationException, RotationRule
from midcycle.series.rules.regions import from_facts
from midcycle.series.rules.rotation import Edition, Rule, Summit, Verdict, in_order, judge

_OVER: Final = frozenset({"wrap_up", "archived"})
_FOLLOWS: Final = timedelta(days=300)
UNJUDGED: Final = Verdict("unknown", "")


@dataclass(frozen=True)
class EditionRow:
    """An edition with its verdict. `number` counts those with a day; `place` is latitude and longitude where they are known.

    `url` is its page on this server, `past` the number of one kept by hand.
    """

    edition: Edition
    when: str
    where: str
    place: Place | None
    number: int | None = None
    verdict: Verdict = UNJUDGED
    url: str = ""
    past: int | None = None
    attendance: int | None = None
    beside: str = ""
    source: str = ""
    exception: int | None = None

    @property
    def source_url(self) -> str:
        """Return the first address its sources name; blank for words alone."""
        return next((word for word in self.source.split() if word.startswith(("https://", "http://"))), "")


@dataclass(frozen=True)
class History:
    """All editions of a series in order, versions of its rule from first to last, and the summits known."""

    rows: tuple[EditionRow, ...]
    rules: tuple[RotationRule, ...]
    summits: tuple[Summit, ...]

    @property
    def editions(self) -> list[Edition]:
        """Return them as the rule sees them."""
        return [row.edition for row in self.rows]


def history(series: Series, *, today: date) -> History:
    """Return the editions with their verdicts; four queries."""
    rules = tuple(RotationRule.objects.filter(series=series).select_related("written_by").order_by("number"))
    summits = _summits(series)
    meetups = Meetup.objects.filter(series=series).select_related("colocation", "rule_exception")
    past = PastEdition.objects.filter(series=series).select_related("rule_exception")
    told = [*(_of_past(edition) for edition in past), *(_of_meetup(meetup, summits, today) for meetup in meetups)]
    return History(_judged(told, [rule_of(rule) for rule in rules]), rules, summits)


def rule_of(kept: RotationRule) -> Rule:
    """Return a version as the rules know it."""
    return Rule(
        number=kept.number,
        regions=from_facts(kept.regions),
        opposes_summit=kept.opposes_summit,
        never_twice=kept.never_twice,
        other_country=kept.other_country,
        least_gap=kept.least_gap,
        decided_on=kept.decided_on,
        judged_from=kept.judged_from,
    )


def _summits(series: Series) -> tuple[Summit, ...]:
    events = CalendarEvent.objects.filter(summit_of=series).order_by("starts_on", "pk")
    return tuple(Summit(event.city or event.title, event.region, event.starts_on, event.country) for event in events)


def _of_past(past: PastEdition) -> EditionRow:
    made: RotationException | None = getattr(past, "rule_exception", None)
    known = (past.latitude, past.longitude) if past.latitude is not None and past.longitude is not None else None
    edition = Edition(
        key=f"p-{past.key}",
        name=past.name,
        region=past.region,
        country=past.country,
        starts_on=past.starts_on,
        ends_on=past.ends_on,
        month_only=past.month_only,
        summit=Summit(past.summit_city, past.summit_region, past.summit_on),
        excepted=made.reason if made else "",
    )
    return EditionRow(
        edition,
        when=past.when,
        where=place_in_words(past.city, past.country, past.region),
        place=known or place_of(past.city, past.country),
        past=past.pk,
        attendance=past.attendance,
        beside=past.beside,
        source=past.source,
        exception=made.pk if made else None,
    )


def _of_meetup(meetup: Meetup, summits: Sequence[Summit], today: date) -> EditionRow:
    made: RotationException | None = getattr(meetup, "rule_exception", None)
    beside: Colocation | None = getattr(meetup, "colocation", None)
    edition = Edition(
        key=f"m-{meetup.slug}",
        name=meetup.title,
        region=meetup.region,
        country=meetup.country,
        starts_on=meetup.starts_on,
        ends_on=meetup.ends_on,
        summit=_summit_after(meetup, summits),
        excepted=made.reason if made else "",
        is_over=meetup.stage in _OVER or bool(meetup.starts_on and (meetup.ends_on or meetup.starts_on) < today),
    )
    return EditionRow(
        edition,
        when=meetup.when,
        where=meetup.where,
        place=place_of(meetup.city, meetup.country),
        url=meetup.path,
        beside=f"{beside.event}, {beside.when}" if beside else "",
        exception=made.pk if made else None,
    )


def _summit_after(meetup: Meetup, summits: Sequence[Summit]) -> Summit:
    """Return the summit its team has named, with the day the calendar has for it; else the first on the calendar soon after."""
    day = meetup.ends_on or meetup.starts_on
    following = [summit for summit in summits if day and summit.on and summit.on > day]
    if not meetup.next_summit_region:
        soon = [summit for summit in following if day and summit.on and summit.on - day < _FOLLOWS]
        return soon[0] if soon else Summit(meetup.next_summit_city)
    named = [each for each in following if each.name == meetup.next_summit_city]
    on, country = (named[0].on, named[0].country) if named else (None, "")
    return Summit(meetup.next_summit_city, meetup.next_summit_region, on, country)


def _judged(told: Sequence[EditionRow], rules: Sequence[Rule]) -> tuple[EditionRow, ...]:
    """Return rows in order, with their verdicts, those with a day counted."""
    by_key = {row.edition.key: row for row in told}
    ordered = in_order([row.edition for row in told])
    verdicts = judge(ordered, rules)
    dated = [edition.key for edition in ordered if edition.starts_on]
    numbers = {key: number for number, key in enumerate(dated, start=1)}
    return tuple(
        replace(by_key[edition.key], verdict=verdicts[edition.key], number=numbers.get(edition.key)) for edition in ordered
    )
