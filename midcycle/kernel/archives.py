"""A zip archive that somebody sent, unpacked in memory within limits. What it says of its sizes is not believed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.kernel.refusal import Refusal

_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 0x1
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


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many parts an archive may have, how many bytes they may unpack to together, and what to say if it is not so."""

    parts: int
    unpacked: int
    damaged: str
    locked: str
    too_many: str
    too_large: str


class Archive:
    """Gives out parts. What is unpacked is counted; nothing is written anywhere, so a path in it leads nowhere."""

    def __init__(self, data: bytes, bounds: Bounds) -> None:
        """Read the list of parts. Raises Refusal when there is none, or too many."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS:
            raise Refusal(bounds.damaged) from None
        self._bounds, self._left = bounds, bounds.unpacked
        self.parts: Sequence[zipfile.ZipInfo] = self._zip.infolist()
        if len(self.parts) > bounds.parts:
            raise Refusal(bounds.too_many)

    def read(self, part: zipfile.ZipInfo) -> bytes:
        """Return a part. Raises Refusal when it is locked, damaged or larger than what is left of the limit."""
        if part.flag_bits & _ENCRYPTED:
            raise Refusal(self._bounds.locked)
        if part.compress_type not in _METHODS:
            raise Refusal(self._bounds.damaged)
        try:
            with self._zip.open(part) as file:
                unpacked = file.read(self._left + 1)
        except _FAULTS:
            raise Refusal(self._bounds.damaged) from None
        self._left -= len(unpacked)
        if self._left < 0:
            raise Refusal(self._bounds.too_large)
        return unpacked
