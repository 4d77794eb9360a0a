"""Problems with everything in them at once, and those that were hard: found by solving a thousand."""

import time
from dataclasses import replace
from itertools import permutations
from random import Random

import pytest

from bench.tools.day import HAPPENINGS, forced, frozen
from bench.tools.events import SIZES, Size, event
from bench.tools.odd import odd
from midcycle.engines.solver.board import Board, Progress
from midcycle.engines.solver.certificate import verify_bound
from midcycle.engines.solver.contradictions import contradictions
from midcycle.engines.solver.exact import best_slot
from midcycle.engines.solver.format import read_instance, write_instance
from midcycle.engines.solver.glance import at_a_glance
from midcycle.engines.solver.instance import Agenda, Guest, Hall, Instance, Seat, Spot, Stretch, Theme, Vote, Weights
from midcycle.engines.solver.search import search


def solved(instance: Instance, *, seconds: float, start: Agenda | None = None) -> Progress:
    *_, last = search(instance, seed=1, seconds=seconds, clock=time.monotonic, start=start)
    return last


def never() -> bool:
    return False


@pytest.mark.parametrize("seed", range(18))
def test_odd_problems_keep_every_rule_and_their_proof_holds(seed: int) -> None:
    instance = odd(seed)
    assert read_instance(write_instance(instance)) == instance
    last = solved(instance, seconds=0.3)
    if last.score.breaches:
        assert contradictions(instance, never) != []
        return
    assert last.score.points <= last.bound
    assert last.agenda.certificate is not None
    verdict = verify_bound(instance, last.agenda.certificate, never)
    assert verdict.holds
    assert last.score.points <= verdict.claimed


def test_long_sessions_that_fit_in_one_way_only_are_placed() -> None:
    """Where people are there is the middle, but a session there leaves no two slots in a row."""
    people = tuple(Guest(slots=frozenset({1, 2, 3})) for _ in range(30))
    event = Instance(
        slots=tuple(Stretch(0, 0) for _ in range(5)),
        rooms=(Hall(40),),
        topics=(Theme(must=True, duration=3), Theme(must=True, duration=2)),
        people=people,
        votes=tuple(Vote(p, 0, 3) for p in range(30)),
    )
    last = solved(event, seconds=3)
    assert (last.score.breaches, len(last.agenda.grid)) == ((), 2)


def test_a_plan_that_is_best_at_first_sight_has_a_proof() -> None:
    topics = (Theme(must=True, duration=2), Theme(must=False), Theme(must=True, volunteers=(0, 1), moderators=2))
    people = (Guest(experienced=True, most_moderations=1), Guest(most_moderations=1))
    event = Instance(
        slots=tuple(Stretch(0, 0) for _ in range(4)),
        rooms=(Hall(40),),
        topics=topics,
        people=people,
        votes=(Vote(0, 0, 2), Vote(1, 1, 1)),
        previous={0: Spot(0, 0), 1: Spot(2, 0)},
        weights=Weights(10, 8, 8, 0, 15, 4, 3),
    )
    last = solved(event, seconds=5)
    assert last.is_best
    board = Board(event, time.monotonic, 0.0)
    board.offer(last.agenda)
    first = board.progress()
    assert first is not None
    assert first.agenda.certificate is not None
    assert verify_bound(event, first.agenda.certificate, never).holds


def test_another_room_in_the_old_slot_costs_something_where_another_slot_costs_nothing() -> None:
    event = Instance(
        slots=(Stretch(0, 0), Stretch(0, 0)),
        rooms=(Hall(40), Hall(3)),
        topics=(Theme(must=True), Theme(most=2)),
        people=tuple(Guest() for _ in range(4)),
        votes=tuple(Vote(p, t, 1 + t * (p % 2)) for p in range(4) for t in range(2)),
        previous={0: Spot(0, 1), 1: Spot(0, 0)},
        weights=Weights(10, move_slot=0, move_room=1, unscheduled=1),
    )
    for seconds in (0.05, 0.5):
        last = solved(event, seconds=seconds)
        assert last.score.points <= 80 <= last.bound


def test_rooms_are_counted_one_for_each_session() -> None:
    """Three sessions that all could fill the large room: only one has it, and the bound of each slot knows that."""
    votes = tuple(Vote(p, t, 1) for t in range(3) for p in range(20 * t, 20 * t + 20))
    event = Instance(
        slots=(Stretch(0, 0),),
        rooms=(Hall(20), Hall(8), Hall(2)),
        topics=tuple(Theme(must=True, most=most) for most in (None, 15, 12)),
        people=tuple(Guest() for _ in range(60)),
        votes=votes,
    )
    sitting = best_slot(event, 0, [0, 1, 2], 5.0)
    assert sitting is not None
    best = max(sum(min(n, m or 99) for n, m in zip(rooms, (None, 15, 12), strict=True)) for rooms in permutations((20, 8, 2)))
    last = solved(event, seconds=5)
    assert sitting.value == 10 * best == last.score.points == last.bound
    assert last.agenda.certificate is not None
    assert verify_bound(event, last.agenda.certificate, never).claimed == last.bound


def test_people_who_want_more_than_there_are_slots_bound_the_score() -> None:
    """Everybody wants all eight topics of three slots; nobody can attend more than three."""
    event = Instance(
        slots=tuple(Stretch(0, 0) for _ in range(3)),
        rooms=(Hall(50), Hall(50), Hall(50)),
        topics=tuple(Theme(must=True) for _ in range(8)),
        people=tuple(Guest() for _ in range(10)),
        votes=tuple(Vote(p, t, 1 + (p == t)) for p in range(10) for t in range(8)),
    )
    last = solved(event, seconds=5)
    assert last.is_best
    assert last.agenda.certificate is not None
    assert verify_bound(event, last.agenda.certificate, never).holds


def test_somebody_needed_too_often_is_seen_at_a_glance_in_a_large_problem() -> None:
    crowd = event(SIZES["conference"], 1)
    topics = tuple(replace(theme, needed=(5,), fixed_slot=None, fixed_room=None) for theme in crowd.topics)
    large = replace(crowd, topics=topics * 6, rooms=crowd.rooms * 6)
    there = sum(large.present(5, range(s, s + 1)) for s in range(20))
    assert at_a_glance(large) == [
        f"Topics that must take place need person 5 in 1800 slots, but only {there} are open to them."
    ]
    assert at_a_glance(crowd) == []


@pytest.mark.parametrize("name", sorted(HAPPENINGS))
def test_on_the_day_what_is_over_stays_and_the_rest_is_best(name: str) -> None:
    instance = event(Size(40, 15, 3, 6, 5), 3)
    plan = solved(instance, seconds=10).agenda
    placed = {t: Spot(seat.slot, seat.room) for t, seat in plan.grid.items()}
    changed = HAPPENINGS[name](frozen(instance, placed, 2), 2, Random(name))
    last = solved(changed, seconds=10, start=plan)
    assert (last.score.breaches, last.is_best) == ((), True)
    moved = {t for t, spot in placed.items() if last.agenda.grid[t][:2] != spot}
    assert not any(placed[t].slot < 2 for t in moved)
    assert len(moved) - forced(changed) <= 5


def test_without_a_plan_the_search_begins_from_the_agenda_that_is_out() -> None:
    instance = event(Size(40, 15, 3, 6, 5), 3)
    plan = solved(instance, seconds=10).agenda
    placed = {t: Spot(seat.slot, seat.room) for t, seat in plan.grid.items()}
    first = next(iter(search(replace(instance, previous=placed), seed=1, seconds=5, clock=time.monotonic)))
    assert first.score.moved_slot + first.score.moved_room == 0


def test_of_plans_with_equal_points_the_one_with_fewer_moves_is_kept() -> None:
    event = Instance(
        slots=(Stretch(0, 0), Stretch(0, 0)),
        rooms=(Hall(40), Hall(40)),
        topics=(Theme(must=True), Theme(must=True)),
        people=(Guest(),),
        previous={0: Spot(0, 0), 1: Spot(1, 1)},
        weights=Weights(10),
    )
    board = Board(event, time.monotonic, 0.0)
    there, moved = {0: Seat(0, 0), 1: Seat(1, 1)}, {0: Seat(1, 0), 1: Seat(0, 1)}
    assert [board.offer(Agenda(grid, {})) for grid in (moved, there, moved)] == [True, True, False]
