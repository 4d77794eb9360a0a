"""Why no agenda can be: a smallest set of demands, in words."""

from dataclasses import replace

from midcycle.engines.solver.contradictions import Names, contradictions
from midcycle.engines.solver.instance import Guest, Hall, Instance, Stretch, Theme

HEAD = "No agenda can meet these demands together; give up one of them:"
EVENT = Instance(
    slots=(Stretch(0, 0, "9:00"), Stretch(0, 0, "10:00"), Stretch(0, 1, "11:30")),
    rooms=(Hall(30), Hall(10)),
    topics=tuple(Theme(must=True) for _ in range(4)),
    people=tuple(Guest() for _ in range(12)),
)


def told(**topics: Theme) -> list[str]:
    given = list(EVENT.topics)
    for name, theme in topics.items():
        given[int(name[1:])] = theme
    return contradictions(replace(EVENT, topics=tuple(given)), lambda: False)


def test_a_possible_problem_has_none() -> None:
    assert told() == []


def test_two_sessions_fixed_to_one_place() -> None:
    fixed = Theme(must=True, fixed_slot=1, fixed_room=0)
    assert told(t0=fixed, t2=fixed) == [
        HEAD,
        "- Topic 0 must take place.",
        "- Topic 0 is fixed to slot 10:00.",
        "- Topic 0 is fixed to room 0.",
        "- Topic 2 must take place.",
        "- Topic 2 is fixed to slot 10:00.",
        "- Topic 2 is fixed to room 0.",
    ]


def test_somebody_is_needed_twice_in_the_only_slot_they_are_there() -> None:
    people = (*EVENT.people[:5], Guest(slots=frozenset({2})), *EVENT.people[6:])
    needs = Theme(must=True, needed=(5,))
    event = replace(EVENT, people=people, topics=(needs, EVENT.topics[0], needs))
    assert contradictions(event, lambda: False) == [
        HEAD,
        "- Topic 0 must take place with person 5.",
        "- Topic 2 must take place with person 5.",
        "- Person 5 is there only in slot 11:30.",
        "- Person 5 cannot be in two sessions at once.",
    ]


def test_more_sessions_than_places() -> None:
    assert contradictions(replace(EVENT, reserved=frozenset({0, 1})), lambda: False) == [
        "The topics that must take place need 4 places (a room in a slot), but only 2 are open."
    ]


def test_a_long_session_finds_no_two_slots_in_a_row() -> None:
    long = Theme(must=True, duration=2, slots=frozenset({1, 2}))
    assert told(t1=long) == [
        HEAD,
        "- Topic 1 must take place for 2 slots in a row.",
        "- Topic 1 may begin only in slots 10:00, 11:30.",
    ]


def test_no_room_has_seats_for_those_it_needs() -> None:
    crowd = Theme(must=True, needed=tuple(range(12)), fixed_room=1)
    assert told(t3=crowd) == [
        HEAD,
        "- Topic 3 must take place with persons 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11.",
        "- Topic 3 is fixed to room 1.",
        "- Topic 3 needs seats for the 12 people it cannot do without.",
    ]


def test_without_time_nothing_is_claimed() -> None:
    fixed = Theme(must=True, fixed_slot=1, fixed_room=0)
    event = replace(EVENT, topics=(fixed, fixed))
    assert contradictions(event, lambda: True) == []


def test_names_are_used_where_there_are_any() -> None:
    people = (Guest(slots=frozenset({2})), Guest())
    needs = Theme(must=True, needed=(0,))
    rooms = (Hall(30), Hall(10, frozenset({0, 1})))
    event = replace(EVENT, people=people, rooms=rooms, topics=(needs, replace(needs, fixed_room=1)))
    names = Names(["“Ceph”", "“Cells”"], ["Hall", "Loft"], ["Ada", "Bo"])
    assert contradictions(event, lambda: False, names) == [
        HEAD,
        "- “Ceph” must take place with Ada.",
        "- “Cells” must take place with Ada.",
        "- Ada is there only in slot 11:30.",
        "- Ada cannot be in two sessions at once.",
    ]
