"""Erasing what the agenda of a meetup holds about somebody."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import note
from midcycle.agenda.models import Absence, Apart, Feed, Invite, Moderator, Pick, Question, RemoteWindow
from midcycle.meetups.models import Meetup


@transaction.atomic
def erase_traces(meetup: Meetup, person: Person, *, now: datetime) -> None:
    """Delete what the agenda holds about somebody who asks for it, archived or not; again changes nothing.

    A part they have in a session stays until the organisers take it away: it is public, and others come because of it.
    """
    accounts.held(person)
    gone = _erase(meetup.pk, person.pk)
    if gone:
        note("agenda.traces_erased", meetup, by=person, now=now, facts={"rows": gone})


@transaction.atomic
def forget_in_agenda(meetup_id: int, person_id: int) -> None:
    """Do the same for somebody who asked for their seat to be forgotten, and forget them if nothing else is theirs."""
    _erase(meetup_id, person_id)
    person = Person.objects.filter(pk=person_id).first()
    if person is not None:
        accounts.forget_unless_needed(person)


def _erase(meetup: int, person: int) -> int:
    """Delete all rows but parts; return how many."""
    held = (
        Moderator.objects.filter(meetup=meetup, person=person),
        Invite.objects.filter(session__meetup=meetup, person=person),
        Apart.objects.filter(Q(one=person) | Q(other=person), meetup=meetup),
        Absence.objects.filter(slot__meetup=meetup, person=person),
        RemoteWindow.objects.filter(meetup=meetup, person=person),
        Question.objects.filter(session__meetup=meetup, person=person),
        Pick.objects.filter(session__meetup=meetup, person=person),
        Feed.objects.filter(meetup=meetup, person=person),
    )
    return sum(rows.delete()[0] for rows in held)
