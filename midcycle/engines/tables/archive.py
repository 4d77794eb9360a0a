"""The parts of a table that is a zip archive, by name."""

from typing import Final

from midcycle.kernel.archives import Archive, Bounds
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import gettext, gettext_noop

MOST_UNPACKED: Final = 64 * 1024 * 1024
MOST_PARTS: Final = 2_000
DAMAGED: Final = gettext_noop("This file is damaged. Save it anew, or save the table as CSV.")
LOCKED: Final = gettext_noop("This file is locked with a password. Save it without one.")


class TableArchive:
    """Gives out parts by name."""

    def __init__(self, data: bytes) -> None:
        """Read the list of parts. Raises Refusal when there is none, or too many."""
        self._archive = Archive(data, _bounds())
        self._parts = {part.filename: part for part in self._archive.parts}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """Return a part. Raises Refusal when it is not there, locked, damaged or larger than what is left of the limit."""
        if name not in self._parts:
            raise Refusal(gettext(DAMAGED))
        return self._archive.read(self._parts[name])


def _bounds() -> Bounds:
    too_large = gettext("This file unpacks to more than %(most)s MB. Save the table alone, or as CSV.")
    return Bounds(
        parts=MOST_PARTS,
        unpacked=MOST_UNPACKED,
        damaged=gettext(DAMAGED),
        locked=gettext(LOCKED),
        too_many=gettext("This file has too many parts to be one table. Save the table alone, or as CSV."),
        too_large=too_large % {"most": MOST_UNPACKED >> 20},
    )
