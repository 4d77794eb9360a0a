"""Find what is wrong with an agenda. This file does not know how agendas are made.

It reads only the problem and the agenda, so it serves drafts and real, hand-made grids alike.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from midcycle.engines.solver.model import (
    Assignment,
    Attendance,
    Id,
    Person,
    Problem,
    Room,
    Slot,
    Topic,
    seats,
)
from midcycle.kernel.words import gettext, gettext_noop, ngettext

PIN_ELSEWHERE: Final = gettext_noop("%(title)s is pinned to %(pin)s but is in %(place)s.")
PIN_NOWHERE: Final = gettext_noop("%(title)s is pinned to %(pin)s but has no place.")
KEPT_FREE: Final = gettext_noop("%(title)s runs at %(time)s, which is kept free.")
KEPT_ELSE: Final = gettext_noop("%(title)s runs at %(time)s, which is kept for something else.")
CLOSED: Final = gettext_noop("%(title)s is in %(room)s, which is closed at %(time)s.")
AWAY: Final = gettext_noop("%(name)s is needed in %(title)s but is not there at %(time)s.")
HOLDS: Final = gettext_noop("%(room)s holds both %(one)s and %(other)s at %(time)s.")
HOLDS_OVER: Final = gettext_noop("%(room)s holds both %(one)s (%(time)s) and %(other)s (%(then)s), which overlap.")
NEEDED: Final = gettext_noop("%(name)s is needed in both %(one)s and %(other)s at %(time)s.")
NEEDED_OVER: Final = gettext_noop("%(name)s is needed in both %(one)s (%(time)s) and %(other)s (%(then)s), which overlap.")
MEANT: Final = gettext_noop("%(name)s is to be in both %(one)s and %(other)s at %(time)s.")
MEANT_OVER: Final = gettext_noop("%(name)s is to be in both %(one)s (%(time)s) and %(other)s (%(then)s), which overlap.")
BESIDE: Final = gettext_noop("%(title)s runs beside %(plenary)s, where everybody is.")
PLACELESS: Final = gettext_noop("%(title)s must take place but has no place.")
FINDINGS: Final = (
    PIN_ELSEWHERE, PIN_NOWHERE, KEPT_FREE, KEPT_ELSE, CLOSED, AWAY, HOLDS_OVER, HOLDS, NEEDED_OVER, NEEDED, BESIDE, PLACELESS,
)  # fmt: skip
"""Sentences as they may be kept, in English, and told again."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: its code, a plain sentence, and the things it is about.

    Codes: unknown_topic, unknown_slot, unknown_room, unknown_person (ids that lead nowhere);
    pin_broken, not_allowed, reserved_slot, room_closed, absent (a person who must or means to be
    there is not), room_double, person_double, beside_plenary, unscheduled_must, overfull,
    not_placed (somebody means to attend a topic that has no place).
    """

    code: str
    sentence: str
    topics: tuple[Id, ...] = ()
    slot: Id | None = None
    room: Id | None = None
    person: Id | None = None


@dataclass(frozen=True, slots=True)
class _Session:
    """A topic with a known place; the room may not be known."""

    topic: Topic
    slot: Slot
    room: Room | None


@dataclass(frozen=True, slots=True)
class _Grid:
    """The agenda with ids looked up."""

    problem: Problem
    people: Mapping[Id, Person]
    sessions: Mapping[Id, _Session]


def check(problem: Problem, assign: Assignment, attend: Attendance | None) -> tuple[Finding, ...]:
    """Return every broken hard rule; empty when the agenda keeps them all.

    Without `attend` only the people who are needed are looked at.
    """
    grid = _grid(problem, assign)
    rules: tuple[Callable[[_Grid], Iterator[Finding]], ...] = (
        _pins,
        _times,
        _rooms_open,
        _needed_there,
        _rooms_once,
        _needed_once,
        _plenaries_alone,
        _musts_placed,
    )
    found = [*_unknown(problem, assign)]
    for rule in rules:
        found.extend(rule(grid))
    return (*found, *_attendance(grid, attend or {}))


def recount(problem: Problem, assign: Assignment, attend: Attendance) -> int:
    """Return the weight of the supports that are attended in topics which have a place."""
    sessions = _grid(problem, assign).sessions
    total = 0
    for support in problem.supports:
        if support.topic in sessions and support.topic in attend.get(support.person, ()):
            total += support.weight
    return total


def _grid(problem: Problem, assign: Assignment) -> _Grid:
    slots = {s.id: s for s in problem.slots}
    rooms = {r.id: r for r in problem.rooms}
    sessions = {}
    for topic in problem.topics:
        slot, room = assign.get(topic.id, (None, None))
        if slot is not None and slot in slots:
            known = None if room is None else rooms.get(room)
            sessions[topic.id] = _Session(topic, slots[slot], known)
    return _Grid(problem, {p.id: p for p in problem.people}, sessions)


def _unknown(problem: Problem, assign: Assignment) -> Iterator[Finding]:
    slots = {s.id for s in problem.slots}
    rooms = {r.id for r in problem.rooms}
    topics = {t.id: t for t in problem.topics}
    for key, (slot, room) in assign.items():
        if key not in topics:
            yield Finding("unknown_topic", gettext("There is no topic %(topic)s.") % {"topic": key}, (key,))
            continue
        name = topics[key].called
        if slot not in slots:
            yield Finding(
                "unknown_slot",
                gettext("%(title)s is placed in slot %(slot)s, which is not known.") % {"title": name, "slot": slot},
                (key,),
            )
        if room is not None and room not in rooms:
            yield Finding(
                "unknown_room",
                gettext("%(title)s is placed in room %(room)s, which is not known.") % {"title": name, "room": room},
                (key,),
            )


def _pins(grid: _Grid) -> Iterator[Finding]:
    slots = {s.id: s.called for s in grid.problem.slots}
    rooms = {r.id: r.called for r in grid.problem.rooms}
    for topic in grid.problem.topics:
        session = grid.sessions.get(topic.id)
        wanted = [
            (topic.pinned_slot, session and session.slot, slots),
            (topic.pinned_room, session and session.room, rooms),
        ]
        for pin, place, names in wanted:
            if pin is None or (place and place.id == pin):
                continue
            told = {"title": topic.called, "pin": names[pin], "place": place.called if place else ""}
            yield Finding("pin_broken", gettext(PIN_ELSEWHERE if place else PIN_NOWHERE) % told, (topic.id,))


def _times(grid: _Grid) -> Iterator[Finding]:
    for key, session in grid.sessions.items():
        topic, slot = session.topic, session.slot
        if slot.reserved:
            text = gettext(KEPT_FREE) % {"title": topic.called, "time": slot.called}
            yield Finding("reserved_slot", text, (key,), slot.id)
        if topic.slots is not None and slot.id not in topic.slots:
            text = gettext(KEPT_ELSE) % {"title": topic.called, "time": slot.called}
            yield Finding("not_allowed", text, (key,), slot.id)


def _rooms_open(grid: _Grid) -> Iterator[Finding]:
    for key, session in grid.sessions.items():
        room, slot = session.room, session.slot
        if room is not None and slot.id in room.closed:
            text = gettext(CLOSED) % {"title": session.topic.called, "room": room.called, "time": slot.called}
            yield Finding("room_closed", text, (key,), slot.id, room.id)


def _needed_there(grid: _Grid) -> Iterator[Finding]:
    for key, session in grid.sessions.items():
        for person in _needed(grid, session):
            if not person.present(session.slot.id):
                told = {"name": person.called, "title": session.topic.called, "time": session.slot.called}
                text = gettext(AWAY) % told
                yield Finding("absent", text, (key,), session.slot.id, person=person.id)


def _rooms_once(grid: _Grid) -> Iterator[Finding]:
    for one, two in combinations(grid.sessions.values(), 2):
        room = one.room
        if room is not None and room == two.room and one.slot.overlaps(two.slot):
            text = gettext(HOLDS if one.slot == two.slot else HOLDS_OVER) % {"room": room.called, **_both(one, two)}
            yield Finding("room_double", text, _ids(one, two), one.slot.id, room.id)


def _needed_once(grid: _Grid) -> Iterator[Finding]:
    for one, two in combinations(grid.sessions.values(), 2):
        if one.slot.overlaps(two.slot):
            for person in _needed(grid, one):
                if person.id in two.topic.needed:
                    told = {"name": person.called, **_both(one, two)}
                    text = gettext(NEEDED if one.slot == two.slot else NEEDED_OVER) % told
                    yield Finding("person_double", text, _ids(one, two), one.slot.id, person=person.id)


def _plenaries_alone(grid: _Grid) -> Iterator[Finding]:
    for one, two in combinations(grid.sessions.values(), 2):
        if (one.topic.plenary or two.topic.plenary) and one.slot.overlaps(two.slot):
            plenary, other = (one, two) if one.topic.plenary else (two, one)
            text = gettext(BESIDE) % {"title": other.topic.called, "plenary": plenary.topic.called}
            yield Finding("beside_plenary", text, _ids(plenary, other), other.slot.id)


def _musts_placed(grid: _Grid) -> Iterator[Finding]:
    for topic in grid.problem.topics:
        if (topic.must or topic.plenary) and topic.id not in grid.sessions:
            text = gettext(PLACELESS) % {"title": topic.called}
            yield Finding("unscheduled_must", text, (topic.id,))


def _attendance(grid: _Grid, attend: Attendance) -> Iterator[Finding]:
    """Look at who sits where: once at a time, present, and no more than there are seats."""
    heads: dict[Id, set[Id]] = {
        key: {person.id for person in _needed(grid, session) if person.present(session.slot.id)}
        for key, session in grid.sessions.items()
    }
    for key, topics in attend.items():
        person = grid.people.get(key)
        if person is None:
            yield Finding("unknown_person", gettext("There is no person %(person)s.") % {"person": key}, topics, person=key)
            continue
        for topic in topics:
            if topic in heads:
                heads[topic].add(key)
            else:
                told = {"name": person.called, "title": _title(grid, topic)}
                text = gettext("%(name)s means to attend %(title)s, which has no place.") % told
                yield Finding("not_placed", text, (topic,), person=key)
        yield from _one_day(grid, person, [t for t in topics if t in heads])
    yield from _overfull(grid, heads)


def _one_day(grid: _Grid, person: Person, topics: list[Id]) -> Iterator[Finding]:
    """Look at one person's agenda; clashes between needed sessions are found elsewhere."""
    mine = [s for s in grid.sessions.values() if person.id in s.topic.needed and person.present(s.slot.id)]
    chosen = [grid.sessions[t] for t in topics if person.id not in grid.sessions[t].topic.needed]
    for session in chosen:
        if not person.present(session.slot.id):
            told = {"name": person.called, "title": session.topic.called, "time": session.slot.called}
            text = gettext("%(name)s means to attend %(title)s but is not there at %(time)s.") % told
            yield Finding("absent", text, (session.topic.id,), session.slot.id, person=person.id)
    pairs = [*combinations(chosen, 2), *((a, b) for a in mine for b in chosen)]
    for one, two in pairs:
        if one.slot.overlaps(two.slot):
            told = {"name": person.called, **_both(one, two)}
            text = gettext(MEANT if one.slot == two.slot else MEANT_OVER) % told
            yield Finding("person_double", text, _ids(one, two), one.slot.id, person=person.id)


def _overfull(grid: _Grid, heads: Mapping[Id, set[Id]]) -> Iterator[Finding]:
    for key, people in heads.items():
        session = grid.sessions[key]
        limit = seats(session.topic, session.room)
        if limit is not None and len(people) > limit:
            room = None if session.room is None else session.room.id
            yield Finding("overfull", _too_many(session, limit, len(people)), (key,), session.slot.id, room)


def _too_many(session: _Session, limit: int, people: int) -> str:
    told = {"title": session.topic.called, "seats": limit, "count": people}
    if session.room is None:
        full = ngettext(
            "%(title)s has %(seats)s seats for %(count)s person.",
            "%(title)s has %(seats)s seats for %(count)s people.",
            people,
        )
        return full % told
    crowded = ngettext(
        "%(title)s in %(room)s has %(seats)s seats for %(count)s person.",
        "%(title)s in %(room)s has %(seats)s seats for %(count)s people.",
        people,
    )
    return crowded % {**told, "room": session.room.called}


def _needed(grid: _Grid, session: _Session) -> list[Person]:
    return [grid.people[p] for p in dict.fromkeys(session.topic.needed)]


def _both(one: _Session, two: _Session) -> dict[str, str]:
    return {"one": one.topic.called, "other": two.topic.called, "time": one.slot.called, "then": two.slot.called}


def _ids(one: _Session, two: _Session) -> tuple[Id, Id]:
    return (one.topic.id, two.topic.id)


def _title(grid: _Grid, key: Id) -> str:
    return next((t.called for t in grid.problem.topics if t.id == key), f"topic {key}")
