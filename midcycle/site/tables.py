"""Whether the database of an instance can be used, asked before any server starts and without Django: that costs a second."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from midcycle.conf.schema import Settings
from midcycle.kernel.refusal import Refusal

_APPS: Final = Path(__file__).resolve().parent.parent
_DONE: Final = "SELECT app, name FROM django_migrations"


def check_tables(settings: Settings) -> None:
    """Raise Refusal when there is no database, none that can be read, or one without the tables of this version."""
    file = settings.data / "midcycle.sqlite3"
    if not settings.database_url and not file.exists():
        raise Refusal(f"there is no database in {settings.data}; run midcycle migrate with the same --data first")
    try:
        with _connected(settings, file) as database:
            missing = _ours() - _done(database)
    except Exception as error:  # noqa: BLE001 - the classes of two libraries, one of them not loaded
        where = "MIDCYCLE_DATABASE_URL" if settings.database_url else str(file)
        raise Refusal(f"the database at {where} cannot be used: {' '.join(str(error).split())[:200]}") from None
    if missing:
        raise Refusal("the database has no tables yet, or old ones; run midcycle migrate with the same --data first")


@contextmanager
def _connected(settings: Settings, file: Path) -> Iterator[Any]:
    if not settings.database_url:
        with closing(sqlite3.connect(file, timeout=5)) as database:
            yield database
        return
    with import_module("psycopg").connect(settings.database_url, connect_timeout=5) as database:
        yield database


def _done(database: Any) -> set[tuple[str, str]]:  # noqa: ANN401 - a connection of either library
    try:
        return {(app, name) for app, name in database.execute(_DONE).fetchall()}
    except Exception as error:
        if "django_migrations" in str(error):  # no such table, in the words of either database
            return set()
        raise


def _ours() -> set[tuple[str, str]]:
    return {(path.parent.parent.name, path.stem) for path in _APPS.glob("*/migrations/0*.py")}
