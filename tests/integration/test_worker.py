"""One bad entry does not stop the letters, nor anybody else; and the worker keeps out of the way of a rush."""

import logging
import socket
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from midcycle.journal import actions as journal
from midcycle.kernel.wake import LONGEST, socket_path
from midcycle.site.processes import pause_after
from midcycle.site.worker import MOST_TRIES, PATIENCE, QUIET, follow, wait
from tests.world import NOW


@pytest.mark.django_db
def test_an_entry_nobody_can_handle_is_set_aside_after_a_few_tries(caplog):
    journal.record("x.bad", at=NOW)
    journal.record("x.good", at=NOW)
    journal.number_entries()
    read: list[str] = []
    handlers = {"x.bad": lambda entry: entry.facts["seat"], "x.good": lambda entry: read.append(entry.kind)}
    with caplog.at_level(logging.ERROR, logger="midcycle.worker"):
        assert [follow("reader", handlers) for _ in range(MOST_TRIES)] == [0] * MOST_TRIES
    assert read == []
    assert follow("reader", handlers) == 1
    assert read == ["x.good"]
    assert caplog.messages[-1] == "an entry is set aside"


def test_a_long_data_path_still_gets_a_socket_that_can_be_bound():
    assert socket_path(Path("/srv/midcycle")) == "/srv/midcycle/wake.socket"
    long = socket_path(Path("/srv") / ("x" * 117))
    assert len(long) <= LONGEST
    assert long != socket_path(Path("/srv") / ("y" * 117))


@pytest.mark.parametrize(("failures", "seconds"), [(0, 0.2), (1, 0.4), (4, 3.2), (5, 5.0), (5000, 5.0)])
def test_a_process_that_keeps_failing_is_started_again_for_ever(failures, seconds):
    assert pause_after(failures) == seconds


def seconds_of(deed) -> float:
    began = time.monotonic()
    deed()
    return time.monotonic() - began


def test_the_worker_waits_for_a_ring_and_then_for_a_moment_of_quiet_but_not_for_ever():
    ringer, bell = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with ringer, bell:
        assert seconds_of(lambda: wait(bell, 0)) < QUIET
        for _ in range(50):
            ringer.send(b"1")
        assert QUIET <= seconds_of(lambda: wait(bell, 60)) < PATIENCE
        assert seconds_of(lambda: wait(bell, 0)) < QUIET

        while True:
            waited, longest = in_a_rush(ringer, bell)
            if longest < QUIET / 2:  # else a busy machine let the bell be quiet
                break
        assert PATIENCE <= waited < 2 * PATIENCE


def in_a_rush(ringer: socket.socket, bell: socket.socket) -> tuple[float, float]:
    """Return how long the worker waits while the bell rings all the time, and the longest time between two rings."""
    stopped, rings = threading.Event(), [time.monotonic()]

    def ring_on() -> None:
        while not stopped.wait(QUIET / 8):
            ringer.send(b"1")
            rings.append(time.monotonic())

    rush = threading.Thread(target=ring_on)
    rush.start()
    waited = seconds_of(lambda: wait(bell, 60))
    rings.append(time.monotonic())
    stopped.set()
    rush.join()
    return waited, max(after - before for before, after in pairwise(rings))
