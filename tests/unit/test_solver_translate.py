"""An app's problem as one of the format: what the search finds there keeps every rule here, and counts the same."""

import time
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from midcycle.engines.solver.anneal import draft
from midcycle.engines.solver.check import check, recount
from midcycle.engines.solver.format import read_instance, write_instance
from midcycle.engines.solver.instance import Spot
from midcycle.engines.solver.model import Person, Problem, Room, Slot, Support, Topic
from midcycle.engines.solver.quick import improve
from midcycle.engines.solver.score import score
from midcycle.engines.solver.search import search
from midcycle.engines.solver.seating import seat
from midcycle.engines.solver.translate import VOTE, TranslationError, no_worse, translate
from tests.unit.solver_problems import problems


def drafted(problem):
    return draft(problem, seed=1, seconds=None, moves=300, clock=time.monotonic).assign


def found_for(problem, start, seconds=0.15, **how):
    told = translate(problem, start, **how)
    assert read_instance(write_instance(told.instance)) == told.instance
    progress = search(told.instance, seed=1, seconds=seconds, clock=time.monotonic, start=told.agenda(start))
    return told, list(progress)[-1]


def findings(problem, assign):
    return {(f.code, f.topics) for f in check(problem, assign, seat(problem, assign))}


@st.composite
def pinned_problems(draw, overlap=False):
    """Problems with pins made without a thought: they may contradict each other, closures and absences."""
    problem = draw(problems(overlap=overlap))
    slots = st.sampled_from([slot.id for slot in problem.slots])
    rooms = st.sampled_from([room.id for room in problem.rooms])
    kinds = draw(st.lists(st.sampled_from(["", "", "slot", "room", "both"]), min_size=6, max_size=6))
    topics = [
        replace(
            topic,
            pinned_slot=draw(slots) if kind in {"slot", "both"} else None,
            pinned_room=draw(rooms) if kind in {"room", "both"} else None,
            must=draw(st.booleans()),
            track=draw(st.sampled_from([None, "storage", "people"])),
        )
        for topic, kind in zip(problem.topics, kinds, strict=False)
    ]
    return replace(problem, topics=tuple(topics))


@pytest.mark.slow
@given(pinned_problems())
@settings(max_examples=60, deadline=None)
def test_what_is_found_breaks_no_rule_the_draft_kept_and_is_no_worse(problem):
    assume(not all(slot.reserved for slot in problem.slots))
    start = drafted(problem)
    told, last = found_for(problem, start)
    assert last.score.breaches == ()
    assert last.bound >= last.score.points
    assign = told.assignment(last.agenda)
    assert findings(problem, assign) <= findings(problem, start)
    assert len(assign) >= len(start)


@pytest.mark.slow
@given(pinned_problems(overlap=True))
@settings(max_examples=60, deadline=None)
def test_where_times_overlap_it_is_told_whether_what_is_found_is_no_worse(problem):
    start = drafted(problem)
    try:
        told, last = found_for(problem, start)
    except TranslationError:
        return
    assign = told.assignment(last.agenda)
    if no_worse(problem, start, assign):
        assert len(findings(problem, assign)) <= len(findings(problem, start))
        assert len(assign) >= len(start)


@pytest.mark.slow
@given(problems(overlap=False))
@settings(max_examples=40, deadline=None)
def test_the_score_counts_the_wishes_the_board_counts(problem):
    assume(not all(slot.reserved for slot in problem.slots))
    told, last = found_for(problem, drafted(problem), seconds=0.3)
    assign = told.assignment(last.agenda)
    assert last.score.attended == recount(problem, assign, seat(problem, assign))


@given(pinned_problems(overlap=True))
@settings(max_examples=60, deadline=None)
def test_a_walk_of_a_moment_is_never_for_the_worse_and_the_same_each_time(problem):
    start = drafted(problem)
    found = improve(problem, start, seed=1, moves=2_000)
    assert found == improve(problem, start, seed=1, moves=2_000)
    assert no_worse(problem, start, found)


def test_a_walk_of_a_moment_finds_what_is_better():
    topics = tuple(Topic(t) for t in "wxyz")
    wants = [("bo", "w"), ("bo", "x"), ("cy", "y"), ("cy", "z")]
    people = (Person("bo"), Person("cy"))
    problem = Problem(HOURS[:2], (HALL, ATTIC), topics, people, tuple(Support(*want) for want in wants))
    start = {"w": (9, "hall"), "x": (9, "attic"), "y": (10, "hall"), "z": (10, "attic")}
    found = improve(problem, start, seed=1, moves=2_000)
    assert recount(problem, found, seat(problem, found)) == 4


HOURS = tuple(Slot(hour, 1, 60 * hour, 60 * hour + 60, label=f"{hour}:00") for hour in (9, 10, 11))
HALL, ATTIC = Room("hall", 25, name="Hall"), Room("attic", 10, name="Attic")


def test_a_session_of_two_slots_and_one_that_lies_across_three_come_back_as_they_are():
    slots = (*HOURS, Slot("9+10", 1, 540, 660), Slot("workshop", 1, 545, 715))
    topics = (
        Topic("long", slots=frozenset({"9+10"})),
        Topic("workshop", slots=frozenset({"workshop"})),
        Topic("x", slots=frozenset({9, 10, 11})),
    )
    problem = Problem(slots, (HALL, ATTIC), topics, ())
    start = {"long": ("9+10", "hall"), "workshop": ("workshop", "attic"), "x": (11, "hall")}
    told = translate(problem, start)
    assert [theme.duration for theme in told.instance.topics] == [2, 3, 1]
    assert told.spots(start) == {0: Spot(0, 0), 1: Spot(0, 1), 2: Spot(2, 0)}
    assert told.assignment(told.agenda(start)) == start


def test_nothing_is_let_beside_a_plenary_and_it_stays_where_it_is():
    problem = Problem(HOURS, (HALL, ATTIC), (Topic("opening", plenary=True), Topic("x")), ())
    told = translate(problem, {"opening": (9, "hall"), "x": (10, "hall")})
    assert [sorted(theme.slots) for theme in told.instance.topics] == [[0], [1, 2]]
    assert [(theme.must, theme.fixed_room) for theme in told.instance.topics] == [(True, 0), (False, None)]


def test_pins_that_contradict_each_other_keep_their_place():
    ada = Person("ada")
    topics = (
        Topic("x", needed=("ada",), pinned_slot=9, pinned_room="hall"),
        Topic("y", needed=("ada",), pinned_slot=9, pinned_room="hall"),
        Topic("z", pinned_slot=10, pinned_room="attic"),
    )
    problem = Problem(HOURS, (HALL, replace(ATTIC, closed=frozenset({10}))), topics, (ada,))
    start = {"x": (9, "hall"), "y": (9, "hall"), "z": (10, "attic")}
    told, last = found_for(problem, start)
    assert last.score.breaches == ()
    assert told.assignment(last.agenda) == start


def test_each_change_costs_what_was_said():
    topics = (Topic("x"), Topic("y"))
    supports = (Support("bo", "x"), Support("bo", "y"))
    problem = Problem(HOURS, (HALL, ATTIC), topics, (Person("bo"),), supports)
    start = {"x": (9, "hall"), "y": (9, "attic")}
    for per_move, moved in ((VOTE - 1, 1), (VOTE + 1, 0)):
        told, last = found_for(problem, start, per_move=per_move)
        assign = told.assignment(last.agenda)
        assert sum(assign[topic] != start[topic] for topic in start) == moved
        assert score(told.instance, told.agenda(start)).points == VOTE


def test_sessions_of_one_track_are_put_apart_but_never_at_the_price_of_a_wish():
    topics = (Topic("x", track="storage"), Topic("y", track="storage"), Topic("z", track="people"), Topic("w", track="people"))
    problem = Problem(HOURS[:2], (HALL, ATTIC), topics, (Person("bo"),), (Support("bo", "x"), Support("bo", "z")))
    told, last = found_for(problem, {"x": (9, "hall"), "y": (9, "attic"), "z": (10, "hall"), "w": (10, "attic")})
    assign = told.assignment(last.agenda)
    assert assign["x"][0] != assign["y"][0]
    assert assign["z"][0] != assign["w"][0]
    assert (last.score.attended, last.is_best) == (2, True)


def test_times_no_search_can_follow_are_told():
    slots = (Slot(1, 1, 540, 600), Slot(2, 1, 590, 640, label="two"), Slot(3, 1, 630, 800, label="three"), Slot(4, 1, 700, 760))
    with pytest.raises(TranslationError, match=r"There is no slot for sessions\."):
        translate(Problem((replace(slots[0], reserved=True),), (HALL,), (Topic("x"),), ()), {})
    with pytest.raises(TranslationError, match=r"two and three overlap in a way no search can follow\."):
        translate(Problem(slots, (HALL,), (Topic("x"),), ()), {})
