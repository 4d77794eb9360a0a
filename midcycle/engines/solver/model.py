"""What the solver is given and what it gives back: frozen values, no behaviour beyond names.

Ids are opaque: the caller's whole numbers or strings. Times are minutes of a numbered day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Id: TypeAlias = int | str
Placement: TypeAlias = tuple[Id, Id | None]
"""A slot and a room; no room means that the room is not known (grids written by people)."""
Assignment: TypeAlias = Mapping[Id, Placement]
Attendance: TypeAlias = Mapping[Id, tuple[Id, ...]]

HEAVIEST = 9


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time without a break in it: minutes `start` to `end` of day number `day`.

    Nothing may run in a reserved slot: it is free time. `label` names it within a sentence, `when` begins one.
    """

    id: Id
    day: int
    start: int
    end: int
    reserved: bool = False
    label: str = ""
    when: str = ""

    @property
    def called(self) -> str:
        """The name used in sentences."""
        return self.label or f"day {self.day}, {self.start // 60:02}:{self.start % 60:02}"

    @property
    def opening(self) -> str:
        """How a sentence about it begins."""
        return self.when or f"On day {self.day} at {self.start // 60:02}:{self.start % 60:02}"

    def overlaps(self, other: "Slot") -> bool:
        """Tell whether nobody can be in both; slots that only touch do not overlap."""
        return self.day == other.day and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Room:
    """A room with `capacity` seats (None: not known, never full), shut in the `closed` slots."""

    id: Id
    capacity: int | None = None
    closed: frozenset[Id] = frozenset()
    name: str = ""

    @property
    def called(self) -> str:
        """The name used in sentences."""
        return self.name or f"room {self.id}"


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to be placed.

    `comfort` is the most people its format bears. The `needed` people must be there. A `must`
    topic may not be left out; a `plenary` is a must with nothing beside it, as everybody needs it.
    `slots` are the only ones allowed (None: all). Pins are what a human has decided: they win. Topics of one
    `track` are better not side by side (None: of no track).
    """

    id: Id
    title: str = ""
    format: str = ""
    comfort: int | None = None
    must: bool = False
    plenary: bool = False
    needed: tuple[Id, ...] = ()
    slots: frozenset[Id] | None = None
    pinned_slot: Id | None = None
    pinned_room: Id | None = None
    track: str | None = None

    @property
    def called(self) -> str:
        """The name used in sentences."""
        return self.title or f"topic {self.id}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who comes; `slots` are those they are present in (None: all)."""

    id: Id
    name: str = ""
    slots: frozenset[Id] | None = None

    @property
    def called(self) -> str:
        """The name used in sentences."""
        return self.name or f"person {self.id}"

    def present(self, slot: Id) -> bool:
        """Tell whether they are there in that slot."""
        return self.slots is None or slot in self.slots


@dataclass(frozen=True, slots=True)
class Support:
    """One person wants one topic; `weight` 1 (a plain +1) to 9."""

    person: Id
    topic: Id
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything an agenda is made from. Raises ValueError when ids repeat or lead nowhere."""

    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    topics: tuple[Topic, ...]
    people: tuple[Person, ...]
    supports: tuple[Support, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a problem that contradicts itself."""
        slots = _once("slot", [s.id for s in self.slots])
        rooms = _once("room", [r.id for r in self.rooms])
        topics = _once("topic", [t.id for t in self.topics])
        people = _once("person", [p.id for p in self.people])
        _once("support", [(s.person, s.topic) for s in self.supports])
        for t in self.topics:
            _known(f"{t.called} names slot", {*(t.slots or ()), *_given(t.pinned_slot)}, slots)
            _known(f"{t.called} names room", _given(t.pinned_room), rooms)
            _known(f"{t.called} names person", t.needed, people)
        _known("A support names person", {s.person for s in self.supports}, people)
        _known("A support names topic", {s.topic for s in self.supports}, topics)
        for slot in self.slots:
            if slot.start >= slot.end:
                raise ValueError(f"{slot.called} ends before it starts.")
        for support in self.supports:
            if not 1 <= support.weight <= HEAVIEST:
                raise ValueError(f"The weight {support.weight} is not 1 to {HEAVIEST}.")


@dataclass(frozen=True, slots=True)
class Plan:
    """An agenda: where each topic is, who can go where, and why.

    `value` is the sum of the weights of supports that are attended in `attend`, out of `wanted`.
    `attend` has, for each person with a place, their topics in order of time. `reasons` has one
    plain sentence or two for each placed topic, `left_out` one for each of the others.
    """

    assign: Assignment
    attend: Attendance
    value: int
    wanted: int
    reasons: Mapping[Id, str] = field(default_factory=dict)
    left_out: tuple[tuple[Id, str], ...] = ()


def seats(topic: Topic, room: Room | None) -> int | None:
    """How many people the topic bears in that room; None when nothing limits it."""
    limits = [topic.comfort, room.capacity if room else None]
    return min((n for n in limits if n is not None), default=None)


def _once(kind: str, ids: Iterable[object]) -> frozenset[object]:
    counted = Counter(ids)
    twice = [key for key, n in counted.items() if n > 1]
    if twice:
        raise ValueError(f"The {kind} {twice[0]} is given twice.")
    return frozenset(counted)


def _known(sentence: str, named: Iterable[Id], known: frozenset[object]) -> None:
    lost = [key for key in named if key not in known]
    if lost:
        raise ValueError(f"{sentence} {lost[0]}, which is not known.")


def _given(key: Id | None) -> tuple[Id, ...]:
    return () if key is None else (key,)
