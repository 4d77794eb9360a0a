"""The Maildir in which the mail server puts letters that came back: one file each, whole once it is in `new`."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from midcycle.engines.maillist import Bounce, read_bounce

MOST_BYTES: Final = 1024 * 1024
AT_ONCE: Final = 50


def take_in(folder: Path, deed: Callable[[Bounce], bool]) -> int:
    """Do the deed with each letter that came back; return how many were such.

    A file is deleted once it is settled, so one that was read when the process died is read again. What is no such letter, a
    robot's answer or a person's, goes to `cur`, where whoever runs the server can read it.
    """
    count = 0
    for path in _waiting(folder):
        try:
            with path.open("rb") as file:
                bounce = read_bounce(file.read(MOST_BYTES))
        except FileNotFoundError:  # another worker had it
            continue
        known = bounce is not None and deed(bounce)
        count += known
        with suppress(FileNotFoundError):
            if known:
                path.unlink()
            else:
                path.rename(folder / "cur" / f"{path.name.partition(':')[0]}:2,")
    return count


def _waiting(folder: Path) -> list[Path]:
    try:
        names = sorted(path for path in (folder / "new").iterdir() if path.is_file() and not path.is_symlink())
    except FileNotFoundError:
        return []
    return names[:AT_ONCE]
