"""What happens on the day of an event: its agenda is out, some slots are over, and something is not as it was."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from midcycle.engines.solver.instance import Hall, Instance, Spot, Theme, Vote


def frozen(instance: Instance, placed: Mapping[int, Spot], now: int) -> Instance:
    """Return the problem with an agenda that is out; what began before slot `now` stays where it is."""
    topics = list(instance.topics)
    for t, spot in placed.items():
        if spot.slot < now:
            topics[t] = replace(topics[t], fixed_slot=spot.slot, fixed_room=spot.room)
    return replace(instance, topics=tuple(topics), previous=dict(placed))


def missing(instance: Instance, now: int, rng: random.Random) -> Instance:
    """Miss somebody whom a much wanted session needs."""
    topic, slot = _much_wanted(instance, now, rng)
    return _there(instance, instance.topics[topic].needed[0], frozenset({slot}))


def late(instance: Instance, now: int, rng: random.Random) -> Instance:
    """Let somebody who is needed come late, or leave early."""
    topic, slot = _much_wanted(instance, now, rng)
    rest = range(slot, len(instance.slots)) if rng.random() < 0.5 else range(now, slot + 1)
    return _there(instance, instance.topics[topic].needed[0], frozenset(rest))


def shut(instance: Instance, now: int, rng: random.Random) -> Instance:
    """Close a room for one slot in which something runs."""
    topic, slot = _much_wanted(instance, now, rng)
    return _closed(instance, instance.previous[topic].room, frozenset({slot}))


def lost(instance: Instance, now: int, rng: random.Random) -> Instance:
    """Close a room for the rest of a day."""
    topic, slot = _much_wanted(instance, now, rng)
    day = instance.slots[slot].day
    rest = frozenset(s for s in range(now, len(instance.slots)) if instance.slots[s].day == day)
    return _closed(instance, instance.previous[topic].room, rest)


def smaller(instance: Instance, now: int, rng: random.Random) -> Instance:
    """Let a room hold half as many people as was said."""
    topic, _ = _much_wanted(instance, now, rng)
    room = instance.previous[topic].room
    past = [len(set(instance.topics[t].needed)) for t, spot in instance.previous.items() if spot.room == room]
    return _room(instance, room, replace(instance.rooms[room], capacity=max(*past, instance.rooms[room].capacity // 2)))


def added(instance: Instance, now: int, rng: random.Random) -> Instance:
    """Add a topic that a tenth of the people want."""
    people = [p for p, guest in enumerate(instance.people) if guest.slots is None]
    fans = rng.sample(people, min(len(people), max(2, len(instance.people) // 10)))
    topic = len(instance.topics)
    open_to = frozenset(range(now, len(instance.slots)))
    theme = Theme("bof", 0, 1, 25, must=True, slots=open_to, needed=(fans[0],), volunteers=tuple(fans[1:4]), moderators=2)
    votes = tuple(Vote(person, topic, 2) for person in sorted(fans))
    return replace(instance, topics=(*instance.topics, theme), votes=(*instance.votes, *votes))


HAPPENINGS: Final[Mapping[str, Callable[[Instance, int, random.Random], Instance]]] = {
    "missing": missing,
    "late": late,
    "shut": shut,
    "lost": lost,
    "smaller": smaller,
    "added": added,
}


def forced(instance: Instance) -> int:
    """Return how many sessions cannot stay in their slot and room, by themselves."""
    count = 0
    for t, spot in instance.previous.items():
        span = instance.span(t, spot.slot) or range(0)
        seats = instance.seats(t, spot.room) >= len(set(instance.topics[t].needed))
        stays = spot.slot in instance.starts(t) and seats and instance.rooms[spot.room].closed.isdisjoint(span)
        count += not stays
    return count


def _much_wanted(instance: Instance, now: int, rng: random.Random) -> tuple[int, int]:
    """Return one of the most wanted sessions to come, and its slot."""
    fans = [0] * len(instance.topics)
    for vote in instance.votes:
        fans[vote.topic] += 1
    coming = [t for t, spot in instance.previous.items() if spot.slot >= now and instance.topics[t].fixed_slot is None]
    topic = rng.choice(sorted(coming, key=lambda t: -fans[t])[:8])
    return topic, instance.previous[topic].slot


def _there(instance: Instance, person: int, without: frozenset[int]) -> Instance:
    guest = instance.people[person]
    slots = (frozenset(range(len(instance.slots))) if guest.slots is None else guest.slots) - without
    people = (*instance.people[:person], replace(guest, slots=slots), *instance.people[person + 1 :])
    return replace(instance, people=people)


def _closed(instance: Instance, room: int, slots: frozenset[int]) -> Instance:
    return _room(instance, room, replace(instance.rooms[room], closed=instance.rooms[room].closed | slots))


def _room(instance: Instance, room: int, hall: Hall) -> Instance:
    return replace(instance, rooms=(*instance.rooms[:room], hall, *instance.rooms[room + 1 :]))
