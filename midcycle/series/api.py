"""Series with their verdicts and proposals, and the shared calendar, for machines."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Router, Schema

from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Series
from midcycle.series.access import series_for
from midcycle.series.queries import page, shared
from midcycle.series.queries.editions import EditionRow, History, history
from midcycle.series.rules.facts import FIRST_DAY, LAST_DAY
from midcycle.series.rules.proposal import Proposal

router = Router(tags=["series"])


class SeriesRowOut(Schema):
    """One series, with how many editions are known of it."""

    slug: str
    title: str
    community: str
    editions: int


class SeriesListOut(Schema):
    """Every series of this instance, by title."""

    items: list[SeriesRowOut]


class RegionOut(Schema):
    """A region of a rule. `parts` are other words for what lies in it."""

    key: str
    name: str
    parts: list[str]


class RuleOut(Schema):
    """One version of a rule. Editions from `judged_from` on are held against it, all of them when it is null."""

    number: int
    text: str
    regions: list[RegionOut]
    opposes_summit: bool
    never_twice: bool
    other_country: bool
    least_gap: int | None
    decided_on: date | None
    judged_from: date | None
    source: str


class SummitOut(Schema):
    """The larger event after an edition; blank and null mean not known."""

    name: str
    region: str
    on: date | None


class VerdictOut(Schema):
    """How an edition stands to the rule: kept, broken, excepted, before it or unknown; `would` says how it did all the same."""

    state: str
    sentence: str
    would: bool | None
    in_hindsight: bool


class EditionOut(Schema):
    """One edition. `path` is blank for one that was not held on this server."""

    key: str
    name: str
    path: str
    region: str
    where: str
    latitude: float | None
    longitude: float | None
    starts_on: date | None
    ends_on: date | None
    month_only: bool
    attendance: int | None
    summit: SummitOut
    source: str
    verdict: VerdictOut

    @staticmethod
    def of(row: EditionRow) -> "EditionOut":
        """Return an edition as it is sent."""
        latitude, longitude = row.place or (None, None)
        names = ("key", "name", "region", "starts_on", "ends_on", "month_only", "summit")
        told = {name: getattr(row.edition, name) for name in names}
        held = {name: getattr(row, name) for name in ("where", "attendance", "source", "verdict")}
        return EditionOut(path=row.url, latitude=latitude, longitude=longitude, **told, **held)


class ProposalOut(Schema):
    """What the rule leaves for the next edition, and why."""

    region: str | None
    earliest: date
    latest: date
    reasons: list[str]
    lacks: list[str]

    @staticmethod
    def resolve_region(proposal: Proposal) -> str | None:
        """Return the word of the region."""
        return proposal.region.key if proposal.region else None


class SeriesOut(Schema):
    """A series: its rule, its editions with their verdicts, the oldest first, and what comes next."""

    slug: str
    title: str
    community: str
    rule: RuleOut | None
    tally: str
    editions: list[EditionOut]
    proposal: ProposalOut


class ClashOut(Schema):
    """Another entry at the same time (`days` both last) or near (`days` lie between)."""

    key: str
    title: str
    overlaps: bool
    days: int
    same_region: bool
    sentence: str


class EntryOut(Schema):
    """A meetup or an event on the shared calendar."""

    key: str
    title: str
    starts_on: date
    ends_on: date
    where: str
    region: str
    community: str
    path: str
    url: str
    clashes: list[ClashOut]


class CalendarOut(Schema):
    """Entries, soonest first."""

    items: list[EntryOut]


@router.get("/series", response=SeriesListOut, summary="List series")
def list_series(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - the library's signature
    """Return every series of this instance."""
    return {"items": page.all_series()}


@router.get("/series/{slug}", response=SeriesOut, summary="One series, its editions and what comes next")
def show_series(request: HttpRequest, slug: str) -> dict[str, object]:  # noqa: ARG001 - the library's signature
    """Return a series."""
    series, today = series_for(slug), timezone.now().date()
    return _told(series, history(series, today=today), today)


@router.get("/calendar", response=CalendarOut, summary="The shared calendar")
def show_calendar(
    request: HttpRequest,  # noqa: ARG001 - the library's signature
    since: date | None = None,
    until: date | None = None,
) -> dict[str, object]:
    """Return what lasts into the time between two days (from today, for about a year), with what is at the same time."""
    first = since or timezone.now().date()
    last = until or min(date(first.year + 1, first.month, 1), LAST_DAY)
    if not FIRST_DAY <= first <= last <= LAST_DAY:
        said = gettext("Choose days from %(first)s to %(last)s, the first before the last.")
        raise Refusal(said % {"first": FIRST_DAY, "last": LAST_DAY}, field="until")
    return {"items": shared.entries_between(first, last)}


def _told(series: Series, known: History, today: date) -> dict[str, object]:
    return {
        "slug": series.slug,
        "title": series.title,
        "community": series.community,
        "rule": known.rules[-1] if known.rules else None,
        "tally": page.tally_of(known),
        "editions": [EditionOut.of(row) for row in known.rows],
        "proposal": page.proposal_of(known, today=today),
    }
