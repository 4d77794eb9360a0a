"""The table of people in a file somebody hands in: which of its sheets, which of its rows names the columns. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.engines.tables import ENCODINGS, WESTERN, Sheet, Table, is_unicode, read_pasted, read_sheets
from midcycle.engines.tables.model import Gathering, letters
from midcycle.kernel.words import gettext_noop
from midcycle.registration.rules import columns
from midcycle.registration.rules.pretix import REMARKS as PRETIX_REMARKS
from midcycle.registration.rules.pretix import looks_like_json, read_pretix

Questions = Mapping[str, Iterable[str]]
_TITLES: Final = 10  # rows above the names of the columns, such as what the table is
# What is kept about a file, in English.
LETTERS: Final = gettext_noop("Characters are read as %(word)s. If some are wrong, hand the file in again and choose another.")
ROW_OF_NAMES: Final = gettext_noop("Row %(row)s names the columns; what stands above it is left out.")
NO_NAMES: Final = gettext_noop("No row names the columns, so they are called by their place.")
REMARKS: Final = (LETTERS, ROW_OF_NAMES, columns.UNKNOWN_STATE, columns.ODD_DAYS, *PRETIX_REMARKS)
_ARCHIVE: Final = b"PK"


@dataclass(frozen=True)
class Found:
    """The table in a file and the sheet it is on, the other sheets, and what is to say about the file."""

    sheet: Sheet
    others: tuple[Sheet, ...] = ()
    remarks: tuple[str, ...] = ()


def found_in(data: bytes, *, encoding: str = "") -> Found:
    """Return the table of people in a file. Raises Refusal. `encoding` is one of ENCODINGS, or empty to find it out."""
    if looks_like_json(data):
        table, remarks = read_pretix(data)
        return Found(Sheet("", table), remarks=remarks)
    remarks = ()
    if not data.startswith(_ARCHIVE) and not is_unicode(data):
        read_as = ENCODINGS[encoding or WESTERN]
        remarks = (LETTERS % {"word": read_as},)
    return _best_of(read_sheets(data, encoding=encoding), remarks)


def found_in_text(text: str) -> Found:
    """Return the table in text that was pasted. Raises Refusal."""
    return _best_of((Sheet("", read_pasted(text)),))


def headed(table: Table) -> tuple[Table, tuple[str, ...]]:
    """Return the table with its columns named by the row that does so, and what is to say about that.

    The first row may be a title of the table, or a person already where no row names the columns.
    """
    if _names_people(table):
        return table, ()
    for at, row in enumerate(table.rows[:_TITLES]):
        if sum(bool(cell.strip()) for cell in row) > 1:
            below = _gathered(zip(table.numbers[at:], table.rows[at:], strict=True))
            if below is not None and _names_people(below):
                return below, (ROW_OF_NAMES % {"row": table.numbers[at]},)
    if not any("@" in name for name in table.columns):
        return table, ()
    places = [f"Column {letters(at)}" for at in range(len(table.columns))]
    first = ["" if name == place else name for name, place in zip(table.columns, places, strict=True)]
    bare = _gathered([(0, places), (1, first), *zip(table.numbers, table.rows, strict=True)])
    return bare or table, (NO_NAMES,)


def _best_of(sheets: Sequence[Sheet], remarks: tuple[str, ...] = ()) -> Found:
    """Return the sheet that has most to say about people, the first of several alike."""
    read = [(sheet.name, *headed(sheet.table)) for sheet in sheets]
    best = max(read, key=lambda one: columns.told_of_people(one[1]))
    others = tuple(Sheet(name, table) for name, table, _ in read if name != best[0])
    name, table, said = best
    return Found(Sheet(name, table), others, (*remarks, *said, *columns.remarks_on(table)))


def _names_people(table: Table) -> bool:
    return columns.why_not(columns.guess_by_name(table, {})) is None


def _gathered(rows: Iterable[tuple[int, Sequence[str]]]) -> Table | None:
    """Return the table these numbered rows are, None when there is but one."""
    gathering = Gathering()
    for number, row in rows:
        gathering.add(number, row)
    return gathering.table() if gathering.has_rows else None
