"""Opening registration, taking seats and giving them back, the waitlist, and the door.

Every write of a meetup's seats first locks its Capacity row (on SQLite the transaction itself is the lock), so that seats
change one after the other: capacity cannot be exceeded, and nobody waits while a seat is free.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.moves import IllegalMove, check_move
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import ARCHIVED
from midcycle.registration import rules
from midcycle.registration.models import Capacity, Seat, SeatMove

GIVEN_BACK = "a seat was given back"
_LONGEST = {"name": 120, "role": 30, "sector": 60, "region": 60, "group": 80, "heard_how": 160}


@dataclass(frozen=True)
class Answers:
    """What people say about themselves; blank and None mean not said."""

    role: str = ""
    sector: str = ""
    region: str = ""
    group: str = ""
    heard_how: str = ""
    on_list: bool | None = None
    first_time: bool | None = None


@dataclass(frozen=True)
class Registered:
    """A seat, whether it was given now, and whether whoever asked may be led to it.

    Somebody who only knows the address of a person we know is not led: the link goes to that person by mail.
    """

    seat: Seat
    fresh: bool
    shown: bool = True


@transaction.atomic
def open_registration(meetup: Meetup, *, total: int, by: Person, now: datetime) -> Capacity:
    """Open registration with so many seats; the first time, that number is the one announced. Raises Refusal.

    A meetup whose place is being settled goes on to the stage of registration.
    """
    capacity = _locked_or_new(meetup)
    meetup.stage = Meetup.objects.values_list("stage", flat=True).get(pk=meetup.pk)  # somebody may have moved it meanwhile
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
    capacity = _locked(meetup)
    Capacity.objects.filter(pk=capacity.pk).update(is_open=False)
    journal.record("registration.closed", at=now, meetup=meetup.pk, actor=by.pk)


@transaction.atomic
def set_capacity(meetup: Meetup, total: int, *, by: Person, now: datetime) -> int:
    """Set how many seats there are and promote as many as now fit; return how many. Raises Refusal below those held."""
    capacity = _locked_or_new(meetup)
    promoted = _change_total(capacity, total, now=now)
    facts = {"was": capacity.total, "total": total, "promoted": promoted}
    journal.record("registration.capacity_set", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
    return promoted


@transaction.atomic
def take_seat(
    meetup: Meetup, answers: Answers, *, email: str, name: str, now: datetime, signed_in: Person | None = None
) -> Registered:
    """Give the person with this address a seat, or the last place in the waitlist. Raises Refusal when closed.

    Somebody who has one keeps it unchanged; unless they are signed in, their link is sent to them again.
    """
    person = accounts.person_for(email, now=now, name=one_line(name))
    capacity = _locked(meetup)
    closed = rules.why_closed(meetup.stage, is_open=capacity.is_open)
    if closed:
        raise Refusal(closed)
    known = Seat.objects.filter(meetup=meetup, person=person).first()
    is_own = signed_in is not None and signed_in.pk == person.pk
    if known is not None and known.state != "cancelled":
        if not is_own:
            journal.record("registration.link_asked", at=now, meetup=meetup.pk, facts={"seat": known.pk})
        return Registered(known, fresh=False, shown=is_own)
    seat = _seat_of(capacity, known, person, name=name, answers=answers, now=now)
    move = _arrive(capacity, seat, now=now)
    kind = "registration.seat_taken" if seat.state == "held" else "registration.seat_waiting"
    journal.record(kind, at=now, meetup=meetup.pk, actor=person.pk, facts={"seat": seat.pk, "move": move.pk})
    return Registered(seat, fresh=True, shown=known is None or is_own)


@transaction.atomic
def change_answers(seat: Seat, answers: Answers, *, name: str, now: datetime) -> Seat:
    """Note what somebody says now and return the seat, whose state and place in line stay. Raises Refusal when over."""
    _, locked = _locked_with(seat)
    refused = rules.why_answers_stay(locked.meetup.stage, locked.state)
    if refused:
        raise Refusal(refused)
    before = _said(locked)
    _say(locked, name, answers)
    if _said(locked) != before:
        locked.save(update_fields=list(before))
        facts = {"seat": locked.pk}
        journal.record("registration.answers_changed", at=now, meetup=locked.meetup_id, actor=locked.person_id, facts=facts)
    return locked


@transaction.atomic
def cancel_seat(seat: Seat, *, now: datetime) -> None:
    """Give a seat, or a place in the waitlist, back; the first in line gets a free seat at once. Raises Refusal."""
    capacity, locked = _locked_with(seat)
    if locked.state != "cancelled":
        _give_back(capacity, locked, now=now)
    seat.state = "cancelled"


@transaction.atomic
def leave_waitlist(seat: Seat, *, now: datetime) -> None:
    """Give a place in the waitlist back. Raises Refusal when it has become a seat meanwhile."""
    capacity, locked = _locked_with(seat)
    if locked.state != "waiting":
        raise Refusal("You are not in the waitlist any more. Look at your seat, and cancel it if you cannot come.")
    _give_back(capacity, locked, now=now)
    seat.state = "cancelled"


@transaction.atomic
def check_in(seat: Seat, *, by: Person, now: datetime) -> None:
    """Note that a person with a seat is here; again is harmless. Raises Refusal before the meetup and without a seat."""
    _, locked = _locked_with(seat)
    seat.state = "checked_in"
    if locked.state == "checked_in":
        return
    refused = rules.why_door_is_shut(locked.meetup.stage) or rules.why_no_door(locked.state)
    if refused:
        raise Refusal(refused)
    _move(locked, "checked_in", reason="checked in at the door", now=now)
    journal.record("registration.checked_in", at=now, meetup=locked.meetup_id, actor=by.pk, facts={"seat": locked.pk})


@transaction.atomic
def undo_check_in(seat: Seat, *, by: Person, now: datetime) -> None:
    """Take a check-in back. Raises Refusal for somebody who is not checked in."""
    _, locked = _locked_with(seat)
    if locked.state != "checked_in":
        raise Refusal("This person is not checked in. Reload the page to see how it stands.")
    _move(locked, "held", reason="the check-in was undone", now=now)
    journal.record("registration.check_in_undone", at=now, meetup=locked.meetup_id, actor=by.pk, facts={"seat": locked.pk})
    seat.state = "held"


@transaction.atomic
def mark_no_shows(meetup: Meetup, *, by: Person, now: datetime) -> int:
    """Note everybody with a seat who was not checked in as a no-show; return how many. Raises Refusal too early."""
    refused = rules.why_no_shows_wait(meetup.stage)
    if refused:
        raise Refusal(refused)
    _locked(meetup)
    absent = list(Seat.objects.filter(meetup=meetup, state="held"))
    Seat.objects.filter(meetup=meetup, state="held").update(state="no_show")
    _note_moves(absent, "no_show", reason="did not come", now=now)
    journal.record("registration.no_shows_marked", at=now, meetup=meetup.pk, actor=by.pk, facts={"count": len(absent)})
    return len(absent)


@transaction.atomic
def walk_in(meetup: Meetup, answers: Answers, *, email: str, name: str, by: Person, now: datetime) -> Seat:
    """Give somebody at the door a free seat and check them in. Raises Refusal before the meetup and when none is free."""
    shut = rules.why_door_is_shut(meetup.stage)
    if shut:
        raise Refusal(shut)
    person = accounts.person_for(email, now=now, name=one_line(name))
    capacity = _locked(meetup)
    seat = Seat.objects.filter(meetup=meetup, person=person).first()
    if seat is None or seat.state in {"cancelled", "waiting"}:
        if rules.place_in_line(capacity.held, capacity.total) != "held":
            raise Refusal(f"All {capacity.total} seats are taken. Raise the capacity to let this person in.")
        seat = _seat_of(capacity, seat, person, name=name, answers=answers, now=now)
        _arrive(capacity, seat, now=now)
    if seat.state != "checked_in":
        _move(seat, "checked_in", reason="checked in at the door", now=now)
        journal.record("registration.checked_in", at=now, meetup=meetup.pk, actor=by.pk, facts={"seat": seat.pk})
    return seat


def _locked(meetup: Meetup) -> Capacity:
    capacity = Capacity.objects.select_for_update().filter(meetup=meetup).first()
    if capacity is None:
        raise Refusal("Registration was never opened. Set how many seats there are first.")
    return capacity


def _locked_or_new(meetup: Meetup) -> Capacity:
    meetups.check_changeable(meetup.pk)
    Capacity.objects.get_or_create(meetup=meetup, defaults={"total": 0})
    return _locked(meetup)


def _locked_with(seat: Seat) -> tuple[Capacity, Seat]:
    capacity = Capacity.objects.select_for_update().get(meetup=seat.meetup_id)
    locked = Seat.objects.select_related("meetup").get(pk=seat.pk)
    if locked.meetup.stage == "archived":
        raise Refusal(ARCHIVED)
    return capacity, locked


def _change_total(capacity: Capacity, total: int, *, now: datetime) -> int:
    refused = rules.why_not_this_total(total, capacity.held)
    if refused:
        raise Refusal(refused, field="total")
    Capacity.objects.filter(pk=capacity.pk).update(total=total)
    return _promote(capacity, total, reason=rules.capacity_reason(capacity.total, total), now=now)


def _promote(capacity: Capacity, total: int, *, reason: str, now: datetime) -> int:
    """Give free seats to those first in line, one entry in the journal for each."""
    line = Seat.objects.filter(meetup=capacity.meetup_id, state="waiting")
    count = rules.seats_to_promote(capacity.held, total, line.count())
    if not count:
        return 0
    first = list(line.order_by("arrival")[:count])
    line.filter(arrival__lte=first[-1].arrival).update(state="held")
    Capacity.objects.filter(pk=capacity.pk).update(held=F("held") + count)
    for move in _note_moves(first, "held", reason=reason, now=now):
        facts = {"seat": move.seat_id, "move": move.pk}
        journal.record("registration.seat_promoted", at=now, meetup=capacity.meetup_id, facts=facts)
    return count


def _seat_of(capacity: Capacity, known: Seat | None, person: Person, *, name: str, answers: Answers, now: datetime) -> Seat:
    """Return the person's seat for this arrival, not saved yet.

    Somebody who comes back keeps the row. The link is new: whoever registered them first may have known the old one.
    """
    seat = known or Seat(meetup_id=capacity.meetup_id, person=person, state="")
    seat.token = secrets.token_urlsafe(24)
    seat.arrival = capacity.arrivals + 1
    seat.registered_at = now
    _say(seat, name, answers)
    return seat


def _say(seat: Seat, name: str, answers: Answers) -> None:
    said = {"name": name, **asdict(answers)}
    for field, longest in _LONGEST.items():
        setattr(seat, field, one_line(said[field])[:longest])
    seat.on_list, seat.first_time = answers.on_list, answers.first_time


def _said(seat: Seat) -> dict[str, str | bool | None]:
    return {field: getattr(seat, field) for field in (*_LONGEST, "on_list", "first_time")}


def _arrive(capacity: Capacity, seat: Seat, *, now: datetime) -> SeatMove:
    """Count the arrival, with a seat while one is free. The update repeats the rule where nobody can come between."""
    rows = Capacity.objects.filter(pk=capacity.pk)
    arrived = {"arrivals": F("arrivals") + 1}
    is_free = rules.place_in_line(capacity.held, capacity.total) == "held"
    took = is_free and rows.filter(held__lt=F("total")).update(held=F("held") + 1, **arrived) == 1
    if not took:
        rows.update(**arrived)
    was, seat.state = seat.state, "held" if took else "waiting"
    seat.save()
    reason = "a seat was free" if took else rules.full_reason(capacity.total)
    return SeatMove.objects.create(seat=seat, at=now, was=was, becomes=seat.state, reason=reason)


def _give_back(capacity: Capacity, seat: Seat, *, now: datetime) -> None:
    was = seat.state
    move = _move(seat, "cancelled", reason="left the waitlist" if was == "waiting" else GIVEN_BACK, now=now)
    facts = {"seat": seat.pk, "move": move.pk}
    journal.record("registration.seat_cancelled", at=now, meetup=seat.meetup_id, actor=seat.person_id, facts=facts)
    if was in rules.TAKES_A_SEAT:
        Capacity.objects.filter(pk=capacity.pk).update(held=F("held") - 1)
        capacity.held -= 1
        _promote(capacity, capacity.total, reason=GIVEN_BACK, now=now)


def _move(seat: Seat, becomes: rules.SeatState, *, reason: str, now: datetime) -> SeatMove:
    try:
        check_move(rules.MOVES, seat.state, becomes)
    except IllegalMove as illegal:
        raise Refusal(str(illegal)) from None
    move = SeatMove.objects.create(seat=seat, at=now, was=seat.state, becomes=becomes, reason=reason)
    seat.state = becomes
    seat.save(update_fields=["state"])
    return move


def _note_moves(seats: Sequence[Seat], becomes: rules.SeatState, *, reason: str, now: datetime) -> list[SeatMove]:
    moves = [SeatMove(seat=seat, at=now, was=seat.state, becomes=becomes, reason=reason) for seat in seats]
    return SeatMove.objects.bulk_create(moves)
