"""The history of the board: each move with what it changed, taken back and done again by who made it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, pgettext

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold_board, note
from midcycle.agenda.models import Move, Placement, Room, Session, Slot
from midcycle.agenda.queries.history import grid_of, last_move, next_move, version_of
from midcycle.agenda.rules import moves
from midcycle.agenda.rules.deeds import REDONE, UNDONE, deed_in_words
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import quoted
from midcycle.meetups.models import Meetup


def remember(meetup: Meetup, before: moves.Grid, words: str, *, by: Person | None, version: int) -> None:
    """Keep what changed on the board since `before`, within the deed's transaction. Nothing changed: nothing is kept."""
    changes = moves.difference(before, grid_of(meetup))
    if not changes:
        return
    Move.objects.filter(meetup=meetup, by=by, state="undone").update(state="dropped")
    Move.objects.create(meetup=meetup, version=version, by=by, words=words[:300], changes=moves.to_plain(changes))


def keep_apart(session: Session, cell: tuple[int, int | None] | None, *, seen: int | None) -> None:
    """Refuse a move made on a board on which somebody else has moved the same session, or filled the same cell, since.

    `seen` is the version the move was made on; None is for those who saw none. Moves of other sessions stand beside it. A
    version that is yet to come was never seen.
    """
    if seen is None:
        return
    if seen > version_of(session.meetup):
        raise Refusal(
            gettext("There is no such version of the board yet. Look at the board and move it again."), field="version"
        )
    later = Move.objects.filter(meetup=session.meetup_id, version__gt=seen).select_related("by").order_by("-version")
    for move in later:
        if moves.touches(moves.from_plain(move.changes), session.pk, cell):
            facts = {"who": move.by or gettext("Somebody"), "deed": deed_in_words(move.words)}
            raise Refusal(_late() % facts)


def _late() -> str:
    return pgettext(
        "who did what on the board",
        "%(who)s %(deed)s a moment ago, so your move was not made. Look at the board and move it again.",
    )


@transaction.atomic
def undo(meetup: Meetup, *, by: Person | None, now: datetime) -> str:
    """Take back the last move this person, or a machine, made; return what to tell. Raises Refusal when others built on it."""
    hold_board(meetup)
    last = last_move(meetup, by)
    if last is None:
        raise Refusal(gettext("You have moved nothing that could be undone."))
    changes = moves.backwards(moves.from_plain(last.changes))
    _apply(meetup, changes)
    return _taken(last, "undone", UNDONE, changes, by=by, now=now)


@transaction.atomic
def redo(meetup: Meetup, *, by: Person | None, now: datetime) -> str:
    """Make the move again that this person took back last; return what to tell. Raises Refusal when others are in the way."""
    hold_board(meetup)
    last = next_move(meetup, by)
    if last is None:
        raise Refusal(gettext("There is nothing to do again."))
    changes = moves.from_plain(last.changes)
    _apply(meetup, changes)
    return _taken(last, "done", REDONE, changes, by=by, now=now)


def _taken(move: Move, state: str, told: str, changes: tuple[moves.Change, ...], *, by: Person | None, now: datetime) -> str:
    move.state = state
    move.save(update_fields=["state"])
    deed = "agenda.move_undone" if state == "undone" else "agenda.move_redone"
    version = note(deed, move.meetup, by=by, now=now, facts={"move": move.pk})
    words = (told % {"deed": move.words})[:300]
    plain = moves.to_plain(changes)
    Move.objects.create(meetup=move.meetup, version=version, by=by, words=words, changes=plain, state="undo")
    facts = {"deed": deed_in_words(move.words)}
    return gettext("Undone: %(deed)s.") % facts if state == "undone" else gettext("Done again: %(deed)s.") % facts


def _apply(meetup: Meetup, changes: tuple[moves.Change, ...]) -> None:
    """Put every session where the changes say, all or none."""
    _check(meetup, changes)
    for number, _, after in changes:
        if after is None:
            Placement.objects.filter(session=number).delete()
        else:
            where = {**after._asdict(), "slot_id": after.slot, "room_id": after.room}
            facts = {key: value for key, value in where.items() if key not in {"slot", "room"}}
            Placement.objects.update_or_create(session_id=number, defaults=facts)


def _check(meetup: Meetup, changes: tuple[moves.Change, ...]) -> None:
    in_the_way = moves.hindrance(grid_of(meetup), changes)
    if in_the_way is not None:
        held = Session.objects.filter(meetup=meetup, pk=in_the_way).first()
        told = gettext("%(title)s has been moved since, so this would undo what somebody else did. Move it by hand instead.")
        raise Refusal(told % {"title": quoted(held.title) if held else gettext("A session")})
    spots = [after for _, _, after in changes if after is not None]
    sessions = {number for number, _, after in changes if after is not None}
    if not (
        _there(Slot.objects.filter(meetup=meetup).values_list("pk", flat=True), {spot.slot for spot in spots})
        and _there(Room.objects.filter(meetup=meetup).values_list("pk", flat=True), {s.room for s in spots if s.room})
        and _there(Session.objects.filter(meetup=meetup).values_list("pk", flat=True), sessions)
    ):
        raise Refusal(gettext("A session, slot or room of that move has been removed meanwhile. Move by hand instead."))


def _there(known: Iterable[int], named: set[int]) -> bool:
    return named <= set(known)
