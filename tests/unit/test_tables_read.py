"""Tables as programs write them: every encoding, separator and kind of cell people hand in."""

import csv
import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.tables import KINDS, Table, read, read_pasted, write
from midcycle.engines.tables.model import clean
from midcycle.kernel.refusal import Refusal

PEOPLE = Table.of(["Name", "E-mail"], [["Zoë Ångström", "zoe@example.org"], ["Bo; Bo, Bo", "bo@example.org"]])


def csv_of(table, separator=",", newline="\r\n"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=newline).writerows([table.columns, *table.rows])
    return text.getvalue()


def workbook(fill, **options):
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, **options})
    fill(book)
    book.close()
    return data.getvalue()


def ods(content, **parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, text in {"content.xml": f"<d>{content}</d>", **parts}.items():
            archive.writestr(name, text)
    return data.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_csv_is_read_whatever_its_separator_and_encoding(separator, encoding):
    assert read(csv_of(PEOPLE, separator).encode(encoding)) == PEOPLE


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_breaks_within_quotation_marks_belong_to_the_cell(newline):
    table = Table.of(["Name", "Note"], [["Bo", f"one{newline}two"], ["Amy", "three"]])
    assert read(csv_of(table, newline=newline).encode()) == Table.of(["Name", "Note"], [["Bo", "one\ntwo"], ["Amy", "three"]])


def test_the_separator_a_file_names_counts():
    assert read(b"sep=;\r\nName, given;Town\r\nBo;Oslo\r\n") == Table(("Name, given", "Town"), (("Bo", "Oslo"),), (3,))


def test_text_copied_from_a_spreadsheet_is_read():
    assert read_pasted("Name\tE-mail\nBo\tbo@example.org\n").rows == (("Bo", "bo@example.org"),)


def test_one_column_is_enough():
    assert read(b"email\nbo@example.org\namy@example.org\n").rows == (("bo@example.org",), ("amy@example.org",))


def test_rows_are_numbered_as_the_spreadsheet_shows_them():
    table = read(b"\nName,E-mail\n\nBo,bo@example.org\n ,\nAmy,amy@example.org\n")
    assert (table.columns, table.numbers) == (("Name", "E-mail"), (4, 6))


def test_columns_have_names_that_differ():
    table = read(b"Name,,Name,  E   mail ,\nBo,x,Bob,bo@example.org,\n")
    assert table.columns == ("Name", "Column B", "Name (2)", "E mail")
    assert table.rows == (("Bo", "x", "Bob", "bo@example.org"),)


def test_a_row_may_be_short_or_long():
    assert read(b"a,b\n1\n1,2,3\n") == Table.of(["a", "b", "Column C"], [["1", "", ""], ["1", "2", "3"]])


def test_characters_no_database_keeps_are_left_out():
    assert read("Name\nB\x08o\ufffe\n".encode()).rows == (("Bo",),)


def test_every_kind_of_cell_of_a_workbook_is_text():
    def fill(book):
        sheet = book.add_worksheet()
        day, moment = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": 22})
        quoted, length = book.add_format({"num_format": '0 "days"'}), book.add_format({"num_format": "[h]:mm"})
        sheet.write_row(0, 0, ["whole", "part", "yes", "day", "moment", "time", "days", "length", "sum", "rich", "long"])
        sheet.write_row(1, 0, [42.0, 0.1, True])
        sheet.write_datetime(1, 3, dt.date(2027, 3, 2), day)
        sheet.write_datetime(1, 4, dt.datetime(2027, 3, 2, 9, 5), moment)  # noqa: DTZ001 - sheets know no zones
        sheet.write_datetime(1, 5, dt.time(9, 30), book.add_format({"num_format": "hh:mm"}))
        sheet.write_number(1, 6, 7, quoted)
        sheet.write_number(1, 7, 0.5, length)
        sheet.write_formula(1, 8, "=1+1", value=2)
        sheet.write_rich_string(1, 9, "B", book.add_format({"bold": True}), "o")
        sheet.write_number(1, 10, 441612345678)

    assert read(workbook(fill)).rows == (
        ("42", "0.1", "TRUE", "2027-03-02", "2027-03-02T09:05:00", "09:30:00", "7", "12:00:00", "2", "Bo", "441612345678"),
    )


@pytest.mark.parametrize(
    ("base", "day"), [({}, dt.date(1900, 1, 1)), ({}, dt.date(1900, 3, 1)), ({"date_1904": True}, dt.date(2027, 3, 2))]
)
def test_days_are_counted_from_1900_or_from_1904(base, day):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write(0, 0, "day")
        sheet.write_datetime(1, 0, day, book.add_format({"num_format": 14}))

    assert read(workbook(fill, **base)).rows == ((day.isoformat(),),)


def test_the_first_sheet_in_view_that_has_anything_is_read():
    def fill(book):
        hidden, empty, people = book.add_worksheet("Hidden"), book.add_worksheet("Empty"), book.add_worksheet("People")
        hidden.write_column(0, 0, ["secret", "x"])
        people.write_column(0, 0, ["Name", "Bo"])
        empty.activate()
        hidden.hide()

    assert read(workbook(fill)).rows == (("Bo",),)


def test_strings_of_a_workbook_are_read_with_their_escapes():
    def fill(book):
        book.add_worksheet().write_column(0, 0, ["Name", "_x0041_ and A\u0007"])

    assert read(workbook(fill)).rows == (("_x0041_ and A",),)


def test_a_workbook_with_macros_is_read_and_they_are_not():
    data = io.BytesIO(write("xlsx", PEOPLE))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0not even a macro")
    assert read(data.getvalue()) == PEOPLE


CELLS_OF_OPENDOCUMENT = """
<table><table-row/></table>
<table>
  <table-header-rows>
    <table-row><table-cell><p>a</p></table-cell><table-cell><p>b</p></table-cell></table-row>
  </table-header-rows>
  <table-row number-rows-repeated="2">
    <table-cell value-type="float" value="42.0"><p>42,00</p></table-cell>
    <table-cell value-type="date" date-value="2027-03-02T00:00:00"/>
    <table-cell number-columns-repeated="16382"/>
  </table-row>
  <table-row>
    <table-cell value-type="time" time-value="PT9H30M00S"/>
    <table-cell value-type="boolean" boolean-value="true"/>
  </table-row>
  <table-row>
    <table-cell>
      <annotation><p>a note</p></annotation>
      <p>one<s c="2"/>two<tab/>x<line-break/>y</p><p>z</p>
    </table-cell>
    <table-cell string-value="said"/>
  </table-row>
  <table-row number-rows-repeated="1048000"><table-cell number-columns-repeated="16384"/></table-row>
</table>
<table><table-row><table-cell><p>another</p></table-cell></table-row></table>
"""


def test_every_kind_of_cell_of_opendocument_is_text():
    table = read(ods(CELLS_OF_OPENDOCUMENT))
    assert table == Table(
        ("a", "b"),
        (("42", "2027-03-02"), ("42", "2027-03-02"), ("09:30:00", "TRUE"), ("one  two\tx\ny\nz", "said")),
        (2, 3, 4, 5),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_known_by_its_content(kind):
    assert read(write(kind, PEOPLE)) == PEOPLE


@pytest.mark.parametrize("data", [b"", b"\n\n , \n", write("xlsx", Table((), (), ())), ods("<table/>")])
def test_nothing_is_told_as_such(data):
    with pytest.raises(Refusal, match="There is nothing in this table"):
        read(data)


def test_column_names_alone_are_told_as_such():
    with pytest.raises(Refusal, match="There is one row in this table"):
        read(b"Name,E-mail\n")


CELLS = st.text(max_size=12).map(clean) | st.text(alphabet="=+-@'\"\t\n;,| ax041_\u3000\uff1d\u200b", max_size=8)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(lambda row: any(map(str.strip, row))), min_size=1, max_size=5)


@pytest.mark.parametrize("kind", KINDS)
@given(rows=ROWS)
def test_what_is_written_is_read_again(kind, rows):
    table = Table.of(["a", "b", "c"], rows)
    assert read(write(kind, table)) == table
