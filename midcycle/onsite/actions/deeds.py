"""What was done on a phone becomes what is so, once, in the order in which it arrives.

A deed has a number of the phone's own making. Its row is written first: the same deed sent twice, or by two connections at
once, waits there and is answered as the first time. Seats are written by the actions of registration alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypedDict
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.kernel.addresses import canonical
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import has_ink, one_line
from midcycle.meetups.models import Meetup
from midcycle.onsite import rules
from midcycle.onsite.models import Device, DoorEvent
from midcycle.onsite.queries import kept_until
from midcycle.onsite.rules.told import Batch, Deed
from midcycle.registration import actions as registration
from midcycle.registration.actions import Answers
from midcycle.registration.models import Capacity, Seat, SeatMove
from midcycle.registration.rules import ROLES

NOBODYS: Final = UUID(int=0)
SEEN_EVERY: Final = timedelta(minutes=1)  # is often enough to note that a phone asked for news


@dataclass(frozen=True)
class Answer:
    """How a deed was answered, with a sentence to show and the seat it was about."""

    id: UUID
    outcome: str
    sentence: str
    seat: int | None


class Typed(TypedDict):
    """Who somebody at the door is, as registration's actions take it."""

    answers: Answers
    email: str
    name: str
    by: Person | None
    now: datetime


@dataclass(frozen=True)
class _Done:
    outcome: rules.Outcome
    sentence: str
    seat: Seat | None = None
    move: SeatMove | None = None


def take_batch(device: Device, batch: Batch, *, now: datetime) -> tuple[Answer, ...]:
    """Do what a phone did, each deed in a transaction of its own, and answer each."""
    if batch.events or device.seen_at is None or device.seen_at < now - SEEN_EVERY:
        Device.objects.filter(pk=device.pk).update(seen_at=now)
    return tuple(do_deed(device, deed, sent_at=batch.sent_at, now=now) for deed in batch.events)


@transaction.atomic
def do_deed(device: Device, deed: Deed, *, sent_at: int, now: datetime) -> Answer:
    """Do one deed, unless it was done before, and answer it. What cannot be done is kept for somebody to look at."""
    told_at = rules.when_it_was(deed.at, sent_at, earliest=device.made_at, now=now)
    first = {"device": device, "kind": deed.kind, "count": deed.count, "told_at": told_at, "at": now}
    event, is_new = DoorEvent.objects.get_or_create(pk=deed.id, defaults=first)
    if not is_new:
        return _answered_before(event, device)
    try:
        with translation.override(settings.LANGUAGE_CODE):  # why it cannot be done is kept, and told to others
            done = _try(device, deed, now)
    except Refusal as refusal:
        done = _Done("conflict", refusal.message, _seat(device, deed))
    event.outcome, event.sentence, event.seat, event.move = done.outcome, done.sentence[:400], done.seat, done.move
    if done.outcome == "conflict" and done.seat is None and deed.name:
        event.told = {"name": one_line(deed.name), "email": one_line(deed.email)}
    event.save(update_fields=["outcome", "sentence", "seat", "move", "told"])
    return Answer(event.pk, event.outcome, event.text, event.seat_id)


@transaction.atomic
def settle(event: DoorEvent, *, now: datetime) -> None:
    """Note that somebody has looked at a deed that could not be done, and forget what was typed. Again is harmless."""
    DoorEvent.objects.filter(pk=event.pk, settled_at=None).update(settled_at=now, told={})


@transaction.atomic
def forget_typed(*, now: datetime) -> int:
    """Settle what nobody has looked at until phones forget their lists, with what was typed; return how much."""
    unsettled = DoorEvent.objects.filter(outcome="conflict", settled_at=None, told_at__lt=now - rules.LIST_KEPT)
    late = [event.pk for event in unsettled.select_related("device__meetup") if _is_over(event.device.meetup, now)]
    return DoorEvent.objects.filter(pk__in=late).update(settled_at=now, told={}) if late else 0


def _is_over(meetup: Meetup, now: datetime) -> bool:
    return rules.why_no_list(meetup.stage, kept_until(meetup), now) is not None


def _answered_before(event: DoorEvent, device: Device) -> Answer:
    if event.device_id != device.pk:
        return Answer(event.pk, "conflict", gettext(rules.MADE_ELSEWHERE), None)
    return Answer(event.pk, event.outcome, event.text, event.seat_id)


@transaction.atomic
def _try(device: Device, deed: Deed, now: datetime) -> _Done:
    return _DEEDS[deed.kind](device, deed, now)


def _check_in(device: Device, deed: Deed, now: datetime) -> _Done:
    seat = _seat(device, deed)
    if seat is None:
        return _Done("conflict", rules.UNKNOWN_TICKET)
    if seat.state == "offered":
        registration.accept_offer(seat, now=now)  # who stands at the door takes it
    registration.check_in(seat, by=device.made_by, now=now)
    return _checked_in(seat, now)


def _undo(device: Device, deed: Deed, now: datetime) -> _Done:
    Capacity.objects.select_for_update().filter(meetup=device.meetup_id).first()
    seat = Seat.objects.select_related("meetup").filter(meetup=device.meetup_id, pk=deed.seat or 0).first()
    if seat is None:
        return _Done("conflict", rules.NOTHING_NAMED)
    if seat.state != "checked_in":
        return _Done("already", rules.kept(rules.NOT_HERE), seat)
    standing = _check_in_of(seat)
    own = DoorEvent.objects.filter(pk=deed.of or NOBODYS, device=device).first()
    if own is not None and own.outcome == "already":
        DoorEvent.objects.filter(pk=own.pk).update(settled_at=now)
    others = DoorEvent.objects.filter(seat=seat, kind="check_in", outcome="already", settled_at=None, at__gte=standing.at)
    other = others.exclude(device=device).select_related("device").first()
    if other is not None:
        at = _local(other.told_at, device.meetup)
        return _Done("already", rules.stays_here(rules.by_whom(other.device.label), at), seat)
    if standing.pk not in {deed.move, own and own.move_id}:
        return _Done("already", rules.stays_here(*_told_of(standing, device.meetup)), seat)
    registration.undo_check_in(seat, by=device.made_by, now=now)
    return _Done("done", rules.kept(rules.NOT_HERE_ANY_MORE), seat)


def _walk_in(device: Device, deed: Deed, now: datetime) -> _Done:
    who = _typed(device, deed, now)
    known = Seat.objects.filter(meetup=device.meetup_id, person__email=canonical(deed.email)).first()
    had_one = known is not None and known.state in {"held", "offered"}
    try:
        seat = registration.walk_in(device.meetup, **who)
    except Refusal:
        seat = registration.join_queue(device.meetup, **who)
        if seat.state == "waiting":
            return _Done("conflict", rules.kept(rules.NO_SEAT_FREE), seat)
    done = _checked_in(seat, now)
    if had_one and done.outcome == "done":
        return _Done("done", rules.kept(rules.HAD_A_SEAT), seat, done.move)
    return done


def _queue(device: Device, deed: Deed, now: datetime) -> _Done:
    who = _typed(device, deed, now)
    if deed.code:
        known = _seat(device, deed)
        if known is None:
            return _Done("conflict", rules.UNKNOWN_TICKET)
        who |= {"email": known.person.email, "name": known.name}
    seat = registration.join_queue(device.meetup, **who)
    if seat.state == "waiting":
        return _Done("done", rules.kept(rules.IN_THE_QUEUE), seat)
    done = _checked_in(seat, now)
    if done.outcome == "done":
        return _Done("done", rules.kept(rules.SEAT_FOR_THEM), seat, done.move)
    return done


def _settle(device: Device, deed: Deed, now: datetime) -> _Done:
    event = DoorEvent.objects.filter(pk=deed.of or NOBODYS, device__meetup=device.meetup_id).first()
    if event is None:
        return _Done("already", rules.NOTHING_LEFT)
    settle(event, now=now)
    return _Done("done", rules.NOTED)


_DEEDS: Final[Mapping[str, Callable[[Device, Deed, datetime], _Done]]] = {
    "check_in": _check_in,
    "undo": _undo,
    "walk_in": _walk_in,
    "queue": _queue,
    "settle": _settle,
}


def _typed(device: Device, deed: Deed, now: datetime) -> Typed:
    """Return who somebody at the door is, as typed. Raises Refusal for somebody without a name."""
    name = one_line(deed.name)
    if not has_ink(name) and not deed.code:
        raise Refusal(rules.NO_NAME)
    answers = Answers(role=deed.role if deed.role in ROLES else "", organisation=deed.organisation)
    return {"answers": answers, "email": deed.email, "name": name, "by": device.made_by, "now": now}


def _seat(device: Device, deed: Deed) -> Seat | None:
    """Return the seat a deed names by its code: the code is new when a seat is passed on, its number is not."""
    return (
        Seat.objects.select_related("meetup", "person").filter(meetup=device.meetup_id, code=deed.code).first()
        if deed.code
        else None
    )


def _checked_in(seat: Seat, now: datetime) -> _Done:
    """Say whether the check-in that stands was made just now, under the lock of the action before."""
    standing = _check_in_of(seat)
    is_ours = standing.at == now and not DoorEvent.objects.filter(move=standing).exists()
    if is_ours:
        return _Done("done", rules.kept(rules.HERE), seat, standing)
    return _Done("already", rules.already_here(*_told_of(standing, seat.meetup)), seat)


def _check_in_of(seat: Seat) -> SeatMove:
    moves = SeatMove.objects.select_related("door_event__device").filter(seat=seat, becomes="checked_in")
    return moves.latest("pk")


def _told_of(move: SeatMove, meetup: Meetup) -> tuple[str, datetime]:
    """Return where and when, in the meetup's time, a check-in was made."""
    event = DoorEvent.objects.select_related("device").filter(move=move).first()
    if event is None:
        return rules.by_whom(None), _local(move.at, meetup)
    return rules.by_whom(event.device.label), _local(event.told_at, meetup)


def _local(moment: datetime, meetup: Meetup) -> datetime:
    return moment.astimezone(ZoneInfo(meetup.timezone))
