"""Reading a planning pad in: its topics, voices and moderators. Read in again, it adds what is new."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.topics.actions.common import check_open, voting_of
from midcycle.topics.models import ModeratorOffer, PlanningPad, Support, Topic
from midcycle.topics.queries.pad import names_in, people_by_name, topics_by_title
from midcycle.topics.rules import USUAL, why_no_dot
from midcycle.topics.rules.pad import LONGEST_PAD, PadTopic, pad_text, read_pad
from midcycle.web.markdown import to_html


@dataclass(frozen=True)
class Imported:
    """What was taken over: new topics, new voices, and voices for which people had no dot left."""

    topics: int
    voices: int
    refused: int


@transaction.atomic
def import_pad(meetup: Meetup, text: str, *, by: Person, now: datetime) -> Imported:
    """Take over the topics, voices and moderators of a planning pad. A topic of the same title gets what is new.

    Names belong to whoever has that full name here, if one person has; otherwise to somebody known by the name alone, the same
    in all of the meetup. Raises Refusal when topics are closed, or the text is too long or has no topic in it.
    """
    check_open(meetup)
    if len(text) > LONGEST_PAD:
        said = gettext("Shorten the text to %(most)s characters, or read it in by parts.")
        raise Refusal(said % {"most": LONGEST_PAD}, field="text")
    source = pad_text(text)
    told = [said for said in read_pad(source).topics if not said.is_struck]
    if not told:
        raise Refusal(gettext("There is no topic in this text. A topic is a line with a bullet, or with a +1."), field="text")
    Meetup.objects.select_for_update().get(pk=meetup.pk)
    topics = _topics(meetup, told, by, now)
    people = _people(meetup, told, now)
    before = Support.objects.filter(topic__meetup=meetup).count()
    refused = _give_voices(meetup, topics, people)
    _give_parts(topics, people)
    PlanningPad.objects.update_or_create(meetup=meetup, defaults={"text": source, "at": now, "by": by})
    fresh = sum(topic.proposed_at == now for topic, _ in topics)
    voices = Support.objects.filter(topic__meetup=meetup).count() - before
    facts = {"topics": fresh, "voices": voices, "refused": refused}
    journal.record("topics.pad_imported", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
    return Imported(fresh, voices, refused)


def _topics(meetup: Meetup, told: list[PadTopic], by: Person, now: datetime) -> list[tuple[Topic, PadTopic]]:
    """Return each topic of the pad that is on the list now, made where it was not; those withdrawn stay so."""
    listed = topics_by_title(meetup)
    found = []
    for said in told:
        key = said.title.casefold()
        topic = listed.get(key)
        if topic is None:
            topic = listed[key] = Topic.objects.create(
                meetup=meetup, title=said.title, details=said.details, details_html=to_html(said.details),
                format=said.format or USUAL, minutes=said.minutes, tags=list(said.tags), pad_title=said.title,
                unnamed=said.unnamed + said.counted, proposed_by=by, proposed_at=now,
            )  # fmt: skip
        elif topic.withdrawn_at is None:
            topic.pad_title, topic.unnamed = said.title, max(topic.unnamed, said.unnamed)
            topic.save(update_fields=["pad_title", "unnamed"])
        if topic.withdrawn_at is None:
            found.append((topic, said))
    return found


def _people(meetup: Meetup, told: list[PadTopic], now: datetime) -> dict[str, int]:
    """Return who each name in the pad is; people nobody knew yet have the name alone, and nobody can sign in as them."""
    people = people_by_name(meetup)
    names = {key: name for key, name in names_in(told).items() if key not in people}
    made = accounts.nobodies(len(names), now=now)
    for person, name in zip(made, names.values(), strict=True):
        person.name = name
    Person.objects.bulk_update(made, ["name"])
    return people | {key: person.pk for key, person in zip(names, made, strict=True)}


def _give_voices(meetup: Meetup, topics: list[tuple[Topic, PadTopic]], people: dict[str, int]) -> int:
    """Give the voices of the pad, each once; return for how many no dot was left."""
    voting = voting_of(meetup.pk)
    given = set(Support.objects.filter(topic__meetup=meetup, topic__withdrawn_at=None).values_list("person_id", "topic_id"))
    used: dict[int, int] = {}
    for person, _ in given:
        used[person] = used.get(person, 0) + 1
    fresh, refused = [], 0
    for topic, said in topics:
        for person in (people[name.casefold()] for name in said.voices):
            if (person, topic.pk) in given:
                continue
            if why_no_dot(voting.method, voting.dots, used.get(person, 0)):
                refused += 1
                continue
            given.add((person, topic.pk))
            used[person] = used.get(person, 0) + 1
            fresh.append(Support(topic=topic, person_id=person))
    Support.objects.bulk_create(fresh, ignore_conflicts=True)
    return refused


def _give_parts(topics: list[tuple[Topic, PadTopic]], people: dict[str, int]) -> None:
    offers = [
        ModeratorOffer(topic=topic, person_id=people[name.casefold()], part=part)
        for topic, said in topics
        for part, names in (("lead", said.leads), ("shadow", said.shadows))
        for name in names
    ]
    ModeratorOffer.objects.bulk_create(offers, ignore_conflicts=True)
