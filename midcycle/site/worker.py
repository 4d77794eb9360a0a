"""The worker: numbers the journal, lets each follower read on, sends letters; woken on commit, looks every second anyway.

While people write one after the other it waits for a moment's quiet, five seconds at most: in a rush, whoever registers has the
machine and the database to themselves, and their letters come when they have their answers.
"""

import logging
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from midcycle.journal import actions as journal
from midcycle.kernel.wake import VARIABLE, wake
from midcycle.site.followers import CHORES, FOLLOWERS, LETTERS

LOOK_EVERY = 1.0
QUIET = 0.1
PATIENCE = 5.0
MOST_TRIES = 5
_tries: dict[str, int] = {}
_log = logging.getLogger("midcycle.worker")


@dataclass
class Stop:
    """Set by SIGTERM and Ctrl-C; what is under way is finished first."""

    asked: bool = False

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        """Ask for the end, and ring our own bell so that it comes at once."""
        self.asked = True
        wake()


def run_worker() -> None:
    """Work until SIGTERM."""
    stop = Stop()
    signal.signal(signal.SIGTERM, stop.ask)
    signal.signal(signal.SIGINT, stop.ask)
    with _doorbell() as bell:
        while not stop.asked:
            handled = _work()
            wait(bell, 0 if handled else LOOK_EVERY)


def work_once() -> int:
    """Do one round: number the journal, let followers read on, do the chores.

    Return how many entries were handled and letters sent: after some there are often more, which need not wait.
    """
    journal.number_entries()
    handled = sum(follow(name, handlers) for name, handlers in FOLLOWERS.items())
    did = {name: do_chore(name) for name in CHORES}
    return handled + int(did[LETTERS] or 0)


def do_chore(name: str, chores: Mapping[str, Callable[[datetime], int | None]] = CHORES) -> int | None:
    """Do one chore and return what it counts; one that fails holds up neither the others nor the followers."""
    try:
        return chores[name](timezone.now())
    except DatabaseError:
        raise
    except Exception:  # noqa: BLE001 - whatever it was, the others go on
        _log.exception("a chore failed", extra={"fields": {"chore": name}})
        return None


def follow(name: str, handlers: Mapping[str, journal.Handler]) -> int:
    """Let one follower read on; return how many entries it handled.

    An entry it cannot handle holds up nobody else, and after MOST_TRIES it is set aside with an error in the log.
    """
    try:
        handled = journal.read_on(name, handlers)
    except DatabaseError:
        raise
    except Exception:  # noqa: BLE001 - whatever it was, the others go on
        _tries[name] = _tries.get(name, 0) + 1
        _log.exception("a follower could not handle an entry", extra={"fields": {"follower": name, "tries": _tries[name]}})
        if _tries[name] >= MOST_TRIES:
            aside = journal.set_aside(name, handlers)
            _tries.pop(name)
            _log.error("an entry is set aside", extra={"fields": {"follower": name, "entry": aside}})
        return 0
    _tries.pop(name, None)
    return handled


def wait(bell: socket.socket, at_most: float) -> None:
    """Wait until somebody rings, so many seconds at most; and if somebody did, until nobody has for a moment."""
    if not _rings_within(bell, at_most):
        return
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience and _rings_within(bell, QUIET):
        pass


def _work() -> int:
    """Do one round; return how much was done."""
    try:
        return work_once()
    except DatabaseError:
        _log.exception("the database did not answer; trying again")
        close_old_connections()
        return 0


@contextmanager
def _doorbell() -> Iterator[socket.socket]:
    path = os.environ.get(VARIABLE)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
        if path:
            Path(path).unlink(missing_ok=True)
            bell.bind(path)
        yield bell


def _rings_within(bell: socket.socket, seconds: float) -> bool:
    """Say whether somebody rings in so many seconds, and take every ring there is."""
    ready, _, _ = select.select([bell], [], [], seconds)
    if ready:
        with suppress(BlockingIOError):
            while bell.recv(64, socket.MSG_DONTWAIT):
                pass
    return bool(ready)
