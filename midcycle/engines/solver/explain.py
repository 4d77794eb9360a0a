"""Reasons in plain English, from facts: who wants a topic, what another time would cost."""

from collections.abc import Iterable
from dataclasses import dataclass

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
from midcycle.kernel.typed import quoted


def reasons(problem: Problem, assign: Assignment, attend: Attendance) -> dict[Id, str]:
    """Return one or two short sentences for each placed topic."""
    facts = _Facts(problem, assign)
    heads: dict[Id, set[Id]] = {t.id: set() for t in problem.topics}
    for person, topics in attend.items():
        for topic in topics:
            heads[topic].add(person)
    return {
        topic.id: " ".join(
            part
            for part in (
                _pinned(topic),
                _crowd(facts, topic, heads[topic.id]),
                _elsewhere(facts, topic),
            )
            if part
        )
        for topic in problem.topics
        if topic.id in facts.at
    }


def left_out(problem: Problem, assign: Assignment) -> tuple[tuple[Id, str], ...]:
    """Return a short sentence for each topic that is not placed."""
    facts = _Facts(problem, assign)
    return tuple((t.id, _missing(facts, t)) for t in problem.topics if t.id not in facts.at)


@dataclass(frozen=True, slots=True)
class _Other:
    """What a topic meets at a time: how many who want it want something else then too."""

    slot: Slot
    clashes: int
    worst: Topic | None
    worst_clashes: int


class _Facts:
    """The agenda by slot, with supporters as bits."""

    def __init__(self, problem: Problem, assign: Assignment) -> None:
        self.problem = problem
        self.people = {p.id: p for p in problem.people}
        self.rooms = {r.id: r for r in problem.rooms}
        slots = {s.id: s for s in problem.slots}
        known = {t.id for t in problem.topics}
        self.at = {t: slots[s] for t, (s, _) in assign.items() if s in slots and t in known}
        self.room = {t: r for t, (_, r) in assign.items() if t in self.at and r is not None}
        self.near = {
            slot.id: [t for t in problem.topics if t.id in self.at and self.at[t.id].overlaps(slot)] for slot in problem.slots
        }
        self.bit = {p.id: 1 << i for i, p in enumerate(problem.people)}
        self.fans = dict.fromkeys(known, 0)
        for support in problem.supports:
            self.fans[support.topic] |= self.bit[support.person]

    def room_of(self, topic: Id) -> Room | None:
        return self.rooms.get(self.room[topic]) if topic in self.room else None

    def beside(self, topic: Topic, slot: Slot) -> list[Topic]:
        """List what runs at the time of the slot, but for the topic itself."""
        return [t for t in self.near[slot.id] if t.id != topic.id]

    def times(self, topic: Topic) -> list[Slot]:
        """List the slots the topic may run in by its own rules."""
        if topic.pinned_slot is not None:
            return [s for s in self.problem.slots if s.id == topic.pinned_slot]
        return [slot for slot in self.problem.slots if not slot.reserved and (topic.slots is None or slot.id in topic.slots)]

    def absent(self, topic: Topic, slot: Slot) -> list[Person]:
        return [self.people[p] for p in topic.needed if not self.people[p].present(slot.id)]

    def open_rooms(self, topic: Topic, slot: Slot) -> list[Id]:
        return [room.id for room in self.problem.rooms if slot.id not in room.closed and topic.pinned_room in {None, room.id}]

    def free_rooms(self, topic: Topic, slot: Slot) -> list[Id]:
        taken = {self.room.get(t.id) for t in self.beside(topic, slot)}
        return [room for room in self.open_rooms(topic, slot) if room not in taken]

    def hindrance(self, topic: Topic, slot: Slot) -> str:
        """Name what runs then and must not run beside the topic; empty when nothing does."""
        for other in self.beside(topic, slot):
            shared = [p for p in topic.needed if p in other.needed]
            if shared:
                return f"{self.people[shared[0]].called} is needed in {quoted(other.called)}"
            if topic.plenary or other.plenary:
                return f"{quoted(other.called)} runs"
        return ""


def _pinned(topic: Topic) -> str:
    if topic.pinned_slot is not None and topic.pinned_room is not None:
        return "Pinned to this time and room."
    if topic.pinned_slot is not None:
        return "Pinned to this time."
    return "Pinned to this room." if topic.pinned_room is not None else ""


def _crowd(facts: _Facts, topic: Topic, heads: set[Id]) -> str:
    wanted = facts.fans[topic.id].bit_count()
    seated = sum(facts.bit[p] for p in heads)
    coming = (seated & facts.fans[topic.id]).bit_count()
    if not wanted:
        return "Nobody has asked for it yet."
    if coming == wanted:
        return f"{_people(wanted)} want{'s' * (wanted == 1)} it and can come."
    limit = seats(topic, facts.room_of(topic.id))
    full = f"; its {limit} seats are full" if limit is not None and len(heads) >= limit else ""
    return f"{_people(wanted)} want{'s' * (wanted == 1)} it, {coming} can come{full}."


def _elsewhere(facts: _Facts, topic: Topic) -> str:
    """Say what the best other time would cost."""
    if topic.pinned_slot is not None:
        return ""
    here = facts.at[topic.id]
    others = [
        slot
        for slot in facts.times(topic)
        if not slot.overlaps(here) and not facts.absent(topic, slot) and facts.open_rooms(topic, slot)
    ]
    if not others:
        return "No other time is open to it."
    allowed = [slot for slot in others if not facts.hindrance(topic, slot)]
    if not allowed:
        return f"{others[0].opening}, {facts.hindrance(topic, others[0])}."
    now = _meet(facts, topic, here)
    best = min((_meet(facts, topic, slot) for slot in allowed), key=lambda o: o.clashes)
    return _compared(now, best, full=not facts.free_rooms(topic, best.slot))


def _compared(now: _Other, best: _Other, *, full: bool) -> str:
    would_miss = f"{best.slot.opening}, {best.clashes or 'none'} of them would miss"
    if best.clashes < now.clashes:
        but = ", but every room is taken then" if full else ""
        return f"{would_miss} {'something' if best.clashes else 'anything'} they want instead of {now.clashes}{but}."
    if best.worst is None:
        return f"{_capital(best.slot.called)} would do as well."
    missed = quoted(best.worst.called)
    if best.worst_clashes == best.clashes:
        return f"{would_miss} {missed}."
    return f"{would_miss} something they want, {best.worst_clashes} of them {missed}."


def _meet(facts: _Facts, topic: Topic, slot: Slot) -> _Other:
    fans = facts.fans[topic.id]
    every, worst, most = 0, None, 0
    for other in facts.beside(topic, slot):
        shared = fans & facts.fans[other.id]
        every |= shared
        if shared.bit_count() > most:
            worst, most = other, shared.bit_count()
    return _Other(slot, every.bit_count(), worst, most)


def _missing(facts: _Facts, topic: Topic) -> str:
    times = facts.times(topic)
    if not times:
        return "No slot is open to it."
    there = [slot for slot in times if not facts.absent(topic, slot)]
    if not there and topic.pinned_slot is None:
        absent = facts.absent(topic, times[0])[0]
        return f"{absent.called} is needed and not there at {_list(times)}."
    roomy = [slot for slot in there or times if facts.open_rooms(topic, slot)]
    if not roomy:
        return f"No room is open at {_list(there or times)}."
    free = [slot for slot in roomy if facts.free_rooms(topic, slot)]
    if not free:
        wanted = facts.fans[topic.id].bit_count()
        return f"Every room is taken at {_list(roomy)}; {_want(wanted)}."
    blocked = [facts.hindrance(topic, slot) for slot in free]
    if all(blocked):
        return f"A room is free at {free[0].called}, but {blocked[0]} then."
    slot = free[blocked.index("")]
    return f"Not placed yet; a room is free at {slot.called}."


def _list(slots: Iterable[Slot]) -> str:
    names = [slot.called for slot in slots]
    return names[0] if len(names) == 1 else f"any of its {len(names)} times"


def _want(count: int) -> str:
    return f"{_people(count)} want{'s' * (count == 1)} it" if count else "nobody has asked for it"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
