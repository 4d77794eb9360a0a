"""The parts of a file that is a zip archive, unpacked within limits."""

import io
import struct
import zipfile
import zlib
from typing import Final

from midcycle.kernel.refusal import Refusal

MOST_UNPACKED: Final = 64 * 1024 * 1024
MOST_PARTS: Final = 2_000
DAMAGED: Final = "This file is damaged. Save it anew, or save the table as CSV."
LOCKED: Final = "This file is locked with a password. Save it without one."

_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,  # what zipfile raises for a way of packing it does not know
    RuntimeError,
)
_ENCRYPTED: Final = 0x1


class Archive:
    """Gives out parts by name. What is unpacked is counted, whatever the archive says about its sizes."""

    def __init__(self, data: bytes) -> None:
        """Read the list of parts. Raises Refusal when there is none, or too many."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS:
            raise Refusal(DAMAGED) from None
        self._parts = {info.filename: info for info in self._zip.infolist()}
        self._left = MOST_UNPACKED
        if len(self._parts) > MOST_PARTS:
            raise Refusal("This file has too many parts to be one table. Save the table alone, or as CSV.")

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """Return a part. Raises Refusal when it is not there, locked, damaged or larger than what is left of the limit."""
        info = self._parts.get(name)
        if info is None or info.compress_type not in _METHODS:
            raise Refusal(DAMAGED)
        if info.flag_bits & _ENCRYPTED:
            raise Refusal(LOCKED)
        try:
            with self._zip.open(info) as part:
                unpacked = part.read(self._left + 1)
        except _FAULTS:
            raise Refusal(DAMAGED) from None
        self._left -= len(unpacked)
        if self._left < 0:
            raise Refusal(f"This file unpacks to more than {MOST_UNPACKED >> 20} MB. Save the table alone, or as CSV.")
        return unpacked
