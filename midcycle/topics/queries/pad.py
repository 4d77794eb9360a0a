"""What a planning pad would become, whom its names belong to, and the pad written anew."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from midcycle.accounts.models import Person
from midcycle.hosting.models import Call
from midcycle.hosting.queries import wanted_topics
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat
from midcycle.topics.models import ModeratorOffer, PlanningPad, Support, Topic
from midcycle.topics.rules.pad import PadTopic, read_pad
from midcycle.topics.rules.padded import NowTopic, write_pad


@dataclass(frozen=True)
class PreviewRow:
    """A topic of the pad, and the topic of the list it is the same as (None: it is new)."""

    said: PadTopic
    same_as: Topic | None

    @property
    def unnamed(self) -> int:
        """How many voices have no name; a figure of our own is voices we have, where the topic is the same."""
        return self.said.unnamed + (0 if self.same_as else self.said.counted)


@dataclass(frozen=True)
class Preview:
    """What reading a pad in would do. `known` are names that belong to somebody here, `named` those known by name alone."""

    rows: tuple[PreviewRow, ...]
    struck: tuple[str, ...]
    remarks: tuple[tuple[int, str, str], ...]
    known: tuple[str, ...]
    named: tuple[str, ...]
    unnamed: int


def pad_preview(meetup: Meetup, text: str) -> Preview:
    """Return what reading in this text would do. Six queries, however long it is."""
    reading = read_pad(text)
    listed = topics_by_title(meetup)
    people = people_by_name(meetup)
    nobodies = set(Person.objects.filter(pk__in=people.values(), is_active=False).values_list("pk", flat=True))
    somebody = {key for key, number in people.items() if number not in nobodies}
    rows = tuple(PreviewRow(said, listed.get(said.title.casefold())) for said in reading.topics if not said.is_struck)
    names = names_in(row.said for row in rows)
    return Preview(
        rows=rows,
        struck=tuple(said.title for said in reading.topics if said.is_struck),
        remarks=reading.remarks,
        known=tuple(name for key, name in names.items() if key in somebody),
        named=tuple(name for key, name in names.items() if key not in somebody),
        unnamed=sum(row.unnamed for row in rows),
    )


def named_in_answers(meetup: Meetup) -> str:
    """Return what people who answered the call would talk about as a pad: titles alone, whatever they wrote. Two queries."""
    call = Call.objects.filter(meetup=meetup).first()
    lines = wanted_topics(call) if call else ()
    titles = [topic.title for line in lines for topic in read_pad(f"* {line.text}").topics if not topic.is_struck]
    return "\n".join(f"* {title}" for title in titles)


def names_in(topics: Iterable[PadTopic]) -> dict[str, str]:
    """Return every name in topics of a pad, as first written, by its small letters."""
    names: dict[str, str] = {}
    for said in topics:
        for name in (*said.voices, *said.leads, *said.shadows):
            names.setdefault(name.casefold(), name)
    return names


def topics_by_title(meetup: Meetup) -> dict[str, Topic]:
    """Return the topics of a meetup by what a pad calls them, withdrawn ones included so that they do not come back."""
    found: dict[str, Topic] = {}
    for topic in Topic.objects.filter(meetup=meetup).order_by("withdrawn_at", "pk"):
        for title in filter(None, (topic.pad_title, topic.title)):
            if topic.withdrawn_at is None or title.casefold() not in found:
                found[title.casefold()] = topic
    return found


def people_by_name(meetup: Meetup) -> dict[str, int]:
    """Return who has which full name, in small letters, among those with a seat, a voice, an offer or a topic at this meetup.

    A name that two of them have belongs to neither.
    """
    found: defaultdict[str, set[int]] = defaultdict(set)
    theirs = (
        Person.objects.filter(pk__in=Support.objects.filter(topic__meetup=meetup).values("person")),
        Person.objects.filter(pk__in=ModeratorOffer.objects.filter(topic__meetup=meetup).values("person")),
        Person.objects.filter(pk__in=Topic.objects.filter(meetup=meetup).values("proposed_by")),
    )
    for people in theirs:
        for number, name in people.values_list("pk", "name"):
            found[name.casefold()].add(number)
    for number, name in Seat.objects.filter(meetup=meetup).values_list("person_id", "name"):
        found[name.casefold()].add(number)
    return {name: next(iter(numbers)) for name, numbers in found.items() if name and len(numbers) == 1}


def written_pad(meetup: Meetup) -> str:
    """Return the planning pad of a meetup as text, with what is known now. Four queries.

    Voices have a name where it stood in the pad that was read in, and are a figure everywhere else.
    """
    source = PlanningPad.objects.filter(meetup=meetup).values_list("text", flat=True).first() or ""
    topics = Topic.objects.filter(meetup=meetup).order_by("proposed_at", "pk")
    return write_pad(source, [_now(topic) for topic in topics.prefetch_related("supports__person", "offers__person")])


def _now(topic: Topic) -> NowTopic:
    offers = sorted(topic.offers.all(), key=lambda offer: offer.pk)
    said = PadTopic(
        title=topic.title,
        details=topic.details,
        format=topic.format,
        minutes=topic.minutes,
        tags=tuple(topic.tags),
        voices=tuple(str(voice.person) for voice in sorted(topic.supports.all(), key=lambda voice: voice.pk)),
        unnamed=topic.unnamed,
        leads=tuple(str(offer.person) for offer in offers if offer.part == "lead"),
        shadows=tuple(str(offer.person) for offer in offers if offer.part == "shadow"),
    )
    return NowTopic(said, topic.pad_title, is_gone=topic.withdrawn_at is not None)
