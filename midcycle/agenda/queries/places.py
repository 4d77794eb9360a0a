"""Where one session could go."""

from dataclasses import dataclass

from django.db.models import Max

from midcycle.agenda.models import Placement, Room, Session, Slot
from midcycle.agenda.queries.rows import plain_slot
from midcycle.agenda.rules import HELD_KINDS, clock, values


@dataclass(frozen=True)
class Place:
    """A room at a time, as a choice: `value` is what the form sends, `there` the titles of what is in it now."""

    value: str
    room: str
    there: tuple[str, ...]
    is_here: bool


@dataclass(frozen=True)
class Time:
    """A slot and its rooms."""

    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Places:
    """Every place a session could have; breaks and free time are not among them."""

    times: tuple[Time, ...]
    placed: bool
    pinned: bool
    locked: bool
    reason: str


@dataclass(frozen=True)
class OpenPlace:
    """A room at a time to be filled: its name, what the form sends, and the sessions that have no place yet."""

    name: str
    value: str
    waiting: tuple[Session, ...]


def has_place(session: Session) -> bool:
    """Say whether a session has a place; one query."""
    return Placement.objects.filter(session=session).exists()


def open_place(slot: Slot, room: Room) -> OpenPlace:
    """Return a place with the sessions that could be put there; two queries."""
    waiting = Session.objects.filter(meetup=slot.meetup, placement=None).order_by("pk")
    return OpenPlace(place_name(slot, room), f"{slot.pk}-{room.pk}", tuple(waiting))


def place_name(slot: Slot, room: Room | None) -> str:
    """Return such as `Mon 09:30, Loft`; one query."""
    meetup = slot.meetup
    last = Slot.objects.filter(meetup=meetup).aggregate(last=Max("day"))["last"]
    days = max(clock.days_between(meetup.starts_on, meetup.ends_on), last)
    at = clock.slot_name(plain_slot(slot), starts_on=meetup.starts_on, days=days)
    return f"{at}, {room.name}" if room else at


def places_for(session: Session) -> Places:
    """Return where a session could go and what is there; three queries."""
    meetup = session.meetup
    slots = clock.in_order(plain_slot(slot) for slot in Slot.objects.filter(meetup=meetup, kind__in=HELD_KINDS))
    rooms = list(Room.objects.filter(meetup=meetup).order_by("position", "pk"))
    placements = list(Placement.objects.filter(session__meetup=meetup).select_related("session").order_by("pk"))
    own = next((placement for placement in placements if placement.session_id == session.pk), None)
    days = max([clock.days_between(meetup.starts_on, meetup.ends_on), *(slot.day for slot in slots)])
    times = tuple(
        Time(_name(slot, session, days), tuple(_place(slot, room, session, placements) for room in rooms)) for slot in slots
    )
    return Places(times, own is not None, bool(own and own.pinned), bool(own and own.locked), own.reason if own else "")


def _name(slot: values.Slot, session: Session, days: int) -> str:
    name = clock.slot_name(slot, starts_on=session.meetup.starts_on, days=days)
    return f"{name}, {slot.label}" if slot.label else name


def _place(slot: values.Slot, room: Room, session: Session, placements: list[Placement]) -> Place:
    here = [held for held in placements if (held.slot_id, held.room_id) == (slot.id, room.pk)]
    return Place(
        value=f"{slot.id}-{room.pk}",
        room=room.name if room.capacity is None else f"{room.name} ({room.capacity})",
        there=tuple(held.session.title for held in here if held.session_id != session.pk),
        is_here=any(held.session_id == session.pk for held in here),
    )
