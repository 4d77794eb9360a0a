"""Sessions put into slots and rooms by hand."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold, note
from midcycle.agenda.models import Placement, Room, Session, Slot
from midcycle.agenda.rules import HELD_KINDS
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line, quoted


@dataclass(frozen=True)
class Moved:
    """What a move did: the session that took the other place or, when there was none, was left without."""

    swapped: Session | None = None
    displaced: Session | None = None

    @property
    def sentence(self) -> str:
        """What to tell who moved it."""
        if self.swapped:
            return f"Moved and pinned. It changed places with {quoted(self.swapped.title)}."
        if self.displaced:
            return f"Moved and pinned. {quoted(self.displaced.title)} was there and is now without a place."
        return "Moved and pinned: the next draft leaves it there."


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
    return _place(session, slot, room, by=by, now=now, pinned=pinned, reason=reason)


@transaction.atomic
def move(session: Session, slot: Slot, room: Room, *, by: Person | None, now: datetime) -> Moved:
    """Put a session there and pin it. What was there takes its place, or loses its own when it had none.

    Raises Refusal when that time is kept free or what is there is pinned.
    """
    hold(session.meetup)
    if slot.kind not in HELD_KINDS:
        raise Refusal("This time is kept free. Choose another one, or change the slot first.", field="slot")
    before = Placement.objects.filter(session=session).select_related("slot", "room").first()
    there = Placement.objects.filter(slot=slot, room=room).exclude(session=session).select_related("session").first()
    moved = Moved() if there is None else _make_way(there, before)
    _place(session, slot, room, by=by, now=now, pinned=True, reason="")
    return moved


@transaction.atomic
def pin(session: Session, *, pinned: bool, by: Person | None, now: datetime) -> None:
    """Keep a session where it is when the next draft is made, or let it go. Raises Refusal when it has no place."""
    hold(session.meetup)
    if not Placement.objects.filter(session=session).update(pinned=pinned):
        raise Refusal(f"{quoted(session.title)} has no place to be pinned to. Move it first.")
    deed = "agenda.session_pinned" if pinned else "agenda.session_unpinned"
    note(deed, session.meetup, by=by, now=now, facts={"session": session.pk})


@transaction.atomic
def unplace(session: Session, *, by: Person | None, now: datetime) -> None:
    """Take away the place of a session; without one nothing changes."""
    hold(session.meetup)
    gone, _ = Placement.objects.filter(session=session).delete()
    if gone:
        note("agenda.session_unplaced", session.meetup, by=by, now=now, facts={"session": session.pk})


def _place(  # noqa: PLR0913 - a placement has this many facts
    session: Session,
    slot: Slot,
    room: Room | None,
    *,
    by: Person | None,
    now: datetime,
    pinned: bool,
    reason: str,
) -> Placement:
    if slot.meetup_id != session.meetup_id or (room is not None and room.meetup_id != session.meetup_id):
        raise Refusal("This slot or room belongs to another meetup. Choose one of this meetup.", field="slot")
    where = {"slot": slot, "room": room, "pinned": pinned, "reason": one_line(reason)[:300]}
    placement, _ = Placement.objects.update_or_create(session=session, defaults=where)
    facts = {"session": session.pk, "slot": slot.pk, "room": room.pk if room else None}
    note("agenda.session_placed", session.meetup, by=by, now=now, facts=facts)
    return placement


def _make_way(there: Placement, before: Placement | None) -> Moved:
    if there.pinned:
        raise Refusal(f"{quoted(there.session.title)} is pinned there. Unpin it first, or choose another place.", field="slot")
    if before is None:
        there.delete()
        return Moved(displaced=there.session)
    there.slot, there.room, there.reason = before.slot, before.room, ""
    there.save(update_fields=["slot", "room", "reason"])
    return Moved(swapped=there.session)
