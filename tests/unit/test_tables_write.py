"""What is taken away is never a formula, in the eyes of programs that are not ours."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from midcycle.engines.tables import Table, guarded, read, unguarded, write
from midcycle.engines.tables.model import clean

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "\u200b=1", "\ufeff=1", "\uff1d1", "\uff0b1",
    "\uff0d1", "\uff201", "\u22121", "'=1", '"=1', '=HYPERLINK("http://evil.example","x")', "=cmd|' /C calc'!A0", "a;=1",
    'a;"=1', "a\t=1", "a|=1", "a\n=1", 'a;\n\n "=1',
]  # fmt: skip
HARMLESS = ["Bo Example", "1-2", "a = b", "bo@example.org", "R&D", "x;y", "", "don't", "one\n\ntwo", "'quoted'"]
SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\u2212"
UNSEEN = " \t\r\n\u3000\u200b\ufeff\xa0"
TABLE = Table.of(["Name", "=Note"], [[clean(text), "x"] for text in HOSTILE])


def begins_a_formula(part):
    return part.strip(UNSEEN + '"').startswith(tuple(SIGNS))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_cell_is_guarded_and_comes_back(text):
    assert guarded(text) != text
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_cell_stays_as_it_is(text):
    assert (guarded(text), unguarded(text)) == (text, text)


@given(st.text(alphabet=UNSEEN + SIGNS + "'\";,|ab", max_size=12))
def test_no_cell_begins_a_formula_wherever_a_program_splits(text):
    cell = guarded(text)
    assert unguarded(cell) == text
    for separator in ";\t|":
        line = io.StringIO(newline="")
        csv.writer(line).writerow([cell, "x"])
        parts = [part for row in line.getvalue().splitlines() for part in row.split(separator)]
        assert [part for part in parts if begins_a_formula(part)] == []


@given(st.text(alphabet="\n\t;' =a", min_size=200, max_size=4000))
def test_a_long_cell_is_guarded_at_once(text):
    assert unguarded(guarded(text)) == text


def test_csv_is_utf_8_with_a_mark_and_as_rfc_4180_says():
    data = write("csv", Table.of(["Name", "Note"], [["Zoë", 'say "hi", Bo']]))
    assert data == b'\xef\xbb\xbfName,Note\r\nZo\xc3\xab,"say ""hi"", Bo"\r\n'


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_workbooks_hold_text_alone(kind):
    data = write(kind, TABLE)
    assert read(data) == TABLE
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Name", "=Note"]
    assert {type(cell) for row in rows for cell in row} == {str}
    assert [row[0].replace("\t", "") for row in rows[1:]] == [
        row[0].replace("\t", "").replace("\r", "\n") for row in TABLE.rows
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_the_same_table_gives_the_same_bytes(kind):
    assert write(kind, TABLE) == write(kind, TABLE)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_an_independent_reader_finds_what_was_written(kind):
    rows = [["Zoë  Ångström", 'a<b>&"c"\''], ["  two ", "_x0041_"], ["\U0001f98a", "one\ntwo"]]
    data = write(kind, Table.of(["a", "b"], rows))
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:] == rows
