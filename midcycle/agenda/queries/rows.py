"""The rows of a meetup's agenda as they stand now, released or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from midcycle.agenda.models import Absence, Closure, Placement, RemoteWindow, Room, Session, SessionPart, Slot
from midcycle.agenda.rules import clock, values
from midcycle.agenda.rules.spans import Window, slots_there, span
from midcycle.meetups.models import Meetup


@dataclass(frozen=True)
class Rows:
    """Rooms, slots, sessions with their parts, and placements by session; eight queries, however many there are.

    `closed` has the slots a room is shut in, `away` those a person is not there in, `windows` the hours of those who take part
    from afar.
    """

    meetup: Meetup
    rooms: tuple[Room, ...]
    slots: tuple[Slot, ...]
    sessions: tuple[Session, ...]
    placements: dict[int, Placement]
    closed: dict[int, frozenset[int]]
    away: dict[int, frozenset[int]]
    windows: dict[int, Window]

    @cached_property
    def days(self) -> int:
        """How many days there are: those of the dates, and those slots are on."""
        dates = clock.days_between(self.meetup.starts_on, self.meetup.ends_on)
        return max([dates, *(slot.day for slot in self.slots)])

    @cached_property
    def plain_slots(self) -> tuple[values.Slot, ...]:
        """The slots as plain values, in order of time."""
        return tuple(clock.in_order(plain_slot(slot) for slot in self.slots))

    @cached_property
    def plain_rooms(self) -> tuple[values.Room, ...]:
        """The rooms as plain values, in their order."""
        return tuple(plain_room(room) for room in self.rooms)

    def slot_name(self, slot: values.Slot) -> str:
        """Return day and time of a slot in a few words."""
        return clock.slot_name(slot, starts_on=self.meetup.starts_on, days=self.days)

    def slot_opening(self, slot: values.Slot) -> str:
        """Return how a sentence about a slot begins."""
        return clock.slot_opening(slot, starts_on=self.meetup.starts_on, days=self.days)

    def span_of(self, session: Session) -> tuple[values.Slot, ...]:
        """Return the slots a session with a place takes; the first alone where a break cuts it."""
        placement = self.placements.get(session.pk)
        if placement is None:
            return ()
        first = tuple(slot for slot in self.plain_slots if slot.id == placement.slot_id)
        return first if session.length == 1 else span(self.plain_slots, placement.slot_id, session.length) or first

    def there(self, person: int) -> frozenset[int] | None:
        """Return the slots somebody is there in; None for all."""
        meetup, away = self.meetup, self.away.get(person, frozenset())
        window = self.windows.get(person)
        return slots_there(self.plain_slots, window, away, starts_on=meetup.starts_on, timezone=meetup.timezone)

    def plain_session(self, session: Session, reason: str) -> values.Session:
        """Return a session with its place as plain values."""
        placement = self.placements.get(session.pk)
        return values.Session(
            id=session.pk,
            uid=str(session.uid),
            title=session.title,
            format=session.format,
            for_all=session.for_all,
            slot=placement.slot_id if placement else None,
            room=placement.room_id if placement else None,
            leads=named(session.parts.all(), "lead"),
            shadows=named(session.parts.all(), "shadow"),
            reason=reason,
            length=session.length,
            further=tuple(slot.id for slot in self.span_of(session)[1:]),
            titles=tuple((code, said["title"]) for code, said in sorted(session.texts.items()) if said.get("title")),
        )


def rows_of(meetup: Meetup) -> Rows:
    """Return everything the agenda of a meetup is made of."""
    parts = Prefetch("parts", SessionPart.objects.select_related("person").order_by("pk"))
    return Rows(
        meetup,
        tuple(Room.objects.filter(meetup=meetup).order_by("position", "pk")),
        tuple(Slot.objects.filter(meetup=meetup)),
        tuple(Session.objects.filter(meetup=meetup).select_related("topic").prefetch_related(parts).order_by("pk")),
        {placement.session_id: placement for placement in Placement.objects.filter(session__meetup=meetup)},
        _grouped(Closure.objects.filter(room__meetup=meetup).values_list("room", "slot")),
        _grouped(Absence.objects.filter(slot__meetup=meetup).values_list("person", "slot")),
        windows_of(meetup),
    )


def windows_of(meetup: Meetup) -> dict[int, Window]:
    """Return the hours of those who take part from afar, by person; one query."""
    held = RemoteWindow.objects.filter(meetup=meetup)
    return {window.person_id: Window(window.timezone, window.starts, window.ends) for window in held}


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for key, slot in pairs:
        found.setdefault(key, set()).add(slot)
    return {key: frozenset(slots) for key, slots in found.items()}


def plain_room(room: Room) -> values.Room:
    """Return a room as plain values."""
    return values.Room(room.pk, room.name, room.seats, room.note)


def plain_slot(slot: Slot) -> values.Slot:
    """Return a slot as plain values."""
    return values.Slot(slot.pk, slot.day, slot.starts, slot.ends, slot.kind, slot.label, slot.only)


def named(parts: Iterable[SessionPart], part: str) -> tuple[str, ...]:
    """Return the names of those who have a part."""
    return tuple(str(held.person) for held in parts if held.part == part)
