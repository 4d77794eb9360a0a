"""Reads comma-separated values and its cousins (RFC 4180 and what programs really write)."""

import csv
import io
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from midcycle.engines.tables.formulas import unguarded
from midcycle.engines.tables.model import LONGEST_CELL, Gathering, Table
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import gettext, gettext_noop

_SEPARATORS: Final = ",;\t|"
_SAID: Final = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
_SAMPLE: Final = 64 * 1024
_NO_TEXT: Final = gettext_noop("This file is no table. Choose a CSV, XLSX or ODS file.")
_NOT_IN_IT: Final = gettext_noop(
    "The letters of this file are not kept as %(letters)s. Choose another way, or save the file as CSV in UTF-8."
)
_MARKS_OF_UTF_32: Final = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")

WESTERN: Final = "cp1252"
# How programs kept letters before Unicode: no file says which it was.
ENCODINGS: Final[Mapping[str, str]] = {
    WESTERN: gettext_noop("Western European (Windows-1252)"),
    "cp1250": gettext_noop("Central European (Windows-1250)"),
    "iso8859_2": gettext_noop("Central European (ISO 8859-2)"),
    "cp1251": gettext_noop("Cyrillic (Windows-1251)"),
    "koi8_u": gettext_noop("Cyrillic (KOI8)"),
    "cp1253": gettext_noop("Greek (Windows-1253)"),
    "cp1254": gettext_noop("Turkish (Windows-1254)"),
    "cp1255": gettext_noop("Hebrew (Windows-1255)"),
    "cp1256": gettext_noop("Arabic (Windows-1256)"),
    "cp1257": gettext_noop("Baltic (Windows-1257)"),
    "cp932": gettext_noop("Japanese (Shift JIS)"),
    "euc_jp": gettext_noop("Japanese (EUC-JP)"),
    "gb18030": gettext_noop("Chinese, simplified (GB 18030)"),
    "big5": gettext_noop("Chinese, traditional (Big5)"),
    "cp949": gettext_noop("Korean (EUC-KR)"),
    "mac_roman": gettext_noop("Western European (Macintosh)"),
    "cp850": gettext_noop("Western European (DOS, code page 850)"),
}


def read_text(data: bytes, *, encoding: str = "") -> Table:
    """Return the table in the bytes of a text file, whose encoding may be known. Raises Refusal."""
    return table_in(decoded(data, encoding=encoding))


def table_in(text: str) -> Table:
    """Return the table in a text. Raises Refusal."""
    said = _SAID.match(text)
    text, separator = (text[said.end() :], said[1]) if said else (text, _separator_of(text))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    gathering, number = Gathering(), 1 if said else 0
    try:
        for number, row in enumerate(rows, start=number + 1):  # noqa: B020 - the number tells where it went wrong
            gathering.add(number, [unguarded(cell) for cell in row])
    except csv.Error as error:
        raise Refusal(_why(error, number + 1)) from None
    return gathering.table()


def decoded(data: bytes, *, encoding: str = "") -> str:
    """Return the text: Unicode, or else of Western Windows, unless another way is named. Raises Refusal for no text."""
    for name in _encodings(data):
        chosen = encoding or name if name == WESTERN else name
        try:
            text = data.decode(chosen)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff")
    if encoding:
        raise Refusal(gettext(_NOT_IN_IT) % {"letters": gettext(ENCODINGS[encoding])})
    raise Refusal(gettext(_NO_TEXT))


def is_unicode(data: bytes) -> bool:
    """Say whether a text is kept in a way that has all letters, so that none can be mistaken for another."""
    for name in _encodings(data):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name != WESTERN
    return False


def _encodings(data: bytes) -> tuple[str, ...]:
    """Return what to try. Latin letters in UTF-16 have a zero in every other byte, whether a mark says so or not."""
    sample = data[:_SAMPLE]
    if data.startswith(_MARKS_OF_UTF_32):
        return ("utf-32",)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if sample[1::2].count(0) > len(sample) // 4:
        return ("utf-16-le",)
    if sample[::2].count(0) > len(sample) // 4:
        return ("utf-16-be",)
    return ("utf-8", WESTERN)


def _separator_of(text: str) -> str:
    """Return the separator that cuts most of the first rows into as many cells as the very first, the more the better."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    return max(_SEPARATORS, key=lambda separator: _fit(sample, separator))


def _fit(sample: str, separator: str) -> tuple[float, int]:
    widths: list[int] = []
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    with suppress(csv.Error):
        widths.extend(len(row) for row in rows if row)
    if not widths or widths[0] == 1:
        return (0, 0)
    return (sum(width == widths[0] for width in widths) / len(widths), widths[0])


def _why(error: csv.Error, number: int) -> str:
    if "field larger" in str(error):
        long = gettext("Row %(row)s has more than %(most)s characters in one cell. Shorten it, or close its quotation mark.")
        return long % {"row": number, "most": LONGEST_CELL}
    open_ = gettext("A quotation mark in row %(row)s is not closed, or stands within a word. Save the table anew, or as XLSX.")
    return open_ % {"row": number}
