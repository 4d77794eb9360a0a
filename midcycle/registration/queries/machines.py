"""Seats as machines are told of them: without addresses and without anybody's link."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from midcycle.meetups.models import Meetup
from midcycle.registration.models import Capacity, Seat, SeatMove
from midcycle.registration.queries.own import position_of


@dataclass(frozen=True)
class Counts:
    """How many seats there are, and how many people stand where. `held` counts that state alone."""

    capacity: int
    held: int
    waiting: int
    offered: int
    checked_in: int


@dataclass(frozen=True)
class Standing:
    """Where somebody stands. `position` counts from 1; None for those who do not wait, and before the lots are drawn."""

    seat: Seat
    position: int | None
    reason: str


@dataclass(frozen=True)
class SeatPage:
    """Some seats of a list, and how many it has in all."""

    items: tuple[Seat, ...]
    total: int


@dataclass(frozen=True)
class LinePage:
    """Some of those who wait, in the order of the line, and how many wait in all."""

    items: tuple[Standing, ...]
    total: int


def counts(meetup: Meetup) -> Counts:
    """Return how many people stand where: zeros before registration was opened. One query, whatever the number of seats."""
    capacity = Capacity.objects.filter(meetup=meetup).first() or Capacity(total=0)
    seated = capacity.held - capacity.offered - capacity.checked_in
    return Counts(capacity.total, seated, capacity.waiting, capacity.offered, capacity.checked_in)


def seat_page(meetup: Meetup, *, state: str | None, page: int, size: int) -> SeatPage:
    """Return the seats in the order people came, those of one state if one is named. Two queries."""
    seats = Seat.objects.filter(meetup=meetup, **({"state": state} if state else {}))
    return SeatPage(tuple(seats.order_by("arrival")[(page - 1) * size : page * size]), seats.count())


def line_page(meetup: Meetup, *, page: int, size: int) -> LinePage:
    """Return those who wait, the next to get a seat first. Two queries."""
    capacity = Capacity.objects.filter(meetup=meetup).first() or Capacity(total=0)
    first = (page - 1) * size
    last = SeatMove.objects.filter(seat=OuterRef("pk")).order_by("-pk").values("reason")[:1]
    waiting = Seat.objects.filter(meetup=meetup, state="waiting").annotate(reason=Subquery(last))
    items = tuple(
        Standing(seat, None if _is_undrawn(capacity) else number, seat.reason)
        for number, seat in enumerate(waiting.order_by("rank", "lot", "arrival")[first : first + size], start=first + 1)
    )
    return LinePage(items, capacity.waiting)


def standing(seat: Seat) -> Standing:
    """Return where a seat stands now. One query, two for somebody who waits."""
    position = None if _is_undrawn(seat.meetup.capacity) else position_of(seat)
    last = SeatMove.objects.filter(seat=seat).order_by("-pk").values_list("reason", flat=True).first()
    return Standing(seat, position, last or "")


def _is_undrawn(capacity: Capacity) -> bool:
    return capacity.rule == "lottery" and capacity.drawn_at is None
