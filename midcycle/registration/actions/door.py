"""The door: who is here, walk-ins, the queue of those without a seat, and the seats of those who did not come."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import ARCHIVED
from midcycle.registration import rules
from midcycle.registration.actions import ground
from midcycle.registration.actions.promoting import promote
from midcycle.registration.actions.saying import Answers, say
from midcycle.registration.actions.taking import arrive, new_seat, why_waits
from midcycle.registration.models import Capacity, Seat

HERE = gettext_noop("checked in at the door")


@transaction.atomic
def check_in(seat: Seat, *, by: Person | None, now: datetime) -> None:
    """Note that a person with a seat is here; again is harmless. Raises Refusal before the meetup and without a seat.

    A no-show who comes late takes a free seat, and who is offered one takes that.
    """
    capacity, again = ground.locked_with(seat)
    seat.state = "checked_in"
    if again.state == "checked_in":
        return
    refused = rules.why_door_is_shut(again.meetup.stage) or rules.why_no_door(again.state)
    if not refused and again.state == "no_show":
        refused = _why_too_late(capacity, again)
    if refused:
        raise Refusal(refused)
    _let_in(capacity, again, by=by, now=now)


@transaction.atomic
def undo_check_in(seat: Seat, *, by: Person | None, now: datetime) -> None:
    """Take a check-in back. Raises Refusal for somebody who is not checked in."""
    capacity, again = ground.locked_with(seat)
    if again.state != "checked_in":
        raise Refusal(gettext("This person is not checked in. Reload the page to see how it stands."))
    ground.move(capacity, again, "held", reason=gettext_noop("the check-in was undone"), now=now, by=by)
    ground.tell("check_in_undone", again, now=now, actor=by.pk if by else None)
    seat.state = "held"


@transaction.atomic
def walk_in(meetup: Meetup, answers: Answers, *, email: str, name: str, by: Person | None, now: datetime) -> Seat:
    """Give somebody at the door a free seat and check them in. Raises Refusal before the meetup and when none is free."""
    seat = _at_the_door(meetup, answers, email=email, name=name, now=now)
    capacity = ground.locked(meetup)
    if seat.state == "waiting":
        raise Refusal(f"All {capacity.total} seats are taken. Put this person into the queue, or raise the capacity.")
    if seat.state != "checked_in":
        _let_in(capacity, seat, by=by, now=now)
    return seat


@transaction.atomic
def join_queue(meetup: Meetup, answers: Answers, *, email: str, name: str, by: Person | None, now: datetime) -> Seat:
    """Put somebody at the door who has no seat into the queue; with a seat, or a free one, they are checked in. Raises Refusal.

    The queue has the order of the waitlist: those who waited before come first.
    """
    seat = _at_the_door(meetup, answers, email=email, name=name, now=now)
    capacity = ground.locked(meetup)
    if seat.state == "waiting":
        ground.tell("queue_joined", seat, now=now, actor=by.pk if by else None)
    elif seat.state != "checked_in":
        _let_in(capacity, seat, by=by, now=now)
    return seat


@transaction.atomic
def set_release(meetup: Meetup, at: datetime | None, *, by: Person, now: datetime) -> None:
    """State when the seats of those who are not here are released, None for never."""
    capacity = ground.locked_or_new(meetup)
    Capacity.objects.filter(pk=capacity.pk).update(release_at=at)
    journal.record("registration.release_set", at=now, meetup=meetup.pk, actor=by.pk)


@transaction.atomic
def mark_no_shows(meetup: Meetup, *, by: Person | None, now: datetime) -> int:
    """Release the seats of everybody who was not checked in; return how many. Raises Refusal too early.

    Those in the queue at the door get them, in the order of the line.
    """
    capacity = ground.locked(meetup)
    refused = rules.why_no_shows_wait(capacity.meetup.stage)
    if capacity.meetup.stage == "archived":
        refused = gettext(ARCHIVED)
    if refused:
        raise Refusal(refused)
    return _release(capacity, by=by, now=now)


@transaction.atomic
def release_at_its_time(meetup: Meetup, *, now: datetime) -> int | None:
    """Release the seats of those who are not here at the minute stated for it; return how many, None when it is not due.

    When nobody could be checked in by then, nobody loses a seat: the minute is forgotten, and the organisers can do it by hand.
    """
    capacity = ground.locked(meetup)
    if capacity.release_at is None or capacity.release_at > now or capacity.released_at is not None:
        return None
    if rules.is_door_kept(capacity.meetup.stage, capacity.checked_in):
        return _release(capacity, by=None, now=now)
    Capacity.objects.filter(pk=capacity.pk).update(release_at=None)
    journal.record("registration.release_missed", at=now, meetup=meetup.pk)
    return None


def _release(capacity: Capacity, *, by: Person | None, now: datetime) -> int:
    absent = list(Seat.objects.filter(meetup=capacity.meetup_id, state="held"))
    Seat.objects.filter(pk__in=[seat.pk for seat in absent]).update(state="no_show")
    ground.note_moves(absent, "no_show", [gettext_noop("did not come")] * len(absent), now=now, by=by)
    ground.count(capacity, "held", "no_show", len(absent))
    ground.count_all_in_quotas(capacity, absent, "held", "no_show")
    capacity.released_at = now
    Capacity.objects.filter(pk=capacity.pk).update(released_at=now)
    promoted = promote(capacity, reason=gettext_noop("the seats of those who did not come were released"), now=now)
    facts = {"count": len(absent), "promoted": promoted}
    actor = by.pk if by else None
    journal.record("registration.no_shows_marked", at=now, meetup=capacity.meetup_id, actor=actor, facts=facts)
    return len(absent)


def _why_too_late(capacity: Capacity, seat: Seat) -> str | None:
    """Return why somebody who comes after their seat was released finds none, None when one is free."""
    if capacity.held >= capacity.total:
        return rules.late_refusal(capacity.total)
    waits = why_waits(capacity, ground.quotas_of(capacity, seat.claim), is_at_door=True)
    return None if waits is None else f"Their seat was released, and {waits}. Put them into the queue."


def _at_the_door(meetup: Meetup, answers: Answers, *, email: str, name: str, now: datetime) -> Seat:
    """Return the seat of somebody who stands at the door, with a free seat given to them if there is one for them."""
    shut = rules.why_door_is_shut(meetup.stage)
    if shut:
        raise Refusal(shut)
    person, _ = accounts.met(email, now=now, name=name)
    capacity = ground.locked(meetup)
    seat = Seat.objects.select_related("meetup").filter(meetup=meetup, person=person).first()
    if seat is None or seat.state == "cancelled":
        seat = new_seat(capacity, seat, person, now=now)
        say(seat, name, answers)
        seat.queued_at = now
        arrive(capacity, seat, now=now)
    elif seat.state in {"waiting", "no_show"}:
        _take_free_one(capacity, seat, now=now)
    return seat


def _take_free_one(capacity: Capacity, seat: Seat, *, now: datetime) -> None:
    """Give somebody of the waitlist, or a no-show who came late, a free seat now, or a place in the queue."""
    waits = why_waits(capacity, ground.quotas_of(capacity, seat.claim), is_at_door=True)
    if seat.state == "no_show" and waits:
        ground.move(capacity, seat, "waiting", reason=gettext_noop("came after the seat was released"), now=now)
    elif not waits and seat.state == "waiting":
        ground.move(capacity, seat, "held", reason=gettext_noop("a seat was free"), now=now)
    if seat.state == "waiting" and seat.queued_at is None:
        seat.queued_at = now
        Seat.objects.filter(pk=seat.pk).update(queued_at=now)


def _let_in(capacity: Capacity, seat: Seat, *, by: Person | None, now: datetime) -> None:
    if seat.state == "offered":
        ground.move(capacity, seat, "held", reason=gettext_noop("came while the seat was offered"), now=now, by=by)
        Seat.objects.filter(pk=seat.pk).update(confirmed=True)
    ground.move(capacity, seat, "checked_in", reason=HERE, now=now, by=by)
    ground.tell("checked_in", seat, now=now, actor=by.pk if by else None)
