"""What a registration costs when many seats are taken already: `python -m bench.growth [rounds] [sqlite|postgres]`.

A meetup with 100, 1,000, 10,000 and 100,000 seats taken, and in a second variant as many people waiting, each in a database and
a process of its own. In every round each of them lets some people register by the action alone, by the whole web flow (page,
form, page it leads to) and through the API, so that they share whatever else the machine does. Printed are the milliseconds of
the middle registration, of the processor and on the clock, and the middle of the rounds' ratios to 100 seats. Aim: 1.2.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from bench.tools import machine
from tests.postgres import postgres_url
from tests.system.instance import ROOT

SIZES = (100, 1_000, 10_000, 100_000)
EACH = 25  # registrations of each kind in a round


def main(rounds: int, database: str) -> None:
    """Print the figures of both variants."""
    print(f"{rounds} rounds of {EACH} registrations, {database}; {machine.load()}")
    for variant in ("taken", "waiting"):
        found = measure(rounds, database, variant)
        print(f"\n{variant}: milliseconds of the processor / on the clock, ratio to {SIZES[0]} of each")
        for way in ("action", "form", "api"):
            print(f"  {way:7}" + "".join(f"  {in_words(found, size, way):>32}" for size in SIZES))


def in_words(found: dict[int, list[dict[str, Any]]], size: int, way: str) -> str:
    """Return the figures of one size in one line."""
    shown = []
    for at in (0, 1):
        own, first = ([each[way][at] for each in found[which]] for which in (size, SIZES[0]))
        ratio = median(one / other for one, other in zip(own, first, strict=True))
        shown.append(f"{median(own):.2f} ({ratio:.2f})")
    return f"{size}: {' / '.join(shown)}"


def measure(rounds: int, database: str, variant: str) -> dict[int, list[dict[str, Any]]]:
    """Return what each round took at each size."""
    with ExitStack() as stack:
        grown = {size: stack.enter_context(process(size, variant, database)) for size in SIZES}
        for each in grown.values():
            answer_of(each)
        found: dict[int, list[dict[str, Any]]] = {size: [] for size in SIZES}
        for turn in range(rounds):
            for size in SIZES if turn % 2 else reversed(SIZES):
                print(EACH, file=grown[size].stdin, flush=True)
                found[size].append(answer_of(grown[size]))
        return found


@contextmanager
def process(size: int, variant: str, database: str, *, tool: str = "growing") -> Iterator[subprocess.Popen[str]]:
    """Give a process that holds a meetup of this size, with a database of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MIDCYCLE_")}
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        scratch.chmod(0o755)
        settings = {"MIDCYCLE_DATA": str(scratch / "data"), "MIDCYCLE_LOG_LEVEL": "ERROR"}
        if database == "postgres":
            settings["MIDCYCLE_DATABASE_URL"] = stack.enter_context(postgres_url(scratch / "postgres", durable=True))
        command = [sys.executable, "-m", f"bench.tools.{tool}", str(size), variant]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        held = stack.enter_context(subprocess.Popen(command, cwd=ROOT, env={**kept, **settings}, **pipes))
        yield held
        if held.stdin:
            held.stdin.close()


def answer_of(held: subprocess.Popen[str]) -> Any:  # noqa: ANN401 - JSON
    """Return the next line it prints."""
    line = held.stdout.readline() if held.stdout else ""
    if not line:
        raise SystemExit("A process of the bench ended early; what it said stands above.")
    return json.loads(line)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10, sys.argv[2] if len(sys.argv) > 2 else "sqlite")
