"""Writes tables: CSV (RFC 4180, UTF-8 with a byte order mark), XLSX and ODS. Every cell is text, and none is a formula.

The two workbooks have one sheet whose cells are typed as text and shown as text (format `@`), so that a program neither works
them out nor does so once somebody edits them. A library for so little is not needed; those that write ODS are large or left.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape  # text only: nothing is parsed

from midcycle.engines.tables.formulas import guarded
from midcycle.engines.tables.model import Table, clean, letters

_MADE: Final = (1980, 1, 1, 0, 0, 0)  # the same table gives the same bytes
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SPACES: Final = re.compile(r"(?:^| ) +")
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Kind:
    """A kind of file a table can be taken away as."""

    name: str
    media_type: str
    bytes_of: Callable[[Table], bytes]


def write(kind: str, table: Table) -> bytes:
    """Return the table as a file of one of KINDS."""
    return KINDS[kind].bytes_of(table)


def _csv(table: Table) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([guarded(clean(cell)) for cell in row] for row in _all(table))
    return text.getvalue().encode("utf-8-sig")


def _xlsx(table: Table) -> bytes:
    rows = "".join(f'<row r="{at}">{_xlsx_row(at, row)}</row>' for at, row in enumerate(_all(table), start=1))
    sheet = f'{_HEAD}<worksheet xmlns="{_SHEETS}"><sheetData>{rows}</sheetData></worksheet>'
    return _packed({**_XLSX_PARTS, "xl/worksheets/sheet1.xml": sheet})


def _xlsx_row(number: int, row: Sequence[str]) -> str:
    return "".join(
        f'<c r="{letters(column)}{number}" s="1" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(_LOOKS_ESCAPED.sub('_x005F_', clean(cell)))}</t></is></c>"
        for column, cell in enumerate(row)
        if cell
    )


def _ods(table: Table) -> bytes:
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in _all(table))
    return _packed({**_ODS_PARTS, "content.xml": f"{_ODS_BEGINS}{rows}{_ODS_ENDS}"})


def _ods_cell(cell: str) -> str:
    if not cell:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{_ods_line(line)}</text:p>" for line in clean(cell).split("\n"))
    return f'<table:table-cell table:style-name="text" office:value-type="string">{lines}</table:table-cell>'


def _ods_line(line: str) -> str:
    """Return a line with its spaces and tabs spelled out where they would be taken for one space (ODF 1.3, 6.1.3)."""
    spelled = _SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(line))
    return spelled.replace("\t", "<text:tab/>")


def _all(table: Table) -> Iterable[Sequence[str]]:
    yield table.columns
    yield from table.rows


def _packed(parts: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _MADE), text, method)
    return data.getvalue()


_SHEETS: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XLSX_PARTS: Final[Mapping[str, str]] = {
    "[Content_Types].xml": (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{_HEAD}<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="Table" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'{_HEAD}<styleSheet xmlns="{_SHEETS}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_PARTS: Final[Mapping[str, str]] = {
    "mimetype": _ODS_TYPE,  # first and stored, so that programs tell the kind by it
    "META-INF/manifest.xml": (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    ),
}
_ODS_BEGINS: Final = (
    f'{_HEAD}<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:table="{_ODF}:table:1.0" '
    f'xmlns:text="{_ODF}:text:1.0" xmlns:style="{_ODF}:style:1.0" xmlns:number="{_ODF}:datastyle:1.0" office:version="1.3">'
    '<office:automatic-styles><number:text-style style:name="plain"><number:text-content/></number:text-style>'
    '<style:style style:name="text" style:family="table-cell" style:data-style-name="plain"/></office:automatic-styles>'
    '<office:body><office:spreadsheet><table:table table:name="Table">'
)
_ODS_ENDS: Final = "</table:table></office:spreadsheet></office:body></office:document-content>"

KINDS: Final[Mapping[str, Kind]] = {
    "csv": Kind("CSV", "text/csv; charset=utf-8", _csv),
    "xlsx": Kind("XLSX", f"{_SHEET_TYPE}.sheet", _xlsx),
    "ods": Kind("ODS", _ODS_TYPE, _ods),
}
