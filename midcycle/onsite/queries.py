"""What a phone at the door needs to know, and what the desk shows of the phones."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext

from midcycle.kernel.words import day_in_words
from midcycle.meetups.models import Meetup
from midcycle.onsite import rules
from midcycle.onsite.models import Device, DoorEvent
from midcycle.registration.models import Capacity, Seat, SeatMove
from midcycle.registration.rules import ROLES, word_for

MOST_CHANGED = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """A seat as a phone keeps it, without an address. Times are milliseconds since 1970.

    `move` and `at` are of the check-in, `by` where it was made. `line` orders those who wait. `call`: got a seat out of the
    queue, and stands outside.
    A seat that was given back has no name.
    """

    id: int
    code: str
    name: str
    organisation: str
    role: str
    state: str
    no_photos: bool
    move: int | None
    at: int | None
    by: str
    queued: int | None
    line: tuple[int, int, int]
    call: bool


@dataclass(frozen=True)
class Figures:
    """How many there are, and when seats are released. Times are milliseconds since 1970."""

    total: int
    taken: int
    here: int
    release_at: int | None
    released_at: int | None


@dataclass(frozen=True)
class News:
    """What changed since a cursor. `reload`: that cannot be told. `open`: deeds of this phone somebody has to look at."""

    cursor: int
    reload: bool
    rows: tuple[Row, ...]
    figures: Figures
    open: tuple[UUID, ...]


@dataclass(frozen=True)
class DoorList:
    """Everything a phone needs to work without network."""

    cursor: int
    kept_until: int | None
    rows: tuple[Row, ...]
    figures: Figures
    open: tuple[UUID, ...]


@dataclass(frozen=True)
class DeskPage:
    """What the organisers see of the door."""

    devices: tuple[Device, ...]
    to_look_at: tuple[DoorEvent, ...]
    figures: Figures
    release_at: datetime | None
    release_text: str
    released_text: str


def door_list(device: Device) -> DoorList:
    """Return the whole list for a phone. The cursor is read first: what changes meanwhile comes again with the news."""
    meetup = device.meetup
    cursor = SeatMove.objects.filter(seat__meetup=meetup).aggregate(last=Max("pk"))["last"] or 0
    capacity = _capacity(meetup)
    return DoorList(
        cursor=cursor,
        kept_until=_milliseconds(kept_until(meetup)),
        rows=_rows(Seat.objects.filter(meetup=meetup), Q(seat__meetup=meetup), capacity.released_at),
        figures=_figures(capacity),
        open=_open(device),
    )


def news(device: Device, cursor: int, named: Collection[int], *, rows: bool = True) -> News:
    """Return the seats that moved since a cursor, those named, and those in the queue.

    Moves of one meetup get their numbers under its lock, so none becomes visible behind a cursor. Without `rows`, nobody's.
    """
    meetup = device.meetup
    moves = list(SeatMove.objects.filter(pk__gt=cursor, seat__meetup=meetup).values_list("pk", "seat_id"))
    queued = Seat.objects.filter(meetup=meetup, state="waiting", queued_at__isnull=False).values_list("pk", flat=True)
    changed = {seat for _, seat in moves} | set(named) | set(queued)  # joining the queue is no move of its own
    last = SeatMove.objects.aggregate(last=Max("pk"))["last"] or 0
    is_too_much = len(changed) > MOST_CHANGED or cursor > last
    capacity = _capacity(meetup)
    seats, of_seats = Seat.objects.filter(meetup=meetup, pk__in=changed), Q(seat__in=changed)
    return News(
        cursor=max((move for move, _ in moves), default=cursor),
        reload=is_too_much,
        rows=_rows(seats, of_seats, capacity.released_at) if rows and not is_too_much else (),
        figures=_figures(capacity),
        open=_open(device),
    )


def kept_until(meetup: Meetup) -> datetime | None:
    """Return when phones forget the people of a meetup."""
    return rules.list_kept_until(meetup.ends_on or meetup.starts_on, ZoneInfo(meetup.timezone))


def desk_page(meetup: Meetup) -> DeskPage:
    """Return the phones, those whose link was taken back last, and the deeds somebody has to look at. Three queries."""
    capacity = _capacity(meetup)
    devices = Device.objects.filter(meetup=meetup).annotate(deeds=Count("events")).order_by("label", "pk")
    unsettled = DoorEvent.objects.filter(device__meetup=meetup, outcome="conflict", settled_at=None)
    return DeskPage(
        devices=tuple(sorted(devices, key=lambda device: device.revoked_at is not None)),
        to_look_at=tuple(unsettled.select_related("device", "seat").order_by("told_at", "count")),
        figures=_figures(capacity),
        release_at=_local(capacity.release_at, meetup),
        release_text=_text(capacity.release_at, meetup),
        released_text=_text(capacity.released_at, meetup),
    )


def _capacity(meetup: Meetup) -> Capacity:
    return Capacity.objects.filter(meetup=meetup).first() or Capacity(meetup=meetup, total=0)


def _figures(capacity: Capacity) -> Figures:
    return Figures(
        total=capacity.total,
        taken=capacity.held,
        here=capacity.checked_in,
        release_at=_milliseconds(capacity.release_at),
        released_at=_milliseconds(capacity.released_at),
    )


def _rows(seats: QuerySet[Seat], of_seats: Q, released_at: datetime | None) -> tuple[Row, ...]:
    moves = SeatMove.objects.filter(of_seats, becomes__in=("checked_in", "held")).order_by("pk")
    columns = "pk", "at", "was", "becomes", "door_event__device__label"
    last = {seat: _LastMove(*move) for seat, *move in moves.values_list("seat_id", *columns)}
    stood = DoorEvent.objects.filter(of_seats, kind__in=("queue", "walk_in")).values_list("seat_id", flat=True)
    stood_at_the_door = frozenset(stood)
    return tuple(_row(seat, last.get(seat.pk), stood_at_the_door, released_at) for seat in seats)


def _row(seat: Seat, last: "_LastMove | None", stood: frozenset[int | None], released_at: datetime | None) -> Row:
    is_gone = seat.state == "cancelled"
    here = last if last is not None and seat.state == last.becomes == "checked_in" else None
    called = last is not None and seat.state == last.becomes == "held" and last.was == "waiting"
    by_release = last is not None and released_at is not None and last.at >= released_at
    return Row(
        id=seat.pk,
        code=seat.code,
        name="" if is_gone else seat.name,
        organisation="" if is_gone else seat.organisation,
        role="" if is_gone else word_for(seat.role, ROLES),
        state=seat.state,
        no_photos=seat.photos is False,
        move=here.pk if here else None,
        at=_milliseconds(here.at) if here else None,
        by=rules.by_whom(here.label) if here else "",
        queued=_milliseconds(seat.queued_at),
        line=(seat.rank, seat.lot, seat.arrival),
        call=called and (by_release or seat.pk in stood),
    )


@dataclass(frozen=True, slots=True)
class _LastMove:
    pk: int
    at: datetime
    was: str
    becomes: str
    label: str | None


def _open(device: Device) -> tuple[UUID, ...]:
    unsettled = DoorEvent.objects.filter(device=device, outcome="conflict", settled_at=None)
    return tuple(unsettled.values_list("pk", flat=True))


def _milliseconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)


def _local(moment: datetime | None, meetup: Meetup) -> datetime | None:
    return None if moment is None else moment.astimezone(ZoneInfo(meetup.timezone))


def _text(moment: datetime | None, meetup: Meetup) -> str:
    at = _local(moment, meetup)
    return "" if at is None else gettext("%(day)s at %(time)s") % {"day": day_in_words(at, "month_day"), "time": f"{at:%H:%M}"}
