"""Sessions put into slots and rooms by hand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import as_kept, hold, hold_board, in_english, note
from midcycle.agenda.actions.history import keep_apart, remember
from midcycle.agenda.models import Placement, Room, Session, Slot
from midcycle.agenda.queries.history import grid_of
from midcycle.agenda.queries.places import place_name
from midcycle.agenda.rules import HELD_KINDS, deeds
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.kernel.words import quoted

_PLACELESS: Final = {
    "pinned": gettext_noop("%(title)s has no place to be pinned to. Move it first."),
    "unpinned": gettext_noop("%(title)s has no place to be unpinned to. Move it first."),
    "locked": gettext_noop("%(title)s has no place to be locked to. Move it first."),
    "unlocked": gettext_noop("%(title)s has no place to be unlocked to. Move it first."),
}


@dataclass(frozen=True)
class Moved:
    """What a move did: the session that took the other place or, when there was none, was left without."""

    swapped: Session | None = None
    displaced: Session | None = None
    stayed: bool = False

    @property
    def sentence(self) -> str:
        """What to tell who moved it."""
        if self.stayed:
            return gettext("It is there already.")
        if self.swapped:
            return gettext("Moved and pinned. It changed places with %(title)s.") % {"title": quoted(self.swapped.title)}
        if self.displaced:
            told = gettext("Moved and pinned. %(title)s was there and is now without a place.")
            return told % {"title": quoted(self.displaced.title)}
        return gettext("Moved and pinned: the next draft leaves it there.")


@transaction.atomic
def place(  # noqa: PLR0913 - a placement has this many facts
    session: Session,
    slot: Slot,
    room: Room | None,
    *,
    by: Person | None,
    now: datetime,
    pinned: bool = True,
    reason: str = "",
) -> Placement:
    """Put a session there, whatever else is there: real grids hold double bookings, `findings` reports them."""
    hold(session.meetup)
    grid = grid_of(session.meetup)
    version = _place(session, slot, room, by=by, now=now, pinned=pinned, reason=reason)
    remember(session.meetup, grid, _moved(session, slot, room), by=by, version=version)
    return Placement.objects.get(session=session)


@transaction.atomic
def move(session: Session, slot: Slot, room: Room, *, by: Person | None, now: datetime, seen: int | None = None) -> Moved:
    """Put a session there and pin it. What was there takes its place, or loses its own when it had none.

    `seen` is the version of the board it was made on. Raises Refusal when that time is kept free, when one of both is held
    where it is, or when somebody else moved the same session or filled the same place since.
    """
    hold_board(session.meetup)
    if slot.kind not in HELD_KINDS:
        raise Refusal(gettext("This time is kept free. Choose another one, or change the slot first."), field="slot")
    grid = grid_of(session.meetup)
    before = Placement.objects.filter(session=session).select_related("slot", "room").first()
    if before is not None and (before.slot_id, before.room_id) == (slot.pk, room.pk) and before.pinned:
        return Moved(stayed=True)
    keep_apart(session, (slot.pk, room.pk), seen=seen)
    _check_unlocked(session, before)
    there = Placement.objects.filter(slot=slot, room=room).exclude(session=session).select_related("session").first()
    moved = Moved() if there is None else _make_way(there, before)
    version = _place(session, slot, room, by=by, now=now, pinned=True, reason="")
    remember(session.meetup, grid, _moved(session, slot, room), by=by, version=version)
    return moved


def _moved(session: Session, slot: Slot, room: Room | None) -> str:
    with in_english():
        return deeds.MOVED % {"title": quoted(session.title), "place": place_name(slot, room)}


@transaction.atomic
def pin(session: Session, *, pinned: bool, by: Person | None, now: datetime) -> None:
    """Keep a session where it is when the next draft is made, or let it go. Raises Refusal when it has no place."""
    _keep(session, "pinned" if pinned else "unpinned", {"pinned": pinned, "locked": False}, by=by, now=now)


@transaction.atomic
def lock(session: Session, *, locked: bool, by: Person | None, now: datetime) -> None:
    """Keep a session where it is against drafts and moves by hand, until it is unlocked; it stays pinned then.

    Raises Refusal when it has no place.
    """
    _keep(session, "locked" if locked else "unlocked", {"pinned": True, "locked": locked}, by=by, now=now)


@transaction.atomic
def unplace(session: Session, *, by: Person | None, now: datetime, seen: int | None = None) -> None:
    """Take away the place of a session; without one nothing changes. Raises Refusal when it is locked; `seen` as in `move`."""
    hold_board(session.meetup)
    before = Placement.objects.filter(session=session).first()
    if before is None:
        return
    keep_apart(session, None, seen=seen)
    _check_unlocked(session, before)
    grid = grid_of(session.meetup)
    before.delete()
    version = note("agenda.session_unplaced", session.meetup, by=by, now=now, facts={"session": session.pk})
    remember(session.meetup, grid, as_kept(deeds.TAKEN_OFF, session.title), by=by, version=version)


def _keep(session: Session, deed: str, facts: dict[str, bool], *, by: Person | None, now: datetime) -> None:
    hold_board(session.meetup)
    grid = grid_of(session.meetup)
    if not Placement.objects.filter(session=session).update(**facts):
        raise Refusal(gettext(_PLACELESS[deed]) % {"title": quoted(session.title)})
    version = note(f"agenda.session_{deed}", session.meetup, by=by, now=now, facts={"session": session.pk})
    remember(session.meetup, grid, as_kept(deeds.KEPT[deed], session.title), by=by, version=version)


def _check_unlocked(session: Session, before: Placement | None) -> None:
    if before is not None and before.locked:
        raise Refusal(gettext("%(title)s is locked where it is. Unlock it first.") % {"title": quoted(session.title)})


def _place(  # noqa: PLR0913 - a placement has this many facts
    session: Session,
    slot: Slot,
    room: Room | None,
    *,
    by: Person | None,
    now: datetime,
    pinned: bool,
    reason: str,
) -> int:
    if slot.meetup_id != session.meetup_id or (room is not None and room.meetup_id != session.meetup_id):
        raise Refusal(gettext("This slot or room belongs to another meetup. Choose one of this meetup."), field="slot")
    where = {"slot": slot, "room": room, "pinned": pinned, "reason": one_line(reason)[:300]}
    Placement.objects.update_or_create(session=session, defaults=where)
    facts = {"session": session.pk, "slot": slot.pk, "room": room.pk if room else None}
    return note("agenda.session_placed", session.meetup, by=by, now=now, facts=facts)


def _make_way(there: Placement, before: Placement | None) -> Moved:
    if there.locked:
        told = gettext("%(title)s is locked there. Unlock it first, or choose another place.")
        raise Refusal(told % {"title": quoted(there.session.title)}, field="slot")
    if there.pinned:
        told = gettext("%(title)s is pinned there. Unpin it first, or choose another place.")
        raise Refusal(told % {"title": quoted(there.session.title)}, field="slot")
    if before is None:
        there.delete()
        return Moved(displaced=there.session)
    there.slot, there.room, there.reason = before.slot, before.room, ""
    there.save(update_fields=["slot", "room", "reason"])
    return Moved(swapped=there.session)
