"""A database with the tables of pads, SQLite or PostgreSQL, seen from outside the live server."""

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
