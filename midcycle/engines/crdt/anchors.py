"""In which line of the text characters stand that somebody remembers by their ids.

A line that begins with a character stays the same line when text comes before that character, and when the
character is deleted but not the whole line. So from the character one goes on through what is deleted:
to text, which is the line, or to a line end, deleted or not, and the line is gone.

Only the library knows the order of all characters, so it is asked as for a weave, by a copy of the document
in which nothing is deleted. Here a character says only what it is, and which of those looked for.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from midcycle.engines.crdt.document import Document
from midcycle.engines.crdt.lib0 import Reader, buffer, number
from midcycle.engines.crdt.runs import Run, runs_in
from midcycle.engines.crdt.updates import read_deletions

_TEXT, _END, _GONE, _GONE_END = 0x61, 0x62, 0x63, 0x64  # what a character is
_FIRST: Final = 0x4E00  # the first character that is looked for; 2**14 follow, each of two bytes in UTF-16
_MOST: Final = 1 << 14

Anchor = tuple[int, int]  # client id and clock of a character
Units = NDArray[np.uint16]


def lines_of(whole: bytes, anchors: Collection[Anchor]) -> Mapping[Anchor, int]:
    """Return the line, from 0, of each character whose line is there; of a document written as one update.

    At most 16,384 are looked for. Raises `Malformed` or `Poisoned` on bytes that are no pad.
    """
    reader = Reader(whole)
    runs = list(runs_in(reader, len(whole)))
    last = len(whole) - reader.left
    places = _Places(runs)
    units = np.concatenate([run.units for run in runs] or [np.zeros(0, np.uint16)])
    kinds = np.where(units == ord("\n"), _END, _TEXT).astype(np.uint16)
    for gone in read_deletions(reader):
        for low, high in places.of(gone.client, gone.clock, gone.clock + gone.length):
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


def _read(whole: bytes, runs: list[Run], last: int, signs: Units) -> Units:
    """Read the signs in the order of the text."""
    pieces: list[bytes] = []
    at = done = 0
    for run in runs:
        sign = signs[at : at + len(run.units)].tobytes().decode("utf-16-le")
        pieces += [whole[done : run.begin], buffer(sign.encode())]
        at, done = at + len(run.units), run.end
    update = b"".join([*pieces, whole[done:last], number(0)])
    return np.frombuffer(Document(None, [update]).text().encode("utf-16-le"), np.uint16)


class _Places:
    """Finds the characters of a client id by clock."""

    def __init__(self, runs: list[Run]) -> None:
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
