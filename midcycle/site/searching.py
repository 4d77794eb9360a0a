"""Searches for better agendas run in a process of their own, which the worker starts and looks after.

The worker would stand still while one runs, and a search may take two processors and 100 MB that are free again when it ends. A
search whose process was killed is taken up again from the last plan it told.
"""

import functools
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connections
from django.utils import timezone

from midcycle.agenda.actions import tending
from midcycle.engines.solver.board import Progress
from midcycle.engines.solver.format import read_instance, read_plan
from midcycle.engines.solver.native.binding import Stop
from midcycle.engines.solver.search import search
from midcycle.site.processes import die_with_parent, name_process

TELL_EVERY: Final = 0.5
TELL_AT_FIRST: Final = 0.1
AT_FIRST: Final = 3.0
"""Seconds in which news is told more often: that is when most of it comes, and when somebody waits for it."""
_log = logging.getLogger("midcycle.searching")


@dataclass(frozen=True)
class Lane:
    """Searches of some kinds: how many at once, how far they let everybody else go first; whether somebody waits for them."""

    kinds: tuple[str, ...]
    at_once: int
    niceness: int
    is_awaited: bool = False


LANES: Final = (Lane(("few", "best"), at_once=2, niceness=2, is_awaited=True), Lane(("draft",), at_once=1, niceness=10))
"""Somebody stands in a corridor and waits for the first, which take seconds; the others take a minute beside the board."""


@dataclass(frozen=True)
class _Forked:
    """A process that came of ours."""

    pid: int

    def poll(self) -> int | None:
        """Return the exit status, None while it runs."""
        ended, status = os.waitpid(self.pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if ended else None


_running: dict[int, tuple["subprocess.Popen[bytes] | _Forked", Lane]] = {}


def tend(now: datetime) -> int:
    """Start a process for each search that has none, as many at once as its lane has; return how many were started."""
    ended = [number for number, (process, _) in _running.items() if process.poll() is not None]
    if ended:
        tending.let_go(ended)
    for number in ended:
        del _running[number]
    for lane in LANES:
        free = lane.at_once - sum(other is lane for _, other in _running.values())
        due = [number for number in tending.searches_to_do(now, lane.kinds) if number not in _running] if free > 0 else []
        for number in due[:free]:
            _running[number] = (_forked if lane.is_awaited else _started)(number, lane), lane
    return 0


def _started(number: int, lane: Lane) -> "subprocess.Popen[bytes]":
    """Start a search in a process that has nothing of ours."""
    command = [sys.executable, "-m", "midcycle.cli.main", "search", str(number)]
    humble = functools.partial(_humble, lane)
    return subprocess.Popen(command, preexec_fn=humble)  # noqa: S603, PLW1509 - our own command, no threads


def _forked(number: int, lane: Lane) -> _Forked:
    """Start a search in a copy of this process, which has loaded Django already: that saves most of a second.

    The copy must not have our connections to the database: they are closed first, and opened again when they are needed.
    """
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return _Forked(pid)
    status = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _humble(lane)
        name_process(f"search {number}")
        status = work_on(number)
    except Exception:  # noqa: BLE001 - the last door of this process
        _log.exception("a search broke off", extra={"fields": {"search": number}})
    finally:
        os._exit(status)


def _humble(lane: Lane) -> None:
    """Let everybody else go first, and end with the worker."""
    os.nice(lane.niceness)
    die_with_parent()


@dataclass
class _Latest:
    """What the search's thread says, for the thread that talks to the database."""

    progress: Progress | None = None
    failure: BaseException | None = None
    over: threading.Event = field(default_factory=threading.Event)


def work_on(number: int) -> int:
    """Search until the time is over, the plan is proven best, or somebody stops it; return the exit status.

    SIGTERM ends the process but not the search: it is taken up again by the next worker.
    """
    task = tending.take_up(number, now=timezone.now())
    if task is None:
        return 0
    stop, latest, left = Stop(), _Latest(), threading.Event()
    before = signal.signal(signal.SIGTERM, lambda *_: left.set())
    began = time.monotonic()
    threading.Thread(target=_search, args=(task, stop, latest), daemon=True).start()
    told: Progress | None = None
    goes_on = True
    while goes_on and not left.is_set() and not latest.over.wait(_pause(time.monotonic() - began)):
        told = _tell(number, told, latest, spent=task.spent + time.monotonic() - began)
        goes_on = tending.tell_alive(number, spent=task.spent + time.monotonic() - began, now=timezone.now())
    stop.set()
    latest.over.wait(5.0)
    _tell(number, told, latest, spent=task.spent + time.monotonic() - began)
    signal.signal(signal.SIGTERM, before)
    if left.is_set():
        tending.put_back(number)
    else:
        tending.end_search(number, failed=latest.failure is not None)
    if latest.failure is not None:
        raise latest.failure
    return 0


def _pause(since: float) -> float:
    return TELL_AT_FIRST if since < AT_FIRST else TELL_EVERY


def _search(task: tending.Task, stop: Stop, latest: _Latest) -> None:
    try:
        instance = read_instance(task.problem)
        start = read_plan(task.plan, instance)
        found = search(instance, seed=task.seed, seconds=task.seconds, clock=time.monotonic, start=start, stop=stop)
        for progress in found:
            latest.progress = progress
    except Exception as error:  # noqa: BLE001 - told by the thread that waits
        latest.failure = error
    finally:
        latest.over.set()


def _tell(number: int, told: Progress | None, latest: _Latest, *, spent: float) -> Progress | None:
    """Tell what is new; return what is told by now."""
    progress = latest.progress
    if progress is not None and progress is not told:
        tending.tell_progress(number, progress, spent=spent, now=timezone.now())
    return progress
