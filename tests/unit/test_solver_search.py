"""The search: it keeps every rule, its bound holds, and what it finds on tiny problems is the best there is."""

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from bench.tools.events import SIZES, Size, event
from midcycle.engines.solver.board import Progress
from midcycle.engines.solver.certificate import verify_bound
from midcycle.engines.solver.contradictions import contradictions
from midcycle.engines.solver.instance import Agenda, Guest, Hall, Instance, Seat, Stretch, Theme, Vote, Weights
from midcycle.engines.solver.search import search
from tests.unit.solver_instances import best_by_trying, instances


def solved(instance: Instance, *, seconds: float = 20.0, start: Agenda | None = None) -> Progress:
    """Return the last progress; a problem with a proven best plan ends early."""
    *_, last = search(instance, seed=1, seconds=seconds, clock=time.monotonic, start=start)
    return last


def never() -> bool:
    return False


@given(instances(long=False))
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
def test_tiny_problems_are_solved_and_proven(instance: Instance) -> None:
    best = best_by_trying(instance)
    last = solved(instance, seconds=0.4)
    if best is None:
        assert last.score.breaches
        assert contradictions(instance, never) != []
    else:
        assert (last.score.breaches, last.score.points) == ((), best)
        assert last.bound >= best


@given(instances())
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
def test_the_bound_holds_with_long_sessions(instance: Instance) -> None:
    best = best_by_trying(instance)
    last = solved(instance, seconds=0.3)
    if best is not None:
        assert last.score.breaches == ()
        assert last.score.points <= best <= last.bound


@pytest.mark.parametrize("seed", range(3))
def test_a_meetup_is_solved_to_the_proven_optimum_and_the_proof_holds(seed: int) -> None:
    instance = event(SIZES["tiny"], seed)
    last = solved(instance)
    assert (last.score.breaches, last.is_best) == ((), True)
    assert last.agenda.certificate is not None
    verdict = verify_bound(instance, last.agenda.certificate, never)
    assert verdict.holds
    assert verdict.claimed >= last.bound


def test_a_claim_that_is_too_low_is_not_confirmed() -> None:
    instance = event(Size(20, 8, 2, 5, 4), 1)
    proof = solved(instance).agenda.certificate
    assert proof is not None
    assert not verify_bound(instance, replace(proof, bound=proof.bound - 4), never).holds
    assert not verify_bound(instance, replace(proof, bound=proof.bound - 0.5, slots=(0.0,) * 5), never).holds


def test_a_plan_that_is_proven_always_has_its_certificate() -> None:
    """The first prices may prove no more than the sum of all votes; the last step of the proof builds on them all the same."""
    wants = [(0, 1, 2, 3), (0, 1), (0, 1), (2, 3), (2, 3), (2, 3)]
    problem = Instance(
        slots=(Stretch(1, 1), Stretch(1, 2), Stretch(1, 3)),
        rooms=(Hall(100), Hall(10)),
        topics=(Theme(),) * 4,
        people=(Guest(),) * len(wants),
        votes=tuple(Vote(person, topic, 1) for person, topics in enumerate(wants) for topic in topics),
        weights=Weights(attend=10, unscheduled=157),
    )
    start = Agenda({0: Seat(0, 0), 1: Seat(0, 1), 2: Seat(1, 0), 3: Seat(1, 1)})
    for seed in range(12):
        *_, last = search(problem, seed=seed, seconds=20, clock=time.monotonic, start=start)
        assert (last.score.points, last.bound) == (130, 130)
        assert last.agenda.certificate is not None
        assert verify_bound(problem, last.agenda.certificate, never).holds
