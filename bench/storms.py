"""Rushes with processes killed at random: `python -m bench.storms [rushes] [sqlite|postgres]`.

Four meetups at a time are stormed over one instance: people register by the form and through the API, give places back and
come back, organisers raise and lower capacities, and in the middle a web worker, the web server, the worker or the whole tree
is killed with `kill -9` and started again. Afterwards everybody must have what they were told, or better with a move that says
why; seats held must be all there are, or everybody's; and the journal must tell the same story. The tests run the same code.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from bench.tools import machine
from tests.postgres import postgres_url
from tests.system.instance import Instance, instance
from tests.system.weather import Passed, storms

AT_ONCE = 4
BATCH = 100  # rushes over one instance


def main(rushes: int, database: str) -> None:
    """Print what they came to; with any fault, end with it."""
    seed, began = time.time_ns(), time.monotonic()
    print(f"{rushes} rushes on {database}, seed {seed}; {machine.load()}", flush=True)
    passed: list[Passed] = []
    for batch in range(0, rushes, BATCH):
        with served_on(database) as served:
            for storm in storms(served, Random(seed + batch), rushes=min(BATCH, rushes - batch), at_once=AT_ONCE):
                passed.append(storm)
                for fault in storm.faults:
                    print(f"  fault in batch {batch}: {fault}", flush=True)
        print(f"  {summary(passed)}, {time.monotonic() - began:.0f} s", flush=True)
    raise SystemExit(any(storm.faults for storm in passed))


def summary(passed: list[Passed]) -> str:
    """Return all storms so far in one line."""
    rushes, people, answers, cut = (sum(getattr(s, name) for s in passed) for name in ("rushes", "people", "answers", "cut"))
    kills = Counter(which for storm in passed for which in storm.killed)
    each = ", ".join(f"{count} {which}" for which, count in kills.most_common())
    faults = sum(len(storm.faults) for storm in passed)
    return (
        f"{rushes} rushes, {people} people, {kills.total()} kills ({each}), {answers} answers, {cut} cut off and tried again; "
        f"faults (lost answers, oversold, out of turn, error pages, locked): {faults}"
    )


@contextmanager
def served_on(database: str) -> Iterator[Instance]:
    """Give an instance with nothing in it."""
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)
        data = Path(scratch) / "data"
        if database == "sqlite":
            with instance(data) as served:
                yield served
        else:
            with (
                postgres_url(Path(scratch) / "postgres", durable=True) as url,
                instance(data, MIDCYCLE_DATABASE_URL=url) as served,
            ):
                yield served


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40, sys.argv[2] if len(sys.argv) > 2 else "sqlite")
