"""The board for machines: how the agenda stands and why, what moves would cost, and moves with the version they are made on."""

from typing import Annotated, Self

from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from midcycle.agenda import actions, queries
from midcycle.agenda.access import place_of, session_for, session_of
from midcycle.meetups.api import Token, TokenRequest
from midcycle.web.api import Refused
from midcycle.web.reading import Body

router = Router()
Number = Annotated[int, Field(ge=1, lt=2**62)]
Version = Annotated[int, Field(ge=0, lt=2**62)]


class CardOut(Schema):
    """A session on the board: where it is and why, how many want it and can come, and what is wrong there.

    `slot` is null without a place, `room` while none is known; `further` are the slots it goes on through.
    """

    id: int
    title: str
    format: str
    for_all: bool
    slot: int | None
    room: int | None
    further: list[int]
    pinned: bool
    locked: bool
    wanted: int
    met: int
    reason: str
    warnings: list[str]

    @classmethod
    def of(cls, card: queries.Card) -> Self:
        """Return it as it is told."""
        held = card.session
        return cls(
            id=held.id,
            title=held.title,
            format=held.format,
            for_all=held.for_all,
            slot=held.slot,
            room=held.room,
            further=list(held.further),
            pinned=card.pinned,
            locked=card.locked,
            wanted=card.wanted,
            met=card.met,
            reason=card.reason,
            warnings=list(card.warnings),
        )


class BoardOut(Schema):
    """The agenda as organisers see it. A move carries its `version`; while it is `frozen` nothing moves.

    `waiting` topics become sessions with the next draft; `release` is the newest, null before the first.
    """

    version: int
    frozen: bool
    wanted: int
    met: int
    waiting: int
    release: int | None
    sessions: list[CardOut]
    findings: list[str]


class PriceOut(Schema):
    """What putting a session there would do: `change` counts wishes met more, or (negative) fewer, than now.

    `slot` and `room` are null for no place at all. `refused` says why it cannot be done, empty when it can; `words` is all
    of it.
    """

    slot: int | None
    room: int | None
    name: str
    change: int
    refused: str
    conflicts: list[str]
    words: str

    @classmethod
    def of(cls, priced: queries.Priced) -> Self:
        """Return it as it is told."""
        price, (slot, _, room) = priced.price, priced.value.partition("-")  # such as `12-3`, or `tray`
        return cls(
            slot=int(slot) if room else None,
            room=int(room) if room else None,
            name=priced.name,
            change=price.change,
            refused=price.refused,
            conflicts=list(price.conflicts),
            words=price.words,
        )


class ReasonsOut(Schema):
    """Why a session is `here` (empty: nowhere) and what its best room at each other time would cost."""

    here: str
    reason: str
    locked: bool
    elsewhere: list[PriceOut]


class MoveOut(Schema):
    """A deed on the board in words, and the version it made. `by` is null for a machine."""

    version: int
    by: str | None
    words: str
    state: str


class MovesOut(Schema):
    """The last moves after a version, the newest first, and the version of the board now."""

    version: int
    items: list[MoveOut]


class MoveIn(Body):
    """Where a session goes: a slot and a room, or both null for no place. `version` is the board's it is made on."""

    session: Number
    slot: Number | None
    room: Number | None
    version: Version


class MovedOut(Schema):
    """The version of the board now, and what was done in a sentence."""

    version: int
    sentence: str


class KeptOut(Schema):
    """The version of the board now, and whether the session is kept where it is."""

    version: int
    kept: bool


@router.get("/meetups/{slug}/agenda/board", response=BoardOut, auth=Token("agenda:read"), summary="The board")
def show_board(request: TokenRequest, slug: str) -> BoardOut:  # noqa: ARG001 - the token names the meetup
    """Return the agenda as it stands, with the reason of each place and everything that is wrong with it."""
    meetup = request.auth
    version = queries.version_of(meetup)  # read first: what happens meanwhile is seen as later
    board = queries.board(meetup)
    return BoardOut(
        version=version,
        frozen=queries.is_frozen(meetup),
        wanted=board.wanted,
        met=board.met,
        waiting=board.waiting,
        release=board.release,
        sessions=[CardOut.of(card) for card in board.cards],
        findings=[finding.sentence for finding in board.findings],
    )


@router.get(
    "/meetups/{slug}/agenda/sessions/{int:number}/reasons",
    response=ReasonsOut,
    auth=Token("agenda:read"),
    summary="Why a session is here and not there",
)
def show_reasons(request: TokenRequest, slug: str, number: int) -> ReasonsOut:  # noqa: ARG001 - the same
    """Return why a session is where it is, and what every other time would cost and whose conflict it makes."""
    reasons = queries.reasons_for(session_for(request.auth, number))
    return ReasonsOut(
        here=reasons.here,
        reason=reasons.reason,
        locked=reasons.locked,
        elsewhere=[PriceOut.of(priced) for priced in reasons.elsewhere],
    )


@router.get("/meetups/{slug}/agenda/moves", response=MovesOut, auth=Token("agenda:read"), summary="What was moved")
def list_moves(
    request: TokenRequest,
    slug: str,  # noqa: ARG001 - the same
    since: Annotated[int, Query(ge=0, lt=2**62)] = 0,
) -> MovesOut:
    """Return what was done on the board after a version, the newest first; 100 moves at most."""
    version = queries.version_of(request.auth)
    moves = queries.latest_moves(request.auth, since)
    return MovesOut(
        version=version,
        items=[MoveOut(version=m.version, by=str(m.by) if m.by else None, words=m.words, state=m.state) for m in moves],
    )


@router.post(
    "/meetups/{slug}/agenda/moves",
    response={200: MovedOut, 409: Refused},
    auth=Token("agenda:write"),
    summary="Move a session",
)
def move_session(request: TokenRequest, slug: str, move: MoveIn) -> MovedOut:  # noqa: ARG001 - the same
    """Put a session into a place and pin it there, or take its place away.

    Refused when somebody moved the same session, or filled that place, since the version it is made on.
    """
    meetup, now = request.auth, timezone.now()
    session = session_of(meetup, move.session)
    if move.slot is None and move.room is None:
        actions.unplace(session, by=None, now=now, seen=move.version)
        return MovedOut(version=queries.version_of(meetup), sentence="It has no place now.")
    slot, room = place_of(meetup, move.slot, move.room)
    done = actions.move(session, slot, room, by=None, now=now, seen=move.version)
    return MovedOut(version=queries.version_of(meetup), sentence=done.sentence)


@router.delete(
    "/meetups/{slug}/agenda/moves",
    response={200: MovedOut, 409: Refused},
    auth=Token("agenda:write"),
    summary="Take the last move back",
)
def undo_move(request: TokenRequest, slug: str) -> MovedOut:  # noqa: ARG001 - the same
    """Take back the last move a machine made. Refused when others built on it."""
    said = actions.undo(request.auth, by=None, now=timezone.now())
    return MovedOut(version=queries.version_of(request.auth), sentence=said)


@router.post(
    "/meetups/{slug}/agenda/moves/undone",
    response={200: MovedOut, 409: Refused},
    auth=Token("agenda:write"),
    summary="Make a move again",
)
def redo_move(request: TokenRequest, slug: str) -> MovedOut:  # noqa: ARG001 - the same
    """Make the move again that a machine took back last. Refused when others are in the way."""
    said = actions.redo(request.auth, by=None, now=timezone.now())
    return MovedOut(version=queries.version_of(request.auth), sentence=said)


def _kept(request: TokenRequest, number: int, *, locks: bool, kept: bool) -> KeptOut:
    session, now = session_for(request.auth, number), timezone.now()
    if locks:
        actions.lock(session, locked=kept, by=None, now=now)
    else:
        actions.pin(session, pinned=kept, by=None, now=now)
    return KeptOut(version=queries.version_of(request.auth), kept=kept)


@router.put(
    "/meetups/{slug}/agenda/sessions/{int:number}/pin",
    response={200: KeptOut, 409: Refused},
    auth=Token("agenda:write"),
    summary="Pin a session",
)
def pin_session(request: TokenRequest, slug: str, number: int) -> KeptOut:  # noqa: ARG001 - the same
    """Keep a session where it is when the next draft is made."""
    return _kept(request, number, locks=False, kept=True)


@router.delete(
    "/meetups/{slug}/agenda/sessions/{int:number}/pin",
    response={200: KeptOut, 409: Refused},
    auth=Token("agenda:write"),
    summary="Unpin a session",
)
def unpin_session(request: TokenRequest, slug: str, number: int) -> KeptOut:  # noqa: ARG001 - the same
    """Let the next draft move a session; a lock goes with the pin."""
    return _kept(request, number, locks=False, kept=False)


@router.put(
    "/meetups/{slug}/agenda/sessions/{int:number}/lock",
    response={200: KeptOut, 409: Refused},
    auth=Token("agenda:write"),
    summary="Lock a session",
)
def lock_session(request: TokenRequest, slug: str, number: int) -> KeptOut:  # noqa: ARG001 - the same
    """Keep a session where it is against drafts and moves by hand."""
    return _kept(request, number, locks=True, kept=True)


@router.delete(
    "/meetups/{slug}/agenda/sessions/{int:number}/lock",
    response={200: KeptOut, 409: Refused},
    auth=Token("agenda:write"),
    summary="Unlock a session",
)
def unlock_session(request: TokenRequest, slug: str, number: int) -> KeptOut:  # noqa: ARG001 - the same
    """Let a session be moved by hand again; it stays pinned."""
    return _kept(request, number, locks=True, kept=False)
