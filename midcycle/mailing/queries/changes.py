"""Who is told that a new release of the agenda changed something for them, and who is asked before it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from midcycle.accounts.models import Person
from midcycle.agenda import queries as agenda
from midcycle.agenda.access import round_key_of
from midcycle.agenda.models import Question
from midcycle.kernel.typed import inert
from midcycle.kernel.words import ENGLISH, quoted
from midcycle.mailing.models import Letter, NoMailings
from midcycle.mailing.queries.letters import BATCH, draft_for
from midcycle.mailing.queries.speaking import language_of
from midcycle.mailing.rules import Draft
from midcycle.mailing.rules.weekly import and_more
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat

_MOST = 30  # sentences in one letter
_LONGEST = 600  # a sentence with the longest title and the longest names of two rooms: the new place stands at its end


@dataclass(frozen=True)
class Told:
    """A person a release concerns, and what to tell them."""

    person: Person
    language: str
    sentences: tuple[str, ...]
    has_part: bool


def changes_to_tell(meetup: Meetup, number: int, keys: str) -> tuple[Told, ...]:
    """Return the next of those a release concerns who got no letter of these keys yet, and what to tell each in their language.

    Whoever has a part in a changed session is told; whoever has it in their own agenda is while they have a seat, unless
    they want no letters to many. The first release changes nothing.
    """
    in_english = agenda.changes_in(meetup, number)
    concerned = agenda.concerned_by(meetup, in_english)
    leading = {person for people in concerned.parts.values() for person in people}
    coming = set(Seat.objects.filter(meetup=meetup, state__in=("held", "checked_in")).values_list("person", flat=True))
    coming -= set(NoMailings.objects.filter(meetup=meetup).values_list("person", flat=True))
    wanting = {person for people in concerned.agendas.values() for person in people} & coming
    told = Letter.objects.filter(meetup=meetup, key__startswith=keys).values("person")
    people = Person.objects.filter(pk__in=leading | wanting, is_active=True).exclude(pk__in=told).order_by("pk")[:BATCH]
    said = {ENGLISH: in_english}
    found = []
    for person in people:
        language = language_of(person, meetup)
        with translation.override(language):
            if language not in said:
                said[language] = agenda.changes_in(meetup, number)
            found.append(Told(person, language, _sentences(said[language], concerned, person), person.pk in leading))
    return tuple(found)


def meetup_of(meetup_id: int) -> Meetup | None:
    """Return the meetup with this number, if it still exists."""
    return Meetup.objects.filter(pk=meetup_id).first()


def changes_draft(meetup: Meetup, told: Told) -> Draft:
    """Return the letter that tells somebody what changed for them."""
    path = reverse("agenda:my_agenda", args=[meetup.slug])
    facts = {"name": inert(told.person.name), "sentences": told.sentences, "has_part": told.has_part}
    return draft_for("agenda_changed", meetup, path=path, facts=facts)


def people_to_ask(meetup: Meetup, keys: str) -> tuple[Person, ...]:
    """Return the next of those who have not answered whether they can be in their sessions and got no letter of these keys."""
    waiting = Question.objects.filter(session__meetup=meetup, answer="waiting").values("person")
    told = Letter.objects.filter(meetup=meetup, key__startswith=keys).values("person")
    people = Person.objects.filter(pk__in=waiting, is_active=True).exclude(pk__in=told).order_by("pk")
    return tuple(people[:BATCH])


def round_draft(meetup: Meetup, person: Person) -> Draft:
    """Return the letter that asks somebody whether they can be in their sessions, with their link."""
    asked = [one for one in agenda.questions_for(meetup, person) if one.answer == "waiting"]
    sentences = tuple(inert(f"{quoted(one.title)}: {one.place}", _LONGEST) for one in asked)
    path = reverse("agenda:my_sessions", args=[meetup.slug, round_key_of(meetup, person)])
    return draft_for("round_asked", meetup, path=path, facts={"name": inert(person.name), "sentences": sentences})


def _sentences(changed: tuple[agenda.Change, ...], concerned: agenda.Concerned, person: Person) -> tuple[str, ...]:
    mine = [
        inert(change.sentence, _LONGEST)
        for change in changed
        if person.pk in concerned.parts.get(change.session, ()) or person.pk in concerned.agendas.get(change.session, ())
    ]
    rest = len(mine) - _MOST
    return (*mine[:_MOST], *((and_more(rest),) if rest > 0 else ()))
