"""The list of series and the page of one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count, Max
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.engines.maps.draw import Spot, world_map
from midcycle.engines.maps.lanes import Moment, timeline
from midcycle.engines.maps.marks import Kind, Mark
from midcycle.kernel.words import day_in_words
from midcycle.meetups.access import Visitor
from midcycle.meetups.models import Meetup, Series
from midcycle.meetups.rules import REGIONS
from midcycle.series.access import may_tend
from midcycle.series.models import PastEdition, RotationException, RotationRule
from midcycle.series.queries.editions import EditionRow, History, history, rule_of
from midcycle.series.rules.proposal import Proposal, propose
from midcycle.series.rules.regions import Region, from_facts, name_of
from midcycle.series.rules.rotation import Rule, in_words, since_in_words, tally
from midcycle.web.drawing import drawn

_LOOKS: Final[dict[str, Kind]] = {"kept": "kept", "excepted": "kept", "broken": "broken"}
_CALL: Final = "desk/hosts/"  # the page of the call for hosts, an app above this one


@dataclass(frozen=True)
class RuleView:
    """A version of the rule for people."""

    kept: RotationRule
    demands: tuple[str, ...]
    since: str

    @property
    def source_url(self) -> str:
        """Return the first address its source names."""
        return next((word for word in self.kept.source.split() if word.startswith(("https://", "http://"))), "")


@dataclass(frozen=True)
class Host:
    """An idea of this series, with the address that fills the form of its call for hosts."""

    title: str
    url: str


@dataclass(frozen=True)
class Next:
    """What is proposed next, for people."""

    proposal: Proposal
    earliest: str
    latest: str
    hosts: tuple[Host, ...]
    idea_url: str


@dataclass(frozen=True)
class SeriesPage:
    """Everything about a series; `rows` are the newest first. `map` is None while no city of it can be placed."""

    series: Series
    rows: tuple[EditionRow, ...]
    map: SafeString | None
    lanes: SafeString | None
    unplaced: tuple[str, ...]
    rule: RuleView | None
    versions: tuple[RuleView, ...]
    tally: str
    next: Next
    tends: bool


@dataclass(frozen=True)
class SeriesRow:
    """A series in the list."""

    slug: str
    title: str
    community: str
    editions: int
    latest: date | None


def all_series() -> list[SeriesRow]:
    """Return every series by title, with how many editions are known of it; one query."""
    found = Series.objects.annotate(
        here=Count("meetups", distinct=True), past=Count("past_editions", distinct=True), latest=Max("meetups__starts_on")
    )
    return [
        SeriesRow(series.slug, series.title, series.community, series.here + series.past, series.latest)
        for series in found.order_by("title", "pk")
    ]


def series_page(series: Series, visitor: Visitor, *, today: date) -> SeriesPage:
    """Return the page of a series; seven queries, however many editions there are."""
    known = history(series, today=today)
    versions = tuple(_view(kept) for kept in known.rules)
    rule = rule_of(known.rules[-1]) if known.rules else None
    spots = [_spot(row) for row in known.rows if row.number and row.place]
    return SeriesPage(
        series=series,
        rows=known.rows[::-1],
        map=drawn(world_map(spots, title=gettext("Where %(series)s was held") % {"series": series.title})) if spots else None,
        lanes=_lanes(series, known, rule),
        unplaced=tuple(row.edition.name for row in known.rows if row.number and row.place is None),
        rule=versions[-1] if versions else None,
        versions=versions[::-1],
        tally=tally_of(known),
        next=_next(series, known, visitor, today),
        tends=may_tend(visitor, series),
    )


def proposal_of(known: History, *, today: date) -> Proposal:
    """Return what the rule proposes next."""
    return propose(known.editions, rule_of(known.rules[-1]) if known.rules else None, known.summits, today=today)


def tally_of(known: History) -> str:
    """Return in sentences how a series did."""
    return tally([row.verdict for row in known.rows])


def newest_rule(series: Series) -> RotationRule | None:
    """Return the version of the rule that was written last."""
    return RotationRule.objects.filter(series=series).order_by("-number").first()


def words_of(series: Series) -> frozenset[str]:
    """Return the words by which the series tells regions: those of its rule as it stands, and of past editions and meetups."""
    words = {word for region in regions_of(series) for word in (region.key, *region.parts)}
    words.update(PastEdition.objects.filter(series=series).values_list("region", flat=True))
    words.update(Meetup.objects.filter(series=series).values_list("region", flat=True))
    return frozenset(words - {""})


def written_since(series: Series, seen: int) -> RuleView | None:
    """Return the rule as it stands when that is another version than the one somebody saw; else None."""
    rule = newest_rule(series)
    return _view(rule) if rule and rule.number != seen else None


def newest_number(series: Series) -> int:
    """Return the number of the version that was written last, 0 for none."""
    rule = newest_rule(series)
    return rule.number if rule else 0


def regions_of(series: Series) -> tuple[Region, ...]:
    """Return the regions of the rule as it stands."""
    rule = newest_rule(series)
    return from_facts(rule.regions) if rule else ()


def exception_of(edition: Meetup | PastEdition) -> RotationException | None:
    """Return the exception that is made for an edition, if there is one."""
    made = RotationException.objects
    found = made.filter(meetup=edition) if isinstance(edition, Meetup) else made.filter(past=edition)
    return found.first()


def _view(kept: RotationRule) -> RuleView:
    return RuleView(kept, in_words(rule_of(kept)), since_in_words(rule_of(kept)))


def _mark(row: EditionRow) -> Mark:
    told = f"{row.number}: {', '.join(part for part in (row.edition.name, row.when, row.where) if part)}. {row.verdict.name}."
    return Mark(row.number or 0, _LOOKS.get(row.verdict.state, "plain"), told)


def _spot(row: EditionRow) -> Spot:
    latitude, longitude = row.place or (0.0, 0.0)
    return Spot(_mark(row), latitude, longitude)


def _lanes(series: Series, known: History, rule: Rule | None) -> SafeString | None:
    """Draw the regions as lanes: those of the rule, then others that occur; nothing where no edition has day and region."""
    regions = rule.regions if rule else ()
    moments = [
        Moment(name_of(row.edition.region, regions, row.edition.country), row.edition.starts_on, _mark(row), _mark(row).told)
        for row in known.rows
        if row.edition.starts_on and row.edition.region
    ]
    if not moments:
        return None
    lanes = dict.fromkeys([*(region.title for region in regions), *(moment.lane for moment in moments)])
    summits, elsewhere = _summits(known, regions), gettext("Summits elsewhere")
    moments += [summit if summit.lane in lanes else replace(summit, lane=elsewhere) for summit in summits]
    lanes |= {moment.lane: None for moment in moments}
    title = gettext("When %(series)s was held, by region") % {"series": series.title}
    return drawn(timeline(list(lanes), moments, title=title))


def _summits(known: History, regions: Sequence[Region]) -> list[Moment]:
    """Return the summits that follow editions, and those of the calendar, each once."""
    told = [*(row.edition.summit for row in known.rows), *known.summits]
    found = {
        (name_of(summit.region, regions, summit.country), summit.on): summit.name
        for summit in reversed(told)
        if summit.on and summit.region
    }
    return [Moment(lane, on, None, _told_of_summit(name, on)) for (lane, on), name in found.items()]


def _told_of_summit(name: str, on: date) -> str:
    return gettext("Summit %(city)s, %(month)s") % {"city": name, "month": day_in_words(on, "month")}


def _next(series: Series, known: History, visitor: Visitor, today: date) -> Next:
    proposal = proposal_of(known, today=today)
    told = _told_as(proposal.region, known)
    window = {"earliest": proposal.earliest.isoformat(), "latest": proposal.latest.isoformat()}
    asked = urlencode({"region": told, **window})
    return Next(
        proposal=proposal,
        earliest=day_in_words(proposal.earliest),
        latest=day_in_words(proposal.latest),
        hosts=tuple(Host(meetup.title, f"{meetup.path}{_CALL}?{asked}") for meetup in _unhosted(series, visitor)),
        idea_url=f"/ideas/new/?{urlencode({'region': told})}",
    )


def _unhosted(series: Series, visitor: Visitor) -> list[Meetup]:
    """Return the ideas of this series that the visitor organises and that have no place yet."""
    if not isinstance(visitor, Person):
        return []
    found = Meetup.objects.filter(series=series, stage__in=("idea", "hosting"), city="", organisers__person=visitor)
    return list(found.order_by("opened_at", "pk"))


def _told_as(region: Region | None, known: History) -> str:
    """Return the word by which meetups tell a region.

    Of a wide one it is the first of its parts; one of countries is told as all editions are, when they are told alike.
    """
    words = (region.key, *region.parts) if region else ()
    usual = {edition.region for edition in known.editions}
    return next((word for word in words if word in REGIONS), usual.pop() if region and len(usual) == 1 else "")
