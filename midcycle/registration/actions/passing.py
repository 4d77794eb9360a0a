"""Passing a seat on to somebody else, and registering colleagues, who each confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.kernel.addresses import canonical
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.access import Sender
from midcycle.registration.actions import ground
from midcycle.registration.actions.promoting import promote
from midcycle.registration.actions.saying import Answers, keep_apart, say
from midcycle.registration.actions.taking import NOBODY, Origin, count_anew, new_code, new_token, take_seat
from midcycle.registration.models import Capacity, Needs, Seat, SeatAnswer, SeatMove, Transfer
from midcycle.registration.rules.ways import Way

MOST_COLLEAGUES: Final = 10
MOST_TRANSFERS: Final = 3  # in a day, so that nobody's mailbox is filled


@dataclass(frozen=True)
class Colleague:
    """Somebody registered by a colleague."""

    name: str
    email: str


@dataclass(frozen=True)
class Newcomer:
    """Whom a seat is passed on to, and what they say of themselves."""

    person: Person
    name: str
    answers: Answers
    sender: Sender


@transaction.atomic
def offer_transfer(seat: Seat, *, email: str, name: str, now: datetime) -> Transfer:
    """Ask somebody to take over a seat; nothing changes until they do. Raises Refusal.

    What is answered does not tell whether the address is known.
    """
    capacity, again = ground.locked_with(seat)
    refused = rules.why_no_transfer(capacity.meetup.stage, again.state, allowed=capacity.transfers)
    if refused:
        raise Refusal(refused)
    if Transfer.objects.filter(seat=again, at__gt=now - timedelta(days=1)).count() >= MOST_TRANSFERS:
        raise Refusal(gettext("You have asked several people today. Try again tomorrow, or give the seat back."))
    Transfer.objects.filter(seat=again, state="open").update(state="withdrawn")
    made = Transfer.objects.create(
        seat=again, name=one_line(name)[:120], email=canonical(email), token=new_token(), at=now, state="open"
    )
    ground.tell("transfer_offered", again, now=now, actor=again.person_id)
    return made


@transaction.atomic
def withdraw_transfer(seat: Seat, *, now: datetime) -> None:
    """Take back what was offered to somebody; again is harmless."""
    _, again = ground.locked_with(seat)
    if Transfer.objects.filter(seat=again, state="open").update(state="withdrawn"):
        ground.tell("transfer_withdrawn", again, now=now, actor=again.person_id)


@transaction.atomic
def accept_transfer(transfer: Transfer, answers: Answers, *, name: str, now: datetime, sender: Sender = NOBODY) -> Seat:
    """Take over a seat; the old link and ticket open nothing any more. Raises Refusal when it is gone, or one has a seat.

    Sent again by the same browser, it changes nothing.
    """
    person, _ = accounts.met(transfer.email, now=now, name=name)
    ground.locked(transfer.seat.meetup)
    taken = Seat.objects.filter(pk=transfer.seat_id, person=person).first()
    if taken is not None and sender.has_taken(taken, now=now):
        return taken
    capacity, seat = ground.locked_with(transfer.seat)
    if Transfer.objects.filter(pk=transfer.pk, state="open").update(state="accepted") != 1:
        raise Refusal(gettext("This seat was taken over already, or it is not offered any more."))
    refused = rules.why_no_transfer(capacity.meetup.stage, seat.state, allowed=True)
    if refused:
        raise Refusal(refused)
    other = Seat.objects.filter(meetup=seat.meetup_id, person=person).first()
    if other is not None and other.state != "cancelled":
        raise Refusal(
            gettext("You have a place at this meetup already. Give that one back first, if you want this one instead.")
        )
    if other is not None:
        other.delete()  # given back long ago; one row for each person
    taken = _hand_over(capacity, seat, Newcomer(person, name, answers, sender), now=now)
    promote(capacity, reason=gettext_noop("a seat was passed on, and its quota has room"), now=now)
    return taken


@transaction.atomic
def register_colleagues(seat: Seat, colleagues: Sequence[Colleague], *, now: datetime) -> int:
    """Register colleagues, each with a seat or a place in line that they confirm by letter; return how many. Raises Refusal.

    Whoever has a place already keeps it, and the answer does not tell.
    """
    meetup = Meetup.objects.get(pk=seat.meetup_id)
    people = sorted({canonical(colleague.email): colleague for colleague in colleagues}.items())
    names = {address: colleague.name for address, colleague in people}
    for address in sorted({*names, seat.person.email}):  # before the lock, and in one order, as whoever forgets people does
        accounts.met(address, now=now, name=names.get(address, ""))
    _, again = ground.locked_with(seat)
    if again.state not in rules.MAY_BRING:
        raise Refusal(gettext("You have no place at this meetup any more, so you cannot register others."))
    asked = again.colleagues_asked + len(people)  # also those who had a place: the answer tells nothing about them
    if asked > MOST_COLLEAGUES:
        left = max(0, MOST_COLLEAGUES - again.colleagues_asked)
        raise Refusal(f"One person can register {MOST_COLLEAGUES} colleagues. {left} are left to you.", field="colleagues")
    answers = Answers(organisation=again.organisation)
    origin = Origin(by=again.person, via=str((Way.of(again.via) or Way()).passed_on))
    for address, colleague in people:
        take_seat(meetup, answers, email=address, name=colleague.name, now=now, origin=origin)
    Seat.objects.filter(pk=again.pk).update(colleagues_asked=asked)
    ground.tell("colleagues_registered", again, now=now, actor=again.person_id)
    return len(people)


def _hand_over(capacity: Capacity, seat: Seat, to: Newcomer, *, now: datetime) -> Seat:
    """Give the row to somebody else: nothing that the one before said or saw stays with it."""
    ground.tell("seat_passed_on", seat, now=now, actor=seat.person_id)
    Needs.objects.filter(seat=seat).delete()
    SeatAnswer.objects.filter(seat=seat).delete()
    SeatMove.objects.filter(seat=seat).delete()
    claimed = seat.claim
    seat.person, seat.code, seat.registered_at = to.person, new_code(), now
    seat.token = to.sender.token_of(seat) if to.sender.browser else new_token()
    seat.confirmed, seat.registered_by, seat.imported = True, None, None
    seat.proven, seat.colleagues_asked, seat.via = False, 0, ""
    say(seat, to.name, to.answers)
    count_anew(capacity, seat, claimed)
    seat.save()
    keep_apart(capacity, seat, to.answers, is_new=True)
    reason = gettext_noop("its holder passed the seat on")
    moved = SeatMove.objects.create(seat=seat, at=now, was="", becomes=seat.state, reason=reason)
    ground.tell("seat_taken", seat, now=now, actor=to.person.pk, move=moved)
    return seat
