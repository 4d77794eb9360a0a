"""A problem of the format `midcycle-agenda/1` and a plan for it, as frozen values; ids are places in a list."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeAlias


class Vote(NamedTuple):
    """How much a person wants a topic."""

    person: int
    topic: int
    weight: int


class Spot(NamedTuple):
    """Where a session begins."""

    slot: int
    room: int


@dataclass(frozen=True)
class Stretch:
    """A slot; a session never crosses from one block into another."""

    day: int
    block: int
    label: str = ""


@dataclass(frozen=True)
class Hall:
    """A room, shut in the `closed` slots."""

    capacity: int
    closed: frozenset[int] = frozenset()
    name: str = ""


@dataclass(frozen=True)
class Theme:
    """A topic to be placed: it takes `duration` slots, and `most` people at the most (None: as the room bears)."""

    format: str = ""
    track: int = 0
    duration: int = 1
    most: int | None = None
    must: bool = False
    fixed_slot: int | None = None
    fixed_room: int | None = None
    slots: frozenset[int] | None = None
    needed: tuple[int, ...] = ()
    volunteers: tuple[int, ...] = ()
    moderators: int = 0


@dataclass(frozen=True)
class Guest:
    """Somebody who comes, in the given slots (None: all), and moderates at most so many sessions."""

    experienced: bool = False
    lead: bool = False
    slots: frozenset[int] | None = None
    most_moderations: int = 0


@dataclass(frozen=True)
class Weights:
    """What counts how much in the score."""

    attend: float = 10
    pair: float = 0
    one_moderator: float = 0
    track_clash: float = 0
    move_slot: float = 0
    move_room: float = 0
    unscheduled: float = 0


@dataclass(frozen=True)
class Instance:
    """Everything an agenda is made from."""

    slots: tuple[Stretch, ...]
    rooms: tuple[Hall, ...]
    topics: tuple[Theme, ...]
    people: tuple[Guest, ...]
    votes: tuple[Vote, ...] = ()
    reserved: frozenset[int] = frozenset()
    previous: Mapping[int, Spot] = field(default_factory=dict)
    weights: Weights = field(default_factory=Weights)
    name: str = ""

    @cached_property
    def wants(self) -> tuple[dict[int, int], ...]:
        """What each person wants: weight by topic."""
        found: tuple[dict[int, int], ...] = tuple({} for _ in self.people)
        for person, topic, weight in self.votes:
            found[person][topic] = weight
        return found

    @cached_property
    def step(self) -> int:
        """The number that all scores are multiples of; 0 when weights are no whole numbers."""
        weights = self.weights
        used = [weights.attend, weights.track_clash]
        moderated = any(theme.volunteers and theme.moderators for theme in self.topics)
        used += [weights.pair, weights.one_moderator] if moderated else []
        used += [weights.move_slot, weights.move_room] if self.previous else []
        used += [weights.unscheduled] if any(not theme.must for theme in self.topics) else []
        return math.gcd(*(int(w) for w in used)) if all(float(w).is_integer() for w in used) else 0

    def span(self, topic: int, start: int) -> range | None:
        """Return the slots a session takes from `start`; None when it would cross a break."""
        end = start + self.topics[topic].duration
        if start < 0 or end > len(self.slots):
            return None
        block = self.slots[start].block
        return range(start, end) if all(self.slots[s].block == block for s in range(start, end)) else None

    def seats(self, topic: int, room: int) -> int:
        """Return how many people a topic bears in a room."""
        most, capacity = self.topics[topic].most, self.rooms[room].capacity
        return capacity if most is None else min(most, capacity)

    def present(self, person: int, span: range) -> bool:
        """Tell whether somebody is there in all those slots."""
        slots = self.people[person].slots
        return slots is None or all(s in slots for s in span)

    def starts(self, topic: int) -> list[int]:
        """Return the slots a topic may begin in by its own rules and the presence of those it needs."""
        theme = self.topics[topic]
        slots = range(len(self.slots)) if theme.fixed_slot is None else (theme.fixed_slot,)
        found = []
        for s in slots:
            span = self.span(topic, s)
            if span is None or (theme.slots is not None and s not in theme.slots) or not self.reserved.isdisjoint(span):
                continue
            if all(self.present(p, span) for p in theme.needed):
                found.append(s)
        return found


class Seat(NamedTuple):
    """A placement with its moderators."""

    slot: int
    room: int
    moderators: tuple[int, ...] = ()


Grid: TypeAlias = Mapping[int, Seat]
Agendas: TypeAlias = Mapping[int, tuple[int, ...]]


@dataclass(frozen=True)
class Certificate:
    """Prices that prove a bound on every plan's score, see `certificate`.

    There is one for each topic and slot, and one for each piece of a session of several slots ("topic start part").
    """

    bound: float
    prices: tuple[float, ...]
    slots: tuple[float, ...]
    links: Mapping[str, float]


@dataclass(frozen=True)
class Agenda:
    """A plan: placements, and what each person attends beside their roles (None: not said)."""

    grid: Grid
    attend: Agendas | None = None
    certificate: Certificate | None = None
