"""Writes files into a folder, all or not at all, and never over something else."""

import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Final

FORMAT: Final = "midcycle-archive/1"
MARK: Final = "midcycle-archive.json"
_PIECE: Final = 1024 * 1024


class NotWritten(Exception):  # noqa: N818 - reads as a fact
    """Nothing was written; the message says why."""


def write(files: Mapping[str, bytes | Path], into: Path, *, name: str) -> None:
    """Write files below a folder, with a list of them and their SHA-256; of a path what lies there is copied.

    They are written beside it and renamed, so that it never holds half of them. A folder that is there is replaced when it is
    empty or holds what was written here under the same `name`. Raises NotWritten, and OSError.
    """
    into = into.resolve()
    _check(into, name)
    into.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{into.name}-", dir=into.parent))
    try:
        fresh = beside / "new"
        sums = {path: _put(fresh, path, body) for path, body in files.items()}
        _put(fresh, MARK, _list(sums, name))
        if into.exists():
            into.rename(beside / "old")
        _take_place(fresh, into, beside / "old")
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _check(into: Path, name: str) -> None:
    if not into.exists():
        return
    if not into.is_dir():
        raise NotWritten(f"{into} is a file. Name a folder.")
    if any(into.iterdir()) and _name_in(into) != name:
        raise NotWritten(f"{into} holds something else. Name a folder that is empty or not there yet.")


def _name_in(into: Path) -> str | None:
    """Return the name of the archive a folder holds, None when it holds none."""
    try:
        told = json.loads((into / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told.get("name") if isinstance(told, dict) and told.get("format") == FORMAT else None


def _list(sums: Mapping[str, str], name: str) -> bytes:
    told = {"format": FORMAT, "name": name, "files": dict(sorted(sums.items()))}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _put(root: Path, path: str, body: bytes | Path) -> str:
    """Write a file; return its SHA-256."""
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts:
        raise NotWritten(f"{path} would be written outside the folder.")
    file = root / parts
    file.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    try:
        with file.open("wb") as out, _opened(body) as source:
            while piece := source.read(_PIECE):
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
    except FileNotFoundError:
        raise NotWritten(f"{path} was taken away meanwhile. Begin again.") from None
    return digest.hexdigest()


def _opened(body: bytes | Path) -> IO[bytes]:
    return io.BytesIO(body) if isinstance(body, bytes) else body.open("rb")


def _take_place(fresh: Path, into: Path, old: Path) -> None:
    """Rename the new folder; where that fails, the old one comes back."""
    try:
        fresh.rename(into)
    except OSError:
        if old.exists():
            old.rename(into)
        raise
    into.chmod(0o755)
