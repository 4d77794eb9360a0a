"""Reads workbooks of Office Open XML (ECMA-376, ISO/IEC 29500): every sheet in view that has anything in it.

Formulas are not worked out: the value the program stored beside one counts. Macros, links and pictures are never looked at.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from midcycle.engines.tables.archive import DAMAGED, TableArchive
from midcycle.engines.tables.markup import go_through
from midcycle.engines.tables.model import MOST_COLUMNS, Gathering, Sheet, Spent, sheets_of
from midcycle.engines.tables.values import is_moment, moment_text, number_text
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import gettext

_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BOOLEANS: Final = {"1": "TRUE", "0": "FALSE"}


def read_xlsx(archive: TableArchive) -> tuple[Sheet, ...]:
    """Return the tables in a workbook, one of each sheet. Raises Refusal."""
    return sheets_of(_gathered(archive))


def _gathered(archive: TableArchive) -> Iterator[Gathering]:
    spent = Spent()
    for sheet in _sheets(archive):
        gathering = Gathering(sheet.name, spent)
        go_through(archive.read(sheet.path), _Cells(sheet.book, gathering))
        yield gathering


@dataclass
class _Book:
    """What cells refer to."""

    strings: list[str] = field(default_factory=list)
    moments: list[bool] = field(default_factory=list)
    from_1904: bool = False


@dataclass(frozen=True)
class _Sheet:
    name: str
    path: str
    book: _Book


def _sheets(archive: TableArchive) -> Iterator[_Sheet]:
    """Return the sheets in view, in their order."""
    top = _links(archive, "")
    path = next((target for kind, target in top.values() if kind == "officeDocument"), "xl/workbook.xml")
    workbook = _Workbook()
    go_through(archive.read(path), workbook)
    links = _links(archive, path)
    book = _Book(from_1904=workbook.from_1904)
    for kind, target in links.values():
        if kind == "sharedStrings" and target in archive:
            go_through(archive.read(target), _Strings(book.strings))
        if kind == "styles" and target in archive:
            styles = _Styles()
            go_through(archive.read(target), styles)
            book.moments = styles.moments()
    for name, number in workbook.sheets:
        kind, target = links.get(number, ("", ""))
        if kind == "worksheet":
            yield _Sheet(name, target, book)


def _links(archive: TableArchive, path: str) -> dict[str, tuple[str, str]]:
    """Return what a part leads to: for each id the kind and the path of the other part."""
    folder, name = posixpath.split(path)
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    links = _Links(folder)
    if beside in archive:
        go_through(archive.read(beside), links)
    return links.found


class _Quiet:
    """Hears everything and does nothing about it."""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Meet an element."""

    def end(self, name: str) -> None:
        """Leave an element."""

    def text(self, text: str) -> None:
        """Meet text."""


class _Links(_Quiet):
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", ""))).lstrip("/")
            self.found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)


class _Workbook(_Quiet):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}


class _Styles(_Quiet):
    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._within = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._within = True
        elif name == "xf" and self._within:
            self._formats.append(_whole(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        self._within = self._within and name != "cellXfs"

    def moments(self) -> list[bool]:
        """Return for each style whether it shows a date or a time."""
        return [is_moment(number, self._codes.get(number, "")) for number in self._formats]


class _Words(_Quiet):
    """Gathers the text of `t` elements, but not the reading aids of East Asian text (`rPh`)."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._in_text = self._in_aid = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        if name == "rPh":
            self._in_aid = True
        elif name == "t":
            self._in_text = not self._in_aid

    def end(self, name: str) -> None:
        if name == "rPh":
            self._in_aid = False
        elif name == "t":
            self._in_text = False

    def text(self, text: str) -> None:
        if self._in_text:
            self._words.append(text)

    def said(self) -> str:
        """Return what was gathered since last time."""
        words = "".join(self._words)
        self._words.clear()
        return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), words)


class _Strings(_Words):
    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self._strings = strings

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self._strings.append(self.said())


class _Cells(_Words):
    """Gathers the rows of a sheet."""

    def __init__(self, book: _Book, gathering: Gathering) -> None:
        super().__init__()
        self._book, self._gathering = book, gathering
        self._number = self._column = 0
        self._row: list[str] = []
        self._kind, self._style = "", 0
        self._value: list[str] = []
        self._in_value = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._number = _whole(attributes.get("r", str(self._number + 1)))
            self._row, self._column = [], 0
        elif name == "c":
            self._column = _column(attributes["r"]) if "r" in attributes else self._column
            self._kind, self._style = attributes.get("t", "n"), _whole(attributes.get("s", "0"))
            self._value = []
        elif name == "v":
            self._in_value = True
        else:
            super().begin(name, attributes)

    def end(self, name: str) -> None:
        if name == "v":
            self._in_value = False
        elif name == "c":
            self._put(self._cell())
        elif name == "row":
            self._gathering.add(self._number, self._row)
        else:
            super().end(name)

    def text(self, text: str) -> None:
        if self._in_value:
            self._value.append(text)
        else:
            super().text(text)

    def _put(self, text: str) -> None:
        if text and self._column <= MOST_COLUMNS:
            self._row.extend([""] * (self._column - len(self._row)))
            self._row[self._column :] = [text]
        elif text:
            self._row.extend([text] * (MOST_COLUMNS + 1 - len(self._row)))  # too wide, and refused as such
        self._column += 1

    def _cell(self) -> str:
        value, words = "".join(self._value), self.said()
        if self._kind == "s":
            return self._string(value)
        if self._kind == "inlineStr":
            return words
        if self._kind == "str":
            return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value)
        if self._kind == "b":
            return _BOOLEANS.get(value, value)
        return self._number_or_moment(value) if self._kind == "n" and value else value

    def _string(self, value: str) -> str:
        at = _whole(value or "0")
        if not at < len(self._book.strings):
            raise Refusal(gettext(DAMAGED))
        return self._book.strings[at]

    def _number_or_moment(self, value: str) -> str:
        moments = self._book.moments
        if self._style < len(moments) and moments[self._style]:
            return moment_text(value, from_1904=self._book.from_1904)
        return number_text(value)


def _whole(text: str | None) -> int:
    if text is None or not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Refusal(gettext(DAMAGED))
    return int(text)


def _column(place: str) -> int:
    """Return the column of a place such as `AB12`, counted from 0."""
    found = _PLACE.fullmatch(place)
    if found is None:
        raise Refusal(gettext(DAMAGED))
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
