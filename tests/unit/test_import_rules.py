"""What columns are, what their words mean, and what is wrong with a row."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.tables import Table, read
from midcycle.kernel.refusal import Refusal
from midcycle.registration.rules import columns, words
from midcycle.registration.rules.incoming import Reading, in_order, incoming, rows_in_words
from midcycle.registration.rules.pretix import looks_like_json, read_pretix
from tests.worlds.imports import eventbrite_attendees, pretix_json, pretix_orders

LISBON = ZoneInfo("Europe/Lisbon")


def guessed(*names, rows=(), questions=None):
    return columns.guess(Table.of(names, rows), questions or {})


def read_as(table, known=(), **mapping):
    return incoming(table, Reading(mapping or columns.guess(table, {}), LISBON, known))


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        (("Name", "E-mail", "Organisation"), ["name", "email", "organisation"]),
        (("First Name", "Last Name", "Email Address"), ["given_name", "family_name", "email"]),
        (("Vorname", "Name", "E-Mail-Adresse", "Firma"), ["given_name", "family_name", "email", "organisation"]),
        (("Nom", "Prénom", "Courriel", "Fonction"), ["family_name", "given_name", "email", "role"]),
        (("Nombre", "Apellidos", "Correo electrónico", "País"), ["given_name", "family_name", "email", "region"]),
        (("Nome", "Cognome", "Indirizzo e-mail", "Azienda"), ["given_name", "family_name", "email", "organisation"]),
        (("Voornaam", "Achternaam", "E-mailadres", "Bedrijf"), ["given_name", "family_name", "email", "organisation"]),
        (("Imię", "Nazwisko", "Adres e-mail", "Stanowisko"), ["given_name", "family_name", "email", "role"]),
        (("Name", "E-Mail", "Ernährungswünsche", "Anrede"), ["name", "email", "diet"]),
        (("Is it your first time with us?", "Are you on the mailing list?"), ["first_time", "on_list"]),
        (("Do you have access needs?", "Any allergies?"), ["access", "diet"]),
        (("Shoe size", "T-shirt", "Name of your dog"), []),
    ],
)
def test_columns_are_known_by_their_names(names, fields):
    assert sorted(guessed(*names).values()) == sorted(fields)


def test_a_state_is_told_from_what_is_in_it():
    assert guessed("State", rows=[["CA"], ["NY"]]) == {}
    assert guessed("State", rows=[["paid"], ["Storniert"], [""]]) == {"State": "state"}


def test_moments_are_told_from_what_is_in_them():
    assert guessed("Zeitstempel", rows=[["24.12.2026 10:00:00"], ["2026-12-25"], ["x"]]) == {"Zeitstempel": "registered_at"}
    assert guessed("Order Date", rows=[["11/29/24 22:28"]]) == {}


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([7], "Row 7"), ([2, 3, 4, 9], "Rows 2 to 4, 9"), ([9, 2], "Rows 2, 9"), ([2, 3], "Rows 2 to 3")],
)
def test_rows_are_told_together(numbers, text):
    assert rows_in_words(numbers) == text


def test_questions_of_the_organisers_are_known_by_their_titles():
    asked = {"shirt": ["T-shirt size", "T-Shirt-Größe"]}
    assert guessed("T-SHIRT GRÖSSE", questions=asked) == {"T-SHIRT GRÖSSE": "question:shirt"}


def test_a_meaning_without_addresses_or_names_is_refused():
    assert "which column has the e-mail addresses" in columns.why_not({"a": "name"})
    assert "which column has the names" in columns.why_not({"a": "email"})
    assert "Two columns are “Name”" in columns.why_not({"a": "name", "b": "email", "c": "name"})
    assert columns.why_not({"a": "given_name", "b": "email", "c": "organisation", "d": "organisation"}) is None


def test_a_pretix_export_is_known_and_read():
    table = read(pretix_orders())
    people = read_as(table)
    assert columns.source_of(table.columns) == "pretix"
    assert [(person.number, person.outcome, person.email) for person in people] == [
        (2, "new", "penny@example.org"),
        (3, "new", "paul@example.org"),
        (4, "out", "cary@example.org"),
        (5, "new", "olive@example.org"),
    ]
    assert [person.name for person in in_order(people)] == ["Paul Paid", "Olive Order", "Penny Pending"]
    paul = people[1]
    assert {key: value for key, value in paul.said.items() if value not in ("", None)} == {
        "organisation": "Cloud GmbH",
        "role": "operator",
        "region": "europe",
        "diet": "vegan",
        "language": "de",
    }
    assert paul.registered_at == datetime(2027, 1, 5, tzinfo=UTC)


def test_a_pretix_export_in_json_says_the_same():
    people = read_as(read_pretix(pretix_json())[0])
    assert [(person.outcome, person.name, person.email) for person in people] == [
        ("new", "Penny Pending", "penny@example.org"),
        ("new", "Paul Paid", "paul@example.org"),
        ("out", "Cary Cancelled", "cary@example.org"),
        ("new", "Olive Order", "olive@example.org"),
        ("out", "Exa Expired", "exa@example.org"),
    ]
    assert people[1].said["role"] == "operator"


@pytest.mark.parametrize(
    "document",
    [
        "{}", "[]", "{", "null", '{"event": 1}', '{"event": {"orders": [], "questions": "abc", "items": []}}', "[" * 100_000,
        '{"event": {"slug": "x", "orders": [{"code": 1, "status": "z", "positions": [{}]}], "questions": [], "items": []}}',
        '{"event": {"slug": "x", "orders": [{"code": 1, "status": [], "positions": [{}]}], "questions": [], "items": []}}',
        '{"event": {"slug": "x", "orders": {"a": "b"}, "questions": [], "items": []}}', "1" * 5000,
    ],
)  # fmt: skip
def test_other_json_is_refused(document):
    with pytest.raises(Refusal, match="no orders of pretix"):
        read_pretix(document.encode())


@given(st.recursive(st.none() | st.text(max_size=5) | st.integers(), lambda inner: st.lists(inner, max_size=3), max_leaves=8))
def test_odd_values_in_an_export_are_text(value):
    order = {"code": value, "status": "p", "positions": [{"attendee_name": value, "answers": None}], "email": value}
    event = {"slug": value, "orders": [order], "questions": [], "items": []}
    assert len(read_pretix(json.dumps({"event": event}).encode())[0].rows) == 1


def test_json_is_told_by_its_first_sign():
    assert [looks_like_json(data) for data in (b" {", b"\xef\xbb\xbf[", b"Name\n{", b"")] == [True, True, False, False]


def test_an_eventbrite_list_is_known_and_read():
    table = read(eventbrite_attendees())
    ann, cher, nat, uma = read_as(table)
    assert columns.source_of(table.columns) == "eventbrite"
    assert [(person.outcome, person.waits, person.is_here) for person in (ann, cher, nat, uma)] == [
        ("new", False, False),
        ("new", False, True),
        ("out", False, False),
        ("new", True, False),
    ]
    assert (ann.name, ann.said["role"], ann.said["region"], ann.said["first_time"]) == (
        "Ann Attending",
        "operator",
        "europe",
        True,
    )
    assert (ann.said["heard_how"], ann.registered_at) == ("colleague", None)
    assert (cher.said["role"], cher.said["group"]) == ("other", "Head of Pigeons")
    assert cher.notes == ("“Head of Pigeons” is none of our roles: kept as “Something else”, with these words.",)


@pytest.mark.parametrize(
    ("state", "waits", "outcome"),
    [
        ("Pending (overdue)", True, "new"), ("Pending (confirmed)", False, "new"), ("Paid (overpaid)", False, "new"),
        ("Canceled (paid fee)", False, "out"), ("Ausstehend (überfällig)", True, "new"),
        ("Perhaps (paid)", False, "wrong"),
    ],
)  # fmt: skip
def test_what_stands_in_brackets_after_a_state_does_not_hide_it(state, waits, outcome):
    table = Table.of(["Name", "E-mail", "Status"], [["Bo", "bo@example.org", state]])
    (person,) = read_as(table, **{"Name": "name", "E-mail": "email", "Status": "state"})
    assert (person.waits, person.outcome) == (waits, outcome)


def test_an_order_that_is_good_before_it_is_paid_has_a_seat():
    orders = [
        {"code": code, "status": "n", "email": f"{code}@example.org", "positions": [{"attendee_name": code}], **more}
        for code, more in (
            ("a", {"valid_if_pending": True}),
            ("b", {}),
            ("c", {"valid_if_pending": True, "require_approval": True}),
        )
    ]
    assert [person.waits for person in read_as(read_pretix(json.dumps(orders).encode())[0])] == [False, True, True]


def test_what_eventbrite_did_not_ask_is_not_said():
    row = ["Info Requested", "Info Requested", "Info Requested", "Info Requested", "Bea Buyer", "bea@example.org"]
    names = ["First Name", "Last Name", "Email", "Job Title", "Buyer Name", "Buyer Email"]
    (person,) = read_as(Table.of(names, [row]))
    assert (person.outcome, person.name, person.email, person.said["role"]) == ("new", "Bea Buyer", "bea@example.org", "")
    assert person.notes == ()


def test_what_a_spreadsheet_could_not_work_out_is_not_said():
    table = Table.of(["Name", "E-mail", "Organisation"], [["#DIV/0!", "bo@example.org", "x"], ["Cy", "cy@example.org", "#N/A"]])
    bo, cy = read_as(table)
    assert (bo.outcome, bo.trouble, cy.said["organisation"]) == ("wrong", "There is no name.", "")


def test_every_wrong_row_says_what_is_wrong():
    table = Table.of(
        ["Name", "E-mail", "State"],
        [
            ["Bo", "bo@example.org", "paid"],
            ["Amy", "", ""],
            ["Cy", "cy(at)example.org", ""],
            ["", "dee@example.org", ""],
            ["Bo again", " BO@Example.org ", ""],
            ["Eve", "eve@example.org", "on the moon"],
            ["Fay", "fay@example.org", ""],
        ],
    )
    people = read_as(table, known={"fay@example.org"}, **{"Name": "name", "E-mail": "email", "State": "state"})
    assert [(person.number, person.outcome, person.trouble) for person in people] == [
        (2, "new", ""),
        (3, "wrong", "There is no e-mail address."),
        (4, "wrong", "This is no e-mail address."),
        (5, "wrong", "There is no name."),
        (6, "wrong", "The same address is in row 2. Each person needs their own."),
        (7, "wrong", "The state “on the moon” is not known. Write paid, waiting, checked in or cancelled instead."),
        (8, "known", ""),
    ]


def test_the_first_column_that_says_anything_counts():
    table = Table.of(["Name", "Attendee email", "Email", "Company", "Company (2)"], [["Bo", "", "bo@example.org", "", "Acme"]])
    (bo,) = read_as(table)
    assert (bo.email, bo.said["organisation"]) == ("bo@example.org", "")
    (bo,) = read_as(table, **columns.guess(table, {}), **{"Company (2)": "organisation"})
    assert bo.said["organisation"] == "Acme"


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Europe", "europe"), ("north-america", "north-america"), ("DE", "europe"), ("Germany", "europe"), ("IS", "europe"),
        ("brazil", "south-america"), ("CA", "north-america"), ("Israel", "middle-east"), ("NZ", "australia"), ("Japan", "asia"),
        ("ZA", "africa"), ("The Moon", "The Moon"), ("", ""),
    ],
)  # fmt: skip
def test_a_country_is_in_a_region(text, region):
    assert words.region_of(text) == region


def test_every_country_but_islands_without_people_is_in_a_region():
    lost = [code for code in words.countries() if words.region_of(code) == code]
    assert sorted(lost) == ["AQ", "BV", "CC", "CX", "GS", "HM", "IO", "TF"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-01-10", datetime(2027, 1, 10, tzinfo=UTC)),
        ("2027-01-10T12:30:00+02:00", datetime(2027, 1, 10, 10, 30, tzinfo=UTC)),
        ("2027-07-10 12:30", datetime(2027, 7, 10, 11, 30, tzinfo=UTC)),
        ("10.1.2027 12:30", datetime(2027, 1, 10, 12, 30, tzinfo=UTC)),
        ("11/29/24 22:28", None), ("01/02/2027", None), ("32.1.2027", None),
        ("0001-01-01", None), ("x", None), ("9" * 50, None),
    ],
)  # fmt: skip
def test_only_moments_without_doubt_are_read(text, moment):
    zone = LISBON if text != "0001-01-01" else ZoneInfo("Asia/Tokyo")
    assert words.moment_of(text, zone) == moment


@pytest.mark.parametrize(
    ("text", "meaning"),
    [("Ja", True), ("sí", True), ("TRUE", True), ("✓", True), ("Nein", False), ("0", False), ("maybe", None)],
)
def test_yes_and_no_are_known_in_many_languages(text, meaning):
    assert words.yes_or_no(text) is meaning


@given(st.lists(st.text(max_size=20), min_size=3, max_size=3))
def test_any_row_is_read_or_told(row):
    table = Table.of(["Name", "E-mail", "State"], [row])
    (person,) = read_as(table, **{"Name": "name", "E-mail": "email", "State": "state"})
    assert bool(person.trouble) == (person.outcome == "wrong")
