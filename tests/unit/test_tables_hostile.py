"""Files made to do harm: each is refused in one sentence, at once and in little memory."""

import io
import resource
import struct
import time
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.tables import KINDS, Table, read, write
from midcycle.kernel.refusal import Refusal
from tests.unit.test_tables_read import ods

GOOD = Table.of(["Name", "E-mail"], [["Bo", "bo@example.org"]])
MB = 1024 * 1024


def refusal_of(data):
    """Return why a file is refused; it must be told within seconds and without filling the memory."""
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refusal) as refused:
        read(data)
    assert time.monotonic() - start < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600 * 1024
    sentence = refused.value.message
    assert sentence.endswith(".")
    return sentence


def with_part(name, content, kind="xlsx", method=zipfile.ZIP_DEFLATED):
    """Return a good file with one part exchanged."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write(kind, GOOD))) as good, zipfile.ZipFile(data, "w") as made:
        for info in good.infolist():
            if info.filename != name:
                made.writestr(info, good.read(info))
        made.writestr(name, content, method)
    return data.getvalue()


def sheet(cells, extra=""):
    return with_part("xl/worksheets/sheet1.xml", f"{extra}<worksheet><sheetData>{cells}</sheetData></worksheet>")


def text_cell(place, text="x"):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number, *cells):
    return f'<row r="{number}">{"".join(cells)}</row>'


HEAD = row(1, text_cell("A1", "Name"))


def test_a_bomb_is_refused_by_what_it_unpacks_to():
    with_bomb = with_part("xl/worksheets/sheet1.xml", b" " * (200 * MB))
    assert len(with_bomb) < MB
    assert "unpacks to more than 64 MB" in refusal_of(with_bomb)


@pytest.mark.parametrize("size", [10, 0xFFFFFFF0])
def test_sizes_an_archive_lies_about_are_not_believed(size):
    data = bytearray(with_part("xl/worksheets/sheet1.xml", b" " * (100 * MB)))
    at = data.rindex(b"PK\x01\x02")
    while b"sheet1.xml" not in data[at : at + 80]:
        at = data.rindex(b"PK\x01\x02", 0, at)
    data[at + 24 : at + 28] = struct.pack("<I", size)
    data[at + 16 : at + 20] = struct.pack("<I", zlib.crc32(b" " * size) if size == 10 else 0)
    sentence = refusal_of(bytes(data))
    assert "damaged" in sentence or "64 MB" in sentence


def test_parts_that_lie_over_each_other_are_refused():
    data = bytearray(with_part("xl/worksheets/sheet1.xml", b" " * (50 * MB)))
    parts = data.count(b"PK\x01\x02")
    offset = data.index(b"PK\x03\x04", data.index(b"sheet1.xml") - 60)
    for _ in range(parts):
        at = data.index(b"PK\x01\x02", offset + 1)
        data[at + 42 : at + 46] = struct.pack("<I", offset)
        offset = at
    refusal_of(bytes(data))


def test_an_archive_within_an_archive_is_not_unpacked():
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("people.xlsx", write("xlsx", GOOD))
    assert "no table" in refusal_of(outer.getvalue())


def test_an_archive_of_very_many_parts_is_refused():
    data = io.BytesIO(write("xlsx", GOOD))
    with zipfile.ZipFile(data, "a") as archive:
        for number in range(2_500):
            archive.writestr(f"x{number}", b"")
    assert "too many parts" in refusal_of(data.getvalue())


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_usual_packing_is_unpacked(method):
    assert "damaged" in refusal_of(with_part("xl/worksheets/sheet1.xml", b"<worksheet/>", method=method))


def test_a_locked_archive_is_told_as_such():
    data = bytearray(write("ods", GOOD))
    for mark, offset in (("PK\x01\x02", 8), ("PK\x03\x04", 6)):
        at = data.find(mark.encode())
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark.encode(), at + 4)
    assert "password" in refusal_of(bytes(data))


@pytest.mark.parametrize(
    "manifest",
    ["<m><file-entry><encryption-data/></file-entry></m>", '<m><file-entry full-path="encrypted-package"/></m>'],
)
def test_locked_opendocument_is_told_as_such(manifest):
    assert "password" in refusal_of(ods("", **{"META-INF/manifest.xml": manifest}))


def test_locked_and_old_files_of_excel_are_told_apart():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert "password" in refusal_of(ole + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "old format" in refusal_of(ole + b"\0" * 600 + "Workbook".encode("utf-16-le"))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_file_that_ends_too_early_is_damaged(kind):
    whole = write(kind, GOOD)
    for length in range(4, len(whole) - 1, 97):
        refusal_of(whole[:length])


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@given(st.data())
def test_a_file_with_wrong_bytes_is_read_or_refused(kind, data):
    spoilt = bytearray(write(kind, GOOD))
    for _ in range(data.draw(st.integers(1, 6))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Refusal):
        read(bytes(spoilt))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    with suppress(Refusal):
        read(data)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize(
    "document", [f"{ENTITIES}<x>&b;&c;</x>", "<!DOCTYPE x SYSTEM 'http://evil.example/x.dtd'><x/>", "<x>", "\0"]
)
def test_no_entity_is_ever_resolved(part, document):
    assert "damaged" in refusal_of(with_part(part, document))


def test_no_entity_of_opendocument_is_resolved():
    assert "damaged" in refusal_of(with_part("content.xml", f"{ENTITIES}<x>&b;</x>", kind="ods"))


@pytest.mark.parametrize("place", ["XFD1048576", "ZZZ9999999"])
def test_a_cell_far_away_takes_no_room(place):
    number = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert "more than 200 columns" in refusal_of(sheet(HEAD + row(number, text_cell(place))))
    assert read(sheet(HEAD + row(1048576, text_cell("A1048576")))).numbers == (1048576,)


@pytest.mark.parametrize(
    "cell",
    [
        *(f'<c r="{place}"/>' for place in ("A0", "1A", "AAAA1", "A99999999")),
        '<c r="A2" s="-1"/>',
        '<c r="A2" s="99999999999"/>',
    ]
    + [f'<c r="A2" t="s"><v>{number}</v></c>' for number in ("99", "-1", "x")],
)
def test_a_cell_that_cannot_be_is_damage(cell):
    assert "damaged" in refusal_of(sheet(HEAD + row(2, cell)))


@pytest.mark.parametrize("value", ["1e999", "nan", "-5", "1e300", "x", "99999999999", "0x10", "1_000"])
def test_an_odd_number_stays_as_it_was_typed_or_is_a_number(value):
    styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    plain = sheet(HEAD + row(2, f'<c r="A2"><v>{value}</v></c>'))
    assert len(read(plain).rows) == 1
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as good, zipfile.ZipFile(data, "w") as made:
        for info in good.infolist():
            made.writestr(info, styles if info.filename == "xl/styles.xml" else good.read(info))
    assert len(read(data.getvalue()).rows) == 1


def test_rows_and_columns_have_a_limit():
    assert "more than 20000 rows" in refusal_of(b"Name\n" + b"Bo\n" * 20_001)
    assert len(read(b"Name\n" + b"Bo\n" * 20_000).rows) == 20_000
    assert "more than 200 columns" in refusal_of(b",".join([b"x"] * 201) + b"\n")
    assert "too much" in refusal_of(b",".join([b"x"] * 200) + b"\n" + b"x\n" * 6_000)


def test_a_cell_has_a_limit():
    assert "more than 10000 characters in one cell" in refusal_of(b"Name\n" + b"x" * 10_001 + b"\n")
    assert "Row 3 has more than" in refusal_of(b'Name\nBo\n"' + b"x" * 200_000)


def test_one_long_text_shared_by_many_cells_is_too_much():
    strings = f"<sst><si><t>{'x' * 9_999}</t></si></sst>"
    rels = (
        '<Relationships><Relationship Id="rId1" Type="/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId3" Type="/sharedStrings" Target="s.xml"/></Relationships>'
    )
    cells = "".join(row(at, f'<c r="A{at}" t="s"><v>0</v></c>') for at in range(1, 5_000))
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet(cells))) as good, zipfile.ZipFile(data, "w") as made:
        for info in good.infolist():
            made.writestr(info, rels if info.filename.endswith("workbook.xml.rels") else good.read(info))
        made.writestr("xl/s.xml", strings)
    assert "too much" in refusal_of(data.getvalue())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('<table-row number-rows-repeated="999999999"><table-cell><p>x</p></table-cell></table-row>', "20000 rows"),
        ('<table-row><table-cell number-columns-repeated="999999999"><p>x</p></table-cell></table-row>', "200 columns"),
        (
            "<table-row>"
            + "<table-cell number-columns-repeated='200'/><table-cell><p>x</p></table-cell>" * 9_000
            + "</table-row>",
            "200 columns",
        ),
        ('<table-row><table-cell number-columns-repeated="300"/><table-cell><p>x</p></table-cell></table-row>', "200 columns"),
        ('<table-row><table-cell><p><s c="999999999"/>x</p></table-cell></table-row>', "10000 characters"),
        ('<table-row number-rows-repeated="-1"/>', "damaged"),
        ('<table-row number-rows-repeated="9000"><table-cell><p>' + "x" * 9_000 + "</p></table-cell></table-row>", "too much"),
    ],
)
def test_what_is_repeated_without_end_is_refused(content, sentence):
    assert sentence in refusal_of(ods(f"<table>{content}</table>"))


@pytest.mark.slow
def test_very_many_elements_are_refused():
    assert "too much" in refusal_of(sheet("<c/>" * 2_000_001))


def test_elements_as_deep_as_a_well_are_gone_through():
    assert "damaged" in refusal_of(with_part("content.xml", "<a>" * 500_000, kind="ods"))


def test_one_endless_word_is_read_once():
    assert "damaged" in refusal_of(with_part("content.xml", b"<a b='" + b"x" * (60 * MB), kind="ods"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "This is a PDF."),
        (b"\x1f\x8b\x08", "This is an archive."),
        (b"\x89PNG\r\n", "This is a picture."),
        (b" \r\n<html><table>", "This is a web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "This is a web page"),
        (b"\x7fELF\0\0\0\1", "This file is no table."),
        (b"Name\n\x81\x8d\x8f\n", "This file is no table."),
        (b"\xff\xfe\x00", "This file is no table."),
        (b'Name\n"Bo\n', "A quotation mark in row 2"),
        (b'Name\nBo\n"A"my\n', "A quotation mark in row 3"),
        (b"x" * (5 * MB + 1), "larger than 5 MB"),
        (b"PK\x03\x04", "damaged"),
    ],
)
def test_what_is_no_table_is_told_what_it_is(data, sentence):
    assert sentence in refusal_of(data)


@pytest.mark.parametrize("kind", KINDS)
def test_the_wrong_name_of_a_file_does_not_matter(kind):
    assert read(write(kind, GOOD)).rows == GOOD.rows
