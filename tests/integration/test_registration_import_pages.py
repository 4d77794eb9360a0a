"""Handing in a file, looking at it, importing and undoing, through the browser's door."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from midcycle.engines.tables import Table, write
from midcycle.registration import actions as seats
from midcycle.registration.models import ImportRun, Seat
from midcycle.site.door import MOST_BYTES, MOST_BYTES_OF_A_FILE, door, takes_a_file
from tests.world import NOW, ada, bo, browser_of, cy, placed
from tests.worlds.imports import as_csv, eventbrite_attendees, people, pretix_json, pretix_workbook
from tests.worlds.registration import opened, seated, states

pytestmark = pytest.mark.django_db


def page(meetup, name="imports", *more):
    return reverse(f"registration:{name}", args=[meetup.slug, *more])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def a_file(data, name="people.csv"):
    return SimpleUploadedFile(name, data)


def handed_in(meetup, data, client=None):
    """Hand a file in and return it as it is kept, and the page it is shown on."""
    client = client or browser_of(ada())
    answer = client.post(page(meetup), {"file": a_file(data), "text": ""}, follow=True)
    return ImportRun.objects.latest("pk"), answer


@pytest.mark.parametrize("who", [cy, bo, lambda: None])
def test_a_stranger_finds_no_imports(who):
    meetup = opened(2)
    seated(meetup, "Bo")
    run, _ = handed_in(meetup, people(1))
    client = browser_of(who())
    deeds = [page(meetup, f"import_{deed}", run.pk) for deed in ("sheet", "trial", "taken_over", "undone", "thrown_away")]
    answers = [client.get(page(meetup)), client.get(page(meetup, "import", run.pk))]
    answers += [client.post(url) for url in (*deeds, page(meetup, "import", run.pk))]
    answers.append(client.post(page(meetup), {"file": a_file(people(1))}))
    assert {answer.status_code for answer in answers} == {404}
    assert (states(meetup), ImportRun.objects.count()) == ({"Bo": "held"}, 1)


def test_an_import_of_another_meetup_is_not_at_this_desk():
    run, _ = handed_in(opened(1), people(1))
    other = opened(1, "Other meetup")
    client = browser_of(ada())
    assert client.get(page(other, "import", run.pk)).status_code == 404
    assert client.post(page(other, "import_taken_over", run.pk)).status_code == 404
    assert client.get(page(other, "import", 10**30)).status_code == 404


def test_a_file_is_looked_at_imported_and_undone():
    meetup = opened(3)
    client = browser_of(ada())
    data = as_csv(
        ("Name", "E-mail", "Role"), [("Bo", "bo@example.org", "SRE"), ("Amy", "amy(at)x", ""), ("Al", "a@x.org", "Chef")]
    )
    run, shown = handed_in(meetup, data, client)
    text = text_of(shown)
    assert "people.csv looks like a table. Nobody is registered yet." in text
    assert (
        "<li> 3 rows </li> <li> 2 new </li> <li> 0 here already </li> <li> 0 cancelled there </li> <li> 1 wrong </li>" in text
    )
    assert "<strong>Row 3</strong>, Amy: This is no e-mail address." in text
    assert "<strong>Row 4</strong>: “Chef” is none of our roles" in text
    assert states(meetup) == {}
    done = text_of(client.post(page(meetup, "import_taken_over", run.pk), follow=True))
    assert "2 people imported" in done
    assert "<strong>Row 3</strong>: This is no e-mail address." in done
    assert "Nobody got a letter." in done
    assert "amy(at)x" not in done
    assert states(meetup) == {"Bo": "held", "Al": "held"}
    undone = text_of(client.post(page(meetup, "import_undone", run.pk), follow=True))
    assert "2 seats given back, 2 people forgotten." in undone
    assert (states(meetup), "Undone" in text_of(client.get(page(meetup)))) == ({}, True)


def test_the_meaning_of_a_column_can_be_changed():
    meetup = opened(3)
    client = browser_of(ada())
    run, shown = handed_in(meetup, as_csv(("Who", "Where to write"), [("Bo", "bo@example.org")]), client)
    assert "Say which column has the names" in text_of(shown)
    assert "Import 1 person" not in text_of(shown)
    answer = client.post(page(meetup, "import", run.pk), {"column_0": "name", "column_1": "email"}, follow=True)
    assert "Import 1 person" in text_of(answer)
    wrong = client.post(page(meetup, "import", run.pk), {"column_0": "king", "column_1": "email"})
    assert (wrong.status_code, "Choose one of the list." in text_of(wrong)) == (422, True)
    run.refresh_from_db()
    assert run.mapping == {"Who": "name", "Where to write": "email"}


def test_columns_that_are_not_taken_over_are_named():
    names = ["Name", "E-mail", "Nothing in it", *(f"Odd {number}" for number in range(8))]
    rows = [["Bo", "bo@example.org", "", *("x" for _ in range(8))]]
    told = "Not taken over: “Odd 0”, “Odd 1”, “Odd 2”, “Odd 3”, “Odd 4”, “Odd 5” and 2 more."
    assert told in text_of(handed_in(opened(1), as_csv(names, rows))[1])
    two = [row[:5] for row in rows]
    assert "Not taken over: “Odd 0” and “Odd 1”." in text_of(handed_in(opened(1), as_csv(names[:5], two))[1])
    assert "Not taken over: “Odd 0”." in text_of(handed_in(opened(1), as_csv(names[:4], [row[:4] for row in rows]))[1])
    assert "Not taken over" not in text_of(handed_in(opened(1), people(1))[1])


def test_trying_out_tells_who_would_wait():
    meetup = opened(1)
    client = browser_of(ada())
    run, _ = handed_in(meetup, people(2), client)
    text = text_of(client.post(page(meetup, "import_trial", run.pk), follow=True))
    assert "and nothing kept" in text
    assert "1 would get a seat, 1 would wait" in text
    assert "<strong>Row 3</strong>: the one seat was taken" in text
    assert states(meetup) == {}


def test_seats_that_stay_are_named():
    meetup = opened(2, stage="on_site")
    client = browser_of(ada())
    run, _ = handed_in(meetup, people(2), client)
    client.post(page(meetup, "import_taken_over", run.pk), {"letters": "on"})
    seats.check_in(Seat.objects.get(name="Guest2 Example"), by=ada(), now=NOW)
    text = text_of(client.post(page(meetup, "import_undone", run.pk), follow=True))
    assert "These stay: they have moved since" in text
    assert 'Guest2 Example <span class="badge badge-checked_in">Checked in</span>' in text
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "checked_in"}
    assert "meanwhile" in text_of(client.post(page(meetup, "import_undone", run.pk), follow=True))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (people(1), "people.xlsx"),
        (write("xlsx", Table.of(["Name", "E-mail"], [["Guest1", "guest1@example.org"]])), "people.csv"),
        (write("ods", Table.of(["Name", "E-mail"], [["Guest1", "guest1@example.org"]])), "people.pdf"),
        (eventbrite_attendees(), "../../etc/passwd"),
        (pretix_json(), "x" * 300 + ".json"),
    ],
)
def test_a_file_is_known_by_its_content_and_not_by_its_name(data, name):
    meetup = opened(3)
    answer = browser_of(ada()).post(page(meetup), {"file": a_file(data, name)}, follow=True)
    assert (answer.status_code, "Before you import" in text_of(answer)) == (200, True)
    kept = ImportRun.objects.get().file_name
    assert (len(kept) <= 120, "/" in kept) == (True, False)


def test_rows_can_be_pasted():
    meetup = opened(3)
    answer = browser_of(ada()).post(page(meetup), {"text": "Name\tE-mail\nBo\tbo@example.org\n"}, follow=True)
    assert "What you pasted looks like a table." in text_of(answer)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": ""}, "Choose a file, or paste rows of a table below."),
        ({"text": "Name"}, "There is one row in this table."),
        ({"text": "x" * 500_001}, "This is longer than 500000 characters."),
        ({"text": "Name\n\x00"}, "This has a character in it that cannot be kept."),
        ({"file": a_file(b"")}, "There is nothing in this table."),
        ({"file": a_file(b"%PDF-1.7")}, "This is a PDF."),
        ({"file": a_file(b"{}")}, "This JSON has no orders of pretix in it."),
        ({"file": a_file(b"PK\x03\x04 broken")}, "This file is damaged."),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_field(sent, sentence):
    meetup = opened(3)
    answer = browser_of(ada()).post(page(meetup), sent)
    assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    assert ImportRun.objects.count() == 0


def test_another_sheet_can_be_looked_at():
    meetup = opened(3)
    client = browser_of(ada())
    run, shown = handed_in(meetup, pretix_workbook(), client)
    assert "The sheet “Order positions” is looked at." in text_of(shown)
    assert '<option value="Orders">Orders</option>' in text_of(shown)
    client.post(page(meetup, "import_sheet", run.pk), {"sheet": "Orders"})
    run.refresh_from_db()
    assert (run.sheet, [name for name, *_ in run.others], len(run.rows)) == ("Orders", ["Order positions", "Order fees"], 2)
    shown = text_of(client.post(page(meetup, "import_sheet", run.pk), {"sheet": "Moon"}, follow=True))
    assert "This file has no such sheet." in shown
    assert "This row stands for 2 tickets: one person is imported." in shown
    client.post(page(meetup, "import_sheet", run.pk), {"sheet": "Order positions"})
    client.post(page(meetup, "import_taken_over", run.pk))
    run.refresh_from_db()
    assert (states(meetup), run.others) == ({"Paul": "held", "Petra": "held", "Olive": "held"}, [])


def test_those_who_had_no_seat_there_can_be_left_out():
    meetup = opened(3)
    client = browser_of(ada())
    meetup.timezone = "Asia/Tokyo"
    meetup.save(update_fields=["timezone"])
    rows = [("Bo", "bo@example.org", "Waiting", "maybe", "2027-01-05"), ("Amy", "amy@example.org", "Paid", "yes", "")]
    run, shown = handed_in(meetup, as_csv(("Name", "E-mail", "Status", "First time", "Registered at"), rows), client)
    text = text_of(shown)
    assert '<td data-label="Registered">5 January 2027</td>' in text
    assert "3 seats are free now" in text
    assert "1 of them had no seat there: they wait there, or have not paid." in text
    assert '<td data-label="First time">Yes</td>' in text
    assert '<td data-label="What comes of it">Last in line</td>' in text
    assert "“maybe” is no answer to “First time”: left out." in text
    tried = text_of(client.post(page(meetup, "import_trial", run.pk), follow=True))
    assert "Row 2: no seat there, a seat here." in tried
    client.post(page(meetup, "import_taken_over", run.pk), {"seated_only": "on"})
    assert states(meetup) == {"Amy": "held"}


def test_letters_of_before_unicode_are_read_as_somebody_says():
    meetup = opened(3)
    data = "Имя;E-mail\r\nЮлия;boris@example.org\r\n".encode("cp1251")
    client = browser_of(ada())
    _, shown = handed_in(meetup, data, client)
    assert "Characters are read as Western European (Windows-1252)." in text_of(shown)
    sent = {"file": a_file(data), "encoding": "cp1251"}
    assert "Юлия" in text_of(client.post(page(meetup), sent, follow=True))
    wrong = client.post(page(meetup), {"file": a_file(data), "encoding": "rot13"})
    assert wrong.status_code == 422


def test_hostile_cells_are_shown_as_text():
    meetup = opened(3)
    run, shown = handed_in(meetup, as_csv(("E-mail", "<script>Name"), [("bo@example.org", "<b>Bo</b>\x07\u202e")]))
    assert b"<script>Name" not in shown.content
    assert b"<b>Bo" not in shown.content
    answer = browser_of(ada()).post(page(meetup, "import", run.pk), {"column_0": "email", "column_1": "name"}, follow=True)
    assert "&lt;b&gt;Bo&lt;/b&gt;" in text_of(answer)


def test_without_a_capacity_or_after_the_meetup_nobody_can_be_imported():
    client = browser_of(ada())
    assert "before you have said how many seats there are" in text_of(client.get(page(placed("New"))))
    over = opened(2, "Over", stage="on_site")
    seats.close_registration(over, by=ada(), now=NOW)
    from_wrap_up = placed("Past", stage="wrap_up")
    assert "This meetup is over. Nobody can be imported any more." in text_of(client.get(page(from_wrap_up)))


def test_a_file_can_be_forgotten():
    meetup = opened(2)
    client = browser_of(ada())
    run, _ = handed_in(meetup, people(1), client)
    assert "The file is forgotten." in text_of(client.post(page(meetup, "import_thrown_away", run.pk), follow=True))
    assert ImportRun.objects.count() == 0


def test_the_pages_take_as_many_statements_for_one_row_as_for_many(django_assert_num_queries):
    meetup = opened(90)
    client = browser_of(ada())
    client.get(page(meetup))
    for count in (1, 60):
        run, _ = handed_in(meetup, people(count, first=count * 100), client)
        with django_assert_num_queries(9):  # session, person, meetup, organiser; import, questions, known, free; tabs
            client.get(page(meetup, "import", run.pk))
        client.post(page(meetup, "import_taken_over", run.pk))
        with django_assert_num_queries(6):  # session, person, meetup, organiser; import; tabs
            client.get(page(meetup, "import", run.pk))
        with django_assert_num_queries(7):  # session, person, meetup, organiser; imports, seats; tabs
            client.get(page(meetup))


def test_the_pages_are_private():
    meetup = opened(2)
    run, shown = handed_in(meetup, people(1))
    assert (shown["Cache-Control"], shown["Referrer-Policy"]) == ("private, no-store", "same-origin")
    assert run.state == "preview"


# Files pass at one address alone.


@pytest.mark.parametrize("name", ["walk_in", "capacity", "opening"])
def test_no_other_form_takes_a_file(name):
    meetup = opened(2)
    answer = browser_of(ada()).post(page(meetup, name), {"total": "5", "name": "Bo", "file": a_file(people(1))})
    assert answer.status_code == 400


def test_two_files_at_once_are_too_many():
    meetup = opened(2)
    answer = browser_of(ada()).post(page(meetup), {"file": a_file(people(1)), "more": a_file(people(1))})
    assert answer.status_code == 400


def test_a_large_file_is_told_so_and_one_of_almost_five_megabytes_is_read():
    meetup = opened(2)
    client = browser_of(ada())
    row = b"x" * 9_000 + b",guest%d@example.org\n"
    almost = b"Name,E-mail\n" + b"".join(row % number for number in range(500))
    assert MOST_BYTES < len(almost) < MOST_BYTES_OF_A_FILE
    assert client.post(page(meetup), {"file": a_file(almost)}).status_code == 302
    larger = client.post(page(meetup), {"file": a_file(almost + b"x" * MOST_BYTES)})
    assert (larger.status_code, "This file is larger than 5 MB." in text_of(larger)) == (422, True)


@pytest.mark.parametrize(
    ("path", "takes"),
    [
        ("/m/spring/desk/seats/imports/", True),
        ("/m/spring/desk/seats/imports/7/", False),
        ("/m/spring/desk/seats/", False),
        ("/m/spring/desk/seats/imports/x", False),
        ("/x/m/spring/desk/seats/imports/", False),
        ("/m/a/b/desk/seats/imports/", False),
        ("/sign-in/", False),
    ],
)
@pytest.mark.parametrize("size", [MOST_BYTES, MOST_BYTES + 1, MOST_BYTES_OF_A_FILE, MOST_BYTES_OF_A_FILE + 65_537])
def test_the_door_lets_large_bodies_pass_at_one_address_alone(path, takes, size):
    statuses = []
    body = io.BytesIO(b"x" * size)
    environ = {"PATH_INFO": path, "CONTENT_LENGTH": str(size), "CONTENT_TYPE": "text/plain", "wsgi.input": body}
    through = door(lambda _, start: start("200 OK", []) or [b""])
    through(environ, lambda status, _: statuses.append(status[:3]))
    assert takes_a_file(path) is takes
    most = MOST_BYTES_OF_A_FILE + 65_536 if takes else MOST_BYTES
    assert statuses == ["200" if size <= most else "413"]


def test_the_form_and_the_address_for_files_are_the_same():
    assert takes_a_file(page(opened(1)))
