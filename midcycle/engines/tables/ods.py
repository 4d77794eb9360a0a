"""Reads spreadsheets of OpenDocument (ISO/IEC 26300): every sheet in view that has anything in it.

Formulas are not worked out: the value stored beside one counts. Scripts, comments and pictures are never looked at.
"""

from collections.abc import Mapping
from typing import Final

from midcycle.engines.tables.archive import DAMAGED, LOCKED, TableArchive
from midcycle.engines.tables.markup import go_through
from midcycle.engines.tables.model import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Gathering, Sheet, Spent, sheets_of
from midcycle.engines.tables.values import duration_text, number_text
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import gettext

MANIFEST: Final = "META-INF/manifest.xml"
_NUMBERS: Final = frozenset({"float", "percentage", "currency"})
_ASIDE: Final = frozenset({"annotation", "shapes", "frame", "forms", "tracked-changes"})
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_SIGNS: Final = {"tab": "\t", "line-break": "\n"}


def read_ods(archive: TableArchive) -> tuple[Sheet, ...]:
    """Return the tables in a spreadsheet, one of each sheet. Raises Refusal."""
    if MANIFEST in archive:
        go_through(archive.read(MANIFEST), _Locks())
    cells = _Cells()
    go_through(archive.read("content.xml"), cells)
    return sheets_of(cells.gatherings)


class _Locks:
    """Refuses a file whose manifest says that it is locked."""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "encryption-data" or attributes.get("full-path") == "encrypted-package":
            raise Refusal(gettext(LOCKED))

    def end(self, name: str) -> None:
        """Nothing."""

    def text(self, text: str) -> None:
        """Nothing."""


class _Cells:
    """Gathers the rows of each sheet; what stands aside of cells is left out, and so are sheets whose style hides them."""

    def __init__(self) -> None:
        self.gatherings: list[Gathering] = []
        self._spent = Spent()
        self._hidden: set[str] = set()
        self._style = ""
        self._number = self._rows = self._columns = 1
        self._row: list[str] = []
        self._cell: Mapping[str, str] = {}
        self._words: list[str] = []
        self._aside = 0
        self._in_text = self._has_text = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _ASIDE or self._aside or (name == "table" and attributes.get("style-name") in self._hidden):
            self._aside += 1
        elif name == "table":
            self._number = 1
            self.gatherings.append(Gathering(attributes.get("name", ""), self._spent))
        elif name == "table-row":
            self._row, self._rows = [], _times(attributes, "number-rows-repeated")
        elif name in _CELLS:
            self._cell, self._columns = attributes, _times(attributes, "number-columns-repeated")
            self._words, self._has_text = [], False
        else:
            self._begin_text(name, attributes)
            self._begin_style(name, attributes)

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif name == "table-row":
            self._put_row()
        elif name in _CELLS:
            self._put(_value(self._cell, "".join(self._words), has_text=self._has_text))
        elif name == "p":
            self._in_text = False

    def text(self, text: str) -> None:
        if self._in_text and not self._aside:
            self._words.append(text)

    def _begin_text(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p":
            self._words.extend(["\n"] if self._has_text else [])
            self._in_text = self._has_text = True
        elif name == "s":
            self._words.append(" " * min(_times(attributes, "c"), LONGEST_CELL + 1))
        elif name in _SIGNS:
            self._words.append(_SIGNS[name])

    def _begin_style(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden.add(self._style)

    def _put(self, text: str) -> None:
        """Put the cell into the row as often as it is there: blank ones at its end may be there sixteen thousand times."""
        if len(self._row) <= MOST_COLUMNS:
            self._row.extend([text] * min(self._columns, MOST_COLUMNS + 1))
        elif text:
            self._row[-1] = text  # too wide, and refused as such

    def _put_row(self) -> None:
        if any(self._row) and self.gatherings:
            for at in range(min(self._rows, MOST_ROWS + 2)):
                self.gatherings[-1].add(self._number + at, self._row)
        self._number += self._rows


def _value(cell: Mapping[str, str], words: str, *, has_text: bool) -> str:
    """Return what a cell says: its value where it has one, else its words."""
    kind = cell.get("value-type", "string")
    if kind in _NUMBERS:
        return number_text(cell.get("value", words))
    if kind == "date":
        return cell.get("date-value", words).removesuffix("T00:00:00")
    if kind == "time":
        return duration_text(cell.get("time-value", words))
    if kind == "boolean":
        return cell.get("boolean-value", words).upper()
    return words if has_text else cell.get("string-value", "")


def _times(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Refusal(gettext(DAMAGED))
    return int(text)
