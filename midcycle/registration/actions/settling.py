"""Giving seats to many newcomers at once: each stands where they would have one by one, in a few statements for all."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F

from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.registration import rules
from midcycle.registration.actions import ground
from midcycle.registration.actions.saying import Answers, keep_apart, say
from midcycle.registration.actions.taking import TOLD_AS, stand
from midcycle.registration.models import Capacity, Quota, Seat, SeatMove

_BATCH: Final = 500


@dataclass
class Newcomer:
    """Somebody who arrives with others: their seat, not saved yet, what they say, and why they stand where they do."""

    seat: Seat
    name: str
    answers: Answers
    reason: str = ""


def settle_all(capacity: Capacity, newcomers: Sequence[Newcomer], *, is_quiet: bool, now: datetime) -> None:
    """Give each a seat, or the last place in line, in their order, and tell of it in the journal. Capacity is locked.

    Quiet ones are told to nobody.
    """
    quotas = _stand_all(capacity, newcomers, now=now)
    for state in rules.SEAT_STATES:
        count = sum(newcomer.seat.state == state for newcomer in newcomers)
        if count:
            ground.count(capacity, "", state, count, arrivals=count)
    for quota, taken in quotas:
        Quota.objects.filter(pk=quota).update(held=F("held") + taken)
    Seat.objects.bulk_create([newcomer.seat for newcomer in newcomers], batch_size=_BATCH)
    moves = [SeatMove(seat=one.seat, at=now, becomes=one.seat.state, reason=one.reason) for one in newcomers]
    SeatMove.objects.bulk_create(moves, batch_size=_BATCH)
    for newcomer in newcomers:
        keep_apart(capacity, newcomer.seat, newcomer.answers, is_new=True)
    journal.record_all(list(_told(moves, is_quiet=is_quiet, now=now)))


def _stand_all(capacity: Capacity, newcomers: Sequence[Newcomer], *, now: datetime) -> list[tuple[int, int]]:
    """Put each where they stand when all before them are counted; return how many seats each quota gives out."""
    tally, quotas, before = copy(capacity), dict[int, Quota](), dict[int, int]()
    for newcomer in newcomers:
        seat = newcomer.seat
        say(seat, newcomer.name, newcomer.answers)
        found = ground.quotas_of(capacity, seat.claim)
        own = [quotas.setdefault(quota.pk, quota) for quota in found]
        before |= {quota.pk: quota.held for quota in own if quota.pk not in before}
        newcomer.reason = stand(tally, seat, own, now=now)
        tally.arrivals += 1
        if seat.state in rules.TAKES_A_SEAT:
            tally.held += 1
            for quota in own:
                quota.held += 1
    return [(number, quota.held - before[number]) for number, quota in quotas.items() if quota.held > before[number]]


def _told(moves: Sequence[SeatMove], *, is_quiet: bool, now: datetime) -> Iterator[Entry]:
    for move in moves:
        seat = move.seat
        kind = f"registration.{'seat_imported' if is_quiet else TOLD_AS[seat.state]}"
        facts = {"seat": seat.pk, "move": move.pk}
        yield Entry(kind=kind, at=now, meetup=seat.meetup_id, actor=seat.person_id, facts=facts)
