"""A whole instance in processes of its own, as `midcycle serve` runs it."""

import atexit
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
DATABASE = "midcycle.sqlite3"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self):
        """Return the body read as JSON."""
        return json.loads(self.body)


@dataclass
class Instance:
    """An instance with its data in a directory and its servers on two ports."""

    data: Path
    port: int
    settings: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = field(default=None)

    def run(self, *command: str) -> str:
        """Run a Python module beside the instance, return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, env=self.environment(), check=True, capture_output=True
        )
        return done.stdout.decode()

    def make_tables(self) -> None:
        """Make or update the tables; a new SQLite file is a copy of one made before, as a test run needs it a dozen times."""
        if "MIDCYCLE_DATABASE_URL" in self.settings or (self.data / DATABASE).exists():
            self.run("midcycle.cli.main", "migrate")
            return
        self.data.mkdir(exist_ok=True)
        shutil.copy(_empty() / DATABASE, self.data / DATABASE)

    def try_command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a `midcycle` command that may fail, and return how it went."""
        command = [sys.executable, "-m", "midcycle.cli.main", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(), check=False, capture_output=True, text=True, timeout=PATIENCE
        )

    def start(self) -> None:
        """Start `midcycle serve` in a process group of its own, and wait for its first page. What it says is kept."""
        command = [sys.executable, "-m", "midcycle.cli.main", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment(),
                start_new_session=True,
                stdout=log,
                stderr=log,
                preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - one call, no locks
            )
        wait_until(self.is_up)

    @property
    def log(self) -> Path:
        """File of what the processes say."""
        return self.data.with_suffix(".log")

    def kill(self) -> None:
        """Kill every process at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> int:
        """Ask for the end and wait for it; return the exit status."""
        self.process.terminate()
        return self.process.wait(PATIENCE)

    def is_up(self) -> bool:
        """Say whether the web server and its database answer."""
        try:
            return self.ask("GET", "/healthz").status == http.HTTPStatus.OK
        except OSError:
            return False

    def ask(self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send one request over a connection of its own. Raises OSError or HTTPException when there is no answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def rows(self, sql: str, *values: object) -> list[tuple]:
        """Return rows of the database; each `?` is one of the values."""
        url = self.settings.get("MIDCYCLE_DATABASE_URL")
        if url:
            with psycopg.connect(url) as server:
                return server.execute(sql.replace("?", "%s").encode(), values).fetchall()
        with closing(sqlite3.connect(self.data / DATABASE)) as database:
            return database.execute(sql, values).fetchall()

    def has_processes(self) -> bool:
        """Say whether any process of the group is left."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def environment(self) -> dict[str, str]:
        """Return the environment of this test run without its own instance."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MIDCYCLE_")}
        return {**kept, "MIDCYCLE_DATA": str(self.data), "MIDCYCLE_LOG_LEVEL": "ERROR", **self.settings}


@contextmanager
def instance(directory: Path, **settings: str) -> Iterator[Instance]:
    """Give an instance that is not started yet, with settings other than the usual; leave no process behind."""
    made = Instance(directory, _two_ports(), settings)
    try:
        yield made
    finally:
        if made.process is not None and made.has_processes():
            made.kill()


@cache
def _empty() -> Path:
    """Return a directory with an empty database, which is there until the end of this process."""
    directory = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    Instance(directory, 0).run("midcycle.cli.main", "migrate")
    return directory


def hear_ctrl_c() -> None:
    """Take Ctrl-C as a terminal gives it; a test run in the background of a shell would hand on that it is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_until(happens, patience: float = PATIENCE) -> None:
    """Wait until something is true; fail when it does not become so."""
    deadline = time.monotonic() + patience
    while not happens():
        if time.monotonic() > deadline:
            raise TimeoutError("it did not happen")
        time.sleep(0.05)


def _two_ports() -> int:
    """Return a free port whose next one is free too: the live server takes that.

    Neither is of those that connections get, which could take it while the instance is down.
    """
    while True:
        port = secrets.choice(range(10_000, 32_000, 2))
        with socket.socket() as first, socket.socket() as second, suppress(OSError):
            first.bind(("127.0.0.1", port))
            second.bind(("127.0.0.1", port + 1))
            return port
