"""Topics as a list and one topic as a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from midcycle.accounts.models import Person
from midcycle.meetups.access import Visitor, may_organise
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Comment, Invitation, ModeratorOffer, Support, Topic, Voting
from midcycle.topics.queries.voting import marks_of
from midcycle.topics.rules import DOTS, FORMATS, RANKING, TIES, are_open, first_words, in_order, may_be_withdrawn


@dataclass(frozen=True)
class TopicRow:
    """A topic as one visitor sees it. `my_offer` is "lead", "shadow" or "" when the visitor offered nothing.

    `place` is where it stands in the ranking of all, `my_place` where in the visitor's own; 0 where there is none.
    """

    topic: Topic
    text: str
    format_name: str
    proposed_by: str
    supports: int
    comments: int
    is_mine: bool
    is_supported: bool
    my_offer: str
    leads: tuple[str, ...]
    shadows: tuple[str, ...]
    place: int = 0
    my_place: int = 0


@dataclass(frozen=True)
class Ballot:
    """How voices are counted: the method, the published rule, and the dots a visitor has left of how many (None: not dots)."""

    method: str
    ties: str
    dots: int = 0
    left: int | None = None

    @property
    def is_ranking(self) -> bool:
        """Whether people put topics in their order."""
        return self.method == RANKING

    @property
    def is_spent(self) -> bool:
        """Whether there were dots and none is left."""
        return self.left is not None and self.left <= 0


@dataclass(frozen=True)
class TopicsPage:
    """The topics of a meetup, those with one tag when it was asked for, and whether more can be proposed and supported."""

    rows: tuple[TopicRow, ...]
    is_open: bool
    ballot: Ballot
    tags: tuple[tuple[str, int], ...] = ()
    tag: str = ""
    count: int = 0
    ranked: tuple[TopicRow, ...] = ()


@dataclass(frozen=True)
class TopicPage:
    """One topic, and what this visitor may do with it."""

    row: TopicRow
    is_open: bool
    ballot: Ballot
    may_rewrite: bool
    may_withdraw: bool
    may_organise: bool = False
    comments: tuple[Comment, ...] = ()
    related: tuple[Topic, ...] = ()
    merged: tuple[Topic, ...] = ()
    invitations: tuple[Invitation, ...] = ()


def topics_page(meetup: Meetup, visitor: Visitor | None, tag: str = "") -> TopicsPage:
    """Return the page of all topics, or of those with a tag. At most five queries."""
    rows = topic_list(meetup, visitor)
    counts: dict[str, int] = {}
    for name in (name for row in rows for name in row.topic.tags):
        counts[name] = counts.get(name, 0) + 1
    tags = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    shown = tuple(row for row in rows if tag in row.topic.tags) if tag else rows
    ballot = _ballot(meetup, visitor, rows)
    ranked = tuple(sorted((row for row in rows if row.my_place), key=lambda row: row.my_place))
    return TopicsPage(shown, are_open(meetup.stage), ballot, tags, tag, len(rows), ranked)


def topic_page(topic: Topic, visitor: Visitor) -> TopicPage:
    """Return the page of one topic. At most twelve queries."""
    is_open, withdrawable = are_open(topic.meetup.stage), may_be_withdrawn(topic.meetup.stage)
    organises = may_organise(visitor, topic.meetup)
    own = organises or (isinstance(visitor, Person) and topic.proposed_by_id == visitor.pk)
    said = topic.comments.select_related("person").order_by("at", "pk")
    return TopicPage(
        row=topic_row(topic, visitor),
        is_open=is_open,
        ballot=_ballot(topic.meetup, visitor),
        may_rewrite=own and withdrawable and is_open,
        may_withdraw=own and withdrawable,
        may_organise=organises and is_open,
        comments=tuple(said if organises else said.filter(hidden_at=None)),
        related=tuple(topic.related.filter(withdrawn_at=None).order_by("title")),
        merged=tuple(topic.merged.order_by("pk")),
        invitations=tuple(topic.invitations.filter(state="open").order_by("pk")) if own else (),
    )


def topic_list(meetup: Meetup, visitor: Visitor | None) -> tuple[TopicRow, ...]:
    """Return the topics of a meetup in the order of the published rule. Two queries; four where they are ranked."""
    return _rows(Q(meetup=meetup, withdrawn_at=None), visitor)


def topic_row(topic: Topic, visitor: Visitor | None) -> TopicRow:
    """Return one topic as the visitor sees it. Two queries; four where topics are ranked."""
    return _rows(Q(pk=topic.pk), visitor)[0]


def comments_on(topic: Topic) -> QuerySet[Comment]:
    """Return what was said about a topic and not taken off the page, the oldest first, with who said it."""
    return topic.comments.select_related("person").filter(hidden_at=None).order_by("at", "pk")


def others_of(topic: Topic) -> QuerySet[Topic]:
    """Return the other topics of the same list, by title."""
    return Topic.objects.filter(meetup=topic.meetup_id, withdrawn_at=None).exclude(pk=topic.pk).order_by("title", "pk")


def _rows(which: Q, visitor: Visitor | None) -> tuple[TopicRow, ...]:
    person = visitor.pk if isinstance(visitor, Person) else 0
    talks = Comment.objects.filter(topic=OuterRef("pk"), hidden_at=None).order_by().values("topic")
    topics = list(
        Topic.objects.filter(which)
        .select_related("proposed_by")
        .annotate(
            voices=Count("supports"),
            talks=Coalesce(Subquery(talks.annotate(count=Count("pk")).values("count")), 0),
            is_supported=Exists(Support.objects.filter(topic=OuterRef("pk"), person_id=person)),
            method=F("meetup__voting__method"),
        )
        .order_by("-voices", "proposed_at", "pk")
        .prefetch_related(_offers())
    )
    places, own = _places(topics, person) if topics and topics[0].method == RANKING else ({}, {})
    rows = [
        _row(
            topic, person, _Counts(topic.voices, topic.talks, topic.is_supported, places.get(topic.pk, 0), own.get(topic.pk, 0))
        )
        for topic in topics
    ]
    return tuple(sorted(rows, key=lambda row: row.place))


@dataclass(frozen=True)
class _Counts:
    supports: int
    comments: int
    is_supported: bool
    place: int
    my_place: int


def _row(topic: Topic, person: int, counts: _Counts) -> TopicRow:
    return TopicRow(
        topic=topic,
        text=first_words(topic.details_html),
        format_name=FORMATS[topic.format].name,
        proposed_by=str(topic.proposed_by),
        is_mine=topic.proposed_by_id == person,
        my_offer=next((offer.part for offer in topic.offers.all() if offer.person_id == person), ""),
        leads=_names(topic, "lead"),
        shadows=_names(topic, "shadow"),
        **vars(counts),
    )


def _places(topics: Sequence[Topic], person: int) -> tuple[dict[int, int], dict[int, int]]:
    """Return the place of each topic of these topics' meetup in everybody's ranking and in one person's."""
    marks = marks_of(topics[0].meetup_id)
    listed = Topic.objects.filter(meetup=topics[0].meetup_id, withdrawn_at=None).order_by("proposed_at", "pk")
    order = in_order(RANKING, listed.values_list("pk", flat=True), marks)
    mine = sorted((mark for mark in marks if mark.person == person), key=lambda m: (m.rank is None, m.rank or 0, m.topic))
    return {pk: at for at, pk in enumerate(order, 1)}, {mark.topic: at for at, mark in enumerate(mine, 1)}


def _ballot(meetup: Meetup, visitor: Visitor | None, rows: Sequence[TopicRow] | None = None) -> Ballot:
    voting = Voting.objects.filter(meetup=meetup).first() or Voting(meetup=meetup)
    left = None
    if voting.method == DOTS:
        if rows is None:
            person = visitor.pk if isinstance(visitor, Person) else 0
            given = Support.objects.filter(person_id=person, topic__meetup=meetup, topic__withdrawn_at=None).count()
        else:
            given = sum(row.is_supported for row in rows)
        left = voting.dots - given
    return Ballot(voting.method, TIES[voting.method], voting.dots, left)


def _offers() -> "Prefetch[str, QuerySet[ModeratorOffer], str]":
    return Prefetch("offers", ModeratorOffer.objects.select_related("person").order_by("pk"))


def _names(topic: Topic, part: str) -> tuple[str, ...]:
    return tuple(str(offer.person) for offer in topic.offers.all() if offer.part == part)
