"""Rows of a pad's log without their text: what the history needs once a snapshot has the text.

A snapshot keeps every character a pad ever had, so a row need not say it twice. What only the log knows is
when characters came and went, and who did it. A *chapter* holds that for many rows, column by column: numbers
as differences, eight bytes each, all first bytes before all second ones, and zlib (RFC 1950) over it.
That makes about two bytes of a keystroke.

No numpy here: the live server writes chapters and has no other use for it.
"""

import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import sub
from typing import Final, TypeAlias

from midcycle.engines.crdt.lib0 import Malformed, Reader, number
from midcycle.engines.crdt.updates import Update, decode

Column: TypeAlias = "array[int]"

_FORM: Final = 1
_WIDTH: Final = 8
_MOST: Final = 64 * 2**20  # bytes of an unpacked chapter
_COLUMNS: Final = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the log: its number, its time in milliseconds since 1970, who changed something, and a Yjs update."""

    seq: int
    at: int
    people: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Spans:
    """Characters `first` up to `last` of a client id, so many of them in each row (`amounts`)."""

    amounts: Column
    clients: Column
    firsts: Column
    lasts: Column


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rows by column. `writers` are places in a list of people that is kept beside it, `crowds` of them in each row."""

    seqs: Column
    times: Column
    crowds: Column
    writers: Column
    came: Spans
    went: Spans

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.seqs)


def told(rows: Sequence[Row], people: list[str]) -> Chapter:
    """Tell what rows did. People who are not in `people` yet are added to it. Raises `Malformed` on what is no update."""
    updates = [decode(row.body) for row in rows]
    for person in chain.from_iterable(row.people for row in rows):
        if person not in people:
            people.append(person)
    places = {person: place for place, person in enumerate(people)}
    return Chapter(
        _column(row.seq for row in rows),
        _column(row.at for row in rows),
        _column(len(row.people) for row in rows),
        _column(places[person] for row in rows for person in row.people),
        _spans([list(_came(update)) for update in updates]),
        _spans([[(gone.client, gone.clock, gone.clock + gone.length) for gone in update.deletions] for update in updates]),
    )


def joined(first: Chapter, second: Chapter) -> Chapter:
    """Put a chapter behind another one."""
    return Chapter(
        first.seqs + second.seqs,
        first.times + second.times,
        first.crowds + second.crowds,
        first.writers + second.writers,
        _joined(first.came, second.came),
        _joined(first.went, second.went),
    )


def pack(chapter: Chapter) -> bytes:
    """Write a chapter."""
    clients = sorted({*chapter.came.clients, *chapter.went.clients})
    places = {client: place for place, client in enumerate(clients)}
    ends: dict[int, int] = {}
    columns = (
        _steps(chapter.seqs),
        _steps(chapter.times),
        chapter.crowds,
        chapter.writers,
        *_packed(chapter.came, places, ends),
        *_packed(chapter.went, places, ends),
    )
    head = b"".join(map(number, (len(clients), *clients, *map(len, columns))))
    return bytes((_FORM,)) + zlib.compress(head + b"".join(map(_planes, columns)), 9)


def unpack(data: bytes) -> Chapter:
    """Read what `pack` wrote. Raises `Malformed`."""
    if data[:1] != bytes((_FORM,)):
        raise Malformed("This form of a chapter is not known.")
    reader = Reader(_inflated(data[1:]))
    clients = [reader.number() for _ in range(reader.count(1))]
    sizes = [reader.number() for _ in range(_COLUMNS)]
    columns = [_whole(reader.take(size * _WIDTH)) for size in sizes]
    reader.end()
    seqs, times, crowds, writers, *spans = columns
    ends: dict[int, int] = {}
    came = _unpacked(spans[:4], clients, ends)
    return Chapter(_sums(seqs), _sums(times), crowds, writers, came, _unpacked(spans[4:], clients, ends))


def _came(update: Update) -> Iterator[tuple[int, int, int]]:
    for client, items in update.runs.items():
        if items:
            yield client, items[0].clock, items[-1].end


def _spans(rows: Sequence[Sequence[tuple[int, int, int]]]) -> Spans:
    clients, firsts, lasts = (_column(span[part] for row in rows for span in row) for part in range(3))
    return Spans(_column(map(len, rows)), clients, firsts, lasts)


def _joined(one: Spans, other: Spans) -> Spans:
    return Spans(one.amounts + other.amounts, one.clients + other.clients, one.firsts + other.firsts, one.lasts + other.lasts)


def _packed(spans: Spans, places: Mapping[int, int], ends: dict[int, int]) -> tuple[Column, ...]:
    """Write clocks as what they differ from the end of the last span of the same client id: mostly nothing."""
    steps = array("q")
    for client, first, last in zip(spans.clients, spans.firsts, spans.lasts, strict=True):
        steps.append(first - ends.get(client, 0))
        ends[client] = last
    lengths = _column(map(sub, spans.lasts, spans.firsts))
    return spans.amounts, _column(map(places.__getitem__, spans.clients)), steps, lengths


def _unpacked(columns: Sequence[Column], known: Sequence[int], ends: dict[int, int]) -> Spans:
    amounts, places, steps, lengths = columns
    firsts, lasts = array("q"), array("q")
    clients = _column(map(known.__getitem__, places))
    for client, step, length in zip(clients, steps, lengths, strict=True):
        first = ends.get(client, 0) + step
        ends[client] = first + length
        firsts.append(first)
        lasts.append(first + length)
    return Spans(amounts, clients, firsts, lasts)


def _column(values: Iterable[int]) -> Column:
    return array("q", values)


def _steps(values: Column) -> Column:
    return _column(map(sub, values, chain((0,), values)))


def _sums(steps: Column) -> Column:
    return _column(accumulate(steps))


def _planes(column: Column) -> bytes:
    """Write all lowest bytes, then all second ones, and so on."""
    little = column if sys.byteorder == "little" else _turned(column)
    data = little.tobytes()
    return b"".join(data[plane::_WIDTH] for plane in range(_WIDTH))


def _whole(planes: bytes) -> Column:
    size = len(planes) // _WIDTH
    data = bytearray(len(planes))
    for plane in range(_WIDTH):
        data[plane::_WIDTH] = planes[plane * size : (plane + 1) * size]
    column = array("q", bytes(data))
    return column if sys.byteorder == "little" else _turned(column)


def _turned(column: Column) -> Column:
    turned = column[:]
    turned.byteswap()
    return turned


def _inflated(data: bytes) -> bytes:
    packed = zlib.decompressobj()
    try:
        whole = packed.decompress(data, _MOST)
    except zlib.error as error:
        raise Malformed("A chapter is broken.") from error
    if packed.unconsumed_tail or not packed.eof:
        raise Malformed("A chapter is too large or cut off.")
    return whole
