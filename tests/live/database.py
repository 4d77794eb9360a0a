"""A database with the tables of pads, SQLite or PostgreSQL, seen from outside the live server."""

import json
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from midcycle.engines.crdt.document import state_from_text, text_of
from tests.live import tables
from tests.postgres import shared_postgres_url


class Database:
    """Asks with `?` marks; the same questions go to both kinds."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=10)) as connection:
                rows = connection.execute(question, values).fetchall()
                connection.commit()
                return rows
        with psycopg.connect(self.url) as connection:
            cursor = connection.execute(question.replace("?", "%s").encode(), values)
            return cursor.fetchall() if cursor.description else []

    def at_once(self, *questions: tuple[str, *tuple[Any, ...]]) -> None:
        """Do all in one transaction, as the web side does."""
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=10)) as file, file:
                for question, *values in questions:
                    file.execute(question, values)
            return
        with psycopg.connect(self.url) as connection:
            for question, *values in questions:
                connection.execute(question.replace("?", "%s").encode(), values)

    def new_pad(self, text: str = "") -> str:
        """Make a pad as the web side does; give its id as 32 hex digits."""
        pad = uuid.uuid4().hex
        self.ask("INSERT INTO pads_pad (id) VALUES (?)", pad)
        if text:
            self.ask(
                "INSERT INTO pads_snapshot (pad_id, upto, state, text, at) VALUES (?, 0, ?, ?, '2026-02-16 09:00:00')",
                pad,
                state_from_text(text),
                text,
            )
        return pad

    def text(self, pad: str) -> str:
        """Read what is committed, as the web side does while the live server is down."""
        rows = self.ask("SELECT seq, body FROM pads_update WHERE pad_id = ? ORDER BY seq", pad)
        snapshot = self.ask("SELECT upto, state FROM pads_snapshot WHERE pad_id = ?", pad)
        upto, state = snapshot[0] if snapshot else (0, None)
        return text_of(state and bytes(state), [bytes(body) for seq, body in rows if seq > upto])

    def snapshot_text(self, pad: str) -> str | None:
        found = self.ask("SELECT text FROM pads_snapshot WHERE pad_id = ?", pad)
        return found[0][0] if found else None

    def forget(self, pad: str, person: str, rights: int = 1) -> None:
        """Take somebody's name away, as the web side does."""
        gone, theirs = '"gone"', json.dumps(person)
        self.at_once(
            ("UPDATE pads_pad SET rights = ? WHERE id = ?", rights, pad),
            ("UPDATE pads_client SET person = 'gone', name = '', colour = 0 WHERE pad_id = ? AND person = ?", pad, person),
            ("DELETE FROM pads_vote WHERE pad_id = ? AND person = ?", pad, person),
            ("UPDATE pads_update SET authors = replace(authors, ?, ?) WHERE pad_id = ?", theirs, gone, pad),
        )

    def people(self, pad: str) -> list[str]:
        """Find whoever is named in a row of the log."""
        rows = self.ask("SELECT authors FROM pads_update WHERE pad_id = ?", pad)
        return sorted({person for (row,) in rows for person in json.loads(row)})

    def writers(self, pad: str) -> list[tuple[str, str]]:
        """Find who stands at the client ids of a pad, and under which name."""
        return sorted((person, name) for person, name in self.ask("SELECT person, name FROM pads_client WHERE pad_id = ?", pad))

    def rows(self, pad: str) -> int:
        return int(self.ask("SELECT count(*) FROM pads_update WHERE pad_id = ?", pad)[0][0])


@contextmanager
def new_database(kind: str, directory: Path) -> Iterator[Database]:
    """Make an empty database of `kind`: "sqlite" or "postgres"."""
    if kind == "sqlite":
        path = directory / "pads.sqlite3"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(tables.SQLITE)
        yield Database(f"sqlite:///{path}")
        return
    server, name = shared_postgres_url(), f"live_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    url = server.replace("/postgres?", f"/{name}?")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(tables.POSTGRES.encode())
    yield Database(url)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
