"""Columns: what can run together in one slot. Slots that offer the same are one kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from midcycle.engines.solver.instance import Instance
from midcycle.engines.solver.native.binding import Offers
from midcycle.engines.solver.native.problem import Arrays


class Piece(NamedTuple):
    """A topic and which of its slots: 0 is the first."""

    topic: int
    part: int


@dataclass(frozen=True)
class Kind:
    """Slots that offer the same pieces, to the same people, in the same rooms."""

    slots: tuple[int, ...]
    pieces: tuple[Piece, ...]
    offers: Offers


class Link(NamedTuple):
    """Whether a session of several slots begins in `start` is told by its first piece; piece `part` must agree."""

    topic: int
    start: int
    part: int


@dataclass(frozen=True)
class Column:
    """Pieces that run together in a slot of a kind, and what that is worth at the most."""

    kind: int
    pieces: tuple[Piece, ...]
    value: float


@dataclass(frozen=True)
class Prices:
    """A price for each topic, each kind of slot and each link."""

    topics: Sequence[float]
    kinds: Sequence[float]
    links: Mapping[Link, float]

    def of(self, kind: Kind) -> list[float]:
        """Return the price of each piece in the slots of a kind."""
        slot = kind.slots[0]
        return [self._piece(piece, slot) for piece in kind.pieces]

    def _piece(self, piece: Piece, slot: int) -> float:
        topic, part = piece
        if part:
            return -self.links.get(Link(topic, slot - part, part), 0.0)
        parts = range(1, 5) if self.links else ()
        return self.topics[topic] + sum(self.links.get(Link(topic, slot, k), 0.0) for k in parts)


def mixed(one: Prices, other: Prices, share: float) -> Prices:
    """Return the prices between two: `share` of the first."""
    rest = 1 - share
    topics = [share * a + rest * b for a, b in zip(one.topics, other.topics, strict=True)]
    kinds = [share * a + rest * b for a, b in zip(one.kinds, other.kinds, strict=True)]
    keys = {*one.links, *other.links}
    return Prices(topics, kinds, {k: share * one.links.get(k, 0.0) + rest * other.links.get(k, 0.0) for k in keys})


def kinds(instance: Instance, arrays: Arrays) -> tuple[Kind, ...]:
    """Return the kinds of slots; slots in which nothing can run are left out."""
    groups: dict[tuple[object, ...], list[int]] = {}
    made: dict[tuple[object, ...], Kind] = {}
    for slot in range(len(instance.slots)):
        pieces = _pieces(instance, arrays, slot)
        rooms = [r for r, room in enumerate(instance.rooms) if slot not in room.closed]
        if not pieces or not rooms:
            continue
        rooms = sorted(rooms, key=lambda r: -instance.rooms[r].capacity)[: len(pieces)]
        offers = Offers(
            slot,
            tuple(topic for topic, _ in pieces),
            tuple(_bonus(instance, arrays, piece, slot) for piece in pieces),
            tuple(_promise(instance, arrays, piece, slot) for piece in pieces),
            tuple(_tied(instance, topic) for topic, _ in pieces),
            tuple(_room(instance, topic, rooms) for topic, _ in pieces),
            tuple(instance.rooms[r].capacity for r in rooms),
        )
        was_here = any(spot.slot == slot for spot in instance.previous.values())
        alone = slot if was_here or any(instance.topics[t].duration > 1 for t, _ in pieces) else -1
        key = (alone, arrays.present[slot], pieces, offers.bonus, offers.promise, offers.room, offers.ladder)
        groups.setdefault(key, []).append(slot)
        made.setdefault(key, Kind((), pieces, offers))
    return tuple(Kind(tuple(groups[key]), kind.pieces, kind.offers) for key, kind in made.items())


def links(instance: Instance, arrays: Arrays) -> tuple[Link, ...]:
    """Return every link of every session of several slots."""
    return tuple(
        Link(t, start, part)
        for t, theme in enumerate(instance.topics)
        for start in arrays.starts[t]
        for part in range(1, theme.duration)
    )


def constant(instance: Instance) -> float:
    """Return what the score has whatever runs where."""
    weights = instance.weights
    optional = sum(not theme.must for theme in instance.topics)
    return -weights.move_slot * len(instance.previous) - weights.unscheduled * optional


def _pieces(instance: Instance, arrays: Arrays, slot: int) -> tuple[Piece, ...]:
    found = []
    for t, theme in enumerate(instance.topics):
        for part in range(theme.duration):
            start = slot - part
            span = range(start, start + theme.duration)
            if start in arrays.start_sets[t] and any(
                may and instance.rooms[r].closed.isdisjoint(span) for r, may in enumerate(arrays.may_room[t])
            ):
                found.append(Piece(t, part))
    return tuple(found)


def _bonus(instance: Instance, arrays: Arrays, piece: Piece, slot: int) -> float:
    """Return what a piece counts beside votes and moderators: not being left out, not being moved."""
    topic, part = piece
    if part:
        return 0.0
    bonus = 0.0 if instance.topics[topic].must else instance.weights.unscheduled
    before = instance.previous.get(topic)
    if before is not None and before.slot == slot:
        span = range(slot, slot + instance.topics[topic].duration)
        open_still = arrays.may_room[topic][before.room] and instance.rooms[before.room].closed.isdisjoint(span)
        bonus += instance.weights.move_slot - (0 if open_still else instance.weights.move_room)
    return bonus


def _promise(instance: Instance, arrays: Arrays, piece: Piece, slot: int) -> float:
    """Return the most that moderators can add."""
    theme = instance.topics[piece.topic]
    here = [
        instance.people[p].experienced
        for p in theme.volunteers
        if instance.people[p].most_moderations > 0 and arrays.present[slot] >> p & 1
    ]
    one = instance.weights.one_moderator if here and theme.moderators else 0
    pair = instance.weights.pair if len(set(here)) > 1 and theme.moderators > 1 else 0
    return max(one, pair) / theme.duration


def _tied(instance: Instance, topic: int) -> int:
    """Return the seats of a topic that is bound to one room; -1 for others."""
    theme = instance.topics[topic]
    return -1 if theme.fixed_room is None else instance.seats(topic, theme.fixed_room) - len(set(theme.needed))


def _room(instance: Instance, topic: int, rooms: Sequence[int]) -> int:
    fixed = instance.topics[topic].fixed_room
    return rooms.index(fixed) if fixed in rooms else -1
