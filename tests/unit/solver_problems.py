"""Problems for the solver's tests: random ones, and a slow, independent way to solve tiny ones."""

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import strategies as st

from midcycle.engines.solver.check import check
from midcycle.engines.solver.model import Assignment, Id, Person, Placement, Problem, Room, Slot, Support, Topic, seats

DAYS = st.sampled_from([1, 1, 1, 2])
STARTS = st.sampled_from([540, 570, 600, 630])
LENGTHS = st.sampled_from([30, 30, 60])


def some(ids: range) -> st.SearchStrategy[frozenset[Id]]:
    return st.frozensets(st.integers(ids.start, ids.stop - 1))


@st.composite
def problems(
    draw: st.DrawFn, *, topics: int = 6, slots: int = 4, rooms: int = 3, people: int = 7, overlap: bool = True
) -> Problem:
    """A small problem without pins or musts; slots may overlap, a topic's needed people fit in every room."""
    slot_ids, room_ids = range(draw(st.integers(1, slots))), range(draw(st.integers(1, rooms)))
    person_ids, topic_ids = range(draw(st.integers(1, people))), range(draw(st.integers(1, topics)))
    starts = [draw(STARTS) if overlap else 600 + 30 * i for i in slot_ids]
    wants = draw(st.dictionaries(st.tuples(st.sampled_from(person_ids), st.sampled_from(topic_ids)), st.integers(1, 3)))
    return Problem(
        slots=tuple(
            Slot(i, draw(DAYS) if overlap else 1, at, at + (draw(LENGTHS) if overlap else 30), draw(st.integers(0, 7)) == 0)
            for i, at in enumerate(starts)
        ),
        rooms=tuple(
            Room(i, draw(st.none() | st.integers(2, 5)), draw(st.just(frozenset[Id]()) | some(slot_ids))) for i in room_ids
        ),
        topics=tuple(
            Topic(
                i,
                comfort=draw(st.none() | st.integers(2, 4)),
                plenary=draw(st.integers(0, 9)) == 0,
                needed=tuple(draw(st.lists(st.sampled_from(person_ids), max_size=2, unique=True))),
                slots=draw(st.none() | some(slot_ids)),
            )
            for i in topic_ids
        ),
        people=tuple(Person(i, slots=draw(st.none() | some(slot_ids))) for i in person_ids),
        supports=tuple(Support(p, t, weight) for (p, t), weight in wants.items()),
    )


def best_by_trying(problem: Problem) -> tuple[int, int, int, int]:
    """Musts placed, topics placed, weight attended and minus the pairs side by side in the best agenda: every one is tried."""
    return max(
        (
            sum(t.must or t.plenary for t in problem.topics if t.id in assign),
            len(assign),
            most_attended(problem, assign),
            -side_by_side(problem, assign),
        )
        for assign in every_assignment(problem)
        if not [f for f in check(problem, assign, None) if f.code != "unscheduled_must"]
    )


def side_by_side(problem: Problem, assign: Assignment) -> int:
    """How many pairs of sessions run at the same time."""
    slots = {slot.id: slot for slot in problem.slots}
    times = [slots[slot] for slot, _ in assign.values()]
    return sum(one.overlaps(other) for one, other in combinations(times, 2))


def every_assignment(problem: Problem) -> Iterator[dict[Id, Placement]]:
    places = [None, *product([s.id for s in problem.slots], [r.id for r in problem.rooms])]
    for chosen in product(places, repeat=len(problem.topics)):
        yield {t.id: place for t, place in zip(problem.topics, chosen, strict=True) if place is not None}


def most_attended(problem: Problem, assign: Assignment) -> int:
    """The best seating slot by slot, found by letting people choose in every way; slots must not overlap."""
    weight = {(s.person, s.topic): s.weight for s in problem.supports}
    total = 0
    for slot in problem.slots:
        inside = [t for t in problem.topics if t.id in assign and assign[t.id][0] == slot.id]
        limits = {t.id: seats(t, next(r for r in problem.rooms if r.id == assign[t.id][1])) for t in inside}
        left = {t: 99 if limit is None else limit for t, limit in limits.items()}
        choices: list[dict[Id, int]] = []
        for person in problem.people:
            needed = [t.id for t in inside if person.id in t.needed]
            mine = needed or [t.id for t in inside if (person.id, t.id) in weight]
            if needed:
                left[needed[0]] -= 1
                total += weight.get((person.id, needed[0]), 0)
            elif person.present(slot.id) and mine:
                choices.append({t: weight[person.id, t] for t in mine})
        total += most_seated(choices, left)
    return total


def most_seated(choices: list[dict[Id, int]], left: dict[Id, int]) -> int:
    """The most weight when each person takes one session or none and no session more than it has left."""
    reached = {tuple(left.items()): 0}
    for wants in choices:
        ahead = dict(reached)
        for state, value in reached.items():
            for topic, weight in wants.items():
                now = dict(state)
                if now[topic] > 0:
                    now[topic] -= 1
                    key = tuple(now.items())
                    ahead[key] = max(ahead.get(key, 0), value + weight)
        reached = ahead
    return max(reached.values())
