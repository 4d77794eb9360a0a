"""Giving free seats to those who wait: exactly as many as there are, in the order of the line."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q, QuerySet

from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.actions import ground
from midcycle.registration.models import Capacity, Quota, Seat
from midcycle.registration.rules import line

_BATCH: Final = 500
_COLUMNS: Final = {"role": "role", "sector": "sector", "organisation": "organisation_key", "region": "region"}
_OVER: Final = frozenset({"wrap_up", "archived"})


def promote(capacity: Capacity, *, reason: str, now: datetime) -> int:
    """Give or offer free seats to those whose turn it is; return how many. One entry in the journal for each."""
    given = 0
    while gives(capacity) and (free := rules.seats_to_promote(capacity.held, capacity.total, capacity.waiting)):
        turn = _next(capacity, at_most=min(free, _BATCH), now=now)
        if not turn:
            break
        given += len(turn)
        for until, seats in _by_window(capacity, turn, now=now).items():
            _give(capacity, seats, until, reason=reason, now=now)
    return given


def gives(capacity: Capacity) -> bool:
    """Say whether the line moves at all: not before its lots are drawn, and not after the meetup."""
    return capacity.meetup.stage not in _OVER and not (capacity.rule == "lottery" and capacity.drawn_at is None)


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
    promote(capacity, reason="an offer was not accepted in time", now=now)
    return len(late)


def lapse(capacity: Capacity, seat: Seat, *, now: datetime) -> None:
    """Take one offer back; whoever had it leaves the line."""
    moved = ground.move(capacity, seat, "cancelled", reason="the offer was not accepted in time", now=now)
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
    moves = ground.note_moves(seats, state, [reason] * len(seats), now=now)
    for seat, moved in zip(seats, moves, strict=True):
        ground.count_in_quotas(ground.quotas_of(capacity, ground.claim_of(seat)), "waiting", state)
        ground.tell("seat_offered" if until else "seat_promoted", seat, now=now, move=moved)


def _next(capacity: Capacity, *, at_most: int, now: datetime) -> list[Seat]:
    """Return those whose turn it is, in order: nobody a full quota keeps out, nobody who needs more notice than there is."""
    waiting = _who_can(capacity, now=now).order_by("rank", "lot", "arrival")
    if not capacity.has_quotas:
        return list(waiting[:at_most])
    left: dict[int, int] = {}
    turn = []
    for seat in waiting.exclude(_kept_out(capacity))[:at_most]:
        quotas = ground.quotas_of(capacity, ground.claim_of(seat))
        if all(left.setdefault(quota.pk, quota.most - quota.held) > 0 for quota in quotas):
            turn.append(seat)
            left.update({quota.pk: left[quota.pk] - 1 for quota in quotas})
    return turn


def _who_can(capacity: Capacity, *, now: datetime) -> QuerySet[Seat]:
    """Return those who wait and can come: once no-shows were released, only those at the door."""
    waiting = Seat.objects.filter(meetup=capacity.meetup_id, state="waiting")
    if capacity.released_at is not None:
        return waiting.exclude(queued_at=None)
    today = now.astimezone(ZoneInfo(capacity.meetup.timezone)).date()
    left = line.notice_left(capacity.meetup.starts_on, today)
    return waiting if left is None else waiting.filter(Q(notice_days__lte=left) | Q(queued_at__isnull=False))


def _kept_out(capacity: Capacity) -> Q:
    full = Quota.objects.filter(meetup=capacity.meetup_id, held__gte=F("most")).exclude(value=line.EACH)
    kept = Q(pk__isnull=True)
    for kind, value in full.values_list("kind", "value"):
        kept |= Q(first_time=value == "yes") if kind == "first_time" else Q(**{_COLUMNS[kind]: value})
    return kept


def _starts_at(meetup: Meetup) -> datetime | None:
    if meetup.starts_on is None:
        return None
    return datetime.combine(meetup.starts_on, time(), ZoneInfo(meetup.timezone)) + timedelta(hours=6)
