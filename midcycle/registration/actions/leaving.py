"""Giving seats back, accepting or declining offers, and how much notice somebody needs."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.registration import rules
from midcycle.registration.actions import ground
from midcycle.registration.actions.promoting import lapse, promote
from midcycle.registration.models import Capacity, Seat, Transfer

GIVEN_BACK = gettext_noop("a seat was given back")
NOT_WAITING = gettext_noop("You are not in the waitlist any more. Your page says how it stands.")
_LONGEST_REASON: Final = 160


@transaction.atomic
def cancel_seat(seat: Seat, *, now: datetime) -> None:
    """Give a seat, or a place in the waitlist, back; the first in line gets a free seat at once. Raises Refusal."""
    capacity, again = ground.locked_with(seat)
    if again.state != "cancelled":
        _give_back(capacity, again, now=now)
    seat.state = "cancelled"


@transaction.atomic
def cancel_for(seat: Seat, why: str, *, by: Person, now: datetime) -> Seat:
    """Give somebody's place back for them, with a reason they are told; return the seat. Raises Refusal without a reason."""
    told = one_line(why)[:_LONGEST_REASON]
    if not told:
        raise Refusal(gettext("Say why: the person reads it on their page."), field="why")
    capacity, again = ground.locked_with(seat)
    if again.state != "cancelled":
        _give_back(capacity, again, reason=rules.taken_back_reason(told), by=by, now=now)
    seat.state = "cancelled"
    return seat


@transaction.atomic
def leave_waitlist(seat: Seat, *, now: datetime) -> None:
    """Give a place in the waitlist back. Raises Refusal when it has become a seat meanwhile."""
    capacity, again = ground.locked_with(seat)
    if again.state != "waiting":
        raise Refusal(gettext("You are not in the waitlist any more. Look at your seat, and cancel it if you cannot come."))
    _give_back(capacity, again, now=now)
    seat.state = "cancelled"


@transaction.atomic
def accept_offer(seat: Seat, *, now: datetime) -> None:
    """Take the seat that is offered; again is harmless. One that is too old lapses now. Raises Refusal without an offer."""
    capacity, again = ground.locked_with(seat)
    if again.state == "offered" and again.meetup.stage == "wrap_up":
        raise Refusal(gettext("This meetup is over. Look for the next one on the first page."))
    if again.state == "offered" and again.offer_until is not None and again.offer_until <= now:
        lapse(capacity, again, now=now)
        promote(capacity, reason=gettext_noop("an offer was not accepted in time"), now=now)
    elif again.state == "offered":
        moved = ground.move(capacity, again, "held", reason=gettext_noop("the offer was accepted"), now=now)
        Seat.objects.filter(pk=again.pk).update(confirmed=True)
        ground.tell("seat_taken", again, now=now, actor=again.person_id, move=moved)
    elif again.state not in {"held", "checked_in"}:
        raise Refusal(gettext("No seat is offered to you now. Your page says how it stands."))
    seat.state = again.state


@transaction.atomic
def confirm(seat: Seat, *, now: datetime) -> None:
    """Confirm a registration that a colleague made, wherever it stands; again is harmless."""
    _, again = ground.locked_with(seat)
    if again.state == "offered":
        accept_offer(again, now=now)
    elif not again.confirmed:
        Seat.objects.filter(pk=again.pk).update(confirmed=True)
        ground.tell("seat_confirmed", again, now=now, actor=again.person_id)
    seat.refresh_from_db()


@transaction.atomic
def prove_address(seat: Seat, *, now: datetime) -> None:
    """Note that the link in a letter was opened, so that whoever has it reads the person's mail."""
    if Seat.objects.filter(pk=seat.pk, token=seat.token, proven=False).update(proven=True):
        ground.tell("address_proven", seat, now=now, actor=seat.person_id)


@transaction.atomic
def set_notice(seat: Seat, days: int, *, now: datetime) -> None:
    """Note how many days before the meetup somebody needs to know. Raises Refusal for those who do not wait."""
    capacity, again = ground.locked_with(seat)
    if again.state != "waiting":
        raise Refusal(gettext(NOT_WAITING))
    if again.notice_days == days:
        return
    Seat.objects.filter(pk=again.pk).update(notice_days=days)
    ground.note_moves([again], "waiting", [rules.notice_reason(days)], now=now)
    ground.tell("notice_set", again, now=now, actor=again.person_id)
    promote(capacity, reason=gettext_noop("less notice is needed"), now=now)


def _give_back(capacity: Capacity, seat: Seat, *, now: datetime, reason: str = "", by: Person | None = None) -> None:
    reason = reason or (gettext_noop("left the waitlist") if seat.state == "waiting" else GIVEN_BACK)
    moved = ground.move(capacity, seat, "cancelled", reason=reason, now=now, by=by)
    Transfer.objects.filter(seat=seat, state="open").update(state="withdrawn")
    kind, actor = ("seat_taken_back", by.pk) if by else ("seat_cancelled", seat.person_id)
    ground.tell(kind, seat, now=now, actor=actor, move=moved)
    promote(capacity, reason=GIVEN_BACK, now=now)
