"""One bad entry does not stop the letters, nor anybody else; and the worker keeps out of the way of a rush."""

import logging
import socket
import threading
import time
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

        stopped = threading.Event()
        rush = threading.Thread(target=ring_on, args=(ringer, stopped))
        rush.start()
        assert PATIENCE <= seconds_of(lambda: wait(bell, 60)) < 2 * PATIENCE
        stopped.set()
        rush.join()


def ring_on(ringer: socket.socket, stopped: threading.Event) -> None:
    while not stopped.wait(QUIET / 4):
        ringer.send(b"1")
