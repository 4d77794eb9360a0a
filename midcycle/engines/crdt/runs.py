"""Where the text of a document, written as one update, stands in its bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from midcycle.engines.crdt.lib0 import Reader

_STRING: Final = 4
_KIND: Final = 0x1F
_HAS_ORIGIN, _HAS_RIGHT = 0x80, 0x40


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one client id with clocks that follow each other, in UTF-16 units, and where their text is in the bytes."""

    client: int
    clock: int
    units: NDArray[np.uint16]
    begin: int
    end: int

    @property
    def length(self) -> int:
        """How many UTF-16 units, as Yjs counts."""
        return len(self.units)


def runs_in(reader: Reader, size: int) -> Iterator[Run]:
    """Give the runs that have text; those that came deleted have none. `size` is that of the whole update."""
    for _ in range(reader.count(3)):
        amount, client, clock = reader.count(2), reader.number(), reader.number()
        for _ in range(amount):
            if _skip_head(reader) != _STRING:
                clock += reader.number()
                continue
            begin = size - reader.left
            units = np.frombuffer(reader.text().encode("utf-16-le"), np.uint16)
            yield Run(client, clock, units, begin, size - reader.left)
            clock += len(units)


def _skip_head(reader: Reader) -> int:
    info = reader.byte()
    for _ in range(2 * (bool(info & _HAS_ORIGIN) + bool(info & _HAS_RIGHT))):
        reader.number()
    if not info & (_HAS_ORIGIN | _HAS_RIGHT):
        reader.number()
        reader.buffer()
    return info & _KIND
