"""Outcomes for machines: what everybody sees, and what became of an action, said by whoever keeps a tracker in step."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import AfterValidator, Field

from midcycle.meetups.access import meetup_for
from midcycle.meetups.api import Token, TokenRequest
from midcycle.meetups.models import Meetup
from midcycle.outcomes import actions, queries
from midcycle.outcomes.access import action_of
from midcycle.outcomes.queries.rows import ActionRow, TagRow, TraceRow
from midcycle.outcomes.rules import LONGEST, is_link
from midcycle.pads.access import today_at
from midcycle.web.api import Refused
from midcycle.web.reading import Body

router = Router(tags=["outcomes"])


def _link(text: str) -> str:
    if text and not is_link(text):
        raise ValueError("Give an address that begins with https://.")
    return text


Link = Annotated[str, Field(max_length=LONGEST["url"]), AfterValidator(_link)]


class TraceOut(Schema):
    """What became of something: a sentence, a link, or both."""

    text: str
    link: str
    at: datetime


class PadOfOutcome(Schema):
    """A pad by title and address."""

    title: str
    url: str


class ActionOut(Schema):
    """An action. `owner` is the name of somebody who agreed to be named; names typed in notes are not told."""

    id: int
    what: str
    state: Literal["open", "done", "dropped"]
    due: date | None
    late: bool
    confirmed: bool
    owner: str
    meant_for: str
    tags: list[str]
    pad: PadOfOutcome
    in_notes: bool
    became: list[TraceOut]
    url: str


class TagOut(Schema):
    """A tag, the words merged into it, and the pads it stands in."""

    word: str
    also: list[str]
    meant_for: str
    pads: list[PadOfOutcome]
    became: list[TraceOut]


class OutcomesOut(Schema):
    """The outcomes of a meetup: actions, those due first first, and tags, those in most pads first."""

    actions: list[ActionOut]
    tags: list[TagOut]


class FollowIn(Body):
    """How an action stands, and what became of it: `text`, `link` or both, or neither. The same again is noted once."""

    state: Literal["open", "done", "dropped"]
    text: Annotated[str, Field(max_length=LONGEST["text"])] = ""
    link: Link = ""


@router.get("/meetups/{slug}/outcomes", response=OutcomesOut, summary="List outcomes")
def list_outcomes(request: HttpRequest, slug: str) -> dict[str, object]:  # noqa: ARG001 - the library's signature
    """Return the actions and tags of a meetup as everybody sees them."""
    meetup = meetup_for(slug)
    rows = queries.actions_of(meetup, today_at(meetup, timezone.now()))
    return {"actions": [_action(meetup, row) for row in rows], "tags": [_tag(meetup, row) for row in queries.tags_of(meetup)]}


@router.patch(
    "/meetups/{slug}/outcomes/{number}",
    response={200: ActionOut, 409: Refused},
    auth=Token("planning:write"),
    summary="Say what became of an action",
)
def follow_action(request: TokenRequest, slug: str, number: int, said: FollowIn) -> dict[str, object]:  # noqa: ARG001 - as above
    """Say how an action stands, such as when the bug that was made of it is closed."""
    meetup, now = request.auth, timezone.now()
    action = action_of(meetup, number)
    actions.follow(action, said.state, text=said.text, url=said.link, by=None, now=now)
    return _action(meetup, queries.action_row(action, now=now))


def _action(meetup: Meetup, row: ActionRow) -> dict[str, object]:
    return {
        "id": row.number,
        "what": row.what,
        "state": row.state,
        "due": row.due_on,
        "late": row.is_late,
        "confirmed": row.is_confirmed,
        "owner": row.owner,
        "meant_for": row.meant_for,
        "tags": list(row.tags),
        "pad": _pad(meetup, row.pad_name, row.pad_title),
        "in_notes": not row.is_gone,
        "became": [_trace(trace) for trace in row.traces],
        "url": _whole(reverse("outcomes:action", args=[meetup.slug, row.number])),
    }


def _tag(meetup: Meetup, row: TagRow) -> dict[str, object]:
    return {
        "word": row.word,
        "also": list(row.also),
        "meant_for": row.meant_for,
        "pads": [_pad(meetup, name, title) for name, title in row.pads],
        "became": [_trace(trace) for trace in row.traces],
    }


def _pad(meetup: Meetup, name: str, title: str) -> dict[str, str]:
    return {"title": title, "url": _whole(reverse("pads:pad", args=[meetup.slug, name]))}


def _trace(row: TraceRow) -> dict[str, object]:
    return {"text": row.text, "link": row.url, "at": row.at}


def _whole(path: str) -> str:
    return settings.MIDCYCLE.public_url_used + path
