"""Personal agendas: nobody twice at a time, no seat twice, and no better way to sit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midcycle.engines.solver.anneal import draft
from midcycle.engines.solver.bits import NEVER, Bits
from midcycle.engines.solver.check import check, recount
from midcycle.engines.solver.model import Id, Person, Placement, Problem, Room, Slot, Support, Topic
from midcycle.engines.solver.plan import review
from midcycle.engines.solver.seating import fill, seat
from tests.unit.solver_problems import most_seated, problems

WANTS = st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(1, 4)), max_size=8)
SEATS = st.fixed_dictionaries(dict.fromkeys("abc", st.integers(0, 4)))


@given(WANTS, SEATS)
@settings(deadline=None, max_examples=300)
def test_one_slot_is_seated_as_well_as_trying_every_way(choices: list[dict[Id, int]], room_for: dict[Id, int]) -> None:
    wants: dict[Id, dict[Id, int]] = dict(enumerate(choices))
    where = fill(wants, room_for)
    heads = {t: list(where.values()).count(t) for t in room_for}
    assert {t: n for t, n in heads.items() if n > room_for[t]} == {}
    assert sum(wants[p][t] for p, t in where.items()) == most_seated(choices, room_for)


@given(WANTS, SEATS)
@settings(deadline=None, max_examples=300)
def test_the_fast_count_is_never_below_the_best_seating_and_exact_for_one_full_session(
    choices: list[dict[Id, int]], room_for: dict[Id, int]
) -> None:
    people = range(len(choices))
    bits = Bits(
        Problem(
            slots=(Slot(0, 1, 0, 60),),
            rooms=(),
            topics=tuple(Topic(t) for t in "abc"),
            people=tuple(Person(p) for p in people),
            supports=tuple(Support(p, t, weight) for p in people for t, weight in choices[p].items()),
        )
    )
    caps = [room_for[t.id] for t in bits.topics]
    everyone = bits.present[0]
    counted = bits.seated(range(3), caps, everyone, everyone)
    best = most_seated(choices, room_for)
    full = sum(fans > cap for fans, cap in zip(bits.fans, caps, strict=True))
    assert counted >= best
    assert full > 1 or counted == best


@pytest.mark.slow
@given(problems(), st.data())
@settings(deadline=None, max_examples=150)
def test_any_agenda_even_a_broken_one_is_seated_within_the_rules(problem: Problem, data: st.DataObject) -> None:
    slots, rooms = st.sampled_from([s.id for s in problem.slots]), st.sampled_from([None, *(r.id for r in problem.rooms)])
    assign = {t.id: (data.draw(slots), data.draw(rooms)) for t in problem.topics if data.draw(st.booleans())}
    before = check(problem, assign, None)
    attend = seat(problem, assign)
    assert check(problem, assign, attend) == before
    assert recount(problem, assign, attend) == review(problem, assign).value


def overlapping() -> Problem:
    return Problem(
        slots=(Slot("long", 1, 540, 660), Slot("early", 1, 540, 600), Slot("late", 1, 600, 660)),
        rooms=(Room("a", 2), Room("b", 2)),
        topics=(Topic("workshop"), Topic("x"), Topic("y")),
        people=(Person("bo"), Person("cy"), Person("dee"), Person("eli")),
        supports=(
            Support("bo", "workshop", 3),
            Support("bo", "x", 1),
            Support("bo", "y", 1),
            Support("cy", "workshop", 1),
            Support("cy", "x", 1),
            Support("cy", "y", 1),
            Support("dee", "x"),
            Support("eli", "y"),
        ),
    )


def counted(problem: Problem, places: dict[Id, Id]) -> int:
    """What annealing believes an agenda is worth."""
    bits = Bits(problem)
    keys = [0] * len(bits.groups)
    slots = [s.id for s in problem.slots]
    for t, topic in enumerate(bits.topics):
        s = slots.index(places[topic.id])
        keys[bits.group_of[s]] |= 1 << (bits.shift[s] + t)
    return sum(bits.value(g, key) for g, key in enumerate(keys))


def test_the_fast_count_has_nobody_in_two_overlapping_sessions() -> None:
    assert counted(overlapping(), {"workshop": "long", "x": "early", "y": "late"}) == 7


def test_the_fast_count_never_has_three_sessions_in_two_rooms() -> None:
    assert counted(overlapping(), {"workshop": "long", "x": "early", "y": "early"}) == NEVER


def test_the_fast_count_leaves_needed_people_their_seats() -> None:
    problem = Problem(
        slots=(Slot(1, 1, 540, 600),),
        rooms=(Room("a", 2),),
        topics=(Topic("x", needed=("ada",)),),
        people=(Person("ada"), Person("bo"), Person("cy")),
        supports=(Support("bo", "x", 2), Support("cy", "x")),
    )
    assert counted(problem, {"x": 1}) == 2


def test_the_fast_count_sees_that_two_full_sessions_share_their_crowd() -> None:
    problem = Problem(
        slots=(Slot(1, 1, 540, 600),),
        rooms=(Room("a", 1), Room("b", 1)),
        topics=(Topic("x"), Topic("y")),
        people=tuple(Person(p) for p in range(3)),
        supports=tuple(Support(p, t) for p in range(3) for t in "xy"),
    )
    assert counted(problem, {"x": 1, "y": 1}) == 2


def test_people_choose_one_long_session_or_two_short_ones_by_what_they_want() -> None:
    places: dict[Id, Placement] = {"workshop": ("long", "a"), "x": ("early", "b"), "y": ("late", "b")}
    assert seat(overlapping(), places) == {"bo": ("workshop",), "cy": ("x", "y"), "dee": ("x",), "eli": ("y",)}


def test_a_draft_with_overlapping_slots_does_not_use_a_room_twice() -> None:
    problem = overlapping()
    plan = draft(problem, seed=1, seconds=None, moves=500, clock=float)
    assert check(problem, plan.assign, plan.attend) == ()
    assert len(plan.assign) == 3


def test_a_chain_of_people_makes_way() -> None:
    wants: dict[Id, dict[Id, int]] = {"bo": {"x": 1, "y": 1}, "cy": {"y": 1, "z": 1}, "dee": {"x": 1}}
    assert fill({p: wants[p] for p in ("bo", "cy", "dee")}, {"x": 1, "y": 1, "z": 1}) == {"bo": "y", "cy": "z", "dee": "x"}


def test_needed_people_keep_their_seats_and_are_not_sent_elsewhere() -> None:
    problem = Problem(
        slots=(Slot(1, 1, 540, 600),),
        rooms=(Room("a", 1), Room("b", 5)),
        topics=(Topic("x", needed=("ada",)), Topic("y")),
        people=(Person("ada"), Person("bo")),
        supports=(Support("ada", "y", 3), Support("bo", "x", 2)),
    )
    assert seat(problem, {"x": (1, "a"), "y": (1, "b")}) == {"ada": ("x",)}


def test_a_hand_made_agenda_is_valued_and_explained_too() -> None:
    problem = overlapping()
    plan = review(problem, {"x": ("early", None), "y": ("early", "b")})
    assert (plan.value, plan.wanted) == (4, 10)
    assert plan.left_out == (("workshop", "Not placed yet; a room is free at day 1, 09:00."),)
    assert (
        plan.reasons["x"]
        == "3 people want it and can come. On day 1 at 10:00, none of them would miss anything they want instead of 2."
    )
