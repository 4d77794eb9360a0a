"""Finds out what a file is, and reads it."""

from typing import Final

from midcycle.engines.statements import camt, csvs
from midcycle.engines.statements.model import MOST_BYTES, MOST_LINES, StatementLine
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import gettext

_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2099
_ZIP: Final = b"PK\x03\x04"


def read(document: bytes, *, currency: str, columns: csvs.Columns | None = None) -> list[StatementLine]:
    """Return the booked lines of a statement, in its order. `currency` is that of a CSV that names none.

    Raises Refusal, for people, for what is no statement or cannot be read safely.
    """
    if len(document) > MOST_BYTES:
        raise Refusal(gettext("This file is larger than 50 MB. Ask the bank for a shorter time."))
    if not document.strip(b"\x00 \r\n\t"):
        raise Refusal(gettext("This file is empty."))
    if document.startswith(_ZIP):
        raise Refusal(gettext("This is a ZIP archive. Unpack it, and choose a file of it."))
    lines = camt.read(document) if _is_xml(document) else csvs.read(document, currency, columns or csvs.Columns())
    if len(lines) > MOST_LINES:
        said = gettext("There are more than %(most)s lines in it. Ask the bank for a shorter time.")
        raise Refusal(said % {"most": f"{MOST_LINES:,}"})
    if any(line.day.year < _FIRST_YEAR or line.day.year > _LAST_YEAR for line in lines):
        raise Refusal(gettext("A day in it is not of this century. Ask the bank for CAMT.053."))
    if not lines:
        raise Refusal(gettext("No booked line is in it. Ask the bank for a statement as CAMT.053 or CSV."))
    return lines


def _is_xml(document: bytes) -> bool:
    start = document[:200].replace(b"\x00", b"")
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return start.lstrip().startswith(b"<")
