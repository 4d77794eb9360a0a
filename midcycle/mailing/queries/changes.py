"""Who is told that a new release of the agenda changed something for them."""

from dataclasses import dataclass

from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.agenda import queries as agenda
from midcycle.kernel.typed import inert
from midcycle.mailing.models import Letter, NoMailings
from midcycle.mailing.queries.letters import BATCH, draft_for
from midcycle.mailing.rules import Draft
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat

_MOST = 30  # sentences in one letter


@dataclass(frozen=True)
class Told:
    """A person a release concerns, and what to tell them."""

    person: Person
    sentences: tuple[str, ...]
    has_part: bool


def changes_to_tell(meetup: Meetup, number: int, keys: str) -> tuple[Told, ...]:
    """Return the next of those a release concerns who got no letter of these keys yet.

    Whoever has a part in a changed session is told; whoever has it in their own agenda is while they have a seat, unless
    they want no letters to many. The first release changes nothing.
    """
    changed = agenda.changes_in(meetup, number)
    concerned = agenda.concerned_by(meetup, changed)
    leading = {person for people in concerned.parts.values() for person in people}
    coming = set(Seat.objects.filter(meetup=meetup, state__in=("held", "checked_in")).values_list("person", flat=True))
    coming -= set(NoMailings.objects.filter(meetup=meetup).values_list("person", flat=True))
    wanting = {person for people in concerned.agendas.values() for person in people} & coming
    told = Letter.objects.filter(meetup=meetup, key__startswith=keys).values("person")
    people = Person.objects.filter(pk__in=leading | wanting, is_active=True).exclude(pk__in=told).order_by("pk")[:BATCH]
    return tuple(Told(person, _sentences(changed, concerned, person), person.pk in leading) for person in people)


def meetup_of(meetup_id: int) -> Meetup | None:
    """Return the meetup with this number, if it still exists."""
    return Meetup.objects.filter(pk=meetup_id).first()


def changes_draft(meetup: Meetup, told: Told) -> Draft:
    """Return the letter that tells somebody what changed for them."""
    path = reverse("agenda:my_agenda", args=[meetup.slug])
    facts = {"name": inert(told.person.name), "sentences": told.sentences, "has_part": told.has_part}
    return draft_for("agenda_changed", meetup, path=path, facts=facts)


def _sentences(changed: tuple[agenda.Change, ...], concerned: agenda.Concerned, person: Person) -> tuple[str, ...]:
    mine = [
        inert(change.sentence)
        for change in changed
        if person.pk in concerned.parts.get(change.session, ()) or person.pk in concerned.agendas.get(change.session, ())
    ]
    rest = len(mine) - _MOST
    return (*mine[:_MOST], *((f"and {rest} more",) if rest > 0 else ()))
