"""Who is there when: slots somebody is away in, and the hours of those who take part from afar."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.actions import person_for
from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold, note
from midcycle.agenda.models import Absence, RemoteWindow, Slot
from midcycle.agenda.rules.bounds import Presence
from midcycle.agenda.rules.clock import is_zone
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup


@transaction.atomic
def set_presence(meetup: Meetup, person: Person, presence: Presence, *, by: Person | None, now: datetime) -> None:
    """Say when somebody is there. What was said before no longer counts; nothing said means there all the time."""
    hold(meetup)
    window = presence.window
    if window is not None and not is_zone(window.timezone):
        raise Refusal(gettext("Choose a time zone of the list."), field="timezone")
    if window is not None and window.starts == window.ends:
        raise Refusal(gettext("These hours begin and end at the same time. Choose a later end."), field="ends")
    set_absences(meetup, person, presence.away)
    RemoteWindow.objects.filter(meetup=meetup, person=person).delete()
    if window is not None:
        facts = {"timezone": window.timezone, "starts": window.starts, "ends": window.ends}
        RemoteWindow.objects.create(meetup=meetup, person=person, **facts)
    note("agenda.presence_set", meetup, by=by, now=now, facts={"person": person.pk})


@transaction.atomic
def set_presence_of_address(meetup: Meetup, email: str, presence: Presence, *, by: Person | None, now: datetime) -> Person:
    """Say when whoever has this e-mail address is there, also when nobody knows them yet."""
    person = person_for(email, now=now)
    set_presence(meetup, person, presence, by=by, now=now)
    return person


def set_absences(meetup: Meetup, person: Person, away: frozenset[int]) -> None:
    """Write the slots of the meetup somebody is away in; within another deed."""
    slots = Slot.objects.filter(meetup=meetup, pk__in=away)
    Absence.objects.filter(person=person, slot__meetup=meetup).delete()
    Absence.objects.bulk_create(Absence(person=person, slot=slot) for slot in slots)
