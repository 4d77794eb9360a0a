"""A real instance for a rush, on a database file or on a server with its durability on."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.tools import ceiling, machine
from bench.tools.people import Person, Rush, Way, all_at_once, by_api, by_form
from tests.postgres import postgres_url
from tests.system.instance import Instance, instance

SEATS, THREADS = 120, 16
CEILING_SECONDS = 2.0
HELD = """
SELECT count(*) FROM registration_seat s JOIN meetups_meetup m ON m.id = s.meetup_id
WHERE m.slug = ? AND s.state IN ('held', 'offered', 'checked_in')
"""


@dataclass(frozen=True)
class Run:
    """One rush, what the database holds after it, and processor seconds by part."""

    rush: Rush
    held: int
    spent: dict[str, float]


@dataclass
class Place:
    """A running instance; on PostgreSQL, the server's log and first process."""

    served: Instance
    log: Path | None = None
    postgres: int = 0
    rushes: int = 0

    def new_meetup(self, seats: int) -> dict[str, str]:
        """Open a meetup with so many seats; return its slug and tokens."""
        known: dict[str, str] = json.loads(self.served.run("tests.system.prepare", str(seats)))
        return known

    def run(self, kind: str, people: int, known: dict[str, str] | None = None) -> Run:
        """Let a rush come over a meetup, a new one unless one is given."""
        known = known or self.new_meetup(SEATS)
        way: Way = by_form(known["slug"]) if kind == "form" else by_api(known["slug"], known["seats:write"])
        self.rushes += 1
        crowd = [Person(self.rushes * 10_000 + number, kind) for number in range(people)]
        machine.wait_until_quiet(self.served.process.pid)
        before = self.processor()
        rush = all_at_once(self.served.port, crowd, way)
        return Run(rush, self.held(known["slug"]), machine.spent(before, self.processor()))

    def held(self, slug: str) -> int:
        """Count the seats taken in the database."""
        ((count,),) = self.served.rows(HELD, slug)
        return int(count)

    def processor(self) -> dict[str, float]:
        """Return processor seconds so far of each part that shares the machine."""
        tree = self.served.process.pid
        parts = {"web": "midcycle.site.web", "worker": "worker"}
        seconds = {name: machine.processor_seconds(tree, part) for name, part in parts.items()}
        return {
            **seconds,
            "database": machine.processor_seconds(self.postgres) if self.postgres else 0.0,
            "crowd": machine.own(),
        }

    def ceiling(self) -> float:
        """Return how many transactions a second the database does alone."""
        url = self.served.settings.get("MIDCYCLE_DATABASE_URL")
        if url:
            return ceiling.of_postgres(url, THREADS, CEILING_SECONDS)
        return ceiling.of_sqlite(self.served.data / "ceiling.sqlite3", THREADS, CEILING_SECONDS)

    def durability(self) -> str:
        """Return what the database says of itself."""
        url = self.served.settings.get("MIDCYCLE_DATABASE_URL")
        if not url:
            return "WAL, synchronous=FULL"
        names = ("server_version", "fsync", "synchronous_commit")
        with psycopg.connect(url) as server:
            said = [(name, server.execute(f"SHOW {name}".encode()).fetchone()) for name in names]
        return ", ".join(f"{name} {value[0]}" for name, value in said if value)


@contextmanager
def on_sqlite() -> Iterator[Place]:
    """Give an instance on a database file."""
    with tempfile.TemporaryDirectory() as scratch, _started(Path(scratch) / "data", {}) as served:
        yield Place(served)


@contextmanager
def on_postgres() -> Iterator[Place]:
    """Give an instance on a server with its durability on."""
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)
        directory = Path(scratch) / "postgres"
        with (
            postgres_url(directory, durable=True) as url,
            _started(Path(scratch) / "data", {"MIDCYCLE_DATABASE_URL": url}) as served,
        ):
            yield Place(served, directory / "log", int((directory / "postmaster.pid").read_text().split()[0]))


@contextmanager
def _started(data: Path, settings: dict[str, str]) -> Iterator[Instance]:
    with instance(data, MIDCYCLE_LOG_LEVEL="INFO", **settings) as served:
        served.run("midcycle.cli.main", "migrate")
        served.start()
        yield served
