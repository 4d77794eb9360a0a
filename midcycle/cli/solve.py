"""`midcycle solve PROBLEM --out PLAN`: the best agenda for a problem, with a proven bound; one line of JSON for each step."""

import importlib
import json
import os
import signal
import sys
import threading
import time
from argparse import Namespace
from pathlib import Path

from midcycle.engines.solver.board import Progress
from midcycle.engines.solver.format import MOST_BYTES, FormatError, read_instance, read_plan, write_plan
from midcycle.engines.solver.glance import at_a_glance
from midcycle.engines.solver.instance import Agenda, Instance
from midcycle.engines.solver.native.binding import Stop
from midcycle.engines.solver.search import search


def run(arguments: Namespace) -> int:
    """Solve until the time is over, the plan is proven best, or a signal comes.

    Return 0 with a plan that keeps every rule, 1 when there is none, 2 for a file that is no problem.
    """
    try:
        instance = read_instance(content(arguments.problem))
        start = read_plan(content(arguments.start), instance, grown=True) if arguments.start else None
    except FormatError as error:
        sys.stderr.write(f"midcycle: {error}\n")
        return 2
    stop = Stop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    sentences = at_a_glance(instance)
    if sentences:
        return _none(sentences)
    last, sentences = _search(arguments, instance, start, stop)
    _write(Path(arguments.out), last.agenda)
    status = _told(last, sentences)
    if threading.active_count() > 1:  # a thread is in a program that cannot be interrupted; the plan is on the disk
        sys.stdout.flush()
        os._exit(status)
    return status


def content(name: str) -> bytes:
    """Return the content of a file, of one that is too large only so much that it is seen to be."""
    with open(name, "rb", opener=_unblocked) as file:
        os.set_blocking(file.fileno(), True)
        return file.read(MOST_BYTES + 1)


def _unblocked(name: str, flags: int) -> int:
    """Open a file; do not wait for somebody to write into a pipe that nobody writes into."""
    return os.open(name, flags | os.O_NONBLOCK)


def _search(arguments: Namespace, instance: Instance, start: Agenda | None, stop: Stop) -> tuple[Progress, list[str]]:
    """Return the last progress, and why there can be no plan at all if that was found."""
    last, sentences = None, []
    for progress in search(
        instance, seed=arguments.seed, seconds=arguments.seconds, clock=time.monotonic, start=start, stop=stop
    ):
        if progress.score.breaches and last is None:
            sentences = _contradictions(instance, min(60.0, arguments.seconds), stop)
        last = progress
        if sentences:
            break
        if not progress.score.breaches:
            line = {"t": round(progress.seconds, 3), "score": progress.score.points, "bound": progress.bound}
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
    if last is None:
        raise RuntimeError("the search ended before it began")
    return last, sentences


def _contradictions(instance: Instance, seconds: float, stop: Stop) -> list[str]:
    end = time.monotonic() + seconds
    finder = importlib.import_module("midcycle.engines.solver.contradictions")
    return list(finder.contradictions(instance, lambda: bool(stop) or time.monotonic() > end))


def _write(path: Path, agenda: Agenda) -> None:
    """Write a plan; whoever reads the file meanwhile sees the old one or the new one."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(write_plan(agenda))
    fresh.replace(path)


def _none(sentences: list[str]) -> int:
    """Say why there is no plan."""
    sys.stderr.write("".join(f"midcycle: {line}\n" for line in sentences))
    return 1


def _told(last: Progress, sentences: list[str]) -> int:
    """Say on stderr how the search ended; return the exit status."""
    score = last.score
    if score.breaches:
        lines = sentences or [f"No plan that keeps every rule was found: the best one breaks {len(score.breaches)}."]
        return _none(lines)
    proof = "the best there is" if last.is_best else f"at most {last.bound - score.points:g} from the best"
    shares = f"; of their votes everybody attends {score.least_share:.0%} or more, nine of ten {score.tenth_share:.0%}"
    fair = shares if score.least_share is not None else ""
    sys.stderr.write(f"{score.attended} of {score.wanted} votes attended, {proof}{fair}\n")
    return 0
