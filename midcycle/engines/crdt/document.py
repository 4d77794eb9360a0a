"""A pad's document: from Markdown, to text, and the live one that takes updates.

A *state* is the stored form of a whole document: one Yjs update, version 1,
compressed with zlib (RFC 1950). Updates in the log are plain Yjs updates.
The shared text is the root `content`.

A pycrdt document belongs to the thread that made it. The functions here make
and drop theirs before they return, so any thread may call them.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from pycrdt import Doc, StickyIndex, Text, TransactionEvent

from midcycle.engines.crdt.lib0 import number
from midcycle.engines.crdt.updates import ROOT, decode_vector, encode_vector

_TEMPLATE_CLIENT = 1
_MOST = 64 * 2**20  # bytes of an unpacked state; the live server stops at 8 MiB


class Poisoned(RuntimeError):  # noqa: N818 - reads as a fact
    """The library panicked on an update: drop this document and make it anew."""


def state_from_text(text: str) -> bytes:
    """Make the state of a new pad that holds `text`, a Markdown template.

    The same text gives the same state. Line ends become single line feeds.
    """
    document = Doc[Text](client_id=_TEMPLATE_CLIENT)
    plain = _clean(text).replace("\r\n", "\n").replace("\r", "\n")
    if plain:
        document.get(ROOT, type=Text).insert(0, plain)
    return pack(document.get_update())


def text_of(state: bytes | None, updates: Iterable[bytes] = ()) -> str:
    """Read the text of a stored `state` with the later log rows `updates` on top."""
    return Document(state, updates).text()


def pack(update: bytes) -> bytes:
    """Turn a whole document's update into a state. No document is touched: any thread may."""
    return zlib.compress(update, 6)


def unpack(state: bytes) -> bytes:
    """Turn a state into the update of a whole document. Raises `Poisoned` where it is none."""
    packed = zlib.decompressobj()
    try:
        update = packed.decompress(state, _MOST)
    except zlib.error as error:
        raise Poisoned("The stored state is broken.") from error
    if packed.unconsumed_tail:
        raise Poisoned("The stored state is too large.")
    return update


class Document:
    """A document in memory. Bound to the thread that made it."""

    def __init__(self, state: bytes | None, updates: Iterable[bytes] = ()) -> None:
        # Deleted characters are kept: 3 % more bytes, and the history stays complete.
        self._doc = Doc[Text](client_id=0, skip_gc=True)
        self._text = self._doc.get(ROOT, type=Text)
        self._news: list[bytes] = []
        stored = [] if state is None else [unpack(state)]
        self.apply([*stored, *updates])
        self._watch = self._doc.observe(self._noted)

    def apply(self, updates: Sequence[bytes]) -> bytes:
        """Apply all in one transaction; give back one update with what was new, or b"".

        Raises `Poisoned`, as every method may, after which this object must not be used again.
        """
        self._news.clear()
        with _guarded(), self._doc.transaction():
            for update in updates:
                self._doc.apply_update(update)
        return self._news[0] if self._news else b""

    def clocks(self) -> dict[int, int]:
        """Count the characters per client id."""
        with _guarded():
            return decode_vector(self._doc.get_state())

    def since(self, have: Mapping[int, int]) -> bytes:
        """Write the update that someone who has `have` lacks. `have` is not trusted."""
        mine = self.clocks()
        sane = {client: min(clock, mine[client]) for client, clock in have.items() if client in mine}
        with _guarded():
            return self._doc.get_update(encode_vector(sane))

    def whole(self) -> bytes:
        """Write the whole document as one update."""
        with _guarded():
            return self._doc.get_update()

    def text(self) -> str:
        """Read the text, without NUL characters, which PostgreSQL cannot store."""
        with _guarded():
            return _clean(str(self._text))

    def size(self) -> int:
        """Count the text's bytes in UTF-8."""
        with _guarded():
            return len(self._text)

    def stand(self, *characters: tuple[int, int]) -> list[int]:
        """Give how many bytes of text stand before each of some characters, which must be there, deleted or not."""
        with _guarded(), self._doc.transaction() as seen:
            found = [StickyIndex.decode(b"\0" + number(client) + number(clock) + b"\0") for client, clock in characters]
            return [one.get_index(seen) for one in found]

    def _noted(self, event: TransactionEvent) -> None:
        self._news.append(event.update)


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn a panic of the Rust library, which is no `Exception`, into `Poisoned`."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise Poisoned(str(error)) from error


def _clean(text: str) -> str:
    return text.replace("\0", "")
