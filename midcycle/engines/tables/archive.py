"""The parts of a table that is a zip archive, by name."""

from typing import Final

from midcycle.kernel.archives import Archive, Bounds
from midcycle.kernel.refusal import Refusal

MOST_UNPACKED: Final = 64 * 1024 * 1024
MOST_PARTS: Final = 2_000
DAMAGED: Final = "This file is damaged. Save it anew, or save the table as CSV."
LOCKED: Final = "This file is locked with a password. Save it without one."
_BOUNDS: Final = Bounds(
    parts=MOST_PARTS,
    unpacked=MOST_UNPACKED,
    damaged=DAMAGED,
    locked=LOCKED,
    too_many="This file has too many parts to be one table. Save the table alone, or as CSV.",
    too_large=f"This file unpacks to more than {MOST_UNPACKED >> 20} MB. Save the table alone, or as CSV.",
)


class TableArchive:
    """Gives out parts by name."""

    def __init__(self, data: bytes) -> None:
        """Read the list of parts. Raises Refusal when there is none, or too many."""
        self._archive = Archive(data, _BOUNDS)
        self._parts = {part.filename: part for part in self._archive.parts}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """Return a part. Raises Refusal when it is not there, locked, damaged or larger than what is left of the limit."""
        if name not in self._parts:
            raise Refusal(DAMAGED)
        return self._archive.read(self._parts[name])
