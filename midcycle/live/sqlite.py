"""Pads in a SQLite file that the web side writes to as well."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from urllib.parse import quote

from midcycle.engines.crdt.chapters import Row as LogRow
from midcycle.live.chapters import AT_LEAST, AT_ONCE, Changed, Chapter, bound
from midcycle.live.store import (
    OUTDATED,
    TABLES,
    Author,
    Choice,
    Entry,
    Kept,
    Names,
    Row,
    Snapshot,
    Store,
    StoreDown,
    StoreRefused,
    Vote,
)

_WAIT_MS = 5000  # for the web side's write lock

_APPEND = """
INSERT INTO pads_update (pad_id, seq, at, body, authors)
SELECT :pad, 1 + max(coalesce((SELECT max(seq) FROM pads_update WHERE pad_id = :pad), 0),
                     coalesce((SELECT upto FROM pads_snapshot WHERE pad_id = :pad), 0)),
       :at, :body, :authors
RETURNING seq
"""
_CLIENT = """
INSERT INTO pads_client (pad_id, client_id, person, name, colour)
VALUES (?, ?, ?, ?, ?) ON CONFLICT (pad_id, client_id) DO NOTHING
"""
_STALE = """
SELECT pad_id FROM pads_update GROUP BY pad_id
HAVING max(seq) > coalesce((SELECT upto FROM pads_snapshot s WHERE s.pad_id = pads_update.pad_id), 0)
"""
_SAVE = """
INSERT INTO pads_snapshot (pad_id, upto, state, text, at)
SELECT :pad, :upto, :state, :text, :at WHERE EXISTS (SELECT 1 FROM pads_pad WHERE id = :pad)
ON CONFLICT (pad_id) DO UPDATE
SET upto = excluded.upto, state = excluded.state, text = excluded.text, at = excluded.at
WHERE excluded.upto >= pads_snapshot.upto
"""
_VOTE = """
INSERT INTO pads_vote (pad_id, client_id, clock, person)
SELECT :pad, :client, :clock, :person WHERE EXISTS (SELECT 1 FROM pads_pad WHERE id = :pad)
ON CONFLICT (pad_id, client_id, clock, person) DO NOTHING
"""
_UNVOTE = "DELETE FROM pads_vote WHERE pad_id = :pad AND client_id = :client AND clock = :clock AND person = :person"


def open_store(url: str) -> Store:
    """Make a store for `sqlite:///` with an absolute path."""
    return SqliteStore("/" + url.removeprefix("sqlite://").lstrip("/"))


class SqliteStore:
    """See `Store`. The file and its tables must exist."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def check(self) -> None:
        """Raise unless the tables can be read."""
        with self._reading() as connection:
            for table in TABLES:
                connection.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - our own names

    def load(self, pad: str) -> Kept | None:
        """Read a pad in one consistent view."""
        with self._reading() as connection:
            there = connection.execute("SELECT rights FROM pads_pad WHERE id = ?", (pad,)).fetchone()
            if there is None:
                return None
            found = connection.execute("SELECT upto, state FROM pads_snapshot WHERE pad_id = ?", (pad,)).fetchone()
            upto, state = found or (0, None)
            return Kept(upto, state, _rows(connection, pad, upto), _authors(connection, pad), *there)

    def later(self, pad: str, seq: int) -> Kept:
        """Read what came after `seq`."""
        with self._reading() as connection:
            if _last_bound(connection, pad) <= seq:
                return Kept(seq, None, _rows(connection, pad, seq), _authors(connection, pad))
            upto, state = connection.execute("SELECT upto, state FROM pads_snapshot WHERE pad_id = ?", (pad,)).fetchone()
            return Kept(upto, state, _rows(connection, pad, upto), _authors(connection, pad))

    def append(self, entries: Sequence[Entry]) -> list[int | None]:
        """Commit all at once; the file is synced before this returns."""
        with self._writing() as connection:
            return [_append(connection, entry) for entry in entries]

    def save(self, snapshot: Snapshot) -> None:
        """Replace an older snapshot."""
        with self._writing() as connection:
            connection.execute(
                _SAVE,
                {
                    "pad": snapshot.pad,
                    "upto": snapshot.upto,
                    "state": snapshot.state,
                    "text": snapshot.text,
                    "at": _time(snapshot.at),
                },
            )

    def choose(self, choices: Sequence[Choice]) -> AbstractSet[str]:
        """Add and take away votes at once."""
        with self._writing() as connection:
            counts = _rights(connection, {one.pad for one in choices})
            late = {one.pad for one in choices if one.rights < counts.get(one.pad, 0)}
            for one in choices:
                if one.pad in late:
                    continue
                vote = {"client": one.vote.client, "clock": one.vote.clock, "person": one.vote.person}
                connection.execute(_VOTE if one.on else _UNVOTE, {"pad": one.pad, **vote})
        return late

    def votes(self, pads: Sequence[str]) -> dict[str, AbstractSet[Vote]]:
        """Read the votes of each of these pads."""
        found: dict[str, set[Vote]] = {pad: set() for pad in pads}
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT pad_id, client_id, clock, person FROM pads_vote WHERE pad_id IN (SELECT value FROM json_each(?))",
                (json.dumps(pads),),
            )
            for pad, *vote in rows:
                found[pad].add(Vote(*vote))
        return dict(found)

    def bind(self, pad: str, upto: int, clocks: Mapping[int, int]) -> int:
        """Bind rows into a chapter: read and pack them first, so that others wait for the exchange only."""
        with self._reading() as connection:
            rows, before = _unbound(connection, pad, upto), _last_chapter(connection, pad)
        if len(rows) < AT_LEAST:
            return before.last if before else 0
        chapter, replaces = bound(before, rows, clocks)
        try:
            with self._writing() as connection:
                _exchange(connection, pad, rows, before if replaces else None, chapter)
        except Changed:
            return 0
        return chapter.last

    def heads(self, pads: Sequence[str]) -> dict[str, int]:
        """Find the last seq of each existing pad."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT id, max(coalesce((SELECT max(seq) FROM pads_update WHERE pad_id = pads_pad.id), 0),"
                " coalesce((SELECT upto FROM pads_snapshot WHERE pad_id = pads_pad.id), 0))"
                " FROM pads_pad WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(pads),),
            )
            return dict(rows.fetchall())

    def rights(self, pads: Sequence[str]) -> dict[str, int]:
        """Read how often who may do what has changed."""
        with self._reading() as connection:
            return _rights(connection, pads)

    def names(self, pad: str) -> Names | None:
        """Read who writes under which client id."""
        with self._reading() as connection:
            there = _rights(connection, [pad])
            return Names(there[pad], _authors(connection, pad)) if there else None

    def stale(self) -> list[str]:
        """Find pads whose snapshot lacks rows."""
        with self._reading() as connection:
            found = connection.execute(_STALE).fetchall()
            return [pad for (pad,) in found]

    def twin(self) -> "SqliteStore":
        """Open the same file for another thread."""
        return SqliteStore(self._path)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            # mode=rw: a wrong path must be an error, not a new empty file.
            connection = sqlite3.connect(
                f"file:{quote(self._path)}?mode=rw", uri=True, isolation_level=None, timeout=_WAIT_MS / 1000
            )
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA foreign_keys = ON")
            self._connection = connection
        return self._connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._open()
            connection.execute(begin)
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            raise StoreRefused(str(error)) from error
        except sqlite3.Error as error:
            self.close()
            raise StoreDown(str(error)) from error

    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._transaction("BEGIN")

    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._transaction("BEGIN IMMEDIATE")


def _rights(connection: sqlite3.Connection, pads: Iterable[str]) -> dict[str, int]:
    found = connection.execute(
        "SELECT id, rights FROM pads_pad WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(pads)),)
    )
    return dict(found.fetchall())


def _rows(connection: sqlite3.Connection, pad: str, seq: int) -> tuple[Row, ...]:
    found = connection.execute("SELECT seq, body FROM pads_update WHERE pad_id = ? AND seq > ? ORDER BY seq", (pad, seq))
    return tuple(Row(*row) for row in found)


def _last_bound(connection: sqlite3.Connection, pad: str) -> int:
    found = connection.execute("SELECT coalesce(max(last), 0) FROM pads_chapter WHERE pad_id = ?", (pad,))
    return int(found.fetchone()[0])


def _last_chapter(connection: sqlite3.Connection, pad: str) -> Chapter | None:
    found = connection.execute(
        "SELECT first, last, people, body FROM pads_chapter WHERE pad_id = ? ORDER BY first DESC LIMIT 1", (pad,)
    ).fetchone()
    return Chapter(*found) if found else None


def _unbound(connection: sqlite3.Connection, pad: str, upto: int) -> list[LogRow]:
    found = connection.execute(
        "SELECT seq, at, authors, body FROM pads_update WHERE pad_id = ? AND seq <= ? ORDER BY seq LIMIT ?",
        (pad, upto, AT_ONCE),
    )
    return [LogRow(seq, _milliseconds(at), tuple(json.loads(authors)), body) for seq, at, authors, body in found]


def _exchange(
    connection: sqlite3.Connection, pad: str, rows: Sequence[LogRow], before: Chapter | None, chapter: Chapter
) -> None:
    """Put the chapter in place of the rows and of the one before. Raises `Changed` if they are not what they were."""
    gone = connection.execute(
        "DELETE FROM pads_update WHERE pad_id = ? AND seq BETWEEN ? AND ? RETURNING seq, authors",
        (pad, rows[0].seq, rows[-1].seq),
    ).fetchall()
    if sorted((seq, tuple(json.loads(authors))) for seq, authors in gone) != [(row.seq, row.people) for row in rows]:
        raise Changed
    if before is not None:
        taken = connection.execute(
            "DELETE FROM pads_chapter WHERE pad_id = ? AND first = ? AND last = ? AND people = ?",
            (pad, before.first, before.last, before.people),
        )
        if taken.rowcount != 1:
            raise Changed
    connection.execute(
        "INSERT INTO pads_chapter (pad_id, first, last, people, body) VALUES (?, ?, ?, ?, ?)",
        (pad, chapter.first, chapter.last, chapter.people, chapter.body),
    )


def _authors(connection: sqlite3.Connection, pad: str) -> dict[int, Author]:
    found = connection.execute("SELECT client_id, person, name, colour FROM pads_client WHERE pad_id = ?", (pad,))
    return {client: Author(*author) for client, *author in found}


def _append(connection: sqlite3.Connection, entry: Entry) -> int | None:
    there = connection.execute("SELECT rights FROM pads_pad WHERE id = ?", (entry.pad,)).fetchone()
    if there is None:
        return None
    if there[0] > entry.rights:
        return OUTDATED
    row = connection.execute(
        _APPEND,
        {
            "pad": entry.pad,
            "at": _time(entry.at),
            "body": entry.body,
            "authors": json.dumps(entry.people),
        },
    ).fetchone()
    connection.executemany(
        _CLIENT,
        [(entry.pad, client, a.person, a.name, a.colour) for client, a in entry.clients.items()],
    )
    return int(row[0])


def _milliseconds(at: str) -> int:
    return round(datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp() * 1000)


def _time(at: datetime) -> str:
    """Write a time as Django does: UTC without an offset."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
