"""The files of a zip archive of notes."""

import zipfile
from collections.abc import Iterator
from typing import Final

from midcycle.kernel.archives import Archive, Bounds

MOST_FILES: Final = 500
MOST_UNPACKED: Final = 16 * 1024 * 1024
_BOUNDS: Final = Bounds(
    parts=MOST_FILES,
    unpacked=MOST_UNPACKED,
    damaged="This archive is damaged. Pack it anew as a plain zip.",
    locked="This archive is locked with a password. Pack it without one.",
    too_many=f"This archive has more than {MOST_FILES} files. Take it over in parts.",
    too_large=f"This archive unpacks to more than {MOST_UNPACKED >> 20} MB. Take it over in parts.",
)


def files_in(data: bytes, endings: tuple[str, ...]) -> Iterator[tuple[str, str, bytes]]:
    """Give folder, last name and content of each file with one of these endings. Raises Refusal.

    The folder tells files of one name apart; nothing is ever opened by it.
    """
    archive = Archive(data, _BOUNDS)
    for part in archive.parts:
        folder, _, name = part.filename.replace("\\", "/").rpartition("/")
        if _is_wanted(part, name, endings):
            yield folder, name, archive.read(part)


def _is_wanted(part: zipfile.ZipInfo, name: str, endings: tuple[str, ...]) -> bool:
    hidden = name.startswith(".") or part.filename.startswith("__MACOSX/")
    return not part.is_dir() and not hidden and name.lower().endswith(endings)
