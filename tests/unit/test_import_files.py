"""Which table of a file has the people, and what is told about the file."""

import json
from zoneinfo import ZoneInfo

import pytest

from midcycle.engines.tables import Table, read_sheets
from midcycle.kernel.refusal import Refusal
from midcycle.registration.rules import columns
from midcycle.registration.rules.files import found_in, found_in_text
from midcycle.registration.rules.incoming import Reading, incoming
from midcycle.registration.rules.words import language_of
from tests.worlds.imports import as_csv, pretix_api, pretix_json, pretix_workbook, workbook_of

NO_TICKET = (
    "1 of the products ordered has no name beside others that have one, and is taken for no ticket. If that is wrong, export "
    "“Order data (JSON)” instead."
)
ANN = ("Attending", "Ann", "Other", "ann@example.org")
ODD_ANSWERS = {"item": {"x": 1}, "answers": [{"question": []}]}
BO = ("Bo", "bo@example.org")


def people_in(found):
    table = found.sheet.table
    return incoming(table, Reading(columns.guess(table, {}), ZoneInfo("Europe/Lisbon")))


def told(found):
    return [(person.outcome, person.name, person.email) for person in people_in(found)]


def test_the_sheet_with_people_is_taken():
    found = found_in(pretix_workbook())
    assert (found.sheet.name, [sheet.name for sheet in found.others]) == ("Order positions", ["Orders", "Order fees"])
    assert told(found) == [
        ("new", "Paul Paid", "paul@example.org"),
        ("new", "Petra Paid", "petra@example.org"),
        ("new", "Olive Order", "olive@example.org"),
    ]


def test_the_first_of_two_sheets_alike_is_taken():
    head = ("Name", "E-mail")
    found = found_in(workbook_of({"Notes": [["Call the caterer"], ["twice"]], "Day 1": [head, BO], "Day 2": [head, BO]}))
    assert (found.sheet.name, [sheet.name for sheet in found.others]) == ("Day 1", ["Notes", "Day 2"])


def test_a_sheet_with_too_much_is_told_by_its_name():
    rows = [["Name"], *([str(number)] for number in range(20_001))]
    with pytest.raises(Refusal, match="The table of the sheet “Raw” has more than 20000 rows"):
        read_sheets(workbook_of({"People": [["Name"], ["Bo"]], "Raw": rows}))


def test_orders_of_the_pretix_api_say_the_same_as_its_export():
    found = found_in(pretix_api())
    assert told(found) == told(found_in(pretix_json()))
    people = people_in(found)
    assert [person.is_here for person in people] == [False, False, False, True, False]
    assert {person.said["organisation"] for person in people if person.outcome == "new"} == {"Cloud GmbH"}
    assert found.sheet.table.columns[-1] == "ROLE"
    assert found.remarks == (
        "This is a part of the list: 5 of 7 orders. Import the other pages of it, too.",
        NO_TICKET,
    )


def test_one_order_or_a_list_of_orders_is_read_and_tests_count_as_cancelled():
    orders = json.loads(pretix_api())["results"]
    alone = found_in(json.dumps(orders[1]).encode())
    assert told(alone) == [("new", "Paul Paid", "paul@example.org")]
    tested = [orders[1] | {"testmode": True}]
    found = found_in(json.dumps(tested).encode())
    assert (told(found)[0][0], found.remarks[-1]) == ("out", "Orders made while the shop was being tested count as cancelled.")


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"count": 0, "results": []}, "no orders of pretix"),
        ({"results": [{"code": "A", "status": "p", "positions": []}]}, "nobody in these orders"),
        ({"results": "abc"}, "no orders of pretix"),
        ({"results": ["status positions"]}, "no orders of pretix"),
        (
            {"results": [{"code": "A", "status": "p", "positions": [{"item": {"x": 1}, "answers": [{"question": []}]}]}]},
            "no orders",
        ),
        ({"count": [], "results": [{}]}, "no orders of pretix"),
    ],
)
def test_other_answers_of_the_api_are_told(document, sentence):
    with pytest.raises(Refusal, match=sentence):
        found_in(json.dumps(document).encode())


OLD = (
    "Order no.",
    "Order Date",
    "First Name",
    "Surname",
    "Email",
    "Quantity",
    "Ticket Type",
    "Attendee no.",
    "Attendee Status",
)
NEW = (
    "Order ID", "Order Date", "Attendee Status", "First Name", "Last Name", "Email", "Event Name", "Ticket Quantity",
    "Ticket Type", "Ticket Price", "Buyer First Name", "Buyer Last Name", "Buyer Email",
)  # fmt: skip
NEWER = (
    "Order ID",
    "Order date",
    "Attendee status",
    "Attendee first name",
    "Attendee last name",
    "Attendee email",
    "Buyer email",
)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (OLD, ("1", "29/11/2024", "Ann", "Other", "ann@example.org", "1", "Free", "2", "Attending")),
        (
            NEW,
            ("1", "2024-11-29", "Attending", "Ann", "Other", "ann@example.org", "X", "1", "Free", "0", "Cy", "Pay", "cy@x.org"),
        ),
        (NEWER, ("1", "2024-11-29", *ANN, "cy@x.org")),
    ],
)
def test_eventbrite_is_read_whatever_its_columns_are_called(head, row):
    found = found_in(as_csv(head, [row]))
    assert columns.source_of(found.sheet.table.columns) == "eventbrite"
    assert told(found) == [("new", "Ann Other", "ann@example.org")]


def test_attendees_are_told_from_buyers_in_other_languages():
    head = (
        "E-Mail",
        "Name des Teilnehmers: Vorname",
        "Name des Teilnehmers: Nachname",
        "E-Mail-Adresse des Teilnehmers",
        "Status",
    )
    found = found_in(as_csv(head, [("firma@example.org", "Ute", "Um", "ute@example.org", "bezahlt")]))
    assert told(found) == [("new", "Ute Um", "ute@example.org")]
    head = ("Correo electrónico", "Nombre del asistente", "Correo electrónico del asistente", "Estado del asistente")
    found = found_in(
        as_csv(head, [("x@example.org", "Eva", "eva@example.org", "Asistirá"), ("x@x.org", "Al", "", "No asistirá")])
    )
    assert told(found) == [("new", "Eva", "eva@example.org"), ("out", "Al", "x@x.org")]


def test_a_state_in_words_nobody_knows_is_told():
    found = found_in(
        as_csv(("Name", "E-mail", "Attendee Status"), [(*BO, "Kommt mit"), ("Al", "al@example.org", "Bleibt weg")])
    )
    assert found.remarks[0].startswith(
        "“Attendee Status” is left out, as most of what it says is not known here (“Kommt mit”, "
    )
    assert found_in(as_csv(("Name", "E-mail", "State"), [(*BO, "CA")])).remarks == ()


def test_days_that_could_be_two_are_told():
    found = found_in(as_csv(("Name", "E-mail", "Order Date"), [(*BO, "1/2/27")]))
    assert found.remarks[0].startswith("“Order Date” is left out, as not everybody reads its days alike (such as “1/2/27”).")
    assert found_in(as_csv(("Name", "E-mail", "Order Date"), [(*BO, "")])).remarks == ()


def test_titles_above_the_names_of_columns_are_left_out():
    found = found_in(as_csv(("Spring Meetup", ""), [("as of today", "", ""), ("Name", "E-mail"), BO]))
    assert (found.sheet.table, found.remarks) == (
        Table(("Name", "E-mail"), (BO,), (4,)),
        ("Row 3 names the columns; what stands above it is left out.",),
    )


def test_without_names_of_columns_nobody_is_lost_and_addresses_are_known():
    found = found_in_text("Bo\tbo@example.org\nAl\tal@example.org\n")
    assert found.sheet.table == Table(("Column A", "Column B"), (BO, ("Al", "al@example.org")), (1, 2))
    assert columns.guess(found.sheet.table, {}) == {"Column B": "email"}
    assert found.remarks == ("No row names the columns, so they are called by their place.",)


def test_rows_say_what_is_not_plain_about_them():
    head = ("Name", "E-mail", "Sector", "Region", "First time", "Registered at", "Language", "Quantity", "Organisation")
    rows = [
        (*BO, "Fishing", "Atlantis", "perhaps", "2027-01-02", "de-informal", "1", "x"),
        ("Al", "al@example.org", "Finance", "Europe", "yes", "1/2/27", "Klingon?", "3", "y" * 121),
    ]
    bo, al = people_in(found_in(as_csv(head, rows)))
    assert bo.notes == (
        "“Fishing” is none of our sectors: kept in these words.",
        "“Atlantis” is none of our regions: kept in these words.",
        "“perhaps” is no answer to “First time”: left out.",
    )
    assert al.notes == (
        "“Klingon?” is no answer to “Language”: left out.",
        "“1/2/27” is no day that everybody reads alike, such as 2027-01-31: today counts instead.",
        "This row stands for 3 tickets: one person is imported. Add the others by their names.",
        "“Organisation” is too long, and is cut.",
    )
    assert (bo.said["language"], al.said["language"]) == ("de", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("de", "de"), ("Deutsch", "de"), ("German", "de"), ("de-informal", "de"), ("pt_BR", "pt"), ("zh-TW", "zh-tw"),
        ("日本語", "ja"), ("sv", "sv"), ("", ""), ("Klingon", ""), ("d" * 500, ""),
    ],
)  # fmt: skip
def test_a_language_is_known_by_its_name_or_tag(text, code):
    assert language_of(text) == code
