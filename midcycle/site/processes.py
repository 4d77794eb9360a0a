"""One process tree: web server, live server and worker, started, watched, restarted and stopped together."""

import ctypes
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from midcycle.conf.schema import Settings
from midcycle.kernel.wake import VARIABLE as WAKE_VARIABLE
from midcycle.kernel.wake import socket_path

STOP_WITHIN = 10.0
STOP_UNREADY_WITHIN = 1.0  # before the first page nobody waits for an answer
_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15


@dataclass
class Child:
    """A process we keep running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0

    def start(self) -> None:
        """Start it so that it stops when this process dies, however it dies."""
        self.process = subprocess.Popen(self.command, preexec_fn=obey_parent)  # noqa: S603, PLW1509 - our own commands, before any thread
        self.started = time.monotonic()

    def has_ended(self) -> bool:
        """Say whether it must be started again."""
        return self.process is not None and self.process.poll() is not None


def pause_after(failures: int) -> float:
    """Return the seconds to wait before a process that failed so many times in a row is started again: 5 at most."""
    return min(5.0, 0.2 * (1 << min(failures, 5)))


@dataclass
class Tree:
    """The processes of one instance."""

    children: list[Child]
    stopping: bool = field(default=False)

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Ask for the end; the loop of `supervise` does it."""
        self.stopping = True

    def restart_ended(self) -> None:
        """Start what ended again, after a pause that grows with each failure in a row."""
        for child in self.children:
            if not child.has_ended():
                continue
            child.failures = 0 if time.monotonic() - child.started > 30 else child.failures + 1
            sys.stderr.write(f"midcycle: {child.name} ended and is started again\n")
            time.sleep(pause_after(child.failures))
            child.start()

    def end(self, within: float = STOP_WITHIN) -> None:
        """Let each finish what it is doing; kill what has not ended within so many seconds."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + within
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def supervise(settings: Settings, *, when_ready: Callable[[], None] | None = None) -> int:
    """Run the tree until SIGTERM or Ctrl-C; return the exit status. The first page does not wait for the other processes.

    `when_ready` is called once, when the first page has been answered.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    os.environ[WAKE_VARIABLE] = socket_path(settings.data)
    tree = Tree([Child(name, [sys.executable, "-m", *module]) for name, module in _modules(settings)])
    signal.signal(signal.SIGTERM, tree.stop)
    signal.signal(signal.SIGINT, tree.stop)
    signal.signal(signal.SIGHUP, tree.stop)
    first, *others = tree.children
    first.start()
    ready = False
    try:
        while not tree.stopping:
            if not ready and answers(settings):
                ready = True
                for child in others:
                    child.start()
                _announce(settings, when_ready)
            if not tree.stopping:
                tree.restart_ended()
            time.sleep(0.05 if not ready else 0.3)
    finally:
        tree.end(STOP_WITHIN if ready else STOP_UNREADY_WITHIN)
    return 0


def answers(settings: Settings) -> bool:
    """Say whether the web server is up and its database answers."""
    connection = http.client.HTTPConnection(settings.host, settings.port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _modules(settings: Settings) -> tuple[tuple[str, tuple[str, ...]], ...]:
    web = (settings.host, str(settings.port), str(settings.web_workers_used), str(settings.web_threads))
    return (
        ("web server", ("midcycle.site.web", *web)),
        ("live server", ("midcycle.cli.main", "live")),
        ("worker", ("midcycle.cli.main", "worker")),
    )


def _announce(settings: Settings, when_ready: Callable[[], None] | None) -> None:
    if when_ready is not None:
        when_ready()
    else:
        sys.stdout.write(f"Ready: {settings.public_url_used}\n")
        sys.stdout.flush()


def die_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """Ask Linux to end this child when its parent is gone; elsewhere the parent's own stop must do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, how)


def name_process(name: str) -> None:
    """Give this process a name of up to 15 letters in the lists of Linux, which is that of its parent otherwise."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode()[:15], 0, 0, 0)


def obey_parent() -> None:
    """Let this child stop when its parent says so or is gone, and not at Ctrl-C, which a terminal sends to every process.

    A web worker that is told twice to stop does not.
    """
    die_with_parent()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
