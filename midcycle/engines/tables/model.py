"""A table, and how large one may be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import gettext

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 1_000_000
LONGEST_CELL: Final = 10_000
MOST_CHARACTERS: Final = 10_000_000

# What no database and no XML can hold: controls but tab and line break, halves of surrogate pairs, two non-characters.
_UNKEPT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAK: Final = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text below named columns; `rows` are as wide as `columns`.

    `numbers` says where each row is in the file, as a spreadsheet counts: the names of the columns are in row 1. Column names
    are never blank and all different. Dates are ISO 8601, numbers as short as they can be written.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> "Table":
        """Return the table with its rows numbered from 2."""
        kept = tuple(tuple(row) for row in rows)
        return cls(tuple(columns), kept, tuple(range(2, len(kept) + 2)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table and what its sheet is called; blank where a file has but one and no name for it."""

    name: str
    table: Table


@dataclass
class Spent:
    """What the sheets of one file hold together."""

    characters: int = 0
    cells: int = 0


class Gathering:
    """Takes the rows of one sheet, one after the other, and stops the reader as soon as there is too much.

    What is `spent` was taken from other sheets of the same file; their limits are common but for rows and columns.
    """

    def __init__(self, sheet: str = "", spent: Spent | None = None) -> None:
        """Begin without any."""
        self.sheet = sheet
        self._rows: list[tuple[int, list[str]]] = []
        self._width = 0
        self._spent = spent or Spent()
        self._cells_before = self._spent.cells

    def __bool__(self) -> bool:
        return bool(self._rows)

    @property
    def has_rows(self) -> bool:
        """Say whether there is a row below the names of the columns."""
        return len(self._rows) > 1

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take the row in this place of the file; blank rows are left out. Raises Refusal when there is too much."""
        row = [clean(cell) for cell in cells]
        if not any(cell.strip() for cell in row):
            return
        while not row[-1]:
            row.pop()
        self._width = max(self._width, len(row))
        self._spent.characters += sum(map(len, row))
        self._spent.cells = self._cells_before + (len(self._rows) + 1) * self._width
        self._check(number, row)
        self._rows.append((number, row))

    def table(self) -> Table:
        """Return what was taken: the first row names the columns. Raises Refusal when there is no row below it."""
        if not self._rows:
            raise Refusal(
                gettext("There is nothing in this table. Choose one with a row of column names and a row for each person.")
            )
        (_, names), *rest = self._rows
        if not rest:
            raise Refusal(
                gettext("There is one row in this table. Its first row names the columns, each other row is a person.")
            )
        used = [at for at in range(self._width) if any(at < len(row) and row[at].strip() for _, row in self._rows)]
        columns = _told_apart([names[at] if at < len(names) else "" for at in used], used)
        rows = tuple(tuple(row[at] if at < len(row) else "" for at in used) for _, row in rest)
        return Table(columns, rows, tuple(number for number, _ in rest))

    def _check(self, number: int, row: list[str]) -> None:
        said = {"sheet": self.sheet[:60], "rows": MOST_ROWS, "columns": MOST_COLUMNS, "row": number, "most": LONGEST_CELL}
        if len(self._rows) > MOST_ROWS:
            long = gettext("This table has more than %(rows)s rows. Split it, and import one part after the other.")
            if self.sheet:
                long = gettext(
                    "The table of the sheet “%(sheet)s” has more than %(rows)s rows. Split it, and import one part after the "
                    "other."
                )
            raise Refusal(long % said)
        if self._width > MOST_COLUMNS:
            wide = gettext("This table has more than %(columns)s columns. Leave out those you do not need.")
            if self.sheet:
                wide = gettext(
                    "The table of the sheet “%(sheet)s” has more than %(columns)s columns. Leave out those you do not need."
                )
            raise Refusal(wide % said)
        if any(len(cell) > LONGEST_CELL for cell in row):
            full = gettext("Row %(row)s has more than %(most)s characters in one cell. Shorten it.")
            if self.sheet:
                full = gettext(
                    "Row %(row)s of the sheet “%(sheet)s” has more than %(most)s characters in one cell. Shorten it."
                )
            raise Refusal(full % said)
        if self._spent.characters > MOST_CHARACTERS or self._spent.cells > MOST_CELLS:
            raise Refusal(gettext("There is too much in this file. Leave out columns and sheets you do not need, or split it."))


def sheets_of(gatherings: Iterable[Gathering]) -> tuple[Sheet, ...]:
    """Return the tables of a workbook. Sheets with nothing below their first row are left out; Refusal when all are so."""
    filled = [gathering for gathering in gatherings if gathering]
    several = [gathering for gathering in filled if gathering.has_rows]
    if not several:
        (filled or [Gathering()])[0].table()  # says why
    return tuple(Sheet(clean(gathering.sheet), gathering.table()) for gathering in several)


def clean(text: str) -> str:
    """Return the text with line breaks of one kind and without what cannot be kept."""
    return _UNKEPT.sub("", _BREAK.sub("\n", text))


def letters(column: int) -> str:
    """Return what a spreadsheet calls the column, counted from 0: A, B, …, Z, AA."""
    name = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        name, column = chr(ord("A") + rest) + name, column - 1
    return name


def _told_apart(names: list[str], places: list[int]) -> tuple[str, ...]:
    """Return the names, those without one called after their place, and each but once."""
    taken: set[str] = set()
    for at, place in enumerate(places):
        name = wanted = " ".join(names[at].split()) or f"Column {letters(place)}"
        count = 1
        while name in taken:
            count += 1
            name = f"{wanted} ({count})"
        taken.add(name)
        names[at] = name
    return tuple(names)
