"""What the database alone can do: the two statements of a registration, a conditional UPDATE and an INSERT, in a loop."""

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

TABLES = (
    "CREATE TABLE ceiling_capacity (id integer PRIMARY KEY, total integer NOT NULL, held integer NOT NULL)",
    "CREATE TABLE ceiling_seat (name text NOT NULL, capacity integer NOT NULL REFERENCES ceiling_capacity(id))",
    "INSERT INTO ceiling_capacity VALUES (1, 100000000, 0)",
)
TAKE = "UPDATE ceiling_capacity SET held = held + 1 WHERE id = 1 AND held < total"
WRITE = "INSERT INTO ceiling_seat VALUES ('Somebody with a name', 1)"
Take = Callable[[], None]


def of_sqlite(file: Path, threads: int, seconds: float) -> float:
    """Return transactions a second on a file set up as Midcycle sets its own up."""

    def connect() -> Take:
        database = sqlite3.connect(file, timeout=20, isolation_level=None, check_same_thread=False)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")

        def take() -> None:
            for statement in ("BEGIN IMMEDIATE", TAKE, WRITE, "COMMIT"):
                database.execute(statement)

        return take

    with sqlite3.connect(file) as database:
        for statement in TABLES:
            database.execute(statement)
    return _loops(connect, threads, seconds)


def of_postgres(url: str, threads: int, seconds: float) -> float:
    """Return transactions a second on a server."""

    def connect() -> Take:
        database = psycopg.connect(url)

        def take() -> None:
            database.execute(TAKE)
            database.execute(WRITE)
            database.commit()

        return take

    with psycopg.connect(url) as database:
        for statement in TABLES:
            database.execute(statement.encode())
    return _loops(connect, threads, seconds)


def _loops(connect: Callable[[], Take], threads: int, seconds: float) -> float:
    """Let each thread take over a connection of its own until time is up."""
    takes, counts = [connect() for _ in range(threads)], [0] * threads
    ends = time.perf_counter() + seconds

    def loop(number: int) -> None:
        while time.perf_counter() < ends:
            takes[number]()
            counts[number] += 1

    running = [threading.Thread(target=loop, args=(number,)) for number in range(threads)]
    began = time.perf_counter()
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)
