"""Topics for machines."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import AfterValidator, Field

from midcycle.accounts.actions import person_for
from midcycle.kernel.typed import one_line
from midcycle.meetups.access import meetup_for
from midcycle.meetups.api import Token, TokenRequest
from midcycle.topics import actions, queries
from midcycle.topics.access import topic_for
from midcycle.topics.queries import TopicRow
from midcycle.topics.rules import LONGEST_DETAILS, LONGEST_TITLE, USUAL
from midcycle.web.api import Address, Refused
from midcycle.web.reading import Body

router = Router(tags=["topics"])


class TopicOut(Schema):
    """One topic with the number of its voices. Addresses are never told."""

    number: int
    title: str
    details: str
    format: str
    proposed_by: str
    proposed_at: datetime
    supports: int
    leads: list[str]
    shadows: list[str]

    @staticmethod
    def of(row: TopicRow) -> "TopicOut":
        """Return a row as machines see it."""
        return TopicOut(
            number=row.topic.pk,
            title=row.topic.title,
            details=row.topic.details,
            format=row.topic.format,
            proposed_by=row.proposed_by,
            proposed_at=row.topic.proposed_at,
            supports=row.supports,
            leads=list(row.leads),
            shadows=list(row.shadows),
        )


class TopicsOut(Schema):
    """All topics of a meetup, most supported first."""

    items: list[TopicOut]


class TopicIn(Body):
    """A topic somebody proposed elsewhere; `email` and `name` are the proposer's."""

    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)]
    details: Annotated[str, Field(max_length=LONGEST_DETAILS)] = ""
    format: Annotated[str, Field(max_length=30)] = USUAL
    email: Address
    name: Annotated[str, Field(max_length=120), AfterValidator(one_line)] = ""


class TopicPatch(Body):
    """What a topic shall say; what is absent or null stays as it is."""

    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)] | None = None
    details: Annotated[str, Field(max_length=LONGEST_DETAILS)] | None = None
    format: Annotated[str, Field(max_length=30)] | None = None


@router.get("/meetups/{slug}/topics", response=TopicsOut, summary="List topics")
def list_topics(request: HttpRequest, slug: str) -> TopicsOut:  # noqa: ARG001 - the library's signature
    """Return the topics of a meetup."""
    return TopicsOut(items=[TopicOut.of(row) for row in queries.topic_list(meetup_for(slug), None)])


@router.post(
    "/meetups/{slug}/topics",
    response={201: TopicOut, 409: Refused},
    auth=Token("topics:write"),
    summary="Propose a topic",
)
def propose_topic(request: TokenRequest, slug: str, topic: TopicIn) -> Status[TopicOut]:  # noqa: ARG001 - the token names the meetup
    """Propose a topic for somebody, whose voice is its first."""
    now = timezone.now()
    person = person_for(topic.email, name=topic.name, now=now)
    made = actions.propose(request.auth, person, title=topic.title, details=topic.details, format=topic.format, now=now)
    return Status(201, TopicOut.of(queries.topic_row(made, person)))


@router.patch(
    "/meetups/{slug}/topics/{int:number}",
    response={200: TopicOut, 409: Refused},
    auth=Token("topics:write"),
    summary="Change a topic",
)
def rewrite_topic(request: TokenRequest, slug: str, number: int, words: TopicPatch) -> TopicOut:  # noqa: ARG001 - the same
    """Change what a topic says; its voices stay with it."""
    topic = topic_for(slug, number)
    actions.rewrite(topic, None, **words.model_dump(exclude_none=True), now=timezone.now())
    return TopicOut.of(queries.topic_row(topic, None))
