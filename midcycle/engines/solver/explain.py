"""Reasons in plain words, from facts: who wants a topic, what another time would cost."""

from collections.abc import Iterable
from dataclasses import dataclass
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
from midcycle.kernel.words import gettext, gettext_noop, ngettext, quoted

PINNED: Final = (
    gettext_noop("Pinned to this time and room."),
    gettext_noop("Pinned to this time."),
    gettext_noop("Pinned to this room."),
)
UNWANTED: Final = gettext_noop("Nobody has asked for it yet.")
NO_OTHER: Final = gettext_noop("No other time is open to it.")
HINDERED: Final = gettext_noop("%(opening)s, %(hindrance)s.")
NEEDED: Final = gettext_noop("%(name)s is needed in %(title)s")
RUNS: Final = gettext_noop("%(title)s runs")
NONE: Final = gettext_noop("%(opening)s, none of them would miss anything they want instead of %(now)s.")
NONE_FULL: Final = gettext_noop(
    "%(opening)s, none of them would miss anything they want instead of %(now)s, but every room is taken then."
)
FEWER: Final = gettext_noop("%(opening)s, %(count)s of them would miss something they want instead of %(now)s.")
FEWER_FULL: Final = gettext_noop(
    "%(opening)s, %(count)s of them would miss something they want instead of %(now)s, but every room is taken then."
)
AS_WELL: Final = gettext_noop("%(time)s would do as well.")
MISSED: Final = gettext_noop("%(opening)s, %(count)s of them would miss %(title)s.")
MISSED_MOST: Final = gettext_noop("%(opening)s, %(count)s of them would miss something they want, %(worst)s of them %(title)s.")
NO_SLOT: Final = gettext_noop("No slot is open to it.")
NOT_THERE: Final = gettext_noop("%(name)s is needed and not there at %(times)s.")
NO_ROOM: Final = gettext_noop("No room is open at %(times)s.")
TAKEN: Final = gettext_noop("Every room is taken at %(times)s; %(wanted)s.")
NOBODY: Final = gettext_noop("nobody has asked for it")
BLOCKED: Final = gettext_noop("A room is free at %(time)s, but %(hindrance)s then.")
NOT_YET: Final = gettext_noop("Not placed yet; a room is free at %(time)s.")
ELSEWHERE: Final = (NO_OTHER, NONE_FULL, NONE, FEWER_FULL, FEWER, AS_WELL, MISSED_MOST, MISSED, HINDERED)
LEFT_OUT: Final = (NO_SLOT, NOT_THERE, NO_ROOM, TAKEN, BLOCKED, NOT_YET)
"""Sentences as they may be kept, in English, and told again: what is more particular first."""


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
                return gettext(NEEDED) % {"name": self.people[shared[0]].called, "title": quoted(other.called)}
            if topic.plenary or other.plenary:
                return gettext(RUNS) % {"title": quoted(other.called)}
        return ""


def _pinned(topic: Topic) -> str:
    if topic.pinned_slot is not None and topic.pinned_room is not None:
        return gettext(PINNED[0])
    if topic.pinned_slot is not None:
        return gettext(PINNED[1])
    return gettext(PINNED[2]) if topic.pinned_room is not None else ""


def _crowd(facts: _Facts, topic: Topic, heads: set[Id]) -> str:
    wanted = facts.fans[topic.id].bit_count()
    seated = sum(facts.bit[p] for p in heads)
    coming = (seated & facts.fans[topic.id]).bit_count()
    if not wanted:
        return gettext(UNWANTED)
    limit = seats(topic, facts.room_of(topic.id))
    return crowd(wanted, coming, limit if limit is not None and len(heads) >= limit else None)


def crowd(wanted: int, coming: int, full: int | None) -> str:
    """Return how many of those who want it can come; `full` has its seats where none is left."""
    told = {"count": wanted, "coming": coming, "seats": full}
    if coming == wanted:
        return ngettext("%(count)s person wants it and can come.", "%(count)s people want it and can come.", wanted) % told
    if full is None:
        some = ngettext(
            "%(count)s person wants it, %(coming)s can come.", "%(count)s people want it, %(coming)s can come.", wanted
        )
        return some % told
    others_not = ngettext(
        "%(count)s person wants it, %(coming)s can come; its %(seats)s seats are full.",
        "%(count)s people want it, %(coming)s can come; its %(seats)s seats are full.",
        wanted,
    )
    return others_not % told


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
        return gettext(NO_OTHER)
    allowed = [slot for slot in others if not facts.hindrance(topic, slot)]
    if not allowed:
        return gettext(HINDERED) % {"opening": others[0].opening, "hindrance": facts.hindrance(topic, others[0])}
    now = _meet(facts, topic, here)
    best = min((_meet(facts, topic, slot) for slot in allowed), key=lambda o: o.clashes)
    return _compared(now, best, full=not facts.free_rooms(topic, best.slot))


def _compared(now: _Other, best: _Other, *, full: bool) -> str:
    told = {"opening": best.slot.opening, "count": best.clashes, "now": now.clashes, "worst": best.worst_clashes}
    if best.clashes < now.clashes:
        better = (NONE_FULL if full else NONE) if not best.clashes else (FEWER_FULL if full else FEWER)
        return gettext(better) % told
    if best.worst is None:
        return gettext(AS_WELL) % {"time": _capital(best.slot.called)}
    told |= {"title": quoted(best.worst.called)}
    return gettext(MISSED if best.worst_clashes == best.clashes else MISSED_MOST) % told


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
        return gettext(NO_SLOT)
    there = [slot for slot in times if not facts.absent(topic, slot)]
    if not there and topic.pinned_slot is None:
        absent = facts.absent(topic, times[0])[0]
        return gettext(NOT_THERE) % {"name": absent.called, "times": _list(times)}
    roomy = [slot for slot in there or times if facts.open_rooms(topic, slot)]
    if not roomy:
        return gettext(NO_ROOM) % {"times": _list(there or times)}
    free = [slot for slot in roomy if facts.free_rooms(topic, slot)]
    if not free:
        wanted = facts.fans[topic.id].bit_count()
        return gettext(TAKEN) % {"times": _list(roomy), "wanted": want(wanted)}
    blocked = [facts.hindrance(topic, slot) for slot in free]
    if all(blocked):
        return gettext(BLOCKED) % {"time": free[0].called, "hindrance": blocked[0]}
    slot = free[blocked.index("")]
    return gettext(NOT_YET) % {"time": slot.called}


def _list(slots: Iterable[Slot]) -> str:
    names = [slot.called for slot in slots]
    return names[0] if len(names) == 1 else any_of(len(names))


def any_of(count: int) -> str:
    """Return several times within a sentence."""
    return ngettext("any of its %(count)s times", "any of its %(count)s times", count) % {"count": count}


def want(count: int) -> str:
    """Return how many want it, within a sentence."""
    if not count:
        return gettext(NOBODY)
    return ngettext("%(count)s person wants it", "%(count)s people want it", count) % {"count": count}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
