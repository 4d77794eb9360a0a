"""Writing the letters of a mailing, a part at a time, and taking back those that nobody wants any more."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.mailing import queries
from midcycle.mailing.models import Letter, Mailing, NoMailings
from midcycle.mailing.rules.mailings import GONE, NO_LETTERS, OLD, gone_reason
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat

BATCH = 100  # letters written in one transaction: others wait for it
_WRITTEN = ("subject", "body", "state", "why", "next_try_at", "written_at")
_NOT_OUT = ("waiting", "failed")


@transaction.atomic
def write_mailing(number: int, *, now: datetime) -> bool:
    """Write the next letters of a mailing; return whether there may be more.

    Whoever was chosen and has cancelled since, or wants no such letters, is passed over, with the reason.
    """
    mailing = Mailing.objects.select_for_update(of=("self",)).select_related("by").filter(pk=number, state="sent").first()
    if mailing is None:
        return False
    letters = list(_chosen(mailing).select_for_update(of=("self",)).select_related("person").order_by("pk")[:BATCH])
    people = [letter.person_id for letter in letters]
    seats, silent = queries.seats_of_people(mailing.meetup, people), queries.silent_among(mailing.meetup, people)
    there = queries.still_in(mailing, people)
    for letter in letters:
        letter.why = NO_LETTERS if letter.person_id in silent else ""
        if letter.person_id not in there:
            letter.why = gone_reason(mailing.kind)
        draft = queries.letter_for(mailing, letter.person, seats.get(letter.person_id))
        letter.subject, letter.body = draft.subject, "" if letter.why else draft.body
        letter.state = "skipped" if letter.why else "waiting"
        letter.next_try_at = letter.written_at = now
    # They are there and locked, so this writes over them; `bulk_update` takes many times as long.
    Letter.objects.bulk_create(letters, update_conflicts=True, unique_fields=["key"], update_fields=_WRITTEN)
    return len(letters) == BATCH


@transaction.atomic
def pass_over_mailing(number: int) -> None:
    """Write no letters of a mailing that was sent long ago."""
    Letter.objects.filter(mailing=number, mailing__state="sent", state="chosen").update(state="skipped", why=OLD)


def take_back(meetup_id: int, person_id: int) -> int:
    """Leave out somebody who has no seat any more from letters to many that did not go out yet; return from how many."""
    if Seat.objects.filter(meetup=meetup_id, person=person_id).exclude(state="cancelled").exists():
        return 0
    letters = _not_out(meetup_id, person_id).exclude(mailing__kind__in=("team", "interested"))
    return letters.update(state="skipped", why=GONE)


@transaction.atomic
def want_no_mailings(meetup: Meetup, person: Person, *, now: datetime) -> None:
    """Note that somebody wants no more letters to many of the meetup, those on their way included; again is harmless."""
    _, fresh = NoMailings.objects.get_or_create(meetup=meetup, person=person, defaults={"at": now})
    _not_out(meetup.pk, person.pk).update(state="skipped", why=NO_LETTERS)
    if fresh:
        journal.record("mailing.letters_declined", at=now, meetup=meetup.pk, actor=person.pk)


@transaction.atomic
def want_mailings(meetup: Meetup, person: Person, *, now: datetime) -> None:
    """Take that back."""
    count, _ = NoMailings.objects.filter(meetup=meetup, person=person).delete()
    if count:
        journal.record("mailing.letters_wanted", at=now, meetup=meetup.pk, actor=person.pk)


def _chosen(mailing: Mailing) -> QuerySet[Letter]:
    return Letter.objects.filter(mailing=mailing, state="chosen")


def _not_out(meetup: int, person: int) -> QuerySet[Letter]:
    return Letter.objects.filter(meetup=meetup, person=person, mailing__isnull=False, is_copy=False, state__in=_NOT_OUT)
