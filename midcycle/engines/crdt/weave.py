"""Every character a pad ever had, in the order of the text, with who wrote it and when it came and went.

Yjs keeps deleted characters, so one document holds all its versions: a version
is what had come by then and had not gone yet. Only the library knows the order
of all characters. It is asked by a copy of the document in which nothing is
deleted and each character says its own number: two digits, in two copies.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from midcycle.engines.crdt.document import Document
from midcycle.engines.crdt.lib0 import Malformed, Reader, buffer, number
from midcycle.engines.crdt.updates import decode

_STRING: Final = 4
_LINE_END: Final = 0x0A
_KIND: Final = 0x1F
_HAS_ORIGIN, _HAS_RIGHT = 0x80, 0x40
_BITS: Final = 14
_DIGIT: Final = 0x4E00  # the first of 2**14 characters of two bytes in UTF-16 that no rule joins or splits
_LOW: Final = "".join(chr(_DIGIT + digit) for digit in range(1 << _BITS))
_NEVER: Final = np.iinfo(np.int64).max

Units = NDArray[np.uint16]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters beside each other that one client id wrote."""

    client: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """Characters that are in both versions (`kept`), or came, or went."""

    client: int
    text: str
    state: str  # "kept", "added" or "gone"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a version: its text, how many characters of it each client id wrote, and the log row that last changed it."""

    text: str
    amounts: dict[int, int]
    changed: int


class Weave:
    """All characters in the order of the text. Cut from it, a version costs a moment."""

    def __init__(self, units: Units, clients: Numbers, came: Numbers, went: Numbers) -> None:
        self._units, self._clients, self._came, self._went = units, clients, came, went

    def pieces(self, at: int) -> list[Piece]:
        """Return the text after log row `at` as pieces of one author each. 0 is what the pad began with."""
        there = self._there(at)
        units, clients = self._units[there], self._clients[there]
        return [Piece(int(clients[first]), _text(units[first:last])) for first, last in _stretches(clients)]

    def text(self, at: int) -> str:
        """Return the text after log row `at`."""
        return _text(self._units[self._there(at)])

    def changes(self, since: int, at: int) -> list[Change]:
        """Return both versions in one: what stayed, what came after row `since` up to row `at`, and what went."""
        before, after = self._there(since), self._there(at)
        seen = before | after
        states = before[seen] + 2 * after[seen]
        units, clients = self._units[seen], self._clients[seen]
        names = {1: "gone", 2: "added", 3: "kept"}
        return [
            Change(int(clients[first]), _text(units[first:last]), names[int(states[first])])
            for first, last in _stretches(clients * 4 + states)
        ]

    def lines(self, at: int) -> list[Line]:
        """Return the text after log row `at` line by line, with who wrote how much of each and what changed it last."""
        there, ends = self._there(at), self._units == _LINE_END
        numbers = np.cumsum(there & ends) - (there & ends)
        found = [Line(text, {}, 0) for text in self.text(at).split("\n")]
        written = there & ~ends
        stretches = np.cumsum(ends) - ends  # between line ends, deleted or not
        lively = np.isin(stretches, np.unique(stretches[written]))  # so that a line that is gone whole changes none beside it
        gone = lively & ~ends & (self._came <= at) & (self._went <= at)
        changed = np.zeros(len(found), np.int64)
        np.maximum.at(changed, numbers[written], self._came[written])
        np.maximum.at(changed, numbers[gone], self._went[gone])
        for client, place, amount in _amounts(self._clients[written], numbers[written]):
            found[place].amounts[client] = amount
        return [replace(line, changed=int(seq)) for line, seq in zip(found, changed, strict=True)]

    def _there(self, at: int) -> NDArray[np.bool_]:
        return (self._came <= at) & (self._went > at)


def weave(whole: bytes, rows: Sequence[tuple[int, bytes]]) -> Weave:
    """Make the weave of a document from it, written as one update, and its log: numbers and updates, oldest first.

    What no row brought was there from the start. Raises `Malformed` or `Poisoned` on bytes that are no pad.
    """
    runs = list(_runs(whole))
    starts = np.cumsum([0, *(run.length for run in runs)])
    order = _order(whole, int(starts[-1]))
    units = np.concatenate([run.units for run in runs] or [np.zeros(0, np.uint16)])
    clients = np.repeat([run.client for run in runs] or np.zeros(0, np.int64), [run.length for run in runs]).astype(np.int64)
    came, went = _times(runs, starts, rows, _deleted(whole))
    return Weave(units[order], clients[order], came[order], went[order])


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of one client id with clocks that follow each other. What came deleted has no text."""

    client: int
    clock: int
    units: Units

    @property
    def length(self) -> int:
        return len(self.units)


def _runs(whole: bytes) -> Iterator[_Run]:
    for client, clock, text, _ in _walk(whole):
        if text:
            yield _Run(client, clock, np.frombuffer(text.encode("utf-16-le"), np.uint16))


def _order(whole: bytes, amount: int) -> Numbers:
    """Return the numbers of all characters, as they are met in the whole document, in the order of its text."""
    if not amount:
        return np.zeros(0, np.int64)
    low, high = (_digits(_renamed(whole, wide=wide)) for wide in (False, True))
    if len(low) != len(high) or len(low) != amount:
        raise Malformed("Characters of the document are missing.")
    return (high << _BITS) | low


def _digits(update: bytes) -> Numbers:
    units = np.frombuffer(Document(None, [update]).text().encode("utf-16-le"), np.uint16)
    return units.astype(np.int64) - _DIGIT


def _renamed(whole: bytes, *, wide: bool) -> bytes:
    """Write the document anew with nothing deleted and, for each character, a digit of its number."""
    pieces: list[bytes] = []
    at = done = end = 0
    for _, _, text, (begin, end) in _walk(whole):
        if text:
            length = _length(text)
            pieces += [whole[done:begin], buffer((_high if wide else _low)(at, length).encode())]
            at, done = at + length, end
    return b"".join([*pieces, whole[done:end], number(0)])


def _low(at: int, length: int) -> str:
    first = at % len(_LOW)
    return (_LOW * (length // len(_LOW) + 2))[first : first + length]


def _high(at: int, length: int) -> str:
    digits = ((np.arange(at, at + length) >> _BITS) + _DIGIT).astype(np.uint16)
    return digits.tobytes().decode("utf-16-le")


def _walk(whole: bytes) -> Iterator[tuple[int, int, str, tuple[int, int]]]:
    """Give client id, first clock, text ("" when it came deleted) and place in the bytes of each run."""
    reader = Reader(whole)
    for _ in range(reader.count(3)):
        amount, client, clock = reader.count(2), reader.number(), reader.number()
        for _ in range(amount):
            kind = _skip_head(reader)
            begin = len(whole) - reader.left
            text = reader.text() if kind == _STRING else ""
            length = _length(text) if kind == _STRING else reader.number()
            yield client, clock, text, (begin, len(whole) - reader.left)
            clock += length


def _length(text: str) -> int:
    """Count UTF-16 units, as Yjs does."""
    return len(text.encode("utf-16-le")) // 2


def _skip_head(reader: Reader) -> int:
    info = reader.byte()
    for _ in range(2 * (bool(info & _HAS_ORIGIN) + bool(info & _HAS_RIGHT))):
        reader.number()
    if not info & (_HAS_ORIGIN | _HAS_RIGHT):
        reader.number()
        reader.buffer()
    return info & _KIND


def _deleted(whole: bytes) -> list[tuple[int, int, int]]:
    return [(gone.client, gone.clock, gone.length) for gone in decode(whole).deletions]


def _times(
    runs: Sequence[_Run], starts: Numbers, rows: Sequence[tuple[int, bytes]], deleted: Iterable[tuple[int, int, int]]
) -> tuple[Numbers, Numbers]:
    """Return after which row each character is there, and after which it is gone."""
    came, went = np.zeros(starts[-1], np.int64), np.full(starts[-1], _NEVER, np.int64)
    places = _Places(runs, starts)
    for client, clock, length in deleted:  # whatever no row of the log deletes was never seen
        places.put(went, client, clock, clock + length, 0)
    for seq, body in reversed(rows):  # so that the first row that says so is the one that counts
        update = decode(body)
        for client, items in update.runs.items():
            if items:
                places.put(came, client, items[0].clock, items[-1].end, seq)
        for gone in update.deletions:
            places.put(went, gone.client, gone.clock, gone.clock + gone.length, seq)
    return came, went


class _Places:
    """Finds the characters of a client id by clock."""

    def __init__(self, runs: Sequence[_Run], starts: Numbers) -> None:
        found: dict[int, list[tuple[int, int, int]]] = {}
        for run, start in zip(runs, starts, strict=False):
            found.setdefault(run.client, []).append((run.clock, int(start), run.length))
        self._of: Mapping[int, tuple[Numbers, list[tuple[int, int, int]]]] = {
            client: (np.array([clock for clock, _, _ in known], np.int64), known) for client, known in found.items()
        }

    def put(self, values: Numbers, client: int, first: int, last: int, value: int) -> None:
        """Set a value for the characters `first` up to `last` of a client id, as far as they have text."""
        if client not in self._of:
            return
        clocks, known = self._of[client]
        index = max(int(np.searchsorted(clocks, first, "right")) - 1, 0)
        while index < len(known) and known[index][0] < last:
            clock, start, length = known[index]
            low, high = max(first - clock, 0), min(last - clock, length)
            if low < high:
                values[start + low : start + high] = value
            index += 1


def _amounts(clients: Numbers, numbers: Numbers) -> Iterator[tuple[int, int, int]]:
    """Give each client id with each number that stands beside it, and how often."""
    names, places = np.unique(clients, return_inverse=True)
    size = int(numbers[-1]) + 1 if len(numbers) else 1
    pairs, amounts = np.unique(places * size + numbers, return_counts=True)
    for pair, amount in zip(pairs.tolist(), amounts.tolist(), strict=True):
        yield int(names[pair // size]), pair % size, amount


def _stretches(values: Numbers) -> Iterator[tuple[int, int]]:
    """Give first and last place of equal neighbours."""
    if len(values):
        cuts = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)]
        yield from pairwise(cuts)


def _text(units: Units) -> str:
    return units.tobytes().decode("utf-16-le", "replace").replace("\0", "")
