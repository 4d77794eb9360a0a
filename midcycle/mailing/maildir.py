"""The Maildir in which the mail server puts letters that came back: one file each, whole once it is in `new`."""

import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from midcycle.engines.maillist import Bounce, read_bounce

MOST_BYTES: Final = 1024 * 1024
AT_ONCE: Final = 50
_log = logging.getLogger("midcycle.mailing")


def take_in(folder: Path, deed: Callable[[Bounce], bool]) -> int:
    """Do the deed with each letter that came back; return how many were such.

    A file is deleted once it is settled, so one that was read when the process died is read again. What is no such letter, a
    robot's answer or a person's, goes to `cur`, where whoever runs the server can read it. So does what cannot be read at all:
    anybody can write to a return path, and one odd letter must not lie in the way of those behind it.
    """
    count = 0
    for path in _waiting(folder):
        try:
            bounce = read_bounce(_content(path))
        except FileNotFoundError:  # another worker had it
            continue
        except Exception:  # noqa: BLE001 - whatever it was, the others go on
            _log.exception("a letter that came back cannot be read", extra={"fields": {"file": path.name}})
            bounce = None
        known = bounce is not None and deed(bounce)
        count += known
        with suppress(FileNotFoundError):
            if known:
                path.unlink()
            else:
                _aside(path, folder / "cur")
    return count


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES)


def _aside(path: Path, there: Path) -> None:
    there.mkdir(exist_ok=True)  # some that deliver make `new` alone
    path.rename(there / f"{path.name.partition(':')[0]}:2,")


def _waiting(folder: Path) -> list[Path]:
    try:
        names = sorted(path for path in (folder / "new").iterdir() if path.is_file() and not path.is_symlink())
    except FileNotFoundError:
        return []
    return names[:AT_ONCE]
