"""The newest release for all, drafting and releasing with a token."""

import secrets
from dataclasses import asdict
from datetime import time
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from midcycle.agenda import actions, queries
from midcycle.meetups.access import meetup_for
from midcycle.meetups.api import Token, TokenRequest
from midcycle.web.api import Refused
from midcycle.web.reading import Body

router = Router()


class RoomOut(Schema):
    """A room; capacity in people, null when not known."""

    id: int
    name: str
    capacity: int | None
    note: str


class SlotOut(Schema):
    """A stretch of local time on day 1, 2, …; what nobody recorded is null."""

    id: int
    day: int
    starts: time | None
    ends: time | None
    kind: str
    label: str


class SessionOut(Schema):
    """A session; slot null when it has no place, room null when it is not known."""

    id: int
    uid: str
    title: str
    format: str
    for_all: bool
    slot: int | None
    room: int | None
    leads: list[str]
    shadows: list[str]
    reason: str


class AgendaOut(Schema):
    """The newest release; `release` is null and everything empty before the first."""

    release: int | None
    rooms: list[RoomOut] = []
    slots: list[SlotOut] = []
    sessions: list[SessionOut] = []
    conflicts: list[str] = []


class DraftIn(Body):
    """The same seed and the same input give the same agenda."""

    seed: Annotated[int, Field(ge=0, lt=2**31)] | None = None


class DraftOut(Schema):
    """What a draft came to; a wish is one person's support for one topic."""

    seed: int
    placed: int
    left_out: int
    wishes_met: int
    wishes: int


class ReleaseIn(Body):
    """`conflicts_known` must be true where the agenda has conflicts."""

    note: Annotated[str, Field(max_length=200)] = ""
    conflicts_known: bool = False


class ReleaseOut(Schema):
    """The number of the release and the conflicts it was made with."""

    release: int
    conflicts: list[str]


@router.get("/meetups/{slug}/agenda", response=AgendaOut, summary="The released agenda")
def show_agenda(request: HttpRequest, slug: str) -> dict[str, object]:  # noqa: ARG001 - the library's signature
    """Return the newest release of a meetup's agenda."""
    meetup = meetup_for(slug)
    released = queries.released(meetup)
    return {"release": None} if released is None else {"release": released.number, **asdict(released.agenda)}


@router.post(
    "/meetups/{slug}/agenda/draft",
    response={200: DraftOut, 409: Refused},
    auth=Token("agenda:write"),
    summary="Draft the agenda",
)
def draft_agenda(request: TokenRequest, slug: str, wish: DraftIn) -> DraftOut:  # noqa: ARG001 - the token names the meetup
    """Draft the agenda around what is pinned."""
    seed = secrets.randbits(31) if wish.seed is None else wish.seed
    made = actions.draft(request.auth, by=None, seed=seed, now=timezone.now())
    return DraftOut(seed=seed, placed=made.placed, left_out=made.left_out, wishes_met=made.met, wishes=made.wanted)


@router.post(
    "/meetups/{slug}/agenda/release",
    response={201: ReleaseOut, 409: Refused},
    auth=Token("agenda:write"),
    summary="Release the agenda",
)
def release_agenda(request: TokenRequest, slug: str, wish: ReleaseIn) -> Status[ReleaseOut]:  # noqa: ARG001 - the same
    """Publish the agenda as it stands under the next number."""
    made = actions.release(request.auth, by=None, note=wish.note, now=timezone.now(), conflicts_known=wish.conflicts_known)
    return Status(201, ReleaseOut(release=made.number, conflicts=made.grid["conflicts"]))
