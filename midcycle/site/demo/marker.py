"""The file that says "this directory holds a demo", and what may be deleted because of it. No Django here.

A directory without the file is never touched: it may hold a real instance.
"""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final

from midcycle.kernel.refusal import Refusal

NAME: Final = "demo.json"
_DATABASE: Final = "midcycle.sqlite3"
# Only these are ever deleted, whatever else is in the directory.
_OURS: Final = (_DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-shm", f"{_DATABASE}-journal", "wake.socket")
_PICTURES: Final = "photos"
_PACKAGE: Final = Path(__file__).resolve().parent.parent.parent


def begin(data: Path) -> None:
    """Claim an empty directory for a demo that is about to be loaded; what an interrupted loading left is deleted.

    Raises Refusal when the directory holds an instance that is no demo.
    """
    _check_ours(data)
    data.mkdir(parents=True, exist_ok=True)
    _delete(data)
    _write(data, {"state": "loading"})


def finish(data: Path) -> None:
    """Say that the demo is complete, with the tables of this version."""
    _write(data, {"state": "loaded", "tables": tables()})


def is_loaded(data: Path) -> bool:
    """Say whether the directory holds a complete demo that can be used, at most after new migrations.

    Where a migration was rewritten, as happens before a release, only loading anew helps.
    """
    found = _read(data)
    made, now = _made_with(found), tables()
    rewritten = any(name.endswith(".py") and now.get(name) != digest for name, digest in made.items())
    return found.get("state") == "loaded" and (data / _DATABASE).exists() and not rewritten


def has_these_tables(data: Path) -> bool:
    """Say whether the demo was made with the migrations of this version."""
    return _made_with(_read(data)) == tables()


def start_over(data: Path) -> None:
    """Delete the demo of a directory, if there is one. Raises Refusal for an instance that is no demo."""
    _check_ours(data)
    _delete(data)
    if (data / NAME).exists():
        _write(data, {"state": "loading"})


def check_database(url: str) -> None:
    """Raise Refusal for a database server: the demo has a file of its own and must not come near a real instance."""
    if url:
        raise Refusal(
            "the demo keeps to a SQLite file of its own; unset MIDCYCLE_DATABASE_URL, or database_url in midcycle.toml"
        )


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the directory, so that no second demo runs in it. Raises Refusal when one does, or for no demo's directory."""
    _check_ours(data)
    data.mkdir(parents=True, exist_ok=True)
    path = data / NAME
    with path.open("a", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refusal(f"a demo runs in {data} already; stop it first, or choose another directory with --data") from None
        yield


def tables() -> dict[str, str]:
    """Return a digest of each of our migrations, and the versions of the libraries that have their own."""
    ours = sorted(_PACKAGE.glob("*/migrations/0*.py"))
    return {
        **{library: version(library) for library in ("django", "django-allauth")},
        **{f"{path.parent.parent.name}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in ours},
    }


def _check_ours(data: Path) -> None:
    if (data / _DATABASE).exists() and not (data / NAME).exists():
        raise Refusal(f"{data} holds an instance that is not a demo; choose another directory with --data")


def _delete(data: Path) -> None:
    for name in _OURS:
        (data / name).unlink(missing_ok=True)
    shutil.rmtree(data / _PICTURES, ignore_errors=True)


def _made_with(found: dict[str, object]) -> dict[str, object]:
    made = found.get("tables")
    return made if isinstance(made, dict) else {}


def _read(data: Path) -> dict[str, object]:
    try:
        found = json.loads((data / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(data: Path, facts: dict[str, object]) -> None:
    """Write in place: the file may be held by whoever runs the demo, and a torn one reads as not loaded."""
    (data / NAME).write_text(json.dumps(facts) + "\n", encoding="utf-8")
