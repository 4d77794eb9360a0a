"""How many seats there are and for whom, and how many people will come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, DateTimeField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, gettext_noop

from midcycle.kernel.words import day_in_words, moment_in_words
from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.models import Capacity, PastShare, Quota, Seat, SeatMove
from midcycle.registration.queries import turn
from midcycle.registration.queries.counting import SeatSummary, summary_of
from midcycle.registration.queries.words import told
from midcycle.registration.rules import attendance
from midcycle.registration.rules.attendance import Attendance, Share

_KINDS: Final = {
    "role": gettext_noop("Role: %(name)s"),
    "sector": gettext_noop("Sector: %(name)s"),
    "organisation": gettext_noop("Organisation: %(name)s"),
    "region": gettext_noop("Region: %(name)s"),
}
_OVER: Final = ("wrap_up", "archived")
_HAD_A_SEAT: Final = ("held", "checked_in")


@dataclass(frozen=True)
class QuotaRow:
    """A quota as organisers see it; `held` is None where each organisation is counted for itself."""

    kind: str
    value: str
    whom: str
    most: int
    held: int | None


@dataclass(frozen=True)
class PastEdition:
    """How many of those with a seat came to an edition. `told` is its number if organisers told it, `path` its page if not.

    Of an edition held here, `eve` is the last day on which a seat counted, and `others` came without one: walk-ins.
    """

    share: Share
    told: int | None
    path: str
    eve: str = ""
    others: int = 0


@dataclass(frozen=True)
class LimitsPage:
    """Seats, room and people wanted; quotas; and what past editions say of those who will come.

    `asked` is the number of seats looked at; `proposed` the one to give out, None while too little is known.
    """

    summary: SeatSummary
    planned: int | None
    room: int | None
    release: str
    quotas: tuple[QuotaRow, ...]
    past: tuple[PastEdition, ...]
    comes: Attendance | None
    proposed: int | None
    asked: int

    @property
    def is_crowded(self) -> bool:
        """Say whether more may come than are wanted."""
        return self.comes is not None and self.planned is not None and self.comes.high > self.planned


def limits_page(meetup: Meetup, *, asked: int | None = None) -> LimitsPage:
    """Return how many seats there are, for whom, and how many would come of them, or of as many as asked.

    Three queries; with a series five at most.
    """
    capacity = Capacity.objects.filter(meetup=meetup).first()
    summary = summary_of(capacity)
    past = (*_own_editions(meetup), *_told_editions(meetup))
    shares = [edition.share for edition in past]
    planned, room = (capacity.planned, capacity.room) if capacity else (None, None)
    looked_at = asked or summary.total
    return LimitsPage(
        summary=summary,
        planned=planned,
        room=room,
        release=_release(capacity, meetup),
        quotas=_quotas(meetup),
        past=past,
        comes=attendance.expected(looked_at, shares) if looked_at else None,
        proposed=_proposed(planned, room, shares),
        asked=looked_at,
    )


def _proposed(planned: int | None, room: int | None, shares: Sequence[Share]) -> int | None:
    if planned is None or room is None or not shares:
        return None
    return attendance.seats_to_give(planned, room, shares)


def _own_editions(meetup: Meetup) -> list[PastEdition]:
    """Return the editions of the same series that were held on this instance, oldest first. Two queries.

    One at which nobody was checked in kept no door, and tells nothing; neither does one whose first day nobody knows.
    """
    if meetup.series_id is None:
        return []
    of_series = Meetup.objects.filter(series=meetup.series_id, stage__in=_OVER, starts_on__isnull=False).exclude(pk=meetup.pk)
    held = list(of_series.order_by("starts_on", "slug"))
    counts = _counts_of(held)
    found = ((each, counts.get(each.pk, (0, 0, 0))) for each in held)
    return [_own_edition(each, *counted) for each, counted in found if counted[1]]


def _counts_of(held: Sequence[Meetup]) -> dict[int, tuple[int, int, int]]:
    """Return for each meetup how many had a seat on the eve, how many of them came, and how many others came. One query.

    Whoever was imported after the eve counts as their file says: it is all that is known of them.
    """
    if not held:
        return {}
    eves = [When(meetup=each.pk, then=Value(turn.first_midnight(each))) for each in held]
    moves = SeatMove.objects.filter(seat=OuterRef("pk"), at__lt=OuterRef("eve")).order_by("-at", "-pk")
    then = Coalesce(Subquery(moves.values("becomes")[:1]), Value(""))
    all_seats = Seat.objects.filter(meetup__in=held).annotate(eve=Case(*eves, output_field=DateTimeField())).annotate(then=then)
    had = Q(then__in=_HAD_A_SEAT) | Q(then="", imported__isnull=False, state__in=("checked_in", "no_show"))
    came = Q(state="checked_in")
    counted = all_seats.values("meetup").annotate(
        seats=Count("pk", filter=had), came=Count("pk", filter=had & came), others=Count("pk", filter=came & ~had)
    )
    rows = counted.order_by().values_list("meetup", "seats", "came", "others")
    return {number: (seats, came, others) for number, seats, came, others in rows}


def _own_edition(held: Meetup, seats: int, came: int, others: int) -> PastEdition:
    eve = held.starts_on - timedelta(days=1) if held.starts_on else None
    page = f"/m/{held.slug}/"
    return PastEdition(Share(held.title, seats, came), None, page, day_in_words(eve), others)


def _told_editions(meetup: Meetup) -> list[PastEdition]:
    told = PastShare.objects.filter(meetup=meetup).order_by("pk")
    return [PastEdition(Share(share.label, share.seats, share.came), share.pk, "") for share in told]


def _quotas(meetup: Meetup) -> tuple[QuotaRow, ...]:
    """Return the quotas organisers set, by kind; copies for single organisations are counted in the one for each."""
    rows = Quota.objects.filter(meetup=meetup, copied=False).order_by("kind", "value")
    return tuple(
        QuotaRow(quota.kind, quota.name or quota.value, _whom(quota), quota.most, None if quota.value == "*" else quota.held)
        for quota in rows
    )


def _whom(quota: Quota) -> str:
    if quota.kind == "organisation" and quota.name:
        return gettext(_KINDS["organisation"]) % {"name": quota.name}
    name = told(rules.quota_name(quota.kind, quota.value).strip("“”"))
    if quota.kind in {"organisation", "first_time"}:
        return name[:1].upper() + name[1:]
    return gettext(_KINDS[quota.kind]) % {"name": name}


def _release(capacity: Capacity | None, meetup: Meetup) -> str:
    if capacity is None or capacity.released_at is None:
        return ""
    at = capacity.released_at.astimezone(ZoneInfo(meetup.timezone))
    return moment_in_words(at)
