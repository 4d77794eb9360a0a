"""Pads in PostgreSQL, for many processes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg import Connection, sql

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

_CONNECT_SECONDS = 5
_SILENCE_MS = 15_000

_APPEND = """
INSERT INTO pads_update (pad_id, seq, at, body, authors)
SELECT %(pad)s, 1 + greatest(
           coalesce((SELECT max(seq) FROM pads_update WHERE pad_id = %(pad)s), 0),
           coalesce((SELECT upto FROM pads_snapshot WHERE pad_id = %(pad)s), 0)),
       %(at)s, %(body)s, %(authors)s
RETURNING seq
"""
_CLIENT = """
INSERT INTO pads_client (pad_id, client_id, person, name, colour)
VALUES (%s, %s, %s, %s, %s) ON CONFLICT (pad_id, client_id) DO NOTHING
"""
_LOCK = "SELECT rights FROM pads_pad WHERE id = %s FOR NO KEY UPDATE"
_LOCK_FOR_VOTES = "SELECT rights FROM pads_pad WHERE id = %s FOR SHARE"
_STALE = """
SELECT pad_id FROM pads_update GROUP BY pad_id
HAVING max(seq) > coalesce((SELECT upto FROM pads_snapshot s WHERE s.pad_id = pads_update.pad_id), 0)
"""
_SAVE = """
INSERT INTO pads_snapshot (pad_id, upto, state, text, at)
SELECT id, %(upto)s, %(state)s, %(text)s, %(at)s FROM pads_pad WHERE id = %(pad)s
ON CONFLICT (pad_id) DO UPDATE
SET upto = excluded.upto, state = excluded.state, text = excluded.text, at = excluded.at
WHERE excluded.upto >= pads_snapshot.upto
"""
_VOTE = """
INSERT INTO pads_vote (pad_id, client_id, clock, person)
SELECT id, %(client)s, %(clock)s, %(person)s FROM pads_pad WHERE id = %(pad)s
ON CONFLICT (pad_id, client_id, clock, person) DO NOTHING
"""
_UNVOTE = """
DELETE FROM pads_vote
WHERE pad_id = %(pad)s AND client_id = %(client)s AND clock = %(clock)s AND person = %(person)s
"""


def open_store(url: str) -> Store:
    """Make a store for `postgresql://…`, any URL that libpq reads."""
    return PostgresStore(url)


class PostgresStore:
    """See `Store`. Reconnects when first used after a failure."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: Connection[Any] | None = None

    def check(self) -> None:
        """Raise unless the tables can be read."""
        with self._transaction() as connection:
            for table in TABLES:
                connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table)))

    def load(self, pad: str) -> Kept | None:
        """Read a pad in one consistent view."""
        with self._transaction() as connection:
            _look(connection)
            there = connection.execute("SELECT rights FROM pads_pad WHERE id = %s", (UUID(pad),)).fetchone()
            if there is None:
                return None
            found = connection.execute("SELECT upto, state FROM pads_snapshot WHERE pad_id = %s", (UUID(pad),)).fetchone()
            upto, state = found or (0, None)
            return Kept(upto, state, _rows(connection, pad, upto), _authors(connection, pad), *there)

    def later(self, pad: str, seq: int) -> Kept:
        """Read what came after `seq`."""
        with self._transaction() as connection:
            _look(connection)
            if _last_bound(connection, pad) <= seq:
                return Kept(seq, None, _rows(connection, pad, seq), _authors(connection, pad))
            found = connection.execute("SELECT upto, state FROM pads_snapshot WHERE pad_id = %s", (UUID(pad),)).fetchone()
            upto, state = found or (seq, None)
            return Kept(upto, state, _rows(connection, pad, upto), _authors(connection, pad))

    def append(self, entries: Sequence[Entry]) -> list[int | None]:
        """Commit all at once. Two processes on one pad take turns."""
        with self._transaction() as connection:
            return [_append(connection, entry) for entry in entries]

    def save(self, snapshot: Snapshot) -> None:
        """Replace an older snapshot."""
        with self._transaction() as connection:
            connection.execute(
                _SAVE,
                {
                    "pad": UUID(snapshot.pad),
                    "upto": snapshot.upto,
                    "state": snapshot.state,
                    "text": snapshot.text,
                    "at": snapshot.at,
                },
            )

    def choose(self, choices: Sequence[Choice]) -> AbstractSet[str]:
        """Add and take away votes at once; in one order for all processes, so that none waits for another in a circle."""
        ordered = sorted(choices, key=lambda one: (one.pad, one.vote.client, one.vote.clock, one.vote.person))
        with self._transaction() as connection:
            counts = {pad: _locked(connection, UUID(pad), _LOCK_FOR_VOTES) for pad in dict.fromkeys(one.pad for one in ordered)}
            late = {one.pad for one in ordered if one.rights < (counts[one.pad] or 0)}
            for one in ordered:
                if one.pad in late:
                    continue
                vote = {"client": one.vote.client, "clock": one.vote.clock, "person": one.vote.person}
                connection.execute(_VOTE if one.on else _UNVOTE, {"pad": UUID(one.pad), **vote})
        return late

    def votes(self, pads: Sequence[str]) -> dict[str, AbstractSet[Vote]]:
        """Read the votes of each of these pads."""
        found: dict[str, set[Vote]] = {pad: set() for pad in pads}
        with self._transaction() as connection:
            rows = connection.execute(
                "SELECT pad_id, client_id, clock, person FROM pads_vote WHERE pad_id = ANY(%s)", ([UUID(pad) for pad in pads],)
            )
            for pad, *vote in rows:
                found[pad.hex].add(Vote(*vote))
        return dict(found)

    def bind(self, pad: str, upto: int, clocks: Mapping[int, int]) -> int:
        """Bind rows into a chapter: read and pack them first, so that others wait for the exchange only."""
        with self._transaction() as connection:
            _look(connection)
            rows, before = _unbound(connection, pad, upto), _last_chapter(connection, pad)
        if len(rows) < AT_LEAST:
            return before.last if before else 0
        chapter, replaces = bound(before, rows, clocks)
        try:
            with self._transaction() as connection:
                _exchange(connection, pad, rows, before if replaces else None, chapter)
        except Changed:
            return 0
        return chapter.last

    def heads(self, pads: Sequence[str]) -> dict[str, int]:
        """Find the last seq of each existing pad."""
        with self._transaction() as connection:
            rows = connection.execute(
                "SELECT id, greatest((SELECT max(seq) FROM pads_update WHERE pad_id = pads_pad.id),"
                " (SELECT upto FROM pads_snapshot WHERE pad_id = pads_pad.id), 0)"
                " FROM pads_pad WHERE id = ANY(%s)",
                ([UUID(pad) for pad in pads],),
            )
            return {pad.hex: seq for pad, seq in rows}

    def rights(self, pads: Sequence[str]) -> dict[str, int]:
        """Read how often who may do what has changed."""
        with self._transaction() as connection:
            rows = connection.execute("SELECT id, rights FROM pads_pad WHERE id = ANY(%s)", ([UUID(pad) for pad in pads],))
            return {pad.hex: rights for pad, rights in rows}

    def names(self, pad: str) -> Names | None:
        """Read who writes under which client id."""
        with self._transaction() as connection:
            _look(connection)
            there = connection.execute("SELECT rights FROM pads_pad WHERE id = %s", (UUID(pad),)).fetchone()
            return Names(there[0], _authors(connection, pad)) if there else None

    def stale(self) -> list[str]:
        """Find pads whose snapshot lacks rows."""
        with self._transaction() as connection:
            found = connection.execute(_STALE).fetchall()
            return [pad.hex for (pad,) in found]

    def twin(self) -> "PostgresStore":
        """Make a store with a connection of its own."""
        return PostgresStore(self._url)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _transaction(self) -> Iterator[Connection[Any]]:
        try:
            if self._connection is None:
                self._connection = self._connect()
            with self._connection.transaction():
                yield self._connection
        except (psycopg.IntegrityError, psycopg.DataError) as error:
            raise StoreRefused(str(error)) from error
        except psycopg.Error as error:
            self.close()
            raise StoreDown(str(error)) from error

    def _connect(self) -> Connection[Any]:
        connection = psycopg.connect(self._url, autocommit=True, connect_timeout=_CONNECT_SECONDS, tcp_user_timeout=_SILENCE_MS)
        connection.execute("SET lock_timeout = '5s'")  # a lock held longer must not hold up every pad for good
        return connection


def _rows(connection: Connection[Any], pad: str, seq: int) -> tuple[Row, ...]:
    found = connection.execute(
        "SELECT seq, body FROM pads_update WHERE pad_id = %s AND seq > %s ORDER BY seq", (UUID(pad), seq)
    )
    return tuple(Row(*row) for row in found)


def _look(connection: Connection[Any]) -> None:
    """See all tables as they are now, until the transaction ends."""
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _last_bound(connection: Connection[Any], pad: str) -> int:
    found = connection.execute("SELECT coalesce(max(last), 0) FROM pads_chapter WHERE pad_id = %s", (UUID(pad),)).fetchone()
    return int(found[0]) if found else 0


def _last_chapter(connection: Connection[Any], pad: str) -> Chapter | None:
    found = connection.execute(
        "SELECT first, last, people, body FROM pads_chapter WHERE pad_id = %s ORDER BY first DESC LIMIT 1", (UUID(pad),)
    ).fetchone()
    return Chapter(*found) if found else None


def _unbound(connection: Connection[Any], pad: str, upto: int) -> list[LogRow]:
    found = connection.execute(
        "SELECT seq, at, authors, body FROM pads_update WHERE pad_id = %s AND seq <= %s ORDER BY seq LIMIT %s",
        (UUID(pad), upto, AT_ONCE),
    )
    return [LogRow(seq, round(at.timestamp() * 1000), tuple(json.loads(authors)), body) for seq, at, authors, body in found]


def _exchange(connection: Connection[Any], pad: str, rows: Sequence[LogRow], before: Chapter | None, chapter: Chapter) -> None:
    """Put the chapter in place of the rows and of the one before. Raises `Changed` if they are not what they were."""
    name = UUID(pad)
    gone = connection.execute(
        "DELETE FROM pads_update WHERE pad_id = %s AND seq BETWEEN %s AND %s RETURNING seq, authors",
        (name, rows[0].seq, rows[-1].seq),
    ).fetchall()
    if sorted((seq, tuple(json.loads(authors))) for seq, authors in gone) != [(row.seq, row.people) for row in rows]:
        raise Changed
    if before is not None:
        taken = connection.execute(
            "DELETE FROM pads_chapter WHERE pad_id = %s AND first = %s AND last = %s AND people = %s",
            (name, before.first, before.last, before.people),
        )
        if taken.rowcount != 1:
            raise Changed
    connection.execute(
        "INSERT INTO pads_chapter (pad_id, first, last, people, body) VALUES (%s, %s, %s, %s, %s)",
        (name, chapter.first, chapter.last, chapter.people, chapter.body),
    )


def _authors(connection: Connection[Any], pad: str) -> dict[int, Author]:
    found = connection.execute("SELECT client_id, person, name, colour FROM pads_client WHERE pad_id = %s", (UUID(pad),))
    return {client: Author(*author) for client, *author in found}


def _locked(connection: Connection[Any], pad: UUID, lock: LiteralString) -> int | None:
    """Lock a pad by its own row; give the count of its rights, None where it is gone."""
    found = connection.execute(lock, (pad,)).fetchone()
    return None if found is None else int(found[0])


def _append(connection: Connection[Any], entry: Entry) -> int | None:
    pad = UUID(entry.pad)
    rights = _locked(connection, pad, _LOCK)  # so that no two processes take the same seq
    if rights is None or rights > entry.rights:
        return None if rights is None else OUTDATED
    row = connection.execute(
        _APPEND,
        {"pad": pad, "at": entry.at, "body": entry.body, "authors": json.dumps(entry.people)},
    ).fetchone()
    for client, author in entry.clients.items():
        connection.execute(_CLIENT, (pad, client, author.person, author.name, author.colour))
    return None if row is None else int(row[0])
