"""Where the files of pictures are: below `photos/` in the data directory, under names nobody can guess.

What arrives is in `incoming/`, one file for each picture, and how long it is says how much of it is here: the database does not
know. What is developed has a folder of its own, below that of its meetup, so that nothing is left when it goes.
"""

import errno
import fcntl
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings

KEPT_FREE: Final = 256 * 1024 * 1024  # bytes of the disk, for the database and everybody else
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class WrongOffset(Exception):  # noqa: N818 - reads as a fact
    """More or less of the file is here than its sender thinks; `offset` bytes are."""

    def __init__(self, offset: int) -> None:
        """Keep how much is here."""
        super().__init__(offset)
        self.offset = offset


class DiskFull(Exception):  # noqa: N818 - the same
    """Nothing more fits on the disk."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files below a directory."""

    root: Path

    def incoming(self, key: str) -> Path:
        """Return where a picture arrives."""
        return self.root / "incoming" / key

    def folder(self, meetup: int, key: str) -> Path:
        """Return the folder of a developed picture."""
        return self.root / str(meetup) / key

    def offset(self, key: str) -> int:
        """Return how many bytes of a picture are here, once nobody writes on it: they are safe from a power cut."""
        try:
            with self.incoming(key).open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                return os.fstat(file.fileno()).st_size
        except FileNotFoundError:
            return 0

    def last_heard(self, key: str) -> datetime:
        """Return when something of a picture came last; the earliest moment there is where nothing did."""
        try:
            return datetime.fromtimestamp(self.incoming(key).stat().st_mtime, tz=UTC)
        except FileNotFoundError:
            return datetime.min.replace(tzinfo=UTC)

    def append(self, key: str, offset: int, content: bytes) -> int:
        """Write on where a picture stopped; return how many bytes are here, safe from a power cut.

        Whoever writes on it just now is waited for. Raises WrongOffset, and DiskFull.
        """
        if not self.has_room(len(content)):
            raise DiskFull
        path = self.incoming(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab", buffering=0) as file:
                return _written(file.fileno(), offset, content)
        except OSError as error:
            if error.errno in _FULL:
                raise DiskFull from None
            raise

    def has_room(self, size: int) -> bool:
        """Say whether so many bytes fit on the disk, with some to spare for everybody else."""
        there = next(path for path in (self.root, *self.root.parents) if path.exists())
        return shutil.disk_usage(there).free - size >= KEPT_FREE

    def forget_arrived(self, key: str) -> None:
        """Delete the file that came."""
        self.incoming(key).unlink(missing_ok=True)

    def delete(self, meetup: int, key: str) -> bool:
        """Delete every file of a picture, for good; return whether none is left."""
        self.forget_arrived(key)
        folder = self.folder(meetup, key)
        shutil.rmtree(folder, ignore_errors=True)
        return not folder.exists()

    def arrived(self) -> list[str]:
        """Return the keys of pictures of which something arrived and is still here."""
        folder = self.root / "incoming"
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def shelf() -> Shelf:
    """Return the shelf of this instance."""
    return Shelf(settings.MIDCYCLE.data.resolve() / "photos")


def _written(number: int, offset: int, content: bytes) -> int:
    """Append to an open file, alone: how long it is, is asked once nobody else writes on it.

    A piece whose line was cut is still on its way to the disk when its sender comes again: the file is longer already, and
    the sender is right about where it goes on.
    """
    fcntl.flock(number, fcntl.LOCK_EX)
    there = os.fstat(number).st_size
    if there != offset:
        raise WrongOffset(there)
    view = memoryview(content)
    while view:
        view = view[os.write(number, view) :]
    os.fdatasync(number)
    return there + len(content)
