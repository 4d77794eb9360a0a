"""A person's own agenda: what they lead, what is for everybody, what they support, and what they chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from midcycle.accounts.models import Person
from midcycle.agenda.access import key_of
from midcycle.agenda.models import Pick, SessionPart
from midcycle.agenda.queries.released import released_agenda
from midcycle.agenda.rules import PART_NAMES, clock, values
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Support


@dataclass(frozen=True)
class Entry:
    """One session of a personal agenda: when, where, why it is there, and what runs at the same time."""

    session: values.Session
    starts: str
    until: str
    room: str
    why: str
    clashes: tuple[str, ...]


@dataclass(frozen=True)
class MyDay:
    """One day of a personal agenda; `is_past` while the meetup goes on."""

    number: int
    name: str
    is_past: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class MyAgenda:
    """A personal agenda from the newest release; `released` False before the first. `key` opens its calendar."""

    days: tuple[MyDay, ...]
    released: bool
    key: str
    links: tuple[clock.DayLink, ...] = ()

    @property
    def clashes(self) -> int:
        """How many of the sessions run beside another one."""
        return sum(bool(entry.clashes) for day in self.days for entry in day.entries)


def chosen(meetup: Meetup, person: Person, agenda: values.Agenda) -> dict[int, str]:
    """Return the sessions in a person's agenda with the reason of each; three queries.

    Parts and sessions for everybody are always there; supported ones unless taken out; picks say the rest.
    """
    picks = dict(Pick.objects.filter(session__meetup=meetup, person=person).values_list("session_id", "wanted"))
    supports = Support.objects.filter(topic__meetup=meetup, person=person, topic__session__isnull=False)
    parts = SessionPart.objects.filter(session__meetup=meetup, person=person).order_by("pk")
    found = {number: "You chose it" for number, wanted in picks.items() if wanted}
    found |= {n: "You support it" for n in supports.values_list("topic__session", flat=True) if picks.get(n, True)}
    found |= {s.id: "For everybody" for s in agenda.sessions if s.for_all and picks.get(s.id, True)}
    found |= {number: PART_NAMES[part] for number, part in parts.values_list("session_id", "part")}
    return found


def my_agenda(meetup: Meetup, person: Person, now: datetime) -> MyAgenda:
    """Return the personal agenda of one person at a meetup, with the days that are over by now told apart."""
    agenda = released_agenda(meetup)
    key = key_of(meetup, person)
    if agenda is None:
        return MyAgenda((), released=False, key=key)
    why = chosen(meetup, person, agenda)
    mine = [session for session in agenda.placed() if session.id in why]
    held = [(slot, session) for slot in clock.in_order(agenda.slots) for session in mine if session.slot == slot.id]
    numbers = list(dict.fromkeys(slot.day for slot, _ in held))
    links = clock.day_links(agenda.starts_on, numbers, clock.zone_of(agenda.timezone), now)
    past = {link.number for link in links if link.is_past}
    return MyAgenda(
        tuple(
            MyDay(
                number,
                clock.day_name(agenda.starts_on, number),
                number in past,
                tuple(_entry(agenda, slot, session, why[session.id], held) for slot, session in held if slot.day == number),
            )
            for number in numbers
        ),
        released=True,
        key=key,
        links=links if len(links) > 1 else (),
    )


def _entry(
    agenda: values.Agenda,
    slot: values.Slot,
    session: values.Session,
    why: str,
    held: Sequence[tuple[values.Slot, values.Session]],
) -> Entry:
    last = agenda.last_slot_of(session)
    beside = (other for at, other in held if other.id != session.id and clock.overlap(at, slot))
    return Entry(
        session=session,
        starts=f"{slot.starts:%H:%M}" if slot.starts else "Time not recorded",
        until=f"{last.ends:%H:%M}" if last and last.ends else "",
        room=agenda.room_name(session),
        why=why,
        clashes=tuple(other.title for other in beside),
    )
