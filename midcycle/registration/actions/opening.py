"""Opening and closing registration, how many seats there are, and what is told of past editions."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.actions import ground
from midcycle.registration.actions.promoting import promote
from midcycle.registration.models import Capacity, PastShare


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
def note_invented(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Note that the people of this meetup do not exist, so that nothing of theirs is deleted as time passes."""
    capacity = ground.locked_or_new(meetup)
    Capacity.objects.filter(pk=capacity.pk).update(are_invented=True)
    journal.record("registration.people_invented", at=now, meetup=meetup.pk, actor=by.pk)


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
def plan_seats(meetup: Meetup, *, total: int, planned: int | None, room: int | None, by: Person, now: datetime) -> int:
    """Set how many seats there are, how many people are wanted and how many the room takes, and promote as many as now fit.

    Return how many. Raises Refusal for more than the room takes, and below the seats held.
    """
    capacity = ground.locked_or_new(meetup)
    if planned is not None and room is not None and planned > room:
        raise Refusal(gettext("The room takes %(room)s. No more people can be wanted.") % {"room": room}, field="planned")
    was, capacity.planned, capacity.room = capacity.total, planned, room
    promoted = _change_total(capacity, total, now=now)
    facts = {"was": was, "total": total, "planned": planned, "room": room, "promoted": promoted}
    journal.record("registration.capacity_set", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
    return promoted


@transaction.atomic
def tell_share(meetup: Meetup, label: str, *, seats: int, came: int, by: Person, now: datetime) -> PastShare:
    """Note how many of those with a seat came to an edition elsewhere. Raises Refusal when more came than had one."""
    if came > seats:
        raise Refusal(gettext("Only %(seats)s had a seat. Count those who came with one.") % {"seats": seats}, field="came")
    made = PastShare.objects.create(meetup=meetup, label=one_line(label)[:120], seats=seats, came=came)
    journal.record("registration.share_told", at=now, meetup=meetup.pk, actor=by.pk, facts={"share": made.pk})
    return made


@transaction.atomic
def forget_share(share: PastShare, *, by: Person, now: datetime) -> None:
    """Take back what was told of an edition elsewhere."""
    journal.record("registration.share_forgotten", at=now, meetup=share.meetup_id, actor=by.pk, facts={"share": share.pk})
    share.delete()


def _change_total(capacity: Capacity, total: int, *, now: datetime) -> int:
    refused = rules.why_not_this_total(total, capacity.held, capacity.room)
    if refused:
        raise Refusal(refused, field="total")
    was, capacity.total = capacity.total, total
    capacity.save(update_fields=["total", "planned", "room"])
    return promote(capacity, reason=rules.capacity_reason(was, total), now=now)
