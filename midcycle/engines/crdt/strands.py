"""A text with its past, written as updates: the other way round than a weave, which reads them."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from midcycle.engines.crdt.lib0 import buffer, number
from midcycle.engines.crdt.updates import ROOT

_STRING: Final = 4
_HAS_ORIGIN, _HAS_RIGHT = 0x80, 0x40
_NO_TEXT: Final = str.maketrans("\r", "\n", "\0")

Id = tuple[int, int]  # client id, and the number of a character of it


@dataclass(frozen=True, slots=True)
class Strand:
    """Characters beside each other that one client id wrote. They came with one row of the log and went with a later one."""

    client: int
    text: str
    came: int
    went: int | None = None


def updates_of(strands: Iterable[Strand], rows: int) -> list[bytes]:
    """Write what a text began with, row 0, and `rows` more. In turn they bring and take the strands, which are in order.

    Each update is one that builds on those before it alone. Each strand is put between what stands beside it at that moment, so
    there is never anything for the CRDT to decide.
    """
    known = [plain for plain in map(_plain, strands) if plain.text]
    comes, goes = [list[int]() for _ in range(rows + 1)], [list[int]() for _ in range(rows + 1)]
    for place, strand in enumerate(known):
        comes[strand.came].append(place)
        if strand.went is not None:
            goes[strand.went].append(place)
    return _Writing(known).rows(comes, goes)


class _Writing:
    """The strands that are there so far, and their first characters' ids."""

    def __init__(self, known: Sequence[Strand]) -> None:
        self._known = known
        self._ids: dict[int, Id] = {}
        self._there: list[int] = []
        self._clocks: dict[int, int] = {}

    def rows(self, comes: Sequence[Sequence[int]], goes: Sequence[Sequence[int]]) -> list[bytes]:
        return [self._row(come, go) for come, go in zip(comes, goes, strict=True)]

    def _row(self, come: Sequence[int], go: Sequence[int]) -> bytes:
        runs: dict[int, list[tuple[int, bytes]]] = {}
        for place in come:
            strand = self._known[place]
            clock = self._clocks.get(strand.client, 0)
            runs.setdefault(strand.client, []).append((clock, self._item(place, strand.text)))
            self._ids[place] = (strand.client, clock)
            self._clocks[strand.client] = clock + _length(strand.text)
        gone = [(*self._ids[place], _length(self._known[place].text)) for place in go]
        return (
            number(len(runs)) + b"".join(_run(client, runs[client]) for client in sorted(runs, reverse=True)) + _deletions(gone)
        )

    def _item(self, place: int, text: str) -> bytes:
        """Write one strand between those that are there on both sides of its place."""
        index = bisect_left(self._there, place)
        left = self._there[index - 1] if index else None
        right = self._there[index] if index < len(self._there) else None
        self._there.insert(index, place)
        info = _STRING | (_HAS_ORIGIN if left is not None else 0) | (_HAS_RIGHT if right is not None else 0)
        pieces = [bytes((info,))]
        if left is not None:
            client, clock = self._ids[left]
            pieces.append(number(client) + number(clock + _length(self._known[left].text) - 1))
        if right is not None:
            client, clock = self._ids[right]
            pieces.append(number(client) + number(clock))
        if left is None and right is None:
            pieces.append(number(1) + buffer(ROOT.encode()))
        return b"".join([*pieces, buffer(text.encode())])


def _run(client: int, items: Sequence[tuple[int, bytes]]) -> bytes:
    return number(len(items)) + number(client) + number(items[0][0]) + b"".join(item for _, item in items)


def _deletions(gone: Sequence[tuple[int, int, int]]) -> bytes:
    """Write which characters go, each with how many after it."""
    of: Mapping[int, list[tuple[int, int, int]]] = {
        client: list(those) for client, those in groupby(sorted(gone), itemgetter(0))
    }
    written = [
        number(client) + number(len(those)) + b"".join(number(clock) + number(length) for _, clock, length in those)
        for client, those in sorted(of.items(), reverse=True)
    ]
    return number(len(of)) + b"".join(written)


def _plain(strand: Strand) -> Strand:
    """Return a strand without NUL, halves of pairs, and line ends of other kinds."""
    whole = strand.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Strand(strand.client, whole.replace("\r\n", "\n").translate(_NO_TEXT), strand.came, strand.went)


def _length(text: str) -> int:
    """Count UTF-16 units, as Yjs does."""
    return len(text.encode("utf-16-le")) // 2
