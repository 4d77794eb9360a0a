"""Text written by this side: a pad that begins with pieces of several authors, and the edit that brings a text back."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from pycrdt import Doc, Text

from midcycle.engines.crdt.document import Document, pack
from midcycle.engines.crdt.lib0 import buffer, number
from midcycle.engines.crdt.updates import ROOT
from midcycle.engines.crdt.weave import Piece

_MOST_LINES: Final = 2_000  # compared line by line; beyond it what differs is replaced as a whole
_STRING, _HAS_ORIGIN = 4, 0x80


def state_from_pieces(pieces: Iterable[Piece]) -> bytes:
    """Make the state of a new pad in which each client id has written its pieces. Line ends become single line feeds."""
    runs: dict[int, list[tuple[int, bytes]]] = {}
    clocks: dict[int, int] = {}
    last: tuple[int, int] | None = None
    for piece in pieces:
        text = _clean(piece.text)
        if text:
            clock = clocks.get(piece.client, 0)
            runs.setdefault(piece.client, []).append((clock, _item(text, last)))
            clocks[piece.client] = clock + len(text.encode("utf-16-le")) // 2
            last = (piece.client, clocks[piece.client] - 1)
    written = [
        number(len(items)) + number(client) + number(items[0][0]) + b"".join(item for _, item in items)
        for client, items in sorted(runs.items(), reverse=True)  # as Yjs writes them
    ]
    update = number(len(written)) + b"".join(written) + number(0)
    return pack(Document(None, [update]).whole())


def edit_to(target: str, whole: bytes, client: int) -> bytes:
    """Write the update by which `client` turns a document, written as one update, into `target`; b"" when it says that already.

    Lines that are in both stay as they are, with their authors.
    """
    document: Doc[Text] = Doc(client_id=client, skip_gc=True)
    text = document.get(ROOT, type=Text)
    document.apply_update(whole)
    before = document.get_state()
    wanted = _clean(target)
    present = str(text)
    if present == wanted:
        return b""
    for first, last, new in reversed(list(_changes(present, wanted))):
        begin = len(present[:first].encode())
        end = begin + len(present[first:last].encode())
        if end > begin:
            del text[begin:end]
        if new:
            text.insert(begin, new)
    return document.get_update(before)


def _changes(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Give what to put in place of `old[first:last]`, in order."""
    mine, wanted = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if max(len(mine), len(wanted)) > _MOST_LINES:
        yield 0, len(old), new
        return
    starts = _starts(mine)
    for kind, first, last, begin, end in SequenceMatcher(None, mine, wanted, autojunk=False).get_opcodes():
        if kind != "equal":
            yield starts[first], starts[last], "".join(wanted[begin:end])


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _item(text: str, origin: tuple[int, int] | None) -> bytes:
    """Write one run of characters after `origin`, or at the beginning of the text."""
    if origin is None:
        return bytes((_STRING,)) + number(1) + buffer(ROOT.encode()) + buffer(text.encode())
    return bytes((_STRING | _HAS_ORIGIN,)) + number(origin[0]) + number(origin[1]) + buffer(text.encode())


def _clean(text: str) -> str:
    """Return the text without NUL and without halves of pairs, with plain line ends."""
    plain = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return plain.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
