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
from midcycle.topics.access import other_topic_of, topic_for
from midcycle.topics.actions.merging import MOST_PARTS
from midcycle.topics.queries import TopicRow
from midcycle.topics.rules import LONGEST_DETAILS, LONGEST_TITLE, TIES, USUAL, USUAL_DOTS
from midcycle.topics.rules.pad import LONGEST_PAD, pad_text
from midcycle.topics.rules.words import LONGEST, LONGEST_TAG, MOST_TAGS, SHORTEST
from midcycle.web.api import Address, Refused
from midcycle.web.reading import Body

router = Router(tags=["topics"])
MOST_NUMBER = 2**63 - 1
Minutes = Annotated[int, Field(ge=SHORTEST, le=LONGEST)]
Tags = Annotated[list[Annotated[str, Field(max_length=LONGEST_TAG)]], Field(max_length=MOST_TAGS)]


class TopicOut(Schema):
    """One topic with the number of its voices. Addresses are never told."""

    number: int
    title: str
    details: str
    format: str
    proposed_by: str
    proposed_at: datetime
    supports: int
    place: Annotated[int | None, Field(description="Where it stands in the ranking of all; null unless topics are ranked.")]
    minutes: int | None
    tags: list[str]
    comments: int
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
            place=row.place or None,
            minutes=row.topic.minutes,
            tags=row.topic.tags,
            comments=row.comments,
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
    minutes: Minutes | None = None
    tags: Tags = []
    leads: Annotated[bool, Field(description="Whether the proposer will facilitate it.")] = False
    email: Address
    name: Annotated[str, Field(max_length=120), AfterValidator(one_line)] = ""


class TopicPatch(Body):
    """What a topic shall say; what is absent or null stays as it is."""

    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)] | None = None
    details: Annotated[str, Field(max_length=LONGEST_DETAILS)] | None = None
    format: Annotated[str, Field(max_length=30)] | None = None
    minutes: Minutes | None = None
    tags: Tags | None = None


class VoiceIn(Body):
    """Somebody's voice for a topic, or, with `wanted` false, that they take it back."""

    email: Address
    name: Annotated[str, Field(max_length=120), AfterValidator(one_line)] = ""
    wanted: bool = True


class MergeIn(Body):
    """The topic which this one is the same as."""

    into: Annotated[int, Field(ge=1, le=MOST_NUMBER)]


class SplitIn(Body):
    """The titles of the parts; the first stays with the topic."""

    titles: Annotated[list[Annotated[str, Field(max_length=LONGEST_TITLE)]], Field(max_length=MOST_PARTS)]


class CommentOut(Schema):
    """What somebody said about a topic, as Markdown."""

    number: int
    name: str
    text: str
    at: datetime


class CommentsOut(Schema):
    """What was said about a topic, the oldest first."""

    items: list[CommentOut]


class VotingIn(Body):
    """How voices are counted: `plus_one`, `dots` (so many for each person) or `ranking`."""

    method: Annotated[str, Field(max_length=20)]
    dots: int = USUAL_DOTS


class VotingOut(Schema):
    """How voices are counted, and the published rule of the order."""

    method: str
    dots: int
    rule: str


class PadIn(Body):
    """The text of a planning pad; topics are proposed by `email`. With `dry_run` nothing is kept."""

    text: Annotated[str, Field(max_length=LONGEST_PAD)]
    email: Address
    dry_run: bool = True


class PadTopicOut(Schema):
    """A topic as the pad tells it; `is_new` when it is not on the list yet."""

    title: str
    voices: list[str]
    unnamed: int
    leads: list[str]
    shadows: list[str]
    is_new: bool


class RemarkOut(Schema):
    """A line of the pad that was left out, and why."""

    line: int
    text: str
    why: str


class PadOut(Schema):
    """What a pad becomes, or became."""

    topics: list[PadTopicOut]
    struck: list[str]
    remarks: list[RemarkOut]
    new_topics: int
    new_voices: int | None


class PadTextOut(Schema):
    """The planning pad with what is known now."""

    text: str


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
    said = topic.model_dump(exclude={"email", "name"})
    made = actions.propose(request.auth, person, **said, now=now)
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


@router.delete(
    "/meetups/{slug}/topics/{int:number}",
    response={204: None, 409: Refused},
    auth=Token("topics:write"),
    summary="Withdraw a topic",
)
def withdraw_topic(request: TokenRequest, slug: str, number: int) -> Status[None]:  # noqa: ARG001 - the same
    """Take a topic off the list; its voices stay with it."""
    actions.withdraw(topic_for(slug, number), None, now=timezone.now())
    return Status(204, None)


@router.put(
    "/meetups/{slug}/topics/{int:number}/supports",
    response={200: TopicOut, 409: Refused},
    auth=Token("topics:write"),
    summary="Give somebody's voice",
)
def support_topic(request: TokenRequest, slug: str, number: int, voice: VoiceIn) -> TopicOut:  # noqa: ARG001 - the same
    """Give somebody's one voice for a topic, or take it back; again changes nothing."""
    topic, now = topic_for(slug, number), timezone.now()
    person = person_for(voice.email, name=voice.name, now=now)
    deed = actions.support if voice.wanted else actions.withdraw_support
    deed(topic, person, now=now)
    return TopicOut.of(queries.topic_row(topic, None))


@router.post(
    "/meetups/{slug}/topics/{int:number}/merge",
    response={200: TopicOut, 409: Refused},
    auth=Token("topics:write"),
    summary="Merge a topic into another",
)
def merge_topic(request: TokenRequest, slug: str, number: int, merge: MergeIn) -> TopicOut:  # noqa: ARG001 - the same
    """Let a topic become part of another; every supporter is kept, each once. Answers with the other."""
    topic = topic_for(slug, number)
    into = other_topic_of(topic, merge.into)
    actions.merge(topic, into, by=None, now=timezone.now())
    return TopicOut.of(queries.topic_row(into, None))


@router.post(
    "/meetups/{slug}/topics/{int:number}/split",
    response={200: TopicsOut, 409: Refused},
    auth=Token("topics:write"),
    summary="Split a topic",
)
def split_topic(request: TokenRequest, slug: str, number: int, split: SplitIn) -> TopicsOut:  # noqa: ARG001 - the same
    """Split a topic; the first title stays with it. Answers with all parts."""
    topic = topic_for(slug, number)
    parts = [topic, *actions.split(topic, split.titles, by=None, now=timezone.now())]
    return TopicsOut(items=[TopicOut.of(queries.topic_row(part, None)) for part in parts])


@router.get("/meetups/{slug}/topics/{int:number}/comments", response=CommentsOut, summary="List comments")
def list_comments(request: HttpRequest, slug: str, number: int) -> CommentsOut:  # noqa: ARG001 - the library's signature
    """Return what was said about a topic, without what the team took off the page."""
    said = queries.comments_on(topic_for(slug, number))
    return CommentsOut(items=[CommentOut(number=c.pk, name=str(c.person), text=c.text, at=c.at) for c in said])


@router.get("/meetups/{slug}/voting", response=VotingOut, summary="Say how voices are counted")
def get_voting(request: HttpRequest, slug: str) -> VotingOut:  # noqa: ARG001 - the library's signature
    """Return how voices are counted."""
    voting = queries.voting_of(meetup_for(slug))
    return VotingOut(method=voting.method, dots=voting.dots, rule=TIES[voting.method])


@router.put(
    "/meetups/{slug}/voting",
    response={200: VotingOut, 409: Refused},
    auth=Token("topics:write"),
    summary="Choose how voices are counted",
)
def set_voting(request: TokenRequest, slug: str, voting: VotingIn) -> VotingOut:
    """Choose how voices are counted; voices given so far stay."""
    actions.choose_method(request.auth, voting.method, dots=voting.dots, by=None, now=timezone.now())
    return get_voting(request, slug)


@router.get("/meetups/{slug}/planning-pad", response=PadTextOut, auth=Token("topics:write"), summary="Write the planning pad")
def get_pad(request: TokenRequest, slug: str) -> PadTextOut:  # noqa: ARG001 - the token names the meetup
    """Return the planning pad as text: what did not change stays as it was written.

    Voices have a name where it stood in the pad that was read in; all others are a figure.
    """
    return PadTextOut(text=queries.written_pad(request.auth))


@router.post(
    "/meetups/{slug}/planning-pad",
    response={200: PadOut, 409: Refused},
    auth=Token("topics:write"),
    summary="Read a planning pad in",
)
def read_pad_in(request: TokenRequest, slug: str, pad: PadIn) -> PadOut:  # noqa: ARG001 - the same
    """Take over topics, voices and moderators of a planning pad, or only say what it would become."""
    text, now = pad_text(pad.text), timezone.now()
    preview = queries.pad_preview(request.auth, text)
    done = None if pad.dry_run else actions.import_pad(request.auth, text, by=person_for(pad.email, now=now), now=now)
    return PadOut(
        topics=[
            PadTopicOut(
                title=row.said.title,
                voices=list(row.said.voices),
                unnamed=row.unnamed,
                leads=list(row.said.leads),
                shadows=list(row.said.shadows),
                is_new=row.same_as is None,
            )
            for row in preview.rows
        ],
        struck=list(preview.struck),
        remarks=[RemarkOut(line=line, text=text, why=why) for line, text, why in preview.remarks],
        new_topics=sum(row.same_as is None for row in preview.rows) if done is None else done.topics,
        new_voices=None if done is None else done.voices,
    )
