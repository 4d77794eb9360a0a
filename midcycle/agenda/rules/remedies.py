"""What would let more people attend what they want: a repeat, a larger room, one more slot. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from midcycle.agenda.rules.prices import Prices
from midcycle.agenda.rules.wishes import Lost
from midcycle.engines.solver.model import Id, Placement, Plan, Problem, Room, Slot, Support, Topic, seats
from midcycle.kernel.words import gettext, ngettext

MOST: Final = 8
"""For so many sessions, the most wanted ones, remedies are looked for."""
_AGAIN: Final = "again"


def remedies(problem: Problem, plan: Plan, lost: Iterable[Lost]) -> Mapping[Id, tuple[str, ...]]:
    """Return for the sessions that lose most wishes what would win some back, with how many; each counted exactly."""
    assign = {t: place for t, place in plan.assign.items() if place[0] in {slot.id for slot in problem.slots}}
    found = {}
    for one in list(lost)[:MOST]:
        topic = next(t for t in problem.topics if t.id == one.topic)
        sentences = (_larger_room(problem, assign, topic), *_more_time(problem, assign, plan, topic))
        found[one.topic] = tuple(sentence for sentence in sentences if sentence)
    return found


def _larger_room(problem: Problem, assign: Mapping[Id, Placement], topic: Topic) -> str:
    if topic.id not in assign:
        return ""
    slot, room = assign[topic.id]
    if room is None:
        return ""
    gain = Prices(problem, assign, topic.id).at((slot, None)).change
    if gain <= 0:
        return ""
    larger = ngettext(
        "A larger room: %(count)s more person could come.", "A larger room: %(count)s more people could come.", gain
    )
    return larger % {"count": gain}


def _more_time(problem: Problem, assign: Mapping[Id, Placement], plan: Plan, topic: Topic) -> tuple[str, ...]:
    if topic.plenary:
        return ()
    missing = tuple(
        support
        for support in problem.supports
        if support.topic == topic.id and topic.id not in plan.attend.get(support.person, ())
    )
    slot, room, gain = _best_repeat(problem, assign, topic, missing)
    if slot is not None and room is not None and gain > 0:
        return (_held(slot, room, gain, again=topic.id in assign),)
    largest = max((r.capacity or len(missing) for r in problem.rooms), default=0)
    alone = min(len(missing), largest, topic.comfort or len(missing))
    if not alone:
        return ()
    one_more = ngettext(
        "One more slot with it alone: %(count)s more person could come.",
        "One more slot with it alone: %(count)s more people could come.",
        alone,
    )
    where = (gettext("No room is free at a time that would help."),) if topic.id in assign else ()
    return (" ".join((*where, one_more % {"count": alone})),)


def _best_repeat(
    problem: Problem, assign: Mapping[Id, Placement], topic: Topic, missing: tuple[Support, ...]
) -> tuple[Slot | None, Room | None, int]:
    """Return the open place where a second session would win most, for those who miss the first."""
    again = replace(topic, id=_AGAIN, pinned_slot=None, pinned_room=None, must=False)
    wider = replace(
        problem,
        topics=(*problem.topics, again),
        supports=(*problem.supports, *(Support(s.person, _AGAIN, s.weight) for s in missing)),
    )
    prices = Prices(wider, assign, _AGAIN)
    best: tuple[Slot | None, Room | None, int] = (None, None, 0)
    for slot in problem.slots:
        room = _free_room(problem, assign, topic, slot)
        if room is None or slot.reserved or (topic.slots is not None and slot.id not in topic.slots):
            continue
        price = prices.at((slot.id, room.id))
        if not price.conflicts and price.change > best[2]:
            best = (slot, room, price.change)
    return best


def _free_room(problem: Problem, assign: Mapping[Id, Placement], topic: Topic, slot: Slot) -> Room | None:
    """Return the largest room that is free for the whole of a slot."""
    slots = {other.id: other for other in problem.slots}
    taken = {room for at, room in assign.values() if slots[at].overlaps(slot)}
    free = [room for room in problem.rooms if room.id not in taken and slot.id not in room.closed]
    return max(free, key=lambda room: seats(topic, room) or 10**6, default=None)


def _held(slot: Slot, room: Room, gain: int, *, again: bool) -> str:
    facts = {"time": slot.called, "room": room.called, "count": gain}
    if again:
        return (
            ngettext(
                "Hold it a second time at %(time)s in %(room)s: %(count)s more person could come.",
                "Hold it a second time at %(time)s in %(room)s: %(count)s more people could come.",
                gain,
            )
            % facts
        )
    return (
        ngettext(
            "Hold it at %(time)s in %(room)s: %(count)s more person could come.",
            "Hold it at %(time)s in %(room)s: %(count)s more people could come.",
            gain,
        )
        % facts
    )
