"""How many seats there are and for whom, and how many people will come."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.models import Capacity, PastShare, Quota, Seat
from midcycle.registration.queries.counting import SeatSummary, summary_of
from midcycle.registration.rules import attendance
from midcycle.registration.rules.attendance import Attendance, Share

_KINDS = {"role": "Role", "sector": "Sector", "organisation": "Organisation", "first_time": "First time", "region": "Region"}


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
    """How many of those with a seat came to an edition. `told` is its number if organisers told it, `path` its page if not."""

    share: Share
    told: int | None
    path: str


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
    """Return how many seats there are, for whom, and how many would come of them, or of as many as asked. Four queries."""
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
    """Return the editions of the same series that were held on this instance, oldest first."""
    if meetup.series_id is None:
        return []
    came, missed = Count("pk", filter=Q(state="checked_in")), Count("pk", filter=Q(state="no_show"))
    of_series = Seat.objects.filter(meetup__series=meetup.series_id, meetup__stage__in=("wrap_up", "archived"))
    counted = of_series.exclude(meetup=meetup).values("meetup__slug", "meetup__title").annotate(came=came, missed=missed)
    return [
        PastEdition(Share(row["meetup__title"], row["came"] + row["missed"], row["came"]), None, f"/m/{row['meetup__slug']}/")
        for row in counted.order_by("meetup__starts_on", "meetup__slug")
        if row["came"] + row["missed"] > 0
    ]


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
        return f"{_KINDS['organisation']}: {quota.name}"
    name = rules.quota_name(quota.kind, quota.value).strip("“”")
    return name[:1].upper() + name[1:] if quota.kind in {"organisation", "first_time"} else f"{_KINDS[quota.kind]}: {name}"


def _release(capacity: Capacity | None, meetup: Meetup) -> str:
    if capacity is None or capacity.released_at is None:
        return ""
    at = capacity.released_at.astimezone(ZoneInfo(meetup.timezone))
    return f"{at.day} {at:%B %Y, %H:%M}"
