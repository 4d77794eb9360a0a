"""Drafting an agenda: it keeps every rule, honours pins, is honest about its value and near the best there is."""

import random
from collections import Counter
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midcycle.engines.solver.anneal import calm, draft
from midcycle.engines.solver.bits import Bits
from midcycle.engines.solver.check import check, recount
from midcycle.engines.solver.model import Person, Plan, Problem, Room, Slot, Support, Topic
from midcycle.engines.solver.plan import review
from tests.unit.solver_problems import best_by_trying, problems, side_by_side


def quick(problem: Problem, *, seed: int = 1, moves: int = 400) -> Plan:
    return draft(problem, seed=seed, seconds=None, moves=moves, clock=no_clock)


def no_clock() -> float:
    raise AssertionError("nobody asked for a limit in seconds")


def meetup(*, topics: int = 12, people: int = 30, seed: int = 1) -> Problem:
    """Two rooms, six slots of which one is free time, thirty people with about four wants each."""
    rng = random.Random(seed)
    return Problem(
        slots=tuple(Slot(i, 1, 540 + 60 * i, 590 + 60 * i, reserved=i == 3) for i in range(7)),
        rooms=(Room("hall", 25), Room("attic", 10)),
        topics=tuple(Topic(f"t{i}", needed=(rng.randrange(people),)) for i in range(topics)),
        people=tuple(Person(i) for i in range(people)),
        supports=tuple(Support(p, f"t{t}", rng.choice([1, 1, 2])) for p in range(people) for t in rng.sample(range(topics), 4)),
    )


@given(problems())
@settings(deadline=None, max_examples=150)
def test_a_draft_breaks_no_rule_and_counts_its_value_as_the_checker_does(problem: Problem) -> None:
    plan = quick(problem)
    placed = set(plan.assign)
    musts = [t.id for t in problem.topics if t.plenary and t.id not in placed]
    assert [(f.code, f.topics) for f in check(problem, plan.assign, plan.attend)] == [("unscheduled_must", (t,)) for t in musts]
    assert plan.value == recount(problem, plan.assign, plan.attend)
    assert plan.wanted == sum(s.weight for s in problem.supports)


@given(problems())
@settings(deadline=None, max_examples=50)
def test_every_topic_is_either_placed_with_a_reason_or_left_out_with_one(problem: Problem) -> None:
    plan = quick(problem, moves=50)
    assert list(plan.reasons) == list(plan.assign)
    told = Counter([*plan.reasons, *(topic for topic, _ in plan.left_out)])
    assert told == Counter(t.id for t in problem.topics)
    assert [text for text in (*plan.reasons.values(), *(r for _, r in plan.left_out)) if not text.endswith(".")] == []


@pytest.mark.slow
@given(problems(topics=4, slots=3, rooms=2, people=5, overlap=False), st.sets(st.integers(0, 3)))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_tiny_problems_are_solved_to_the_optimum(problem: Problem, musts: set[int]) -> None:
    problem = replace(problem, topics=tuple(replace(t, must=t.id in musts) for t in problem.topics))
    plan = quick(problem, moves=1500)
    placed_musts = sum(t.must or t.plenary for t in problem.topics if t.id in plan.assign)
    side = side_by_side(problem, plan.assign)
    assert (placed_musts, len(plan.assign), plan.value, -side) == best_by_trying(problem)


@given(problems(overlap=False), st.data())
@settings(deadline=None, max_examples=80)
def test_what_a_human_pins_stays_where_it_is(problem: Problem, data: st.DataObject) -> None:
    before = quick(problem)
    kinds = {t: data.draw(st.sampled_from(["free", "slot", "room", "both"])) for t in before.assign}
    pinned = tuple(
        replace(
            t,
            pinned_slot=before.assign[t.id][0] if kinds.get(t.id) in {"slot", "both"} else None,
            pinned_room=before.assign[t.id][1] if kinds.get(t.id) in {"room", "both"} else None,
        )
        for t in problem.topics
    )
    after = quick(replace(problem, topics=pinned), seed=2)
    parts = {"free": slice(0), "slot": slice(1), "room": slice(1, 2), "both": slice(2)}
    kept = {t: after.assign[t][parts[kind]] for t, kind in kinds.items() if kind != "free"}
    assert kept == {t: before.assign[t][parts[kind]] for t, kind in kinds.items() if kind != "free"}
    assert [f for f in check(replace(problem, topics=pinned), after.assign, after.attend) if f.code != "unscheduled_must"] == []


def test_the_same_seed_and_moves_give_the_same_plan() -> None:
    assert quick(meetup(), seed=7) == quick(meetup(), seed=7)


def test_another_seed_may_give_another_plan() -> None:
    assert len({str(quick(meetup(), seed=seed, moves=50).assign) for seed in range(5)}) > 1


def test_the_clock_ends_the_search() -> None:
    looks = count()
    draft(meetup(), seed=1, seconds=10, moves=None, clock=lambda: float(next(looks)))
    assert next(looks) == 11


def test_moves_end_the_search_when_they_run_out_first() -> None:
    looks = count()
    draft(meetup(), seed=1, seconds=10, moves=600, clock=lambda: float(next(looks)))
    assert next(looks) == 4


def test_a_search_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Give seconds or moves: the search would not end\."):
        draft(meetup(), seed=1, seconds=None, moves=None, clock=no_clock)


def test_searching_longer_is_worth_it_and_never_worse_than_the_start() -> None:
    values = [[quick(meetup(seed=seed), moves=moves).value for moves in (0, 4000)] for seed in range(1, 6)]
    assert [short <= long for short, long in values] == [True] * 5
    assert sum(long - short for short, long in values) > 0


def test_two_wants_of_one_person_are_put_apart() -> None:
    problem = Problem(
        slots=(Slot("am", 1, 540, 600), Slot("pm", 1, 840, 900)),
        rooms=(Room("a"), Room("b")),
        topics=tuple(Topic(t) for t in "wxyz"),
        people=(Person("bo"), Person("cy")),
        supports=(Support("bo", "w"), Support("bo", "x"), Support("cy", "x"), Support("cy", "y")),
    )
    plan = quick(problem)
    assert plan.value == 4
    assert plan.attend == {
        "bo": tuple(sorted("wx", key=lambda t: plan.assign[t][0])),
        "cy": tuple(sorted("xy", key=lambda t: plan.assign[t][0])),
    }


def test_sessions_run_one_after_the_other_while_slots_are_free() -> None:
    problem = Problem(
        slots=tuple(Slot(i, 1 + i // 4, 540 + 60 * (i % 4), 600 + 60 * (i % 4)) for i in range(8)),
        rooms=(Room("a"), Room("b")),
        topics=tuple(Topic(t) for t in "uvwxyz"),
        people=(Person("bo"), Person("cy")),
        supports=(Support("bo", "u"), Support("cy", "v")),
    )
    plan = quick(problem)
    assert (plan.value, sorted(slot for slot, _ in plan.assign.values())) == (2, [0, 1, 2, 3, 4, 5])


def test_nobody_loses_a_wish_for_an_agenda_that_looks_calmer() -> None:
    problem = Problem(
        slots=(Slot(1, 1, 540, 600), Slot(2, 1, 600, 660)),
        rooms=(Room("a"), Room("b")),
        topics=(Topic("x"), Topic("y")),
        people=(Person("bo", slots=frozenset({1})), Person("cy", slots=frozenset({1}))),
        supports=(Support("bo", "x"), Support("cy", "y")),
    )
    assert quick(problem).assign == {"x": (1, "a"), "y": (1, "b")}


@given(problems())
@settings(deadline=None, max_examples=100)
def test_pairs_side_by_side_are_counted_as_they_are(problem: Problem) -> None:
    plan, bits = quick(problem, moves=20), Bits(problem)
    keys = [0] * len(bits.groups)
    slots = [slot.id for slot in problem.slots]
    for t, topic in enumerate(bits.topics):
        if topic.id in plan.assign:
            s = slots.index(plan.assign[topic.id][0])
            keys[bits.group_of[s]] |= 1 << (bits.shift[s] + t)
    assert sum(bits.pairs(g, key) for g, key in enumerate(keys)) == side_by_side(problem, plan.assign)


def test_the_most_wanted_session_gets_the_largest_room() -> None:
    problem = Problem(
        slots=(Slot(1, 1, 540, 600),),
        rooms=(Room("attic", 2), Room("hall", 8)),
        topics=(Topic("quiet"), Topic("loud")),
        people=tuple(Person(i) for i in range(8)),
        supports=(Support(0, "quiet"), *(Support(i, "loud") for i in range(1, 8))),
    )
    assert quick(problem).assign == {"quiet": (1, "attic"), "loud": (1, "hall")}


def test_people_who_must_be_there_need_seats_too() -> None:
    problem = Problem(
        slots=(Slot(1, 1, 540, 600),),
        rooms=(Room("attic", 2), Room("hall", 8)),
        topics=(Topic("quiet"), Topic("led", needed=("ada", "bo"))),
        people=(Person("ada"), Person("bo"), Person("cy")),
        supports=(Support("cy", "quiet"), Support("cy", "led", 2)),
    )
    plan = quick(problem)
    assert (plan.value, plan.assign) == (2, {"quiet": (1, "attic"), "led": (1, "hall")})


def test_nothing_runs_beside_a_plenary() -> None:
    problem = Problem(
        slots=(Slot(1, 1, 540, 600), Slot(2, 1, 570, 630), Slot(3, 1, 660, 720)),
        rooms=(Room("a"), Room("b")),
        topics=(Topic("x"), Topic("y"), Topic("opening", plenary=True, slots=frozenset({1}))),
        people=(),
    )
    assert quick(problem).assign == {"x": (3, "a"), "y": (3, "b"), "opening": (1, "a")}


def test_a_must_is_placed_before_what_more_people_want() -> None:
    problem = Problem(
        slots=(Slot(1, 1, 540, 600),),
        rooms=(Room("a"),),
        topics=(Topic("loved"), Topic("wrap-up", must=True)),
        people=tuple(Person(i) for i in range(5)),
        supports=tuple(Support(i, "loved") for i in range(5)),
    )
    plan = quick(problem)
    assert plan.assign == {"wrap-up": (1, "a")}
    assert plan.left_out == (("loved", "Every room is taken at day 1, 09:00; 5 people want it."),)


def test_pins_that_contradict_each_other_are_kept_and_reported() -> None:
    problem = Problem(
        slots=(Slot("nine", 1, 540, 600), Slot("ten", 1, 600, 660)),
        rooms=(Room("a", name="Attic"), Room("b", name="Barn")),
        topics=(
            Topic("x", needed=("ada",), pinned_slot="nine", pinned_room="a"),
            Topic("y", needed=("ada",), pinned_slot="nine", pinned_room="a"),
            Topic("z", pinned_slot="nine"),
        ),
        people=(Person("ada", name="Ada"),),
    )
    plan = quick(problem)
    assert plan.assign == {"x": ("nine", "a"), "y": ("nine", "a"), "z": ("nine", "b")}
    assert [f.sentence for f in check(problem, plan.assign, plan.attend)] == [
        "Attic holds both topic x and topic y at day 1, 09:00.",
        "Ada is needed in both topic x and topic y at day 1, 09:00.",
    ]


def test_a_pinned_topic_without_a_room_left_is_left_out_and_reported() -> None:
    problem = Problem(
        slots=(Slot(1, 1, 540, 600), Slot(2, 1, 600, 660)),
        rooms=(Room("a"),),
        topics=(Topic("x", pinned_slot=1, pinned_room="a"), Topic("y", pinned_slot=1)),
        people=(),
    )
    plan = quick(problem)
    assert plan.assign == {"x": (1, "a")}
    assert plan.left_out == (("y", "Every room is taken at day 1, 09:00; nobody has asked for it."),)
    assert [f.code for f in check(problem, plan.assign, plan.attend)] == ["pin_broken"]


def test_a_reason_tells_how_many_would_miss_what_at_another_time() -> None:
    problem = Problem(
        slots=(Slot(1, 1, 540, 600, when="On Wed at 09:00"), Slot(2, 1, 660, 720, when="On Wed at 11:00")),
        rooms=(Room("a"), Room("b"), Room("c")),
        topics=(
            Topic("x", "Upgrades", pinned_room="a", slots=frozenset({1, 2})),
            Topic("y", "“The network is fine”", pinned_slot=2),
            Topic("z", "Ceph", pinned_slot=2),
        ),
        people=tuple(Person(i) for i in range(4)),
        supports=(*(Support(i, "x") for i in range(4)), *(Support(i, "y") for i in range(2)), Support(2, "z")),
    )
    plan = quick(problem)
    assert plan.reasons["x"] == (
        "Pinned to this room. 4 people want it and can come. "
        "On Wed at 11:00, 3 of them would miss something they want, 2 of them “\u2018The network is fine\u2019”."
    )
    worse = review(problem, {"x": (2, "a"), "y": (2, "b"), "z": (2, "c")})
    assert worse.reasons["x"].endswith("On Wed at 09:00, none of them would miss anything they want instead of 3.")


@given(problems(overlap=False))
@settings(deadline=None, max_examples=60)
def test_calming_an_agenda_costs_no_wish_and_sets_nothing_more_side_by_side(problem: Problem) -> None:
    rough = quick(problem, moves=0)
    plan = calm(problem, rough.assign)
    assert set(plan.assign) >= set(rough.assign)
    assert check(problem, plan.assign, plan.attend) == check(problem, rough.assign, rough.attend)
    if len(plan.assign) == len(rough.assign) and plan.value == rough.value:
        assert side_by_side(problem, plan.assign) <= side_by_side(problem, rough.assign)


def test_calming_places_what_is_new_and_moves_what_is_not_allowed_any_more() -> None:
    problem = Problem(
        slots=(Slot(1, 1, 540, 600), Slot(2, 1, 600, 660), Slot(3, 1, 660, 720)),
        rooms=(Room("a"),),
        topics=(Topic("x", slots=frozenset({2, 3})), Topic("y", pinned_slot=2), Topic("new")),
        people=(),
    )
    assert calm(problem, {"x": (1, "a"), "y": (2, "a"), "gone": (3, "a")}).assign == {
        "x": (3, "a"),
        "y": (2, "a"),
        "new": (1, "a"),
    }


def test_nothing_to_place_is_a_plan_too() -> None:
    assert quick(Problem((), (), (), ())) == Plan({}, {}, 0, 0)


def test_reasons_name_the_facts() -> None:
    problem = Problem(
        slots=(Slot(1, 1, 540, 600), Slot(2, 1, 600, 660)),
        rooms=(Room("a", 3), Room("b", 3)),
        topics=(
            Topic("x", "Upgrades", needed=("ada",)),
            Topic("y", "Containers", needed=("ada",), pinned_slot=1),
            Topic("z", "Ceph"),
            Topic("w", "Billing", pinned_slot=1),
        ),
        people=(Person("ada", "Ada"), *(Person(i) for i in range(4))),
        supports=(*(Support(i, "x") for i in range(4)), Support(0, "z"), Support("ada", "z"), Support(0, "w")),
    )
    plan = quick(problem)
    assert plan.assign == {"x": (2, "a"), "y": (1, "a"), "z": (2, "b"), "w": (1, "b")}
    assert plan.reasons == {
        "x": "4 people want it, 2 can come; its 3 seats are full. On day 1 at 09:00, Ada is needed in “Containers”.",
        "y": "Pinned to this time. Nobody has asked for it yet.",
        "z": "2 people want it, 1 can come. On day 1 at 09:00, 1 of them would miss “Billing”.",
        "w": "Pinned to this time. 1 person wants it and can come.",
    }
