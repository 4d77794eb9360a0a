"""The y-protocols frames: documents (type 0), awareness (type 1) and the question for it (type 3).

Source: github.com/yjs/y-protocols `PROTOCOL.md`. Only what a pad needs is read;
anything else raises `Malformed`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from midcycle.engines.crdt.lib0 import Malformed, Reader, buffer, number
from midcycle.engines.crdt.updates import decode_vector, encode_vector

EMPTY = b"\x00\x00"  # an update with no runs and no deletions

_SYNC, _AWARENESS, _RECALL = 0, 1, 3
_STEP1, _STEP2, _UPDATE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Question:
    """Sync step 1: send me what I lack; `have` counts characters per client id."""

    have: dict[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """An update, or sync step 2 (`reply`), which repeats all deletions: `body` is a Yjs update."""

    body: bytes
    reply: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """Awareness of one client id: `state` is JSON text, "null" when it left."""

    client: int
    clock: int
    state: str


@dataclass(frozen=True, slots=True)
class Looks:
    """An awareness frame."""

    entries: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """The question for all awareness states."""


Message = Question | Change | Looks | Recall


def decode(frame: bytes) -> Message:
    """Read one frame. Raises `Malformed`."""
    reader = Reader(frame)
    kind = reader.number()
    message: Message
    if kind == _SYNC:
        message = _sync(reader)
    elif kind == _AWARENESS:
        message = _looks(Reader(reader.buffer()))
    elif kind == _RECALL:
        message = Recall()
    else:
        raise Malformed("This type of message is not known.")
    reader.end()
    return message


def question(have: dict[int, int]) -> bytes:
    """Write sync step 1."""
    return bytes((_SYNC, _STEP1)) + buffer(encode_vector(have))


def answer(body: bytes) -> bytes:
    """Write sync step 2."""
    return bytes((_SYNC, _STEP2)) + buffer(body)


def change(body: bytes) -> bytes:
    """Write an update."""
    return bytes((_SYNC, _UPDATE)) + buffer(body)


def look(entry: Look) -> bytes:
    """Write one awareness entry, to be joined by `looks`."""
    return number(entry.client) + number(entry.clock) + buffer(entry.state.encode())


def looks(entries: Iterable[bytes]) -> bytes:
    """Write an awareness frame from entries written by `look`."""
    written = tuple(entries)
    return bytes((_AWARENESS,)) + buffer(number(len(written)) + b"".join(written))


def _sync(reader: Reader) -> Question | Change:
    step = reader.number()
    body = reader.buffer()
    if step == _STEP1:
        return Question(decode_vector(body))
    if step in (_STEP2, _UPDATE):
        return Change(body, step == _STEP2)
    raise Malformed("This step of synchronisation is not known.")


def _looks(reader: Reader) -> Looks:
    entries = tuple(Look(reader.number(), reader.number(), reader.text()) for _ in range(reader.count(3)))
    reader.end()
    return Looks(entries)
