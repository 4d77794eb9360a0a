"""A person's own agenda: what they lead, what is for everybody, what they support, and what they chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from midcycle.agenda.access import Personal
from midcycle.agenda.rules import PART_NAMES, PARTS, clock, values


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
    """A personal agenda from the newest release; `released` False before the first. `key` opens its calendar, if any."""

    days: tuple[MyDay, ...]
    released: bool
    key: str
    links: tuple[clock.DayLink, ...] = ()

    @property
    def clashes(self) -> int:
        """How many of the sessions run beside another one."""
        return sum(bool(entry.clashes) for day in self.days for entry in day.entries)


def chosen(personal: Personal, agenda: values.Agenda) -> dict[int, str]:
    """Return the sessions in a person's agenda with the reason of each.

    Parts and sessions for everybody are always there; supported ones unless taken out; picks say the rest.
    """
    picks = personal.picks
    found = {number: gettext("You chose it") for number, wanted in picks.items() if wanted}
    found |= {number: gettext("You support it") for number in personal.supported if picks.get(number, True)}
    found |= {
        session.id: gettext("For everybody") for session in agenda.sessions if session.for_all and picks.get(session.id, True)
    }
    ordered = sorted(personal.parts, key=lambda held: PARTS.index(held[1]), reverse=True)
    found |= {number: gettext(PART_NAMES[part]) for number, part in ordered}  # who leads and takes notes is told to lead
    return found


def my_agenda(personal: Personal, now: datetime) -> MyAgenda:
    """Return the personal agenda of one person at a meetup, with the days that are over by now told apart. No query."""
    if personal.grid is None:
        return MyAgenda((), released=False, key=personal.key)
    agenda = values.from_plain(personal.grid)
    why = chosen(personal, agenda)
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
        key=personal.key,
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
        starts=f"{slot.starts:%H:%M}" if slot.starts else gettext("Time not recorded"),
        until=f"{last.ends:%H:%M}" if last and last.ends else "",
        room=agenda.room_name(session),
        why=why,
        clashes=tuple(other.title for other in beside),
    )
