"""Giving free seats to those who wait: exactly as many as there are, in the order of the line."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop

from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.actions import ground
from midcycle.registration.models import Capacity, Seat
from midcycle.registration.queries import turn
from midcycle.registration.rules import line

_BATCH: Final = 500
_DOORS_OPEN: Final = timedelta(hours=6)  # after midnight, as no table says when a meetup begins


def promote(capacity: Capacity, *, reason: str, now: datetime) -> int:
    """Give or offer free seats to those whose turn it is; return how many. One entry in the journal for each."""
    given = 0
    while turn.gives(capacity) and (free := rules.seats_to_promote(capacity.held, capacity.total, capacity.waiting)):
        chosen = _next(capacity, at_most=min(free, _BATCH), now=now)
        if not chosen:
            break
        given += len(chosen)
        for until, seats in _by_window(capacity, chosen, now=now).items():
            _give(capacity, seats, until, reason=reason, now=now)
    return given


def window(capacity: Capacity, seat: Seat, *, now: datetime) -> datetime | None:
    """Return until when a seat is offered, None when it is given at once: those at the door are here and need not accept."""
    if seat.queued_at or (not capacity.offer_hours and seat.confirmed):
        return None
    hours = capacity.offer_hours if seat.confirmed else max(capacity.offer_hours, line.CONFIRM_HOURS)
    return line.offer_ends(now, hours, _starts_at(capacity.meetup))


@transaction.atomic
def lapse_offers(meetup: Meetup, *, now: datetime) -> int:
    """Take back the offers nobody accepted in time and offer the seats to the next; return how many lapsed."""
    capacity = ground.locked(meetup)
    late = list(Seat.objects.filter(meetup=meetup, state="offered", offer_until__lte=now).order_by("offer_until")[:_BATCH])
    for seat in late:
        lapse(capacity, seat, now=now)
    promote(capacity, reason=gettext_noop("an offer was not accepted in time"), now=now)
    return len(late)


def lapse(capacity: Capacity, seat: Seat, *, now: datetime) -> None:
    """Take one offer back; whoever had it leaves the line."""
    moved = ground.move(capacity, seat, "cancelled", reason=rules.LAPSED, now=now)
    ground.tell("offer_lapsed", seat, now=now, move=moved)


def _by_window(capacity: Capacity, seats: Sequence[Seat], *, now: datetime) -> dict[datetime | None, list[Seat]]:
    windows: dict[datetime | None, list[Seat]] = {}
    for seat in seats:
        windows.setdefault(window(capacity, seat, now=now), []).append(seat)
    return windows


def _give(capacity: Capacity, seats: Sequence[Seat], until: datetime | None, *, reason: str, now: datetime) -> None:
    state = "held" if until is None else "offered"
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(state=state, offer_until=until, queued_at=None)
    ground.count(capacity, "waiting", state, len(seats))
    ground.count_all_in_quotas(capacity, seats, "waiting", state)
    moves = ground.note_moves(seats, state, [reason] * len(seats), now=now)
    for seat, moved in zip(seats, moves, strict=True):
        ground.tell("seat_offered" if until else "seat_promoted", seat, now=now, move=moved)


def _next(capacity: Capacity, *, at_most: int, now: datetime) -> list[Seat]:
    """Return those whose turn it is, in order; of one kind of people no more than its quota has left."""
    first = list(turn.in_turn(capacity, now=now)[:at_most])
    if not capacity.has_quotas:
        return first
    left: dict[int, int] = {}
    chosen = []
    for seat, quotas in zip(first, ground.quotas_for(capacity, [seat.claim for seat in first]), strict=True):
        if all(left.setdefault(quota.pk, quota.most - quota.held) > 0 for quota in quotas):
            chosen.append(seat)
            left.update({quota.pk: left[quota.pk] - 1 for quota in quotas})
    return chosen


def _starts_at(meetup: Meetup) -> datetime | None:
    midnight = turn.first_midnight(meetup)
    return None if midnight is None else midnight + _DOORS_OPEN
