"""Files of notes taken elsewhere, as the pads that are to be. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from midcycle.engines.etherpad import Notes, Run, files_in, read, to_markdown
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.kernel.words import gettext, gettext_noop

LONGEST_TEXT: Final = 1_000_000  # bytes, as many as the live server takes
MOST_AUTHORS: Final = 900
MOST_PADS: Final = 200
LONGEST_TITLE: Final = 160
BROUGHT_IN: Final = "import:"  # begins the person id of an author who is nobody here
_HEADING: Final = re.compile(r" {0,3}#{1,6}[ \t]+(\S.*?)[ \t#]*")
_NOT_TEXT: Final = re.compile(r"[\x01-\x08\x0b\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A pad to be: a title, and the notes it begins with."""

    title: str
    notes: Notes


def pads_in(file_name: str, data: bytes) -> tuple[Incoming, ...]:
    """Return the pads in a file: one, or as many as an archive has. Its name says what it is. Raises Refusal."""
    name = one_line(file_name.replace("\\", "/").rsplit("/", 1)[-1])
    if not name.lower().endswith(".zip"):
        return (_pad_in(name, data),)
    found = tuple(_pads_in_archive(data))
    if not found:
        raise Refusal(f"{gettext('There are no notes in this archive.')} {gettext(_KNOWN)}")
    return found


def _pads_in_archive(data: bytes) -> Iterator[Incoming]:
    """Give the pads of an archive. Of files that differ in their ending only, as in our own, the richest counts."""
    best: dict[tuple[str, str], tuple[int, str, bytes]] = {}
    for folder, name, content in files_in(data, tuple(_READERS)):
        stem, ending = _cut(name)
        rank = list(_READERS).index(ending)
        if (folder, stem) not in best or rank < best[folder, stem][0]:
            best[folder, stem] = (rank, name, content)
    if len(best) > MOST_PADS:
        message = gettext("This archive has more than %(most)s pads. Take it over in parts.")
        raise Refusal(message % {"most": MOST_PADS})
    for _, name, content in best.values():
        yield _pad_in(name, content)


def _pad_in(name: str, data: bytes) -> Incoming:
    stem, ending = _cut(name)
    if ending not in _READERS:
        raise Refusal(f"{gettext('This is no file of notes.')} {gettext(_KNOWN)}")
    try:
        notes = _READERS[ending](data)
    except Refusal as refusal:
        raise Refusal(f"{name}: {refusal.message}") from None
    if len(notes.text.encode(errors="replace")) > LONGEST_TEXT:
        raise Refusal(gettext("%(name)s is longer than a pad can be. Take it over in parts.") % {"name": name})
    if len(notes.authors) > MOST_AUTHORS:
        message = gettext("%(name)s has more than %(most)s authors. Take over its text instead.")
        raise Refusal(message % {"name": name, "most": MOST_AUTHORS})
    return Incoming(_title(notes.text, stem), notes)


def _cut(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending.lower()) if dot else (name, "")


def _title(text: str, stem: str) -> str:
    """Return the first heading of a text, or else the name of its file."""
    headings = (_HEADING.fullmatch(line.rstrip()) for line in text[:2_000].split("\n"))
    first = next((one_line(found[1]) for found in headings if found), "")
    return (first or one_line(stem) or "Notes")[:LONGEST_TITLE]


def _text_of(data: bytes) -> str:
    """Return the text of a file in UTF-8 or, with its mark, UTF-16. Raises Refusal."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Refusal(gettext("This is not text in UTF-8. Save it anew as UTF-8.")) from None
    if "\0" in text or _NOT_TEXT.search(text):
        raise Refusal(gettext("This is not text. Save it anew as plain text."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _plain(data: bytes) -> Notes:
    return Notes((Run("", _text_of(data)),))


def _page(data: bytes) -> Notes:
    return Notes((Run("", to_markdown(_text_of(data))),))


_KNOWN: Final = gettext_noop("Bring .etherpad, .md, .txt or .html, or a .zip of them.")
# The richest first: an export of Etherpad knows who wrote what.
_READERS: Final[Mapping[str, Callable[[bytes], Notes]]] = {
    ".etherpad": read, ".md": _plain, ".markdown": _plain, ".txt": _plain, ".html": _page, ".htm": _page,
}  # fmt: skip
