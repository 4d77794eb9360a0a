"""Writing letters.

A letter is a row of the outbox and tells of itself there, so writing and sending leave no entries in the journal:
they follow it.
"""

from datetime import datetime

from django.db import transaction

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.hosting.models import Interest
from midcycle.invoicing.models import Fee, Invoice
from midcycle.lists.models import JoinRequest
from midcycle.mailing import queries
from midcycle.mailing.models import Letter, NoMailings, WeeklyWish
from midcycle.mailing.rules import Draft
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat, SeatMove, Transfer
from midcycle.topics.models import Invitation


@transaction.atomic
def write_letter(draft: Draft, *, key: str, person: Person, meetup: Meetup | None, now: datetime) -> Letter:
    """Put a letter into the outbox; with a key that is there already, return that letter unchanged.

    Without a meetup no organiser sees it.
    """
    letter, _ = Letter.objects.get_or_create(
        key=key,
        defaults={
            "meetup": meetup,
            "person": person,
            "subject": draft.subject,
            "body": draft.body,
            "next_try_at": now,
            "written_at": now,
        },
    )
    return letter


def write_about_seat(name: str, seat: Seat, *, move: int | None, key: str, now: datetime) -> Letter:
    """Write one of the letters about a seat. `move` is the number of the move it tells of, None when there is none."""
    moved = SeatMove.objects.filter(pk=move, seat=seat).first() if move else None
    draft = queries.seat_draft(name, seat, moved)
    return write_letter(draft, key=key, person=seat.person, meetup=seat.meetup, now=now)


def write_about_interest(name: str, interest: Interest, *, key: str, now: datetime) -> Letter:
    """Write one of the letters about an answer to a call."""
    draft = queries.interest_draft(name, interest)
    return write_letter(draft, key=key, person=interest.person, meetup=interest.call.meetup, now=now)


def write_about_transfer(transfer: Transfer, *, key: str, now: datetime) -> Letter:
    """Ask somebody to take over a seat."""
    person = accounts.person_for(transfer.email, now=now, name=transfer.name)
    return write_letter(queries.transfer_draft(transfer), key=key, person=person, meetup=transfer.seat.meetup, now=now)


@transaction.atomic
def write_to_payer(draft: Draft, invoice: Invoice, *, key: str, now: datetime) -> Letter:
    """Write to whoever pays an invoice, known or not."""
    person = accounts.person_for(invoice.email, now=now)
    return write_letter(draft, key=key, person=person, meetup=invoice.meetup, now=now)


def write_about_fee(name: str, fee: Fee, *, level: int, key: str, now: datetime) -> None:
    """Write to whoever owes a fee for a seat."""
    if fee.seat is not None:
        draft = queries.fee_draft(name, fee, fee.seat, level=level)
        write_letter(draft, key=key, person=fee.seat.person, meetup=fee.meetup, now=now)


@transaction.atomic
def write_about_invitation(invitation: Invitation, *, key: str, now: datetime) -> Letter:
    """Write to whoever is asked to lead a topic, known or not."""
    person = accounts.person_for(invitation.email, now=now)
    draft = queries.invitation_draft(invitation)
    return write_letter(draft, key=key, person=person, meetup=invitation.topic.meetup, now=now)


@transaction.atomic
def write_about_joining(wish: JoinRequest, *, key: str, now: datetime) -> Letter:
    """Ask the owner of an address whether they want to join a list. The organisers do not see who asked."""
    person = accounts.person_for(wish.email, now=now)
    return write_letter(queries.join_draft(wish), key=key, person=person, meetup=None, now=now)


def forget_letters(meetup_id: int, person_id: int | None = None) -> int:
    """Delete the letters of a meetup, or those to somebody who asked to be forgotten; return how many."""
    whose = {} if person_id is None else {"person": person_id}
    NoMailings.objects.filter(meetup=meetup_id, **whose).delete()
    WeeklyWish.objects.filter(meetup=meetup_id, **whose).delete()
    count, _ = Letter.objects.filter(meetup=meetup_id, **whose).delete()
    return count
