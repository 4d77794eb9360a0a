"""Tells by its content what a file is, and reads the table in it."""

from typing import Final

from midcycle.engines.tables.archive import LOCKED, TableArchive
from midcycle.engines.tables.model import MOST_BYTES, Sheet, Table
from midcycle.engines.tables.ods import read_ods
from midcycle.engines.tables.text import read_text, table_in
from midcycle.engines.tables.xlsx import read_xlsx
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import gettext, gettext_noop

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OLE: Final = "EncryptedPackage".encode("utf-16-le")
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_TELLS: Final[tuple[tuple[tuple[bytes, ...], str], ...]] = (
    ((b"%PDF",), gettext_noop("This is a PDF. Choose the table it was made from: a CSV, XLSX or ODS file.")),
    (
        (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh"),
        gettext_noop("This is an archive. Unpack it, and choose the table in it."),
    ),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), gettext_noop("This is a picture. Choose a CSV, XLSX or ODS file.")),
    ((b"<",), gettext_noop("This is a web page or XML. Open it as a table, and save that as CSV, XLSX or ODS.")),
)
_OLD: Final = gettext_noop("This file is in an old format. Open it, and save it as XLSX, ODS or CSV.")
_NO_TABLE: Final = gettext_noop("This file is an archive or a document, but no table. Choose a CSV, XLSX or ODS file.")


def read(data: bytes) -> Table:
    """Return the first table in a file; its name does not matter. Raises Refusal with one sentence that says what to do."""
    return read_sheets(data)[0].table


def read_sheets(data: bytes, *, encoding: str = "") -> tuple[Sheet, ...]:
    """Return the tables in a file: one of each sheet of a workbook. Raises Refusal.

    `encoding` is how the letters of a text are kept, one of ENCODINGS, or empty where that is to be found out.
    """
    if len(data) > MOST_BYTES:
        large = gettext("This file is larger than %(most)s MB. Leave out columns you do not need, or split it.")
        raise Refusal(large % {"most": MOST_BYTES >> 20})
    if data.startswith(_OLE):
        raise Refusal(gettext(LOCKED if _LOCKED_OLE in data else _OLD))
    if data.startswith(_ZIP):
        return _read_archive(TableArchive(data))
    begins = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for starts, sentence in _TELLS:
        if begins.startswith(starts):
            raise Refusal(gettext(sentence))
    return (Sheet("", read_text(data, encoding=encoding)),)


def read_pasted(text: str) -> Table:
    """Return the table in text somebody copied from a spreadsheet or a file. Raises Refusal."""
    return table_in(text)


def _read_archive(archive: TableArchive) -> tuple[Sheet, ...]:
    if "mimetype" in archive and archive.read("mimetype").strip().startswith(_ODS):
        return read_ods(archive)
    if "[Content_Types].xml" in archive and b"spreadsheetml" in archive.read("[Content_Types].xml"):
        return read_xlsx(archive)
    raise Refusal(gettext(_NO_TABLE))
