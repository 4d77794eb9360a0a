"""What an agenda would be better without, though nothing forbids it. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import Final

from midcycle.agenda.rules import FEWEST, FORMATS, LAYOUTS, SUITS, WITHOUT_MICROPHONE, format_name
from midcycle.agenda.rules.clock import day_name
from midcycle.agenda.rules.values import Agenda, Room, Session, Slot

_SEVERAL: Final[Mapping[str, str]] = {
    "general_session": "general sessions",
    "working_group": "working groups",
    "birds_of_a_feather": "birds of a feather",
}
_FEW: Final = 3
"""Sessions that are too small for their format are told one by one up to so many."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence, and the session it is about if it is about one.

    `small` is the format of sessions that fewer want than it is good for, when the sentence is about several of them.
    """

    sentence: str
    session: int | None = None
    small: str = ""

    @property
    def instead(self) -> Mapping[str, str]:
        """The formats that suit fewer people, with the words for several of them."""
        fewest = FEWEST.get(self.small, 0)
        return {key: _SEVERAL[key] for key, few in FEWEST.items() if few < fewest}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the agenda: how rooms stand, how far they are apart, who has to be where, how many want what."""

    layouts: Mapping[int, str]
    microphones: Mapping[int, int | None]
    walks: Mapping[frozenset[int], int]
    needed: Mapping[int, Sequence[tuple[int, str]]]
    wanted: Mapping[int, int]
    free_minutes: int = 0


def hints(agenda: Agenda, known: Known) -> tuple[Hint, ...]:
    """Return everything worth a second look: free time first, then sizes and rooms, then crowded times and walks."""
    return (
        *squeezed(agenda, known.free_minutes),
        *_sizes(agenda, known),
        *_small(agenda, known.wanted),
        *_rooms(agenda, known),
        *_groups(agenda),
        *_walks(agenda, known),
    )


def free_minutes(slots: Iterable[Slot], day: int) -> int:
    """Return how many minutes of a day are kept free."""
    return sum(_minutes(slot.starts, slot.ends) for slot in slots if slot.day == day and slot.kind == "free")


def squeezed(agenda: Agenda, promised: int) -> Iterable[Hint]:
    """Return a sentence for each day that has less free time than the `promised` minutes."""
    taken = {slot for session in agenda.placed() for slot in (session.slot, *session.further)}
    for day in sorted({slot.day for slot in agenda.slots}):
        left = free_minutes((slot for slot in agenda.slots if slot.id not in taken), day)
        if left < promised:
            named = day_name(agenda.starts_on, day)
            said = f"{left} minutes" if left else "no time"
            yield Hint(f"{named} has {said} kept free; {promised} minutes were promised.")


def too_small(agenda: Agenda, wanted: Mapping[int, int]) -> dict[str, list[Session]]:
    """Return by format the placed sessions that fewer want than it is good for."""
    found: dict[str, list[Session]] = {}
    for session in agenda.placed():
        if 0 < wanted.get(session.id, 0) < FEWEST.get(session.format, 0):
            found.setdefault(session.format, []).append(session)
    return found


def _small(agenda: Agenda, wanted: Mapping[int, int]) -> Iterable[Hint]:
    for key, sessions in too_small(agenda, wanted).items():
        name, fewest = format_name(key).lower(), FEWEST[key]
        if len(sessions) <= _FEW:
            for session in sessions:
                many = wanted[session.id]
                people = "person wants" if many == 1 else "people want"
                yield Hint(f"{many} {people} {session.title}: a {name} is good for {fewest} and more.", session.id)
            continue
        some = "; ".join(f"{session.title} ({wanted[session.id]})" for session in sessions[:_FEW])
        told = f"Fewer than {fewest} people want each of {len(sessions)} sessions, and a {name} is good for {fewest} and more"
        yield Hint(f"{told}: {some}; and {len(sessions) - _FEW} more.", small=key)


def _sizes(agenda: Agenda, known: Known) -> Iterable[Hint]:
    for session in agenda.placed():
        wanted, most = known.wanted.get(session.id, 0), FORMATS[session.format].comfortable
        name = f"{format_name(session.format).lower()}"
        if most is not None and wanted > most:
            yield Hint(
                f"{wanted} want {session.title}: a {name} is good for {most} at the most. Repeat or split it.", session.id
            )
        if len(session.further) + 1 < session.length:
            yield Hint(f"{session.title} takes {session.length} slots, but a break comes before it ends.", session.id)


def _rooms(agenda: Agenda, known: Known) -> Iterable[Hint]:
    rooms = {room.id: room for room in agenda.rooms}
    for session in agenda.placed():
        room = rooms.get(session.room or 0)
        if room is None:
            continue
        layout, suits = known.layouts.get(room.id, ""), SUITS.get(session.format)
        if layout and suits and layout not in suits:
            better = " or ".join(LAYOUTS[key].lower() for key in LAYOUTS if key in suits)
            yield Hint(f"{session.title} is in {room.name}, set as {LAYOUTS[layout].lower()}; {better} suits it.", session.id)
        expected = _expected(session, room, known)
        if known.microphones.get(room.id) == 0 and expected > WITHOUT_MICROPHONE:
            yield Hint(f"{expected} may come to {session.title}, and {room.name} has no microphone.", session.id)


def _expected(session: Session, room: Room, known: Known) -> int:
    wanted = known.wanted.get(session.id, 0)
    return wanted if room.capacity is None else min(wanted, room.capacity)


def _groups(agenda: Agenda) -> Iterable[Hint]:
    """Working groups are where people commit themselves: spread out, somebody can be in several."""
    groups = Counter(session.slot for session in agenda.placed() if session.format == "working_group")
    times = [slot for slot in agenda.slots if slot.kind == "session" and slot.only in ("", "working_group")]
    if not times:
        return
    fair = -(-sum(groups.values()) // len(times))
    for slot in times:
        if groups[slot.id] > max(fair, 1):
            at = f"{day_name(agenda.starts_on, slot.day)} at {slot.starts:%H:%M}" if slot.starts else "the same time"
            yield Hint(f"{groups[slot.id]} working groups run at once on {at}; spread, somebody could be in several.")


def _walks(agenda: Agenda, known: Known) -> Iterable[Hint]:
    slots = {slot.id: slot for slot in agenda.slots}
    rooms = {room.id: room.name for room in agenda.rooms}
    by_person: dict[int, list[tuple[Slot, Slot, Session, str]]] = {}
    for session in agenda.placed():
        last = agenda.last_slot_of(session)
        for person, name in known.needed.get(session.id, ()):
            if session.slot in slots and last is not None:
                by_person.setdefault(person, []).append((slots[session.slot], last, session, name))
    for held in by_person.values():
        ordered = sorted(held, key=lambda item: (item[0].day, item[0].starts or time()))
        for (_, ends, one, name), (starts, _, other, _) in pairwise(ordered):
            walk = known.walks.get(frozenset((one.room or 0, other.room or 0)), 0)
            gap = _minutes(ends.ends, starts.starts) if ends.day == starts.day else walk
            if 0 <= gap < walk:
                there = f"{rooms.get(one.room or 0)} to {rooms.get(other.room or 0)}"
                yield Hint(f"{name} has {gap} minutes from {there}, a walk of {walk}: before {other.title}.", other.id)


def _minutes(starts: time | None, ends: time | None) -> int:
    if starts is None or ends is None:
        return 0
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
