"""Taking a seat, giving it back and checking in, in a real browser on a phone."""

import pytest

from midcycle.accounts.access import sign_in_token
from tests.world import ada
from tests.worlds.imports import people
from tests.worlds.registration import crowd, opened, seated, states

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(chromium):
    """Give a page of a phone."""
    context = chromium.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def test_somebody_registers_after_a_mistake_and_gives_the_seat_back(phone, live_server):
    meetup = opened(1)
    phone.goto(f"{live_server.url}/m/{meetup.slug}/seat/")
    phone.fill("#id_name", "Nora New")
    phone.click("text=Take my seat")
    assert phone.inner_text("#id_email_error") == "Type an e-mail address."
    assert phone.input_value("#id_name") == "Nora New"
    phone.fill("#id_email", "nora@example.org")
    phone.click("text=I keep something running today.")
    phone.click("text=Take my seat")
    assert phone.inner_text("h1") == "You have a seat"
    phone.click("text=I cannot come")
    assert phone.inner_text(":focus") == "Keep it"
    phone.click("dialog >> text=Keep it")
    assert phone.inner_text("h1") == "You have a seat"
    phone.click("text=I cannot come")
    phone.click("dialog >> text=Give my seat back")
    phone.wait_for_selector("text=You gave your place back")
    assert states(meetup) == {"Nora": "cancelled"}


def test_somebody_changes_what_they_told_us(phone, live_server):
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    phone.goto(f"{live_server.url}/m/{meetup.slug}/seat/{seat.token}/")
    phone.click("text=Change my answers")
    assert phone.input_value("#id_name") == "Bo Example"
    phone.fill("#id_name", "")
    phone.click("text=I sell to operators, and come to learn from them.")
    phone.click("text=Save my answers")
    assert phone.inner_text("#id_name_error") == "Type a name people can call you by."
    phone.fill("#id_name", "Bo Renamed")
    phone.click("text=Save my answers")
    phone.wait_for_selector("text=Your answers are changed.")
    told = phone.inner_text("dl")
    assert "Bo Renamed" in told
    assert "Vendor, wearing a user's hat" in told


def test_an_organiser_checks_somebody_in_and_undoes_it_in_place(phone, live_server):
    meetup = opened(2, stage="on_site")
    crowd(meetup, 2)
    desk = f"{live_server.url}/m/{meetup.slug}/desk/seats/?q=guest"
    phone.goto(f"{live_server.url}/demo/sign-in/{sign_in_token(ada())}/")
    phone.goto(desk)
    phone.click("[aria-label='Check in Guest2 Example']")
    phone.wait_for_selector("[aria-label='Undo the check-in of Guest2 Example']")
    assert (states(meetup), phone.url) == ({"Guest1": "held", "Guest2": "checked_in"}, desk)
    phone.wait_for_selector("#seat-numbers >> text=1 checked in")
    assert phone.evaluate("document.activeElement.ariaLabel") == "Undo the check-in of Guest2 Example"
    phone.click("[aria-label='Undo the check-in of Guest2 Example']")
    phone.wait_for_selector("[aria-label='Check in Guest2 Example']")
    assert states(meetup) == {"Guest1": "held", "Guest2": "held"}


def test_a_seat_is_taken_and_looked_after_by_keyboard_alone(phone, live_server):
    meetup = opened(2)
    phone.goto(f"{live_server.url}/m/{meetup.slug}/seat/")

    def tab_to(wanted):
        for _ in range(80):
            phone.keyboard.press("Tab")
            if phone.evaluate("document.activeElement.matches(arguments[0])".replace("arguments[0]", f"'{wanted}'")):
                return
        raise AssertionError(f"Tab never reaches {wanted}")

    tab_to("#id_name")
    phone.keyboard.type("Kay Board")
    tab_to("#id_email")
    phone.keyboard.type("kay@example.org")
    tab_to("input[name=role]")
    phone.keyboard.press("ArrowDown")
    tab_to("button.button-primary")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("h1 >> text=You have a seat")
    assert phone.evaluate(
        "document.querySelector('.ticket img').naturalWidth > 0 || document.querySelector('.ticket img').loading"
    )
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    tab_to('a[href$="/cancellation/"]')
    phone.keyboard.press("Enter")
    phone.wait_for_selector("dialog[open]")
    phone.keyboard.press("Escape")
    tab_to('a[href$="/erasure/"]')
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=Everything registration knows about you is deleted")
    tab_to("button.button-danger")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=You are forgotten here.")
    assert states(meetup) == {}


def test_the_pages_of_a_seat_fit_a_phone_and_name_every_field(phone, live_server):
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    for seat in (first, second):
        there = f"{live_server.url}/m/{meetup.slug}/seat/{seat.token}/"
        for part in ("", "answers/", "notice/", "transfer/", "colleagues/", "cancellation/", "erasure/"):
            phone.goto(there + part)
            assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], part
            nameless = (
                "[...document.querySelectorAll('input:not([type=hidden]),select,textarea')].filter(f => !f.labels.length)"
            )
            assert phone.evaluate(f"{nameless}.length") == 0, part
            assert phone.evaluate("document.querySelectorAll('h1').length") == 1, part


def test_an_organiser_imports_a_table_with_the_keyboard_and_undoes_it(phone, live_server, tmp_path):
    meetup = opened(1)
    table = tmp_path / "people.csv"
    table.write_bytes(people(2))
    complaints = []
    phone.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    phone.goto(f"{live_server.url}/demo/sign-in/{sign_in_token(ada())}/")
    phone.goto(f"{live_server.url}/m/{meetup.slug}/desk/seats/imports/")
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    phone.set_input_files("#id_file", table)
    phone.focus("text=Look at it")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("h1 >> text=Before you import")
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    phone.focus("text=Try it, keep nothing")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=1 would get a seat, 1 would wait.")
    assert states(meetup) == {}
    phone.focus("button >> text=Import 2 people")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("h1 >> text=2 people imported")
    assert states(meetup) == {"Guest1": "held", "Guest2": "waiting"}
    phone.focus("text=Undo this import")
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("h1 >> text=Import undone")
    assert (states(meetup), complaints) == ({}, [])
