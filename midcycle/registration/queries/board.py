"""The waitlist board: everybody who waits or is offered a seat, and what the next free seat would do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext

from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.models import Capacity, Quota, Seat
from midcycle.registration.queries import turn
from midcycle.registration.queries.counting import SeatSummary, summary_of
from midcycle.registration.queries.own import line_sentences, moment
from midcycle.registration.queries.stretches import Stretches
from midcycle.registration.queries.words import told
from midcycle.registration.rules import line

PAGE: Final = 50
MOST_PASSED_OVER: Final = 10


@dataclass(frozen=True)
class Row:
    """Somebody who waits or is offered a seat. `place` is 0 for those who have no place in line now."""

    seat: Seat
    place: int
    group: str
    since: str
    until: str

    @property
    def notice(self) -> str:
        """Return how much notice they need; blank when none."""
        return told(line.days_text(self.seat.notice_days)) if self.seat.notice_days else ""


@dataclass(frozen=True)
class PassedOver:
    """Somebody further in front whom the next free seat would not go to, and why."""

    seat: Seat
    why: str


@dataclass(frozen=True)
class NextSeat:
    """What the next free seat would do. Without `seat` it would stay free, and `why` says the reason."""

    seat: Seat | None
    why: str
    passed_over: tuple[PassedOver, ...]
    more: int


@dataclass(frozen=True)
class Board:
    """A page of the line, in its order, those first who are offered a seat."""

    page: Page[Seat]
    rows: tuple[Row, ...]
    seats: SeatSummary
    sentences: tuple[str, ...]
    next: NextSeat | None
    has_groups: bool
    is_undrawn: bool


def waitlist_board(meetup: Meetup, *, number: str, now: datetime) -> Board:
    """Return a page of the line. Seven queries at most, whoever waits."""
    capacity = Capacity.objects.select_related("meetup").filter(meetup=meetup).first() or Capacity(meetup=meetup, total=0)
    zone = ZoneInfo(meetup.timezone)
    page = Paginator(_in_line(capacity), PAGE).get_page(number)
    before = page.start_index() - capacity.offered
    undrawn = capacity.rule == "lottery" and capacity.drawn_at is None
    rows = tuple(
        Row(
            seat=seat,
            place=0 if undrawn or seat.state == "offered" else before + index,
            group=_group(capacity, seat),
            since=moment(seat.queued_at or seat.registered_at, zone),
            until=moment(seat.offer_until, zone) if seat.offer_until else "",
        )
        for index, seat in enumerate(page.object_list)
    )
    return Board(
        page=page,
        rows=rows,
        seats=summary_of(capacity),
        sentences=line_sentences(capacity, zone),
        next=next_seat(capacity, now=now) if capacity.waiting else None,
        has_groups=capacity.rule == "groups",
        is_undrawn=undrawn,
    )


def next_seat(capacity: Capacity, *, now: datetime) -> NextSeat:
    """Return whom the next free seat would go to, and why not to those before. Four queries at most."""
    if not turn.gives(capacity):
        return NextSeat(None, _why_none(capacity), (), 0)
    first = turn.in_turn(capacity, now=now).first()
    before = Seat.objects.filter(meetup=capacity.meetup_id, state="waiting").order_by(*turn.ORDER)
    if first is not None:
        before = before.filter(_ahead_of(first))
    skipped = list(before[:MOST_PASSED_OVER])
    quotas = _full_quotas(capacity) if skipped else {}
    passed = tuple(PassedOver(seat, _why_not(capacity, seat, quotas, now=now)) for seat in skipped)
    more = before.count() - len(skipped) if len(skipped) == MOST_PASSED_OVER else 0
    why = _why_first(capacity, first) if first else gettext("Nobody who waits can have a seat now: it would stay free.")
    return NextSeat(first, why, passed, more)


def _in_line(capacity: Capacity) -> Stretches:
    """Return those who are offered a seat, then those who wait. Each is read along an index, and the counters know how many."""
    seats = Seat.objects.filter(meetup=capacity.meetup_id)
    offered = seats.filter(state="offered").order_by("offer_until", *turn.ORDER)
    waiting = seats.filter(state="waiting").order_by(*turn.ORDER)

    def fetch(first: int, after: int) -> list[Seat]:
        ends = capacity.offered
        found = list(offered[first : min(after, ends)]) if first < ends else []
        return [*found, *waiting[max(first - ends, 0) : after - ends]] if after > ends else found

    return Stretches(capacity.offered + capacity.waiting, fetch)


def _ahead_of(seat: Seat) -> Q:
    earlier = Q(arrival__lt=seat.arrival, lot=seat.lot) | Q(lot__lt=seat.lot)
    return Q(rank__lt=seat.rank) | (Q(rank=seat.rank) & earlier)


def _group(capacity: Capacity, seat: Seat) -> str:
    if capacity.rule != "groups":
        return ""
    inside = seat.rank < len(capacity.groups)
    return gettext(line.GROUPS[capacity.groups[seat.rank]]).capitalize() if inside else gettext("Everybody else")


def _why_none(capacity: Capacity) -> str:
    if capacity.rule == "lottery" and capacity.drawn_at is None:
        reason = told(rules.draw_reason(capacity.draw_at))
        return gettext("It would stay free until the draw: %(reason)s.") % {"reason": reason}
    return gettext("It would stay free: the meetup is over.")


def _why_first(capacity: Capacity, seat: Seat) -> str:
    if capacity.released_at is not None:
        return gettext("because they stand at the door, and were first in line of those who do.")
    if capacity.rule == "groups":
        return gettext("because they are first in line of their group: %(group)s.") % {"group": _group(capacity, seat).lower()}
    if capacity.rule == "lottery" and seat.lot < line.AFTER_THE_DRAW:
        return gettext("because their lot came out as number %(number)s.") % {"number": seat.lot}
    return gettext("because nobody who can have it registered before them.")


def _why_not(capacity: Capacity, seat: Seat, full: dict[tuple[str, str], Quota], *, now: datetime) -> str:
    late = line.why_passed_over(
        seat.notice_days,
        turn.notice_left(capacity.meetup, now),
        is_at_door=seat.queued_at is not None,
        is_released=capacity.released_at is not None,
    )
    if late:
        return late
    quota = next((full[pair] for pair in line.counted_as(seat.claim).items() if pair in full), None)
    return "" if quota is None else told(rules.quota_reason(quota.kind, quota.value, quota.most))


def _full_quotas(capacity: Capacity) -> dict[tuple[str, str], Quota]:
    return {(quota.kind, quota.value): quota for quota in turn.full_quotas(capacity.meetup_id)} if capacity.has_quotas else {}
