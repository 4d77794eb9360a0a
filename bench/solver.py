"""How good agendas are, and how close their proven bound: `python -m bench.solver [--only meetup summit ...]`.

Invented events of five sizes (see `bench/tools/events.py`), each solved by `midcycle solve` in a process of its own, and plans
for the day itself. Printed: when the first agenda was there, score, bound and gap at the end, and the memory of the process.
Every plan is scored again by the scorer, which does not know the solver; a broken rule or another score ends the bench.
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

from bench.tools.events import SIZES, disturbed, event
from midcycle.engines.solver.format import read_plan, write_instance
from midcycle.engines.solver.instance import Agenda, Instance, Spot
from midcycle.engines.solver.score import Score, score

PROGRAM = Path(sys.executable).parent / "midcycle"


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
        lines = [json.loads(line) for line in process.stdout or ()]
        usage = os.wait4(process.pid, 0)[2]
    took = time.perf_counter() - began
    plan = read_plan(out.read_bytes(), instance)
    found = score(instance, plan)
    if found.breaches or found.points != lines[-1]["score"] or found.points > lines[-1]["bound"]:
        raise SystemExit(f"The plan breaks a rule or its score is wrong: {found}")
    out.replace(folder / "start.json")
    best = next(line["t"] for line in lines if line["score"] == found.points)
    return Run(lines[0]["t"], best, took, lines[-1]["bound"], found, plan, usage.ru_maxrss / 1024)


def meetups(seconds: float, count: int, folder: Path) -> None:
    """Solve meetups of many seeds, and each again after a change on the day."""
    runs = []
    for seed in range(1, count + 1):
        instance = event(SIZES["meetup"], seed)
        run = solved(instance, seconds, folder=folder)
        print(f"meetup {seed:2}: {run}")
        placed = {t: Spot(seat.slot, seat.room) for t, seat in run.plan.grid.items()}
        changed = disturbed(instance, placed, random.Random(seed))
        live = solved(changed, 2.0, run.plan, folder=folder)
        print(f"   the day: {live}, {live.score.moved_slot + live.score.moved_room} moved")
        runs.append(run)
    proven = sum(run.gap <= 0 for run in runs)
    print(f"meetups: {proven} of {count} proven best within {seconds:.0f} s, largest gap {max(run.gap for run in runs):.3f} %")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Scores, bounds and memory of the solver.")
    parser.add_argument("--only", nargs="+", choices=SIZES, default=["meetup", "summit", "conference", "congress"])
    parser.add_argument("--seeds", type=int, default=20)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if "meetup" in args.only:
            meetups(15, args.seeds, folder)
            print(f"meetup with long sessions: {solved(event(SIZES['meetup'], 1, long=0.15), 15, folder=folder)}")
        for size, seconds in (("summit", 60), ("conference", 10), ("congress", 60)):
            if size in args.only:
                print(f"{size}: {solved(event(SIZES[size], 1), seconds, folder=folder)}")


if __name__ == "__main__":
    main()
