"""Writing letters.

A letter is a row of the outbox and tells of itself there, so writing and sending leave no entries in the journal:
they follow it.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import translation

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
from midcycle.registration.rules.languages import FORM_LANGUAGES
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


def write_to(
    person: Person, meetup: Meetup | None, say: Callable[[], Draft], *, key: str, now: datetime, language: str = ""
) -> Letter:
    """Write to somebody in a language, theirs when none is named; all words of the letter have to be found by `say`."""
    with translation.override(language or queries.language_of(person, meetup)):
        draft = say()
    return write_letter(draft, key=key, person=person, meetup=meetup, now=now)


def write_about_seat(name: str, seat: Seat, *, move: int | None, key: str, now: datetime) -> Letter:
    """Write one of the letters about a seat. `move` is the number of the move it tells of, None when there is none."""
    moved = SeatMove.objects.filter(pk=move, seat=seat).first() if move else None
    say, language = partial(queries.seat_draft, name, seat, moved), queries.language_of_seat(seat, also=FORM_LANGUAGES)
    return write_to(seat.person, seat.meetup, say, key=key, now=now, language=language)


def write_survey(seat: Seat, *, key: str, now: datetime) -> Letter:
    """Ask somebody with a seat how it was."""
    say, language = partial(queries.survey_draft, seat), queries.language_of_seat(seat)
    return write_to(seat.person, seat.meetup, say, key=key, now=now, language=language)


def write_about_interest(name: str, interest: Interest, *, key: str, now: datetime) -> Letter:
    """Write one of the letters about an answer to a call."""
    say = partial(queries.interest_draft, name, interest)
    return write_to(interest.person, interest.call.meetup, say, key=key, now=now)


def write_about_transfer(transfer: Transfer, *, key: str, now: datetime) -> Letter:
    """Ask somebody to take over a seat, in the language of whoever asks where nobody knows theirs."""
    person = accounts.person_for(transfer.email, now=now, name=transfer.name)
    language = queries.language_of_taker(person, transfer.seat, also=FORM_LANGUAGES)
    say = partial(queries.transfer_draft, transfer)
    return write_to(person, transfer.seat.meetup, say, key=key, now=now, language=language)


@transaction.atomic
def write_to_payer(say: Callable[[], Draft], invoice: Invoice, *, key: str, now: datetime) -> Letter:
    """Write to whoever pays an invoice, known or not."""
    return write_to(accounts.person_for(invoice.email, now=now), invoice.meetup, say, key=key, now=now)


def write_about_fee(name: str, fee: Fee, *, level: int, key: str, now: datetime) -> None:
    """Write to whoever owes a fee for a seat."""
    if fee.seat is not None:
        say, language = partial(queries.fee_draft, name, fee, fee.seat, level=level), queries.language_of_seat(fee.seat)
        write_to(fee.seat.person, fee.meetup, say, key=key, now=now, language=language)


@transaction.atomic
def write_about_invitation(invitation: Invitation, *, key: str, now: datetime) -> Letter:
    """Write to whoever is asked to lead a topic, known or not; in the language of whoever asks where nobody knows theirs."""
    person, meetup = accounts.person_for(invitation.email, now=now), invitation.topic.meetup
    language = queries.language_of(person, meetup, last=invitation.invited_by.language)
    return write_to(person, meetup, partial(queries.invitation_draft, invitation), key=key, now=now, language=language)


@transaction.atomic
def write_about_joining(wish: JoinRequest, *, key: str, now: datetime, last: str) -> Letter:
    """Ask the owner of an address whether they want to join a list; in the language `last` where nobody knows theirs.

    The organisers do not see who asked.
    """
    person = accounts.person_for(wish.email, now=now)
    language = queries.language_of(person, wish.meetup, last=last)
    return write_to(person, None, partial(queries.join_draft, wish), key=key, now=now, language=language)


def forget_letters(meetup_id: int, person_id: int | None = None) -> int:
    """Delete the letters of a meetup, or those to somebody who asked to be forgotten; return how many."""
    whose = {} if person_id is None else {"person": person_id}
    NoMailings.objects.filter(meetup=meetup_id, **whose).delete()
    WeeklyWish.objects.filter(meetup=meetup_id, **whose).delete()
    count, _ = Letter.objects.filter(meetup=meetup_id, **whose).delete()
    return count
