"""How good an agenda is after how many seconds: `python bench/agenda.py [--seconds 0.1 0.3 1 3] [--runs 3]`.

The meetups are invented from fixed seeds: 120 people with about eight wants each, 40 topics, 5 rooms, 10 slots
on two days. Printed: the weight of the wants attended (median of the runs, from different seeds of the search),
its ratio to the best plan of all runs, and moves a second. Every plan goes through the checker.
"""

import argparse
import math
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from midcycle.engines.solver.anneal import draft
from midcycle.engines.solver.check import check, recount
from midcycle.engines.solver.model import Person, Problem, Room, Slot, Support, Topic

PEOPLE, TOPICS, THEMES = 120, 40, 6


def meetup(seed: int) -> Problem:
    """Invent a meetup: themes draw people, few topics draw many, some people come for one day only."""
    rng = random.Random(seed)
    slots = tuple(Slot(i, 1 + i // 5, 540 + 75 * (i % 5), 600 + 75 * (i % 5)) for i in range(10))
    rooms = tuple(Room(i, seats) for i, seats in enumerate((108, 60, 45, 40, 30)))
    themes = [rng.randrange(THEMES) for _ in range(TOPICS)]
    pull = [math.exp(rng.gauss(0, 0.7)) for _ in range(TOPICS)]
    wants = [_wants(rng, themes, pull) for _ in range(PEOPLE)]
    leads = [next(p for p in rng.sample(range(PEOPLE), PEOPLE) if t in wants[p]) for t in range(TOPICS)]
    away = {p: frozenset(range(5) if p % 2 else range(5, 10)) for p in range(PEOPLE) if rng.random() < 0.1}
    return Problem(
        slots=slots,
        rooms=rooms,
        topics=tuple(
            Topic(t, comfort=rng.choice((None, None, 35, 25)), must=True, needed=(lead,)) for t, lead in enumerate(leads)
        ),
        people=tuple(Person(p, slots=None if p in leads else away.get(p)) for p in range(PEOPLE)),
        supports=tuple(Support(p, t, 3 if leads[t] == p else 1) for p, mine in enumerate(wants) for t in sorted(mine)),
    )


def _wants(rng: random.Random, themes: list[int], pull: list[float]) -> set[int]:
    liked = {theme: rng.uniform(0.4, 1.0) for theme in rng.sample(range(THEMES), 2)}
    odds = [pull[t] * (0.1 + liked.get(themes[t], 0.0)) for t in range(TOPICS)]
    eager = sorted(range(TOPICS), key=lambda t: rng.expovariate(1.0) / odds[t])
    return set(eager[: max(1, int(rng.gammavariate(4.0, 2.0)))])


def values(problem: Problem, seconds: float, runs: int) -> Iterator[int]:
    """Yield the value of a draft for each run; a plan with a fault ends the bench."""
    for seed in range(1, runs + 1):
        plan = draft(problem, seed=seed, seconds=seconds, moves=None, clock=time.perf_counter)
        if check(problem, plan.assign, plan.attend) or plan.value != recount(problem, plan.assign, plan.attend):
            raise SystemExit(f"The plan of seed {seed} breaks a rule or counts its value wrongly.")
        yield plan.value


def moves_a_second(problem: Problem, moves: int) -> float:
    """Return the speed of the search."""
    start = time.perf_counter()
    draft(problem, seed=1, seconds=None, moves=moves, clock=time.perf_counter)
    return moves / (time.perf_counter() - start)


def main() -> None:
    """Print one table for each invented meetup."""
    parser = argparse.ArgumentParser(description="Value of drafted agendas per seconds of search.")
    parser.add_argument("--seconds", type=float, nargs="+", default=[0.1, 0.3, 1.0, 3.0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    args = parser.parse_args()
    for seed in args.seeds:
        problem = meetup(seed)
        found = {seconds: list(values(problem, seconds, args.runs)) for seconds in args.seconds}
        best = max(max(each) for each in found.values())
        wanted = sum(s.weight for s in problem.supports)
        print(f"meetup {seed}: {wanted} wanted, best {best}, {moves_a_second(problem, 100_000):,.0f} moves/s")
        for seconds, each in found.items():
            middle = statistics.median(each)
            spread = f"{args.runs} runs, {min(each)} to {max(each)}"
            print(f"  {seconds:5.1f} s  value {middle:6.0f}  ratio {middle / best:.4f}  ({spread})")


if __name__ == "__main__":
    main()
