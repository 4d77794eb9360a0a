"""Every character a pad ever had, in the order of the text, with who wrote it and when it came and went.

Yjs keeps deleted characters, so one document holds all its versions: a version
is what had come by then and had not gone yet. Only the library knows the order
of all characters. It is asked by a copy of the document in which nothing is
deleted and each character says its own number: two digits, in two copies.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from midcycle.engines.crdt.chapters import Chapter, Row, Spans, told
from midcycle.engines.crdt.document import Document
from midcycle.engines.crdt.lib0 import Malformed, Reader, buffer, number
from midcycle.engines.crdt.runs import Run, runs_in
from midcycle.engines.crdt.updates import read_deletions

_LINE_END: Final = 0x0A
_BITS: Final = 14
_DIGIT: Final = 0x4E00  # the first of 2**14 characters of two bytes in UTF-16 that no rule joins or splits
_LOW: Final = "".join(chr(_DIGIT + digit) for digit in range(1 << _BITS))
_NEVER: Final = np.iinfo(np.int32).max

Units = NDArray[np.uint16]
Numbers = NDArray[np.int64]
Small = NDArray[np.int32]


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

    def __init__(self, units: Units, writers: Small, names: Sequence[int], times: tuple[Small, Small]) -> None:
        """`writers` are places in `names`, the client ids; `times` say after which row a character came, and went."""
        self._units, self._writers, self._names = units, writers, names
        self._came, self._went = times

    def __len__(self) -> int:
        """Count the characters of all versions."""
        return len(self._units)

    def pieces(self, at: int) -> list[Piece]:
        """Return the text after log row `at` as pieces of one author each. 0 is what the pad began with."""
        there = self._there(at)
        units, writers = self._units[there], self._writers[there]
        return [Piece(self._names[writers[first]], _text(units[first:last])) for first, last in _stretches(writers)]

    def text(self, at: int) -> str:
        """Return the text after log row `at`."""
        return _text(self._units[self._there(at)])

    def changes(self, since: int, at: int) -> list[Change]:
        """Return both versions in one: what stayed, what came after row `since` up to row `at`, and what went."""
        before, after = self._there(since), self._there(at)
        seen = before | after
        states = before[seen] + 2 * after[seen]
        units, writers = self._units[seen], self._writers[seen]
        names = {1: "gone", 2: "added", 3: "kept"}
        return [
            Change(self._names[writers[first]], _text(units[first:last]), names[int(states[first])])
            for first, last in _stretches(writers * 4 + states)
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
        for writer, place, amount in _amounts(self._writers[written], numbers[written]):
            found[place].amounts[self._names[writer]] = amount
        return [replace(line, changed=int(seq)) for line, seq in zip(found, changed, strict=True)]

    def _there(self, at: int) -> NDArray[np.bool_]:
        return (self._came <= at) & (self._went > at)


def weave(whole: bytes, rows: Sequence[tuple[int, bytes]]) -> Weave:
    """Make the weave of a document from it, written as one update, and its log: numbers and updates, oldest first.

    What no row brought was there from the start. Raises `Malformed` or `Poisoned` on bytes that are no pad.
    """
    return woven(whole, told([Row(seq, 0, (), body) for seq, body in rows], []))


def woven(whole: bytes, log: Chapter) -> Weave:
    """Make the weave of a document and its log as chapters tell it. Raises as `weave` does."""
    found = _read(whole)
    runs = found.runs
    starts = np.cumsum([0, *(run.length for run in runs)])
    order = _order(found, int(starts[-1]))
    units = np.concatenate([run.units for run in runs] or [np.zeros(0, np.uint16)])
    names = sorted({run.client for run in runs})
    places = {name: place for place, name in enumerate(names)}
    writers = np.repeat(np.array([places[run.client] for run in runs], np.int32), [run.length for run in runs])
    came, went = _times(runs, starts, log, found.deleted)
    return Weave(units[order], writers[order], names, (came[order], went[order]))


def starts_of(whole: bytes) -> list[tuple[int, int] | None]:
    """Return for each line of a document the client id and clock of the character it begins with; None for an empty line.

    Raises as `weave` does.
    """
    found = _read(whole)
    starts = np.cumsum([0, *(run.length for run in found.runs)])
    order = _order(found, int(starts[-1]))
    _, went = _times(found.runs, starts, told([], []), found.deleted)
    there = order[went[order] > 0]
    units = np.concatenate([run.units for run in found.runs] or [np.zeros(0, np.uint16)])[there]
    begins = [0, *(np.flatnonzero(units == _LINE_END) + 1).tolist()]
    filled = [begin < len(units) and units[begin] != _LINE_END for begin in begins]
    return [
        _id_of(found.runs, starts, int(there[at])) if is_filled else None for at, is_filled in zip(begins, filled, strict=True)
    ]


def _id_of(runs: Sequence[Run], starts: Numbers, number: int) -> tuple[int, int]:
    """Return client id and clock of a character, given its number as it is met in the document."""
    which = int(np.searchsorted(starts, number, "right")) - 1
    return runs[which].client, runs[which].clock + number - int(starts[which])


def ends_of_typing(log: Chapter, named: Collection[int], longest: int) -> Iterator[int]:
    """Give the places of rows after which a version is worth a look.

    That is before a pause of more than `longest` milliseconds, after that long at the latest, and where it is `named`.
    """
    times = np.maximum.accumulate(np.array(log.times, np.int64))  # clocks of several servers differ a little
    pauses = np.diff(times, append=np.iinfo(np.int64).max) > longest
    cuts = np.flatnonzero(pauses | np.isin(np.array(log.seqs, np.int64), list(named)))
    begun = 0
    while begun < len(times):
        late = int(np.searchsorted(times, times[begun] + longest, "right"))
        end = min(late, int(cuts[np.searchsorted(cuts, begun)]))
        yield end
        begun = end + 1


@dataclass(frozen=True, slots=True)
class _Found:
    """A document's runs that have text, which those that came deleted have not; where they end, and what is deleted."""

    data: bytes
    runs: Sequence[Run]
    end: int
    deleted: Sequence[tuple[int, int, int]]  # client id, first clock, last


def _read(whole: bytes) -> _Found:
    reader = Reader(whole)
    runs = list(runs_in(reader, len(whole)))
    end = len(whole) - reader.left
    gone = [(one.client, one.clock, one.clock + one.length) for one in read_deletions(reader)]
    reader.end()
    return _Found(whole, runs, end, gone)


def _order(found: _Found, amount: int) -> Numbers:
    """Return the numbers of all characters, as they are met in the whole document, in the order of its text."""
    if not amount:
        return np.zeros(0, np.int64)
    low, high = (_digits(_renamed(found, wide=wide)) for wide in (False, True))
    if len(low) != len(high) or len(low) != amount:
        raise Malformed("Characters of the document are missing.")
    return (high << _BITS) | low


def _digits(update: bytes) -> Numbers:
    units = np.frombuffer(Document(None, [update]).text().encode("utf-16-le"), np.uint16)
    return units.astype(np.int64) - _DIGIT


def _renamed(found: _Found, *, wide: bool) -> bytes:
    """Write the document anew with nothing deleted and, for each character, a digit of its number."""
    pieces: list[bytes] = []
    at = done = 0
    for run in found.runs:
        pieces += [found.data[done : run.begin], buffer((_high if wide else _low)(at, run.length).encode())]
        at, done = at + run.length, run.end
    return b"".join([*pieces, found.data[done : found.end], number(0)])


def _low(at: int, length: int) -> str:
    first = at % len(_LOW)
    return (_LOW * (length // len(_LOW) + 2))[first : first + length]


def _high(at: int, length: int) -> str:
    digits = ((np.arange(at, at + length) >> _BITS) + _DIGIT).astype(np.uint16)
    return digits.tobytes().decode("utf-16-le")


def _times(runs: Sequence[Run], starts: Numbers, log: Chapter, deleted: Sequence[tuple[int, int, int]]) -> tuple[Small, Small]:
    """Return after which row each character is there, and after which it is gone."""
    came, went = np.zeros(starts[-1], np.int32), np.full(starts[-1], _NEVER, np.int32)
    places = _places(runs, starts)
    ended = np.array(deleted, np.int64).reshape(-1, 3).T
    for place, firsts, lasts, _ in _grouped(places, *ended, np.zeros(len(deleted), np.int64)):
        place.cut(went, firsts, lasts, np.zeros(len(firsts), np.int64))  # what no row of the log deletes was never seen
    for place, firsts, lasts, seqs in _grouped(places, *_by_span(log, log.came)):
        place.put(came, firsts, lasts, seqs)
    for place, firsts, lasts, seqs in _grouped(places, *_by_span(log, log.went)):
        place.cut(went, firsts, lasts, seqs)
    return came, went


def _by_span(log: Chapter, spans: Spans) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return client id, first, last and row of each span, as arrays."""
    clients, firsts, lasts = (np.array(column, np.int64) for column in (spans.clients, spans.firsts, spans.lasts))
    return clients, firsts, lasts, np.repeat(np.array(log.seqs, np.int64), np.array(spans.amounts, np.int64))


def _amounts(clients: Small, numbers: Numbers) -> Iterator[tuple[int, int, int]]:
    """Give each client id with each number that stands beside it, and how often."""
    names, places = np.unique(clients, return_inverse=True)
    size = int(numbers[-1]) + 1 if len(numbers) else 1
    pairs, amounts = np.unique(places * size + numbers, return_counts=True)
    for pair, amount in zip(pairs.tolist(), amounts.tolist(), strict=True):
        yield int(names[pair // size]), pair % size, amount


def _grouped(
    places: "Mapping[int, _Place]", clients: Numbers, *columns: Numbers
) -> "Iterator[tuple[_Place, Numbers, Numbers, Numbers]]":
    """Give what belongs to the characters of one client id, in the order it came in."""
    order = np.argsort(clients, kind="stable")
    for first, last in _stretches(clients[order]):
        place = places.get(int(clients[order[first]]))
        if place is not None:
            firsts, lasts, seqs = (column[order[first:last]] for column in columns)
            yield place, firsts, lasts, seqs


@dataclass(frozen=True, slots=True)
class _Place:
    """The characters of a client id that have text: their clocks, which grow, and their numbers."""

    clocks: Numbers
    numbers: Numbers

    def put(self, came: Small, firsts: Numbers, lasts: Numbers, seqs: Numbers) -> None:
        """Note for each character the first row that brought it."""
        index = np.searchsorted(np.maximum.accumulate(lasts), self.clocks, "right")
        known = index < len(firsts)
        known[known] = firsts[index[known]] <= self.clocks[known]
        came[self.numbers[known]] = seqs[index[known]]

    def cut(self, went: Small, firsts: Numbers, lasts: Numbers, seqs: Numbers) -> None:
        """Note for each character the first row that deleted it."""
        mine = went[self.numbers]
        begins, ends = (np.searchsorted(self.clocks, edges).tolist() for edges in (firsts, lasts))
        for begin, end, seq in reversed(list(zip(begins, ends, seqs.tolist(), strict=True))):
            mine[begin:end] = seq
        went[self.numbers] = mine


def _places(runs: Sequence[Run], starts: Numbers) -> Mapping[int, _Place]:
    found: dict[int, list[tuple[int, int, int]]] = {}
    for run, start in zip(runs, starts, strict=False):  # there is one start more
        found.setdefault(run.client, []).append((run.clock, int(start), run.length))
    places = {}
    for client, known in found.items():
        begun, numbered, lengths = (np.array(column, np.int64) for column in zip(*known, strict=True))
        inside = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        places[client] = _Place(np.repeat(begun, lengths) + inside, np.repeat(numbered, lengths) + inside)
    return places


def _stretches(values: Numbers | Small) -> Iterator[tuple[int, int]]:
    """Give first and last place of equal neighbours."""
    if len(values):
        cuts = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)]
        yield from pairwise(cuts)


def _text(units: Units) -> str:
    return units.tobytes().decode("utf-16-le", "replace").replace("\0", "")
