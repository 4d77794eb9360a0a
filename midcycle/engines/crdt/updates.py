"""What is inside a Yjs update, read before the CRDT may see it.

Format: Yjs 13 update version 1 (`UpdateEncoder.js`, `Item.js`, `DeleteSet.js`).
A pad is one flat text, so an honest update holds inserted strings, strings
deleted again, and a set of deletions. Everything else the format can say
(maps, formats, embedded documents, gaps) is refused here, because crafted
updates can panic the Rust library below.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from midcycle.engines.crdt.lib0 import Malformed, Reader, number

ROOT = "content"  # name of the shared text in every pad document
LAST_CLOCK = 2**30  # characters one client id may ever write; yrs counts in 32 bits

_DELETED, _STRING = 1, 4  # kinds of content a flat text can hold
_HAS_ORIGIN, _HAS_RIGHT, _HAS_KEY, _KIND = 0x80, 0x40, 0x20, 0x1F


@dataclass(frozen=True, slots=True)
class Item:
    """One run of characters. Ids are (client, clock); `length` in UTF-16 units.

    `lows` are the offsets of second halves of surrogate pairs in the run.
    """

    clock: int
    length: int
    origin: tuple[int, int] | None
    right: tuple[int, int] | None
    lows: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        """The clock after the last character."""
        return self.clock + self.length


@dataclass(frozen=True, slots=True)
class Deletion:
    """Characters `clock` to `clock + length - 1` of `client` are deleted."""

    client: int
    clock: int
    length: int


@dataclass(frozen=True, slots=True)
class Update:
    """All runs per client id, in order of clock, and all deletions."""

    runs: Mapping[int, tuple[Item, ...]]
    deletions: tuple[Deletion, ...]

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not self.runs and not self.deletions

    def writers(self, known: Mapping[int, int]) -> set[int]:
        """Client ids under which this update brings characters that are not `known`."""
        return {client for client, items in self.runs.items() if items and items[-1].end > known.get(client, 0)}


def decode(body: bytes) -> Update:
    """Read a whole update. Raises `Malformed` if it is not one of a flat text."""
    reader = Reader(body)
    runs: dict[int, tuple[Item, ...]] = {}
    for _ in range(reader.count(3)):
        amount = reader.count(2)
        client = reader.number()
        if client in runs:
            raise Malformed("A client id comes twice.")
        runs[client] = tuple(_items(reader, amount))
    deletions = tuple(read_deletions(reader))
    reader.end()
    return Update(runs, deletions)


def decode_vector(data: bytes) -> dict[int, int]:
    """Read a state vector: how many characters of each client id someone has."""
    reader = Reader(data)
    clocks = {reader.number(): reader.number() for _ in range(reader.count(2))}
    reader.end()
    return clocks


def encode_vector(clocks: Mapping[int, int]) -> bytes:
    """Write a state vector."""
    pairs = (number(client) + number(clock) for client, clock in clocks.items())
    return number(len(clocks)) + b"".join(pairs)


def _items(reader: Reader, amount: int) -> Iterator[Item]:
    clock = reader.number(LAST_CLOCK)
    for _ in range(amount):
        item = _item(reader, clock)
        clock = item.end
        if clock > LAST_CLOCK:
            raise Malformed("A client id wrote too much.")
        yield item


def _item(reader: Reader, clock: int) -> Item:
    info = reader.byte()
    if info & _HAS_KEY:
        raise Malformed("A pad has no keys.")
    origin = (reader.number(), reader.number()) if info & _HAS_ORIGIN else None
    right = (reader.number(), reader.number()) if info & _HAS_RIGHT else None
    if origin is None and right is None:
        _parent(reader)
    length, lows = _content(reader, info & _KIND)
    if length == 0:
        raise Malformed("A run of characters is empty.")
    return Item(clock, length, origin, right, lows)


def _parent(reader: Reader) -> None:
    if reader.number() != 1 or reader.text() != ROOT:
        raise Malformed("A pad has one text and nothing else.")


def _content(reader: Reader, kind: int) -> tuple[int, tuple[int, ...]]:
    if kind == _DELETED:
        return reader.number(LAST_CLOCK), ()
    if kind != _STRING:
        raise Malformed("A pad holds plain text only.")
    text = reader.text()
    length = len(text.encode("utf-16-le")) // 2
    return length, () if length == len(text) else tuple(_lows(text))


def _lows(text: str) -> Iterator[int]:
    offset = 0
    for character in text:
        offset += 1
        if ord(character) > 0xFFFF:
            yield offset
            offset += 1


def read_deletions(reader: Reader) -> Iterator[Deletion]:
    """Read the set of deletions, with which an update ends."""
    for _ in range(reader.count(2)):
        client = reader.number()
        for _ in range(reader.count(2)):
            clock, length = reader.number(LAST_CLOCK), reader.number(LAST_CLOCK)
            if length == 0:
                raise Malformed("A deletion is empty.")
            yield Deletion(client, clock, length)
