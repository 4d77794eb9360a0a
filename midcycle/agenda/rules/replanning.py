"""What of an agenda stands when something has happened, and the problem of mending it. Pure.

What has begun is past changing: it leaves the problem, or stays pinned while it reaches into times to come. What cannot stand
any more is free to move, also when it was pinned; other pins hold. A plenary keeps its time, and moves to another room when its
own cannot be used.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from midcycle.engines.solver.check import Finding, check
from midcycle.engines.solver.model import Assignment, Id, Placement, Plan, Problem, Room, Slot, Topic
from midcycle.engines.solver.seating import seat

REPLAN_KINDS: Final = ("few", "best")
PER_TIME: Final[Mapping[str, int]] = {"few": 20, "best": 2}
PER_ROOM: Final[Mapping[str, int]] = {"few": 15, "best": 1}
"""What another time for a session has to win, and another room at the same time, in tenths of a wish."""
DEARER: Final[Mapping[str, tuple[int, ...]]] = {"few": (1, 2, 4), "best": (1,)}
MOST_CHOSEN: Final = 5
"""Of few moves so many may be of choice; where the first agenda has more, moves become so many times dearer."""
REPLAN_SECONDS: Final = 6.0
_UPSETTING: Final = frozenset({"room_closed", "absent", "room_double", "person_double", "beside_plenary"})


@dataclass(frozen=True)
class Situation:
    """An agenda on the day.

    `stands` is where every session is now, `kept` what of it can stay, each session of a plenary where it can be. `upset` has
    why each of the others cannot. `problem` is what may be done about it, `previous` what its moves are counted from. `let_go`
    were pinned, and are free to move now.
    """

    problem: Problem
    stands: Assignment
    previous: Assignment
    kept: Assignment
    upset: Mapping[Id, tuple[str, ...]]
    let_go: tuple[Id, ...]


def situation(problem: Problem, stands: Assignment, begun: Collection[Id]) -> Situation:
    """Return what of an agenda can stand, and the problem of mending it; `begun` slots are past changing."""
    to_come = [slot for slot in problem.slots if slot.id not in begun]
    slots = {slot.id: slot for slot in problem.slots}
    held = {t: place for t, place in stands.items() if place[0] not in begun or _reaches(slots[place[0]], to_come)}
    topics = [topic for topic in problem.topics if topic.id not in stands or topic.id in held]
    fixed = frozenset(t for t, place in held.items() if place[0] in begun)
    bare = replace(problem, topics=tuple(_bare(topic) for topic in topics), supports=())
    upset = _upset(bare, problem, held, fixed)
    previous = {t: _elsewhere(problem, topics, held, t) if t in upset else place for t, place in held.items()}
    cured = {t for t in upset if previous[t] != held[t]}
    previous = {t: place for t, place in previous.items() if t in fixed or t not in upset or _can_be_then(problem, t, place[0])}
    free = frozenset(upset) - cured
    used = {held[t][0] for t in fixed}
    changed = [
        _settled(topic, previous.get(topic.id), slots, begun, is_fixed=topic.id in fixed, is_free=topic.id in free)
        for topic in topics
    ]
    known = {topic.id for topic in topics}
    left = replace(
        problem,
        slots=tuple(slot for slot in problem.slots if slot.id not in begun or slot.id in used),
        topics=tuple(changed),
        supports=tuple(support for support in problem.supports if support.topic in known),
    )
    pinned = {topic.id for topic in topics if topic.pinned_slot is not None or topic.pinned_room is not None}
    kept = {t: place for t, place in previous.items() if t not in free}
    return Situation(left, held, previous, kept, upset, tuple(t for t in upset if t in pinned))


def without_musts(problem: Problem, kept: Assignment) -> Problem:
    """Return the problem with musts that have no place to stay left out where there is none: not all of them may fit."""
    topics = (topic if topic.id in kept or not topic.must else replace(topic, must=False) for topic in problem.topics)
    return replace(problem, topics=tuple(topics))


def new_conflicts(problem: Problem, before: Assignment, after: Assignment) -> tuple[str, ...]:
    """Return what an agenda breaks that the one before did not, in sentences."""
    bare = replace(problem, topics=tuple(_bare(topic) for topic in problem.topics))
    known = Counter(_key(finding) for finding in _findings(bare, before))
    return tuple(finding.sentence for finding in _findings(bare, after) if not known[_key(finding)])


def plan_of(problem: Problem, assign: Assignment) -> Plan:
    """Return who can go where, without reasons."""
    attend = seat(problem, assign)
    weight = {(support.person, support.topic): support.weight for support in problem.supports}
    met = sum(weight.get((person, topic), 0) for person, topics in attend.items() for topic in topics)
    return Plan(dict(assign), attend, met, sum(weight.values()))


def _key(finding: Finding) -> tuple[str, tuple[Id, ...], Id | None]:
    return finding.code, finding.topics, finding.person


def _findings(problem: Problem, assign: Assignment) -> list[Finding]:
    return [finding for finding in check(problem, assign, None) if finding.code in _UPSETTING]


def _bare(topic: Topic) -> Topic:
    """Return a topic without what its place is judged by elsewhere."""
    return replace(topic, slots=None, must=False, pinned_slot=None, pinned_room=None)


def _reaches(slot: Slot, to_come: Iterable[Slot]) -> bool:
    return any(slot.overlaps(other) for other in to_come)


def _upset(bare: Problem, problem: Problem, held: Assignment, fixed: Collection[Id]) -> dict[Id, tuple[str, ...]]:
    """Return what cannot stay, with the reasons: of two that exclude each other the one that is less firm."""
    fans = Counter(support.topic for support in problem.supports)
    firm = {t.id: (t.plenary, t.pinned_slot is not None, t.must, fans[t.id], str(t.id)) for t in problem.topics}
    plenaries = {topic.id for topic in problem.topics if topic.plenary}
    found: dict[Id, tuple[str, ...]] = {}
    for finding in sorted(_findings(bare, held), key=lambda f: len(f.topics)):
        movable = [t for t in finding.topics if t not in fixed and not (finding.code == "absent" and t in plenaries)]
        done = len(finding.topics) > 1 and any(t in found for t in finding.topics)
        if movable and not done:
            goes = min(movable, key=lambda t: firm[t])
            found[goes] = (*found.get(goes, ()), finding.sentence)
    return found


def _elsewhere(problem: Problem, topics: Iterable[Topic], held: Assignment, topic: Id) -> Placement:
    """Return where a plenary can be at its time; for all else, and where there is no such room, where it is."""
    slot, _ = held[topic]
    slots = {other.id: other for other in problem.slots}
    taken = {room for other, (at, room) in held.items() if other != topic and slots[at].overlaps(slots[slot])}
    rooms = [room for room in problem.rooms if slot not in room.closed and room.id not in taken]
    is_plenary = any(other.id == topic and other.plenary for other in topics)
    return (slot, max(rooms, key=_size).id) if is_plenary and rooms else held[topic]


def _can_be_then(problem: Problem, topic: Id, slot: Id) -> bool:
    """Tell whether those a session needs are there at a time; otherwise no room would help."""
    needed = {person for other in problem.topics if other.id == topic for person in other.needed}
    plenary = any(other.id == topic and other.plenary for other in problem.topics)
    return plenary or all(person.present(slot) for person in problem.people if person.id in needed)


def _size(room: Room) -> tuple[bool, int]:
    return room.capacity is None, room.capacity or 0


def _settled(
    topic: Topic,
    place: Placement | None,
    slots: Mapping[Id, Slot],
    begun: Collection[Id],
    *,
    is_fixed: bool,
    is_free: bool,
) -> Topic:
    """Return a topic with the times it may have, and its pins where they are to hold."""
    allowed = [slot.id for slot in slots.values() if not slot.reserved] if topic.slots is None else topic.slots
    open_to = frozenset(slot for slot in allowed if slot not in begun)
    if is_free:
        return replace(topic, slots=open_to, pinned_slot=None, pinned_room=None)
    if place is None:
        return replace(topic, slots=open_to, pinned_slot=None if topic.pinned_slot in begun else topic.pinned_slot)
    slot, room = place
    if is_fixed:
        return replace(topic, slots=None, pinned_slot=slot, pinned_room=room)
    stays = topic.pinned_slot is not None or slots[slot].reserved
    return replace(
        topic,
        slots=open_to | {slot},
        pinned_slot=slot if stays else None,
        pinned_room=None if topic.pinned_room is None else room,
    )
