"""Registering, one's own page and the organiser's list, through the browser's door."""

import re

import pytest
from django.urls import reverse
from icalendar import Calendar

from midcycle.journal.queries import entries_of
from midcycle.meetups import actions as meetups
from midcycle.registration import actions
from midcycle.registration.models import Echo, Seat
from tests.world import NOW, ada, bo, browser_of, cy, idea, placed
from tests.worlds.registration import crowd, figures, opened, seated, states

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Bo Example", "email": "bo@example.org", "role": "vendor", "sector": "government", "region": "asia",
    "first_time": "yes", "on_list": "no", "heard_how": "forwarded",
}  # fmt: skip
PRIVATE = {"Cache-Control": "private, no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"}


def seat_page(meetup):
    return reverse("registration:seat", args=[meetup.slug])


def status_page(seat):
    return reverse("registration:status", args=[seat.meetup.slug, seat.token])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_a_newcomer_registers_and_is_led_to_the_status_page():
    meetup = opened(2)
    client = browser_of()
    assert "2 of 2 seats free." in text_of(client.get(seat_page(meetup)))
    answer = client.post(seat_page(meetup), TYPED)
    seat = Seat.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, status_page(seat))
    assert (seat.name, seat.role, seat.sector, seat.region, seat.first_time, seat.on_list, seat.heard_how) == (
        "Bo Example", "vendor", "government", "asia", True, False, "forwarded",
    )  # fmt: skip
    page = text_of(client.get(answer["Location"]))
    assert re.search(r"<h1[^>]*> ?You have a seat ?</h1>", page)
    assert "A seat was free" in page


def test_only_what_is_asked_for_must_be_typed():
    meetup = opened(2)
    browser_of().post(seat_page(meetup), {"name": "Bo", "email": "bo@example.org", "role": "other"})
    seat = Seat.objects.get()
    assert (seat.sector, seat.on_list, seat.first_time) == ("", None, None)


def test_sold_out_is_said_before_and_the_place_in_line_after():
    meetup = opened(1)
    crowd(meetup, 3)
    client = browser_of()
    page = text_of(client.get(seat_page(meetup)))
    assert "Sold out: you would be 3rd in the waitlist." in page
    assert "Join the waitlist" in page
    answer = client.post(seat_page(meetup), TYPED, follow=True)
    assert "You are 3rd in the waitlist" in text_of(answer)


def test_the_form_needs_no_script():
    assert "<script" not in text_of(browser_of().get(seat_page(opened(1))))


def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost():
    meetup = opened(1)
    answer = browser_of().post(seat_page(meetup), {**TYPED, "email": "not an address", "role": ""})
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'id="id_email_error">Type an address such as name@example.org.' in page
    assert "Choose what fits you best; the last one always does." in page
    assert 'value="Bo Example"' in page
    assert '<option value="government" selected>' in page
    assert Seat.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "N" * 121),
        ("name", "Bo\x00"),
        ("name", "\r\n\t "),
        ("email", "bo@example.org\r\nBcc: all@example.org"),
        ("email", "bo\x00@example.org"),
        ("email", f"{'b' * 250}@example.org"),
        ("role", "king"),
        ("role", "operator\x00"),
        ("sector", "<script>"),
        ("region", "9" * 5000),
        ("heard_how", "\U0001f98a"),
        ("on_list", "maybe"),
    ],
)
def test_hostile_input_takes_no_seat_and_breaks_nothing(field, value):
    meetup = opened(1)
    answer = browser_of().post(seat_page(meetup), {**TYPED, field: value})
    assert (answer.status_code, Seat.objects.count()) == (422, 0)


def test_a_name_is_shown_and_never_run():
    meetup = opened(1)
    answer = browser_of().post(seat_page(meetup), {**TYPED, "name": "<b>\U0001f98a Bo\u202e</b>"}, follow=True)
    assert "&lt;b&gt;\U0001f98a Bo" in text_of(answer)


def test_a_known_address_is_neither_changed_nor_shown():
    meetup = opened(2)
    seat = seated(meetup, "Bo")
    answer = browser_of(cy()).post(seat_page(meetup), {**TYPED, "name": "Mallory"}, follow=True)
    assert answer.redirect_chain == [(reverse("registration:status", args=[meetup.slug, Echo.objects.get().token]), 302)]
    assert "You have a seat" in text_of(answer)
    assert seat.token not in text_of(answer)
    assert Seat.objects.get().name == "Bo Example"
    assert entries_of(meetup.pk)[-1].kind == "registration.link_asked"


def test_who_is_signed_in_is_led_to_their_own_page():
    meetup = opened(2)
    seat = seated(meetup, "Bo")
    for answer in (browser_of(bo()).get(seat_page(meetup)), browser_of(bo()).post(seat_page(meetup), TYPED)):
        assert (answer.status_code, answer["Location"]) == (302, status_page(seat))


def test_who_is_signed_in_finds_name_and_address_filled_in():
    page = text_of(browser_of(bo()).get(seat_page(opened(2))))
    assert 'value="Bo Example"' in page
    assert 'value="bo@example.org"' in page


def test_a_closed_registration_says_so_and_keeps_what_was_typed():
    meetup = opened(2)
    actions.close_registration(meetup, by=ada(), now=NOW)
    client = browser_of()
    assert "Registration is closed" in text_of(client.get(seat_page(meetup)))
    answer = client.post(seat_page(meetup), TYPED)
    assert answer.status_code == 422
    assert "Registration is not open. Ask the organisers, or look again later." in text_of(answer)
    assert 'value="Bo Example"' in text_of(answer)


def test_a_meetup_that_never_opened_has_a_page_that_says_so():
    assert "Registration is closed" in text_of(browser_of().get(seat_page(placed())))


def test_pages_behind_a_link_stay_private():
    seat = seated(opened(1), "Bo")
    for name in ("status", "answers", "cancellation", "calendar"):
        answer = browser_of().get(reverse(f"registration:{name}", args=[seat.meetup.slug, seat.token]))
        assert {header: answer.headers[header] for header in PRIVATE} == PRIVATE


def test_times_are_those_of_the_meetup():
    meetup = opened(1)
    meetup.timezone = "Asia/Tokyo"
    meetup.save()
    page = text_of(browser_of().get(status_page(seated(meetup, "Bo"))))
    assert "10 January 2027, 21:00" in page
    assert "Times of Tokyo." in page


def test_a_seat_is_given_back_through_its_link_alone():
    meetup = opened(1)
    seat, second = crowd(meetup, 2)
    client = browser_of()
    away = reverse("registration:cancellation", args=[meetup.slug, seat.token])
    assert "Give your seat back?" in text_of(client.get(away))
    assert states(meetup)["Guest1"] == "held"
    answer = client.post(away, follow=True)
    assert answer.redirect_chain == [(status_page(seat), 302)]
    assert "You gave your place back" in text_of(answer)
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "held"}
    assert "There is nothing to cancel any more." in text_of(client.get(away))
    assert "A seat was given back" in text_of(client.get(status_page(second)))


def test_who_is_checked_in_is_told_why_cancelling_does_not_work():
    seat = seated(opened(1, stage="on_site"), "Bo")
    actions.check_in(seat, by=ada(), now=NOW)
    away = reverse("registration:cancellation", args=[seat.meetup.slug, seat.token])
    assert "What is checked in cannot become cancelled." in text_of(browser_of().post(away, follow=True))


def test_another_meetup_or_token_opens_nothing():
    seat = seated(opened(1), "Bo")
    other = opened(1, "Other meetup")
    for slug, token in (
        (other.slug, seat.token),
        (seat.meetup.slug, "x" * 32),
        (seat.meetup.slug, f"{seat.token}x"),
        ("no", seat.token),
    ):
        for name in ("status", "answers", "cancellation", "calendar"):
            for client in (browser_of(), browser_of(cy())):
                assert client.get(reverse(f"registration:{name}", args=[slug, token])).status_code == 404


def test_the_calendar_entry_names_the_meetup_and_not_the_link():
    seat = seated(opened(1), "Bo")
    answer = browser_of().get(reverse("registration:calendar", args=[seat.meetup.slug, seat.token]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert seat.token.encode() not in answer.content
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["SUMMARY"]), event.decoded("DTSTART").isoformat(), event.decoded("DTEND").isoformat()) == (
        "Spring meetup", "2027-03-02", "2027-03-04",
    )  # fmt: skip
    assert str(event["LOCATION"]) == "The Dockyard, Lisbon"


def test_there_is_no_calendar_entry_without_a_seat_or_a_date():
    meetup = opened(1)
    _, waits = crowd(meetup, 2)
    undated = idea("Somewhere")
    meetups.move_to_stage(undated, ada(), "hosting", now=NOW)
    actions.open_registration(undated, total=1, by=ada(), now=NOW)
    for seat in (waits, seated(undated, "Bo")):
        page = browser_of().get(status_page(seat))
        assert "Put it in my calendar" not in text_of(page)
        assert browser_of().get(reverse("registration:calendar", args=[seat.meetup.slug, seat.token])).status_code == 404


def test_the_page_is_kept_for_everybody_and_still_says_how_it_stands():
    meetup = opened(2)
    url, strangers = seat_page(meetup), [browser_of(), browser_of()]
    first, second = (client.get(url).content.decode() for client in strangers)
    check = re.compile(r'name="csrfmiddlewaretoken" value="(\w{64})"')
    assert check.search(first)[1] != check.search(second)[1]
    assert check.sub("", first).partition("<form")[2] == check.sub("", second).partition("<form")[2]

    seated(meetup, "Bo")
    assert "1 of 2 seats free." in strangers[0].get(url).content.decode()
    crowd(meetup, 2)
    assert "Sold out: you would be 2nd in the waitlist." in strangers[1].get(url).content.decode()
    meetups.describe(meetup, ada(), title="Autumn & rain", summary="", notice="Mind the gap", now=NOW)
    page = strangers[0].get(url).content.decode()
    assert ("Register for Autumn &amp; rain" in page, "Mind the gap" in page) == (True, True)
    actions.close_registration(meetup, by=ada(), now=NOW)
    assert "Registration is closed" in strangers[1].get(url).content.decode()


def test_a_kept_page_works_for_a_browser_that_checks(django_assert_num_queries):
    meetup = opened(2)
    url, client = seat_page(meetup), browser_of()
    client.handler.enforce_csrf_checks = True
    for name in ("Bo", "Cy"):
        with django_assert_num_queries(1):  # meetup with its capacity
            page = client.get(url).content.decode()
        check = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        typed = {"name": name, "email": f"{name}@example.org", "role": "operator", "csrfmiddlewaretoken": check}
        assert client.post(url, typed).status_code == 302
    assert figures(meetup) == (2, 2, 0)
