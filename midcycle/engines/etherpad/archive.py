"""The files of a zip archive, unpacked in memory within limits. What it says of itself is not believed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from midcycle.kernel.refusal import Refusal

MOST_FILES: Final = 500
MOST_UNPACKED: Final = 16 * 1024 * 1024
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 0x1
_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
_DAMAGED: Final = "This archive is damaged. Pack it anew as a plain zip."


def files_in(data: bytes, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Give last name and content of each file with one of these endings; folders in between do not count.

    Nothing is written anywhere, so a path leads nowhere. Raises Refusal.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _FAULTS:
        raise Refusal(_DAMAGED) from None
    parts = archive.infolist()
    if len(parts) > MOST_FILES:
        raise Refusal(f"This archive has more than {MOST_FILES} files. Take it over in parts.")
    left = MOST_UNPACKED
    for part in parts:
        name = _last(part.filename)
        if not _is_wanted(part, name, endings):
            continue
        unpacked = _unpacked(archive, part, left)
        left -= len(unpacked)
        yield name, unpacked


def _last(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def _is_wanted(part: zipfile.ZipInfo, name: str, endings: tuple[str, ...]) -> bool:
    hidden = name.startswith(".") or part.filename.startswith("__MACOSX/")
    return not part.is_dir() and not hidden and name.lower().endswith(endings)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    if part.flag_bits & _ENCRYPTED:
        raise Refusal("This archive is locked with a password. Pack it without one.")
    if part.compress_type not in _METHODS:
        raise Refusal(_DAMAGED)
    try:
        with archive.open(part) as file:
            unpacked = file.read(most + 1)
    except _FAULTS:
        raise Refusal(_DAMAGED) from None
    if len(unpacked) > most:
        raise Refusal(f"This archive unpacks to more than {MOST_UNPACKED >> 20} MB. Take it over in parts.")
    return unpacked
