"""Topics as a list, one topic as a page, and what the agenda is drafted from."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from midcycle.accounts.models import Person
from midcycle.meetups.access import Visitor
from midcycle.meetups.models import Meetup
from midcycle.topics.access import may_change
from midcycle.topics.models import ModeratorOffer, Support, Topic
from midcycle.topics.rules import FORMATS, are_open, first_words, may_be_withdrawn


@dataclass(frozen=True)
class TopicRow:
    """A topic as one visitor sees it. `my_offer` is "lead", "shadow" or "" when the visitor offered nothing."""

    topic: Topic
    text: str
    format_name: str
    proposed_by: str
    supports: int
    is_mine: bool
    is_supported: bool
    my_offer: str
    leads: tuple[str, ...]
    shadows: tuple[str, ...]


@dataclass(frozen=True)
class TopicsPage:
    """All topics of a meetup, and whether more can be proposed and supported."""

    rows: tuple[TopicRow, ...]
    is_open: bool


@dataclass(frozen=True)
class TopicPage:
    """One topic, and what this visitor may do with it."""

    row: TopicRow
    is_open: bool
    may_rewrite: bool
    may_withdraw: bool


def topics_page(meetup: Meetup, visitor: Visitor | None) -> TopicsPage:
    """Return the page of all topics. At most two queries."""
    return TopicsPage(topic_list(meetup, visitor), are_open(meetup.stage))


def topic_page(topic: Topic, visitor: Visitor) -> TopicPage:
    """Return the page of one topic. At most three queries."""
    is_open, withdrawable = are_open(topic.meetup.stage), may_be_withdrawn(topic.meetup.stage)
    own = withdrawable and may_change(visitor, topic)
    return TopicPage(topic_row(topic, visitor), is_open, may_rewrite=own and is_open, may_withdraw=own)


def topic_list(meetup: Meetup, visitor: Visitor | None) -> tuple[TopicRow, ...]:
    """Return the topics of a meetup, most supported first, older ones first among equals. At most two queries."""
    return _rows(Q(meetup=meetup, withdrawn_at=None), visitor)


def topic_row(topic: Topic, visitor: Visitor | None) -> TopicRow:
    """Return one topic as the visitor sees it. Two queries."""
    return _rows(Q(pk=topic.pk), visitor)[0]


def open_topics(meetup: Meetup) -> list[Topic]:
    """Return the topics an agenda can be made of, in the order of `topic_list`, with `offers` and their people loaded."""
    return list(
        Topic.objects.filter(meetup=meetup, withdrawn_at=None)
        .select_related("proposed_by")
        .annotate(voices=Count("supports"))
        .order_by("-voices", "proposed_at", "pk")
        .prefetch_related(_offers())
    )


def supports_of(meetup: Meetup) -> list[tuple[int, int]]:
    """Return who supports what as (person id, topic id), topics that were withdrawn left out."""
    voices = Support.objects.filter(topic__meetup=meetup, topic__withdrawn_at=None)
    return list(voices.order_by("person_id", "topic_id").values_list("person_id", "topic_id"))


def _rows(which: Q, visitor: Visitor | None) -> tuple[TopicRow, ...]:
    person = visitor.pk if isinstance(visitor, Person) else 0
    topics = (
        Topic.objects.filter(which)
        .select_related("proposed_by")
        .annotate(voices=Count("supports"), is_supported=Exists(Support.objects.filter(topic=OuterRef("pk"), person_id=person)))
        .order_by("-voices", "proposed_at", "pk")
        .prefetch_related(_offers())
    )
    return tuple(
        TopicRow(
            topic=topic,
            text=first_words(topic.details_html),
            format_name=FORMATS[topic.format].name,
            proposed_by=str(topic.proposed_by),
            supports=topic.voices,
            is_mine=topic.proposed_by_id == person,
            is_supported=topic.is_supported,
            my_offer=next((offer.part for offer in topic.offers.all() if offer.person_id == person), ""),
            leads=_names(topic, "lead"),
            shadows=_names(topic, "shadow"),
        )
        for topic in topics
    )


def _offers() -> "Prefetch[str, QuerySet[ModeratorOffer], str]":
    return Prefetch("offers", ModeratorOffer.objects.select_related("person").order_by("pk"))


def _names(topic: Topic, part: str) -> tuple[str, ...]:
    return tuple(str(offer.person) for offer in topic.offers.all() if offer.part == part)
