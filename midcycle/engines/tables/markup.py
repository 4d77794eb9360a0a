"""Goes through XML that strangers made: no document type, so no entities; no network; a limit to the number of elements."""

from collections.abc import Callable, Mapping
from typing import Final, Protocol
from xml.parsers import expat  # documents with a document type are refused, and with them every entity

from midcycle.engines.tables.archive import DAMAGED
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import gettext

MOST_ELEMENTS: Final = 2_000_000

Begin = Callable[[Mapping[str, str]], None]


class Listener(Protocol):
    """Is told of elements by their local name, of attributes by theirs, and of text."""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Meet an element."""

    def end(self, name: str) -> None:
        """Leave an element."""

    def text(self, text: str) -> None:
        """Meet text."""


def go_through(document: bytes, listener: Listener) -> None:
    """Tell the listener what is in the document. Raises Refusal when it is no XML, or not plain."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    left = MOST_ELEMENTS

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Refusal(gettext("There is too much in this file. Save the table alone, or as CSV."))
        listener.begin(_local(name), {_local(key): value for key, value in attributes.items()} if attributes else attributes)

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda name: listener.end(_local(name))
    parser.CharacterDataHandler = listener.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(document, True)  # noqa: FBT003 - in one go: a token that goes on and on is then read once
    except expat.ExpatError:
        raise Refusal(gettext(DAMAGED)) from None


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise Refusal(gettext(DAMAGED))
