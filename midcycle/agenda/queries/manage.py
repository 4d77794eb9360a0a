"""What organisers prepare: rooms, slots by day, and one session with its people."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext

from midcycle.accounts.models import Person
from midcycle.agenda.access import known_to
from midcycle.agenda.models import Room, Session, SessionPart, Slot
from midcycle.agenda.queries.presence import free_minutes_promised
from midcycle.agenda.queries.rows import plain_slot
from midcycle.agenda.rules import LAYOUTS, PART_NAMES, SLOT_KIND_NAMES, clock, format_name, values
from midcycle.agenda.rules.hints import squeezed
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Topic


@dataclass(frozen=True)
class SlotLine:
    """A slot in words."""

    id: int
    starts: str
    ends: str
    kind: str
    kind_name: str
    label: str
    trouble: str
    only: str = ""


@dataclass(frozen=True)
class DayLine:
    """A day and its slots in order of time."""

    number: int
    name: str
    slots: tuple[SlotLine, ...]


@dataclass(frozen=True)
class RoomLine:
    """A room and how it is set, in words."""

    id: int
    name: str
    capacity: int | None
    note: str
    set_as: str


@dataclass(frozen=True)
class Planning:
    """Rooms and days of a meetup; days without slots are there too. `squeezed` says which have too little free time.

    `topics` counts those on the list.
    """

    rooms: tuple[RoomLine, ...]
    days: tuple[DayLine, ...]
    squeezed: tuple[str, ...] = ()
    promised: int = 0
    topics: int = 0

    @property
    def has_slots(self) -> bool:
        """Whether any day has a slot."""
        return any(day.slots for day in self.days)

    @property
    def has_bare_days(self) -> bool:
        """Whether any day has no slot yet."""
        return any(not day.slots for day in self.days)

    @property
    def times(self) -> int:
        """How many slots have sessions side by side."""
        return sum(line.kind == "session" for day in self.days for line in day.slots)

    @property
    def places(self) -> int:
        """How many sessions find room side by side."""
        return self.times * len(self.rooms)

    @property
    def enough(self) -> str:
        """How many places there are, in words."""
        facts: dict[str, object] = {
            "times": ngettext("%(count)s time", "%(count)s times", self.times) % {"count": self.times},
            "rooms": ngettext("%(count)s room", "%(count)s rooms", len(self.rooms)) % {"count": len(self.rooms)},
            "places": ngettext("%(count)s place", "%(count)s places", self.places) % {"count": self.places},
            "topics": ngettext("%(count)s topic", "%(count)s topics", self.topics) % {"count": self.topics},
        }
        return (_for_topics(self.times) if self.topics else _for_nothing_yet(self.times)) % facts

    @property
    def lacking(self) -> int:
        """How many topics more there are than places."""
        return max(0, self.topics - self.places)


@dataclass(frozen=True)
class Part:
    """Somebody's part in a session, to show and to take away."""

    id: int
    name: str
    part: str
    tint: int


def _for_topics(times: int) -> str:
    return ngettext(
        "%(times)s for sessions in %(rooms)s makes %(places)s for %(topics)s.",
        "%(times)s for sessions in %(rooms)s make %(places)s for %(topics)s.",
        times,
    )


def _for_nothing_yet(times: int) -> str:
    return ngettext(
        "%(times)s for sessions in %(rooms)s makes %(places)s.",
        "%(times)s for sessions in %(rooms)s make %(places)s.",
        times,
    )


def planning(meetup: Meetup) -> Planning:
    """Return the rooms and slots of a meetup; four queries."""
    rooms = Room.objects.filter(meetup=meetup).order_by("position", "pk")
    ordered = clock.in_order(plain_slot(slot) for slot in Slot.objects.filter(meetup=meetup))
    settled = clock.days_between(meetup.starts_on, meetup.ends_on)
    days = max([settled, *(slot.day for slot in ordered)])
    odd = clock.troubles(ordered, days=settled if meetup.starts_on and meetup.ends_on else 0)
    promised = free_minutes_promised(meetup)
    held = values.Agenda(meetup.starts_on, meetup.timezone, days, slots=tuple(ordered))
    return Planning(
        tuple(RoomLine(room.pk, room.name, room.seats, room.note, _set_as(room)) for room in rooms),
        tuple(
            DayLine(
                day,
                clock.day_name(meetup.starts_on, day),
                tuple(_line(slot, odd.get(slot.id, "")) for slot in ordered if slot.day == day),
            )
            for day in range(1, days + 1)
        ),
        tuple(hint.sentence for hint in squeezed(held, promised)),
        promised,
        Topic.objects.filter(meetup=meetup, withdrawn_at=None).count(),
    )


def parts_of(session: Session) -> tuple[Part, ...]:
    """Return who has which part in a session; one query."""
    parts = SessionPart.objects.filter(session=session).select_related("person").order_by("pk")
    return tuple(Part(p.pk, str(p.person), gettext(PART_NAMES[p.part]), p.person_id % 8 + 1) for p in parts)


def known_people(meetup: Meetup) -> QuerySet[Person]:
    """Return the people with a name whom this meetup knows."""
    return known_to(meetup).exclude(name="").order_by("name", "pk")


def _set_as(room: Room) -> str:
    told = [gettext(LAYOUTS[room.layout])] if room.layout else []
    if room.microphones:
        count = ngettext("%(count)s microphone", "%(count)s microphones", room.microphones)
        told.append(count % {"count": room.microphones})
    elif room.microphones is not None:
        told.append(gettext("no microphones"))
    return ", ".join(told)


def _line(slot: values.Slot, trouble: str) -> SlotLine:
    starts = f"{slot.starts:%H:%M}" if slot.starts else gettext("Not recorded")
    ends = f"{slot.ends:%H:%M}" if slot.ends else ""
    only = format_name(slot.only) if slot.only else ""
    kind, label = gettext(SLOT_KIND_NAMES[slot.kind]), values.label_in_words(slot.label)
    return SlotLine(slot.id, starts, ends, slot.kind, kind, label, trouble, only)
