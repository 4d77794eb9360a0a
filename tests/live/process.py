"""The live server as a process of its own: `python -m tests.live.process DATABASE_URL PORT ORIGIN BUS_URL`."""

import logging
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from midcycle.live.server import Setup, run

SECRET = "a secret for tests"
METRICS = "a-token-for-metrics"
ORIGIN = "https://meet.example.org"
_ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class LiveServer:
    """Started, stopped and killed at will; always on the same port."""

    def __init__(self, database_url: str, log: Path, origin: str = ORIGIN, *, bus: str = "") -> None:
        self.port = free_port()
        self._bus = bus
        self._origin = origin
        self._url = database_url
        self._log = log
        self._process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int:
        return self._running().pid

    def log(self) -> str:
        return self._log.read_text()

    def start(self) -> None:
        """Give back once clients may come."""
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                (sys.executable, "-m", __name__, self._url, str(self.port), self._origin, self._bus),
                cwd=_ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "RUST_BACKTRACE": "0"},
            )
        if self._process.stdout is None or self._process.stdout.readline() != "ready\n":
            raise RuntimeError(self.log())

    def kill(self) -> None:
        """As `kill -9` does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """As a service manager does; give the exit status."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        process = self._running()
        process.send_signal(how)
        status = process.wait(20)
        if process.stdout is not None:
            process.stdout.close()
        self._process = None
        return status

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise RuntimeError("The server is not running.")
        return self._process

    def end(self) -> None:
        if self._process is not None:
            self.kill()


def _ready(_port: int) -> None:
    if "django" in sys.modules:
        raise RuntimeError("The live server must not need Django.")
    print("ready", flush=True)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    run(Setup("127.0.0.1", int(sys.argv[2]), sys.argv[1], SECRET, [sys.argv[3]], sys.argv[4], METRICS), _ready)
