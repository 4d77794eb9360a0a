"""How good agendas are, and how close their proven bound: `python -m bench.solver [--only meetup day ...]`.

Invented events of five sizes (see `bench/tools/events.py`), each solved by `midcycle solve` in a process of its own, and plans
for the day itself (`bench/tools/day.py`). Printed: when the first agenda was there, score, bound and gap at the end, and the
memory of the process. Every plan is scored again by the scorer, which does not know the solver; a broken rule or another score
ends the bench. `--random 1000` solves so many small problems with everything in them (`bench/tools/odd.py`), a third of a
second each, and checks every proof.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.tools.day import HAPPENINGS, forced, frozen
from bench.tools.events import SIZES, event
from bench.tools.odd import odd
from midcycle.engines.solver.certificate import verify_bound
from midcycle.engines.solver.contradictions import contradictions
from midcycle.engines.solver.format import read_plan, write_instance
from midcycle.engines.solver.instance import Agenda, Instance, Spot
from midcycle.engines.solver.score import Score, score
from midcycle.engines.solver.search import search

PROGRAM = Path(sys.executable).parent / "midcycle"
CLOSE = 1.005


@dataclass(frozen=True)
class Run:
    """What one run came to."""

    first: float
    best: float
    seconds: float
    bound: float
    score: Score
    plan: Agenda
    megabytes: float
    close: float

    @property
    def moved(self) -> int:
        """How many sessions are elsewhere than before."""
        return self.score.moved_slot + self.score.moved_room

    @property
    def gap(self) -> float:
        """How far the score may be from the best there is, in per cent."""
        return 100 * (self.bound / self.score.points - 1)

    def __str__(self) -> str:
        """Say it on one line."""
        return (
            f"first {self.first:5.2f} s, ended {self.seconds:6.2f} s, score {self.score.points:8.0f}, bound {self.bound:8.0f}, "
            f"gap {self.gap:6.3f} %, {self.score.attended} votes attended, {self.megabytes:.0f} MB"
        )


def solved(instance: Instance, seconds: float, start: Agenda | None = None, *, folder: Path) -> Run:
    """Solve a problem in a process of its own."""
    problem, out = folder / "problem.json", folder / "plan.json"
    problem.write_bytes(write_instance(instance))
    command = [PROGRAM, "solve", problem, "--out", out, "--seconds", str(seconds)]
    command += [] if start is None else ["--from", folder / "start.json"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        lines = [{**json.loads(line), "wall": time.perf_counter() - began} for line in process.stdout or ()]
        usage = os.wait4(process.pid, 0)[2]
    took = time.perf_counter() - began
    plan = read_plan(out.read_bytes(), instance)
    found = score(instance, plan)
    if found.breaches or found.points != lines[-1]["score"] or found.points > lines[-1]["bound"]:
        raise SystemExit(f"The plan breaks a rule or its score is wrong: {found}")
    out.replace(folder / "start.json")
    best = next(line["t"] for line in lines if line["score"] == found.points)
    close = next((line["wall"] for line in lines if line["bound"] <= CLOSE * line["score"]), float("inf"))
    return Run(lines[0]["t"], best, took, lines[-1]["bound"], found, plan, usage.ru_maxrss / 1024, close)


def meetups(seconds: float, count: int, folder: Path) -> None:
    """Solve meetups of many seeds, and each again after a change on the day."""
    runs = []
    for seed in range(1, count + 1):
        instance = event(SIZES["meetup"], seed)
        run = solved(instance, seconds, folder=folder)
        print(f"meetup {seed:2}: {run}")
        runs.append(run)
    proven = sum(run.gap <= 0 for run in runs)
    print(f"meetups: {proven} of {count} proven best within {seconds:.0f} s, largest gap {max(run.gap for run in runs):.3f} %")


def days(size: str, seconds: float, count: int, folder: Path) -> None:
    """Solve again what happens on the day of some events; each begins from the plan that is out."""
    runs, beyond = [], []
    for seed in range(1, count + 1):
        instance = event(SIZES[size], seed)
        plan = solved(instance, 15, folder=folder).plan
        (folder / "out.json").write_bytes((folder / "start.json").read_bytes())
        placed = {t: Spot(seat.slot, seat.room) for t, seat in plan.grid.items()}
        for name, happens in HAPPENINGS.items():
            rng = random.Random(f"{seed} {name}")
            now = rng.randrange(len(instance.slots) * 2 // 3)
            changed = happens(frozen(instance, placed, now), now, rng)
            (folder / "start.json").write_bytes((folder / "out.json").read_bytes())
            run = solved(changed, seconds, plan, folder=folder)
            runs.append(run)
            beyond.append(run.moved - forced(changed))
            moves = f"{run.moved} moved, {beyond[-1]} beyond the forced"
            print(f"{size} {seed:2} {name:8} {run}, 0.5 % after {run.close:.2f} s, {moves}")
    times = sorted(run.close for run in runs)
    middle, proven, many = times[len(times) // 2], sum(run.gap <= 0 for run in runs), sum(n > 5 for n in beyond)
    print(f"{size}, the day: {len(runs)} happenings, gap 0.5 % after {middle:.2f} s (median), {times[-1]:.2f} s (last)")
    print(f"   {proven} proven best, {many} with more than 5 moved beyond the forced")


def oddities(count: int, seconds: float) -> None:
    """Solve many small problems; stop at the first that is not as it must be."""
    counts = dict.fromkeys(("solved", "proven best", "without a plan, with a reason"), 0)
    for seed in range(count):
        instance = odd(seed)
        *_, last = search(instance, seed=1, seconds=seconds, clock=time.monotonic)
        if last.score.breaches:
            if not contradictions(instance, lambda: False):
                raise SystemExit(f"odd {seed}: no plan, and no reason for that.")
            counts["without a plan, with a reason"] += 1
            continue
        proof = last.agenda.certificate
        holds = proof is not None and verify_bound(instance, proof, lambda: False).holds
        if not holds or last.score.points > last.bound or proof is None or last.score.points > proof.bound:
            raise SystemExit(f"odd {seed}: the bound {last.bound} of {last.score.points} is not proven.")
        counts["solved"] += 1
        counts["proven best"] += last.is_best
    print(", ".join(f"{n} {what}" for what, n in counts.items()))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Scores, bounds and memory of the solver.")
    parts = ["meetup", "day", "summit", "conference", "congress"]
    parser.add_argument("--only", nargs="+", choices=["tiny", *parts], default=parts)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--random", type=int, metavar="COUNT", help="only solve so many small problems of all kinds")
    args = parser.parse_args()
    if args.random:
        oddities(args.random, 0.3)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if "meetup" in args.only:
            meetups(15, args.seeds, folder)
            print(f"meetup with long sessions: {solved(event(SIZES['meetup'], 1, long=0.15), 15, folder=folder)}")
        if "day" in args.only:
            days("meetup", 2, args.seeds, folder)
            days("summit", 5, 1, folder)
        for size, seconds in (("summit", 60), ("conference", 10), ("congress", 60)):
            if size in args.only:
                print(f"{size}: {solved(event(SIZES[size], 1), seconds, folder=folder)}")


if __name__ == "__main__":
    main()
