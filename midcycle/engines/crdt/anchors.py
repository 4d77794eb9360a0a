"""In which line of the text characters stand that somebody remembers by their ids.

A line that begins with a character stays the same line when text comes before that character, and when the
character is deleted but not the whole line. So from the character one goes on through what is deleted:
to text, which is the line, or to a line end, deleted or not, and the line is gone.

Only the library knows the order of all characters, so it is asked as for a weave, by a copy of the document
in which nothing is deleted. Here a character says only what it is, and which of those looked for.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from midcycle.engines.crdt.document import Document
from midcycle.engines.crdt.lib0 import Reader, buffer, number

_STRING, _KIND = 4, 0x1F
_HAS_ORIGIN, _HAS_RIGHT = 0x80, 0x40
_TEXT, _END, _GONE, _GONE_END = 0x61, 0x62, 0x63, 0x64  # what a character is
_FIRST: Final = 0x4E00  # the first character that is looked for; 2**14 follow, each of two bytes in UTF-16
_MOST: Final = 1 << 14

Anchor = tuple[int, int]  # client id and clock of a character
Units = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of one client id with clocks that follow each other, and where they are in the bytes."""

    client: int
    clock: int
    units: Units
    begin: int
    end: int


def lines_of(whole: bytes, anchors: Collection[Anchor]) -> Mapping[Anchor, int]:
    """Return the line, from 0, of each character whose line is there; of a document written as one update.

    At most 16,384 are looked for. Raises `Malformed` or `Poisoned` on bytes that are no pad.
    """
    reader = Reader(whole)
    runs = list(_runs(reader, len(whole)))
    last = len(whole) - reader.left
    places = _Places(runs)
    units = np.concatenate([run.units for run in runs] or [np.zeros(0, np.uint16)])
    kinds = np.where(units == ord("\n"), _END, _TEXT).astype(np.uint16)
    for client, first, length in _deletions(reader):
        for low, high in places.of(client, first, first + length):
            kinds[low:high] = np.where(kinds[low:high] == _END, _GONE_END, _GONE)
    signs = kinds.copy()
    sought: list[tuple[Anchor, int]] = []
    for client, clock in sorted(anchors)[:_MOST]:
        for place, _ in places.of(client, clock, clock + 1):
            signs[place] = _FIRST + len(sought)
            sought.append(((client, clock), place))
    return _found(_read(whole, runs, last, signs), kinds, sought)


def _found(order: Units, kinds: Units, sought: list[tuple[Anchor, int]]) -> dict[Anchor, int]:
    """Go on from each character that is sought, in the order of the text, to the line it is in."""
    at = np.flatnonzero(order >= _FIRST)
    numbers = order[at] - _FIRST
    told = order.copy()
    told[at] = kinds[np.array([place for _, place in sought], np.int64)[numbers]]
    stops = np.flatnonzero(told != _GONE)
    lines = np.cumsum(told == _END)
    found: dict[Anchor, int] = {}
    for place, which in zip(at, numbers, strict=True):
        index = int(np.searchsorted(stops, place))
        if index < len(stops) and told[stops[index]] == _TEXT:
            found[sought[which][0]] = int(lines[stops[index]])
    return found


def _read(whole: bytes, runs: list[_Run], last: int, signs: Units) -> Units:
    """Read the signs in the order of the text."""
    pieces: list[bytes] = []
    at = done = 0
    for run in runs:
        sign = signs[at : at + len(run.units)].tobytes().decode("utf-16-le")
        pieces += [whole[done : run.begin], buffer(sign.encode())]
        at, done = at + len(run.units), run.end
    update = b"".join([*pieces, whole[done:last], number(0)])
    return np.frombuffer(Document(None, [update]).text().encode("utf-16-le"), np.uint16)


def _runs(reader: Reader, size: int) -> Iterator[_Run]:
    """Give the runs that have text; those that came deleted have none."""
    for _ in range(reader.count(3)):
        amount, client, clock = reader.count(2), reader.number(), reader.number()
        for _ in range(amount):
            if _skip_head(reader) != _STRING:
                clock += reader.number()
                continue
            begin = size - reader.left
            units = np.frombuffer(reader.text().encode("utf-16-le"), np.uint16)
            yield _Run(client, clock, units, begin, size - reader.left)
            clock += len(units)


def _skip_head(reader: Reader) -> int:
    info = reader.byte()
    for _ in range(2 * (bool(info & _HAS_ORIGIN) + bool(info & _HAS_RIGHT))):
        reader.number()
    if not info & (_HAS_ORIGIN | _HAS_RIGHT):
        reader.number()
        reader.buffer()
    return info & _KIND


def _deletions(reader: Reader) -> Iterator[tuple[int, int, int]]:
    for _ in range(reader.count(2)):
        client = reader.number()
        for _ in range(reader.count(2)):
            yield client, reader.number(), reader.number()


class _Places:
    """Finds the characters of a client id by clock."""

    def __init__(self, runs: list[_Run]) -> None:
        self._clocks: dict[int, list[int]] = {}
        self._known: dict[int, list[tuple[int, int]]] = {}  # amount and place, beside each clock
        for run, start in zip(runs, accumulate((len(run.units) for run in runs), initial=0), strict=False):
            self._clocks.setdefault(run.client, []).append(run.clock)
            self._known.setdefault(run.client, []).append((len(run.units), start))

    def of(self, client: int, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Give where the characters `first` up to `last` are, as far as they have text."""
        clocks = self._clocks.get(client, [])
        index = max(bisect_right(clocks, first) - 1, 0)
        while index < len(clocks) and clocks[index] < last:
            length, start = self._known[client][index]
            low, high = max(first - clocks[index], 0), min(last - clocks[index], length)
            if low < high:
                yield start + low, start + high
            index += 1
