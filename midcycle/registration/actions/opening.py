"""Opening and closing registration, how many seats there are, quotas, and the rule of the line."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.actions import ground
from midcycle.registration.actions.promoting import promote
from midcycle.registration.models import Capacity, Quota, Seat
from midcycle.registration.rules import line

_RANKED_AT_ONCE: Final = 500


@dataclass(frozen=True)
class LineRule:
    """The published rule of a waitlist: its kind, who is served first, when lots are drawn, how long an offer stands."""

    rule: str = "first_come"
    groups: tuple[str, ...] = ()
    draw_at: datetime | None = None
    offer_hours: int = 0


@transaction.atomic
def open_registration(meetup: Meetup, *, total: int, by: Person, now: datetime) -> Capacity:
    """Open registration with so many seats; the first time, that number is the one announced. Raises Refusal.

    A meetup whose place is being settled goes on to the stage of registration.
    """
    capacity = ground.locked_or_new(meetup)
    meetup.stage = capacity.meetup.stage  # somebody may have moved it meanwhile
    refused = rules.why_not_opened(meetup.stage)
    if refused:
        raise Refusal(refused)
    if meetup.stage == "hosting":
        meetups.move_to_stage(meetup, by, "registration", now=now)
    _change_total(capacity, total, now=now)
    announced = total if capacity.announced is None else capacity.announced
    Capacity.objects.filter(pk=capacity.pk).update(is_open=True, announced=announced)
    journal.record("registration.opened", at=now, meetup=meetup.pk, actor=by.pk, facts={"total": total})
    return Capacity.objects.get(pk=capacity.pk)


@transaction.atomic
def close_registration(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Take no more registrations. Seats and waitlist stay, and the waitlist still moves up."""
    capacity = ground.locked(meetup)
    Capacity.objects.filter(pk=capacity.pk).update(is_open=False)
    journal.record("registration.closed", at=now, meetup=meetup.pk, actor=by.pk)


@transaction.atomic
def set_capacity(meetup: Meetup, total: int, *, by: Person, now: datetime) -> int:
    """Set how many seats there are and promote as many as now fit; return how many. Raises Refusal below those held."""
    capacity = ground.locked_or_new(meetup)
    was = capacity.total
    promoted = _change_total(capacity, total, now=now)
    facts = {"was": was, "total": total, "promoted": promoted}
    journal.record("registration.capacity_set", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
    return promoted


@transaction.atomic
def plan_seats(meetup: Meetup, *, planned: int | None, room: int | None, by: Person, now: datetime) -> None:
    """Note how many people are wanted and how many the room takes. Raises Refusal for a room smaller than the seats."""
    capacity = ground.locked_or_new(meetup)
    if room is not None and room < capacity.total:
        raise Refusal(f"There are {capacity.total} seats already. Type that or more, or lower the seats.", field="room")
    Capacity.objects.filter(pk=capacity.pk).update(planned=planned, room=room)
    facts = {"planned": planned, "room": room}
    journal.record("registration.room_set", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)


@transaction.atomic
def set_quota(meetup: Meetup, kind: str, value: str, most: int | None, *, by: Person, now: datetime) -> int:
    """Set how many seats one kind of people can have, None for no limit; return how many were promoted. Raises Refusal."""
    capacity = ground.locked_or_new(meetup)
    if most is None:
        _remove_quota(meetup, kind, value)
    else:
        _keep_quota(meetup, kind, value, most)
    capacity.has_quotas = Quota.objects.filter(meetup=meetup).exists()
    Capacity.objects.filter(pk=capacity.pk).update(has_quotas=capacity.has_quotas)
    promoted = promote(capacity, reason="a quota was changed", now=now)
    facts = {"kind": kind, "most": most, "promoted": promoted}
    journal.record("registration.quota_set", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
    return promoted


@transaction.atomic
def set_line_rule(meetup: Meetup, wanted: LineRule, *, by: Person, now: datetime) -> int:
    """Publish the rule of the waitlist, put those who wait in its order, and promote as many as fit; return how many.

    For a lottery a seed is made and its SHA-256 published at once. Raises Refusal, and once lots are drawn.
    """
    capacity = ground.locked_or_new(meetup)
    refused = line.why_not_this_rule(wanted.rule, wanted.groups, wanted.draw_at, now=now)
    if capacity.drawn_at is not None and wanted.rule != capacity.rule:
        refused = "rule", "The lots are drawn, and the line has their order. Only the hours of an offer can be changed now."
    if refused and not (capacity.drawn_at is not None and wanted.rule == capacity.rule):
        raise Refusal(refused[1], field=refused[0])
    is_other = (capacity.rule, tuple(capacity.groups)) != (wanted.rule, wanted.groups)
    _note_rule(capacity, wanted)
    if is_other:
        _rank_everybody(capacity, now=now)
    promoted = promote(capacity, reason="the rule of the waitlist was changed", now=now)
    facts = {"rule": wanted.rule, "offer_hours": wanted.offer_hours, "promoted": promoted}
    journal.record("registration.line_rule_set", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
    return promoted


@transaction.atomic
def allow_transfers(meetup: Meetup, *, allowed: bool, by: Person, now: datetime) -> None:
    """Say whether people may pass their seat on to somebody else."""
    capacity = ground.locked_or_new(meetup)
    Capacity.objects.filter(pk=capacity.pk).update(transfers=allowed)
    journal.record("registration.transfers_allowed", at=now, meetup=meetup.pk, actor=by.pk, facts={"allowed": allowed})


def _change_total(capacity: Capacity, total: int, *, now: datetime) -> int:
    refused = rules.why_not_this_total(total, capacity.held, capacity.room)
    if refused:
        raise Refusal(refused, field="total")
    was, capacity.total = capacity.total, total
    Capacity.objects.filter(pk=capacity.pk).update(total=total)
    return promote(capacity, reason=rules.capacity_reason(was, total), now=now)


def _keep_quota(meetup: Meetup, kind: str, value: str, most: int) -> None:
    held = _held_by_value(meetup, kind)
    values = [line.EACH, *held] if value == line.EACH else [value]
    for one in values:
        taken = 0 if one == line.EACH else held[one]
        if taken > most:
            whom = rules.quota_name(kind, one)
            raise Refusal(f"{taken} seats for {whom} are taken already. Type {taken} or more.", field="most")
        Quota.objects.update_or_create(meetup=meetup, kind=kind, value=one, defaults={"most": most, "held": taken})


def _remove_quota(meetup: Meetup, kind: str, value: str) -> None:
    gone = Quota.objects.filter(meetup=meetup, kind=kind)
    (gone if value == line.EACH else gone.filter(value=value)).delete()


def _held_by_value(meetup: Meetup, kind: str) -> Counter[str]:
    """Return how many seats are taken by each value that people count as."""
    seats = Seat.objects.filter(meetup=meetup, state__in=rules.TAKES_A_SEAT)
    return Counter(value for seat in seats if (value := line.counted_as(ground.claim_of(seat)).get(kind)))


def _note_rule(capacity: Capacity, wanted: LineRule) -> None:
    if wanted.rule == "lottery" and not capacity.seed:
        capacity.seed = secrets.token_hex(32)
    if wanted.rule != "lottery":
        capacity.seed = ""
    capacity.rule, capacity.groups, capacity.offer_hours = wanted.rule, list(wanted.groups), wanted.offer_hours
    if capacity.drawn_at is None:
        capacity.draw_at = wanted.draw_at if wanted.rule == "lottery" else None
    capacity.save(update_fields=["rule", "groups", "offer_hours", "draw_at", "seed"])


def _rank_everybody(capacity: Capacity, *, now: datetime) -> None:
    """Give those who wait their rank by the new rule, with a note in the history of each."""
    waiting = list(Seat.objects.filter(meetup=capacity.meetup_id, state="waiting"))
    for seat in waiting:
        seat.rank = line.rank_of(capacity.rule, capacity.groups, ground.claim_of(seat), capacity.meetup.region)
    Seat.objects.bulk_update(waiting, ["rank"], batch_size=_RANKED_AT_ONCE)
    reason = f"the rule of the waitlist is now: {line.LINE_RULE_NAMES[capacity.rule].lower()}"
    ground.note_moves(waiting, "waiting", _same(reason, waiting), now=now)


def _same(reason: str, seats: Sequence[Seat]) -> list[str]:
    return [reason] * len(seats)
