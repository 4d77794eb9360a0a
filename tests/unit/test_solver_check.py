"""The checker finds every broken rule, in drafts and in grids written by people."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midcycle.engines.solver.check import Finding, check, recount
from midcycle.engines.solver.model import Attendance, Id, Person, Placement, Problem, Room, Slot, Support, Topic
from tests.unit.solver_problems import problems

NINE, LATER, TEN = Slot("nine", 1, 540, 600), Slot("later", 1, 570, 630), Slot("ten", 1, 600, 660)
TOMORROW = Slot("tomorrow", 2, 540, 600, label="Tue 09:00")
ROOMS = (Room("a", 2, name="Attic"), Room("b", None, frozenset({"ten"}), name="Barn"))
ADA, BO, CY = Person("ada", "Ada"), Person("bo", "Bo", frozenset({"nine", "later", "tomorrow"})), Person("cy", "Cy")


def problem(*topics: Topic, supports: tuple[Support, ...] = (), lunch: bool = False) -> Problem:
    slots = (NINE, LATER, TEN, TOMORROW, *([Slot("lunch", 1, 720, 780, reserved=True)] if lunch else []))
    return Problem(slots, ROOMS, topics, (ADA, BO, CY), supports)


def sentences(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.code, f.sentence) for f in findings]


def test_a_sound_agenda_has_no_findings() -> None:
    grid = problem(Topic("x", needed=("ada",)), Topic("y", needed=("bo",)), Topic("z", needed=("ada",)))
    places: dict[Id, Placement] = {"x": ("nine", "a"), "y": ("nine", "b"), "z": ("ten", "a")}
    assert check(grid, places, {"ada": ("x", "z"), "bo": ("y",), "cy": ("y", "z")}) == ()


def test_a_room_that_holds_two_sessions_at_once() -> None:
    found = check(problem(Topic("x", "Ceph"), Topic("y", "Nova")), {"x": ("nine", "a"), "y": ("nine", "a")}, None)
    assert found == (Finding("room_double", "Attic holds both Ceph and Nova at day 1, 09:00.", ("x", "y"), "nine", "a"),)


def test_a_room_that_holds_two_sessions_in_slots_that_overlap() -> None:
    found = check(
        problem(Topic("x"), Topic("y"), Topic("z")), {"x": ("nine", "a"), "y": ("later", "a"), "z": ("tomorrow", "a")}, None
    )
    assert sentences(found) == [
        ("room_double", "Attic holds both topic x (day 1, 09:00) and topic y (day 1, 09:30), which overlap.")
    ]


def test_slots_that_only_touch_do_not_overlap() -> None:
    assert (
        check(problem(Topic("x", needed=("ada",)), Topic("y", needed=("ada",))), {"x": ("nine", "a"), "y": ("ten", "a")}, None)
        == ()
    )


def test_somebody_needed_in_two_places_even_where_the_rooms_are_not_known() -> None:
    grid = problem(Topic("x", needed=("cy", "ada")), Topic("y", needed=("ada",)), Topic("z", needed=("cy",)))
    found = check(grid, {"x": ("nine", None), "y": ("later", None), "z": ("tomorrow", None)}, None)
    assert found == (
        Finding(
            "person_double",
            "Ada is needed in both topic x (day 1, 09:00) and topic y (day 1, 09:30), which overlap.",
            ("x", "y"),
            "nine",
            person="ada",
        ),
    )


@pytest.mark.parametrize(
    ("topic", "place", "expected"),
    [
        (Topic("x"), ("ten", "b"), ("room_closed", "topic x is in Barn, which is closed at day 1, 10:00.")),
        (Topic("x"), ("lunch", "a"), ("reserved_slot", "topic x runs at day 1, 12:00, which is kept free.")),
        (
            Topic("x", slots=frozenset({"ten"})),
            ("tomorrow", "a"),
            ("not_allowed", "topic x runs at Tue 09:00, which is kept for something else."),
        ),
        (Topic("x", needed=("bo",)), ("ten", "a"), ("absent", "Bo is needed in topic x but is not there at day 1, 10:00.")),
        (
            Topic("x", pinned_slot="ten"),
            ("nine", "a"),
            ("pin_broken", "topic x is pinned to day 1, 10:00 but is in day 1, 09:00."),
        ),
        (Topic("x", pinned_room="a"), ("nine", "b"), ("pin_broken", "topic x is pinned to Attic but is in Barn.")),
        (Topic("x", pinned_room="a"), ("nine", None), ("pin_broken", "topic x is pinned to Attic but has no place.")),
        (
            Topic("x", needed=("ada", "bo", "cy")),
            ("nine", "a"),
            ("overfull", "topic x in Attic has 2 seats for 3 people."),
        ),
        (Topic("x", comfort=1, needed=("ada", "cy")), ("nine", None), ("overfull", "topic x has 1 seats for 2 people.")),
        (Topic("x"), ("noon", "a"), ("unknown_slot", "topic x is placed in slot noon, which is not known.")),
        (Topic("x"), ("nine", "z"), ("unknown_room", "topic x is placed in room z, which is not known.")),
    ],
)
def test_one_misplaced_session(topic: Topic, place: Placement, expected: tuple[str, str]) -> None:
    assert sentences(check(problem(topic, lunch=True), {"x": place}, None)) == [expected]


def test_a_place_for_a_topic_nobody_knows() -> None:
    assert sentences(check(problem(), {"x": ("nine", "a")}, None)) == [("unknown_topic", "There is no topic x.")]


def test_musts_and_pinned_topics_without_a_place() -> None:
    found = check(problem(Topic("x", must=True), Topic("y", plenary=True), Topic("z", pinned_slot="ten"), Topic("w")), {}, None)
    assert sentences(found) == [
        ("pin_broken", "topic z is pinned to day 1, 10:00 but has no place."),
        ("unscheduled_must", "topic x must take place but has no place."),
        ("unscheduled_must", "topic y must take place but has no place."),
    ]


def test_something_beside_a_plenary() -> None:
    found = check(problem(Topic("x"), Topic("y", "Opening", plenary=True)), {"x": ("later", "a"), "y": ("nine", "b")}, None)
    assert sentences(found) == [("beside_plenary", "topic x runs beside Opening, where everybody is.")]


def test_personal_agendas_that_cannot_be_kept() -> None:
    grid = problem(Topic("x", needed=("ada",)), Topic("y"), Topic("z"), Topic("w"))
    places: dict[Id, Placement] = {"x": ("nine", None), "y": ("later", None), "z": ("ten", "a")}
    attend: Attendance = {"ada": ("x", "y"), "bo": ("z",), "cy": ("y", "z", "w"), "dan": ("x",)}
    assert sentences(check(grid, places, attend)) == [
        ("person_double", "Ada is to be in both topic x (day 1, 09:00) and topic y (day 1, 09:30), which overlap."),
        ("absent", "Bo means to attend topic z but is not there at day 1, 10:00."),
        ("not_placed", "Cy means to attend topic w, which has no place."),
        ("person_double", "Cy is to be in both topic y (day 1, 09:30) and topic z (day 1, 10:00), which overlap."),
        ("unknown_person", "There is no person dan."),
    ]


def test_seats_count_needed_people_who_are_not_in_the_personal_agendas() -> None:
    grid = problem(Topic("x", needed=("ada",)))
    found = check(grid, {"x": ("nine", "a")}, {"bo": ("x",), "cy": ("x",)})
    assert found == (Finding("overfull", "topic x in Attic has 2 seats for 3 people.", ("x",), "nine", "a"),)


def test_somebody_who_is_missed_where_they_are_absent_may_be_elsewhere() -> None:
    grid = problem(Topic("x", needed=("bo",)), Topic("y"))
    found = check(grid, {"x": ("ten", "a"), "y": ("later", None)}, {"bo": ("y",)})
    assert sentences(found) == [("absent", "Bo is needed in topic x but is not there at day 1, 10:00.")]


def test_the_recount_takes_only_wants_that_are_attended_in_a_place() -> None:
    grid = problem(
        Topic("x"),
        Topic("y"),
        supports=(Support("ada", "x", 3), Support("ada", "y", 2), Support("bo", "x"), Support("cy", "x")),
    )
    assert recount(grid, {"x": ("nine", "a")}, {"ada": ("x", "y"), "bo": ("x",)}) == 4


@pytest.mark.slow
@given(problems(), st.data())
@settings(deadline=None, max_examples=200)
def test_clashes_are_those_a_minute_by_minute_walk_finds(problem: Problem, data: st.DataObject) -> None:
    slots, rooms = st.sampled_from([s.id for s in problem.slots]), st.sampled_from([None, *(r.id for r in problem.rooms)])
    assign = {t.id: (data.draw(slots), data.draw(rooms)) for t in problem.topics}
    at = {s.id: {(s.day, minute) for minute in range(s.start, s.end)} for s in problem.slots}
    expected: set[tuple[str, Id, Id, Id | None]] = set()
    for one, two in combinations(problem.topics, 2):
        if at[assign[one.id][0]] & at[assign[two.id][0]]:
            if assign[one.id][1] == assign[two.id][1] is not None:
                expected.add(("room_double", one.id, two.id, None))
            expected |= {("person_double", one.id, two.id, p) for p in set(one.needed) & set(two.needed)}
    found = [f for f in check(problem, assign, None) if f.code in {"room_double", "person_double"}]
    assert {(f.code, *f.topics, f.person) for f in found} == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"slots": (NINE, NINE)}, "The slot nine is given twice."),
        ({"topics": (Topic("x", needed=("eve",)),)}, "topic x names person eve, which is not known."),
        ({"topics": (Topic("x", pinned_slot="noon"),)}, "topic x names slot noon, which is not known."),
        ({"topics": (Topic("x", pinned_room="z"),)}, "topic x names room z, which is not known."),
        ({"supports": (Support("ada", "x"),)}, "A support names topic x, which is not known."),
        ({"slots": (Slot("back", 1, 60, 60),)}, "day 1, 01:00 ends before it starts."),
        ({"topics": (Topic("x"),), "supports": (Support("ada", "x", 10),)}, "The weight 10 is not 1 to 9."),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(fault: dict[str, tuple[()]], message: str) -> None:
    parts: dict[str, tuple[()]] = {"slots": (), "rooms": (), "topics": (), "people": (ADA,), "supports": ()} | fault  # type: ignore[assignment]
    with pytest.raises(ValueError, match=f"^{message}$"):
        Problem(**parts)
