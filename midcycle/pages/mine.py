"""What a person takes part in, at every meetup of this instance."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.agenda.models import Release, Session, SessionPart
from midcycle.agenda.rules import PART_NAMES
from midcycle.hosting.models import Interest
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat
from midcycle.topics.models import ModeratorOffer, Topic
from midcycle.topics.rules import OFFERS


@dataclass(frozen=True)
class OwnPart:
    """A session somebody has a part in, or a topic they offered to moderate; `url` is empty while no page shows it."""

    meetup: Meetup
    title: str
    part: str
    url: str


@dataclass(frozen=True)
class Mine:
    """What is a person's own, the newest meetup first."""

    organised: tuple[Meetup, ...]
    seats: tuple[Seat, ...]
    answers: tuple[Interest, ...]
    topics: tuple[Topic, ...]
    parts: tuple[OwnPart, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing yet."""
        return not (self.organised or self.seats or self.answers or self.topics or self.parts)


def mine(person: Person) -> Mine:
    """Return what a person takes part in; six queries."""
    seats = Seat.objects.filter(person=person).select_related("meetup")
    answers = Interest.objects.filter(person=person, call__meetup__stage__in=("idea", "hosting")).select_related("call__meetup")
    topics = Topic.objects.filter(proposed_by=person, withdrawn_at=None).select_related("meetup")
    return Mine(
        organised=tuple(Meetup.objects.filter(organisers__person=person).order_by("-opened_at")),
        seats=tuple(seats.order_by("-meetup__opened_at")),
        answers=tuple(answers.order_by("-answered_at")),
        topics=tuple(topics.annotate(voices=Count("supports")).order_by("-proposed_at")),
        parts=(*_parts(person), *_offers(person)),
    )


def _parts(person: Person) -> list[OwnPart]:
    released = Exists(Release.objects.filter(meetup=OuterRef("session__meetup")))
    parts = SessionPart.objects.filter(person=person).select_related("session__meetup", "session__topic__meetup")
    return [
        OwnPart(p.session.meetup, p.session.title, PART_NAMES[p.part], _url_of(p.session, released=p.released))
        for p in parts.annotate(released=released).order_by("-pk")
    ]


def _url_of(session: Session, *, released: bool) -> str:
    """Return where a session is shown: in the released agenda, before that as the topic it was made of."""
    if released:
        return f"{reverse('agenda:agenda', args=[session.meetup.slug])}#session-{session.pk}"
    topic = session.topic
    return _topic_url(topic) if topic is not None and topic.withdrawn_at is None else ""


def _topic_url(topic: Topic) -> str:
    return reverse("topics:topic", args=[topic.meetup.slug, topic.pk])


def _offers(person: Person) -> list[OwnPart]:
    """Return offers that have not become a part of the person in a session."""
    offers = ModeratorOffer.objects.filter(person=person, topic__withdrawn_at=None)
    still = offers.exclude(topic__session__parts__person=person).select_related("topic__meetup").order_by("-pk")
    return [OwnPart(o.topic.meetup, o.topic.title, f"{OFFERS[o.part]}, offered", _topic_url(o.topic)) for o in still]
