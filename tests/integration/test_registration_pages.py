"""Registering, one's own page and the organiser's list, through the browser's door."""

import csv
import io

import pytest
from django.urls import reverse
from icalendar import Calendar

from midcycle.journal.queries import entries_of
from midcycle.registration import actions
from midcycle.registration.models import Capacity, Seat
from tests.world import NOW, ada, bo, browser_of, cy, idea, placed
from tests.worlds.registration import ANSWERS, crowd, opened, seated, states

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


def desk(meetup, name="seats", *more):
    return reverse(f"registration:{name}", args=[meetup.slug, *more])


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
    assert '<h1 class="page-title">You have a seat</h1>' in page
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
    assert 'id="id_email_error">Enter a valid email address.' in page
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
    assert answer.redirect_chain == [(reverse("registration:letter", args=[meetup.slug]), 302)]
    assert "Look in your mail" in text_of(answer)
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
    for name in ("status", "cancellation", "calendar"):
        answer = browser_of().get(reverse(f"registration:{name}", args=[seat.meetup.slug, seat.token]))
        assert {header: answer.headers[header] for header in PRIVATE} == PRIVATE


def test_times_are_those_of_the_meetup():
    meetup = opened(1)
    meetup.timezone = "Asia/Tokyo"
    meetup.save()
    page = text_of(browser_of().get(status_page(seated(meetup, "Bo"))))
    assert "10 January 2027, 21:00" in page
    assert "Times of Asia/Tokyo." in page


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
    seat = seated(opened(1), "Bo")
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
        for name in ("status", "cancellation", "calendar"):
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
    actions.open_registration(undated, total=1, by=ada(), now=NOW)
    for seat in (waits, seated(undated, "Bo")):
        page = browser_of().get(status_page(seat))
        assert "Put it in my calendar" not in text_of(page)
        assert browser_of().get(reverse("registration:calendar", args=[seat.meetup.slug, seat.token])).status_code == 404


def desk_gets(meetup):
    return [desk(meetup, name) for name in ("seats", "capacity", "walk_in", "spectrum", "seats_csv")]


def desk_posts(meetup, seat):
    plain = [desk(meetup, name) for name in ("capacity", "opening", "closing", "no_shows", "walk_in")]
    return plain + [desk(meetup, name, seat.pk) for name in ("check_in", "check_in_undone")]


@pytest.mark.parametrize("who", [cy, bo, lambda: None])
def test_a_stranger_finds_no_desk(who):
    meetup = opened(1, stage="on_site")
    seat = seated(meetup, "Bo")
    client = browser_of(who())
    answers = [client.get(url) for url in desk_gets(meetup)]
    answers += [client.post(url, {**TYPED, "total": "9"}) for url in desk_posts(meetup, seat)]
    assert {answer.status_code for answer in answers} == {404}
    assert (states(meetup), Capacity.objects.get().total) == ({"Bo": "held"}, 1)


def test_a_seat_of_another_meetup_is_not_at_this_desk():
    seat = seated(opened(1), "Bo")
    other = opened(1, "Other meetup")
    answers = [browser_of(ada()).post(desk(other, "check_in", number)) for number in (seat.pk, 10**30)]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_organiser_opens_changes_and_closes():
    meetup = placed()
    client = browser_of(ada())
    assert "Open registration" in text_of(client.get(desk(meetup)))
    client.post(desk(meetup, "opening"), {"total": "2"})
    crowd(meetup, 4)
    answer = client.post(desk(meetup, "capacity"), {"total": "3"}, follow=True)
    assert "Saved. 1 from the waitlist got a seat." in text_of(answer)
    client.post(desk(meetup, "closing"))
    capacity = Capacity.objects.get()
    assert (capacity.total, capacity.is_open, capacity.announced) == (3, False, 2)


@pytest.mark.parametrize("total", ["", "0", "-1", "1.5", "9" * 40, "100001", "\x00", "<b>", "\U0001f98a"])
def test_an_odd_capacity_changes_nothing(total):
    meetup = opened(2)
    client = browser_of(ada())
    assert client.post(desk(meetup, "capacity"), {"total": total}).status_code == 422
    assert client.post(desk(meetup, "opening"), {"total": total}).status_code == 422
    assert Capacity.objects.get().total == 2


def test_a_capacity_below_the_seats_held_is_told_beside_the_field():
    meetup = opened(3)
    crowd(meetup, 2)
    answer = browser_of(ada()).post(desk(meetup, "capacity"), {"total": "1"})
    assert answer.status_code == 422
    assert 'id="id_total_error">2 seats are taken already. Type 2 or more' in text_of(answer)
    assert 'value="1"' in text_of(answer)


def names_on(answer):
    return [seat.name.split()[0] for seat in answer.context["desk"].page]


def test_the_list_is_searched_filtered_and_paged():
    meetup = opened(102)
    crowd(meetup, 103)
    seated(meetup, "Zoe")
    client = browser_of(ada())
    first, second = client.get(desk(meetup)), client.get(desk(meetup), {"page": "2"})
    assert (len(names_on(first)), names_on(second)) == (100, ["Guest97", "Guest98", "Guest99", "Zoe"])
    assert names_on(client.get(desk(meetup), {"q": "ZO"})) == ["Zoe"]
    waiting = client.get(desk(meetup), {"state": "waiting"})
    assert names_on(waiting) == ["Guest103", "Zoe"]
    assert 'data-label="Place" class="number">2</td>' in text_of(waiting)
    assert names_on(client.get(desk(meetup), {"q": "Nobody"})) == []


@pytest.mark.parametrize(
    "asked", [{"page": "9" * 40}, {"page": "x"}, {"state": "king"}, {"q": "\x00"}, {"q": "'\";--"}, {"q": "x" * 9999}]
)
def test_an_odd_question_to_the_list_is_answered(asked):
    meetup = opened(1)
    seated(meetup, "Bo")
    assert browser_of(ada()).get(desk(meetup), asked).status_code == 200


def test_the_list_takes_as_many_statements_for_one_as_for_many(django_assert_num_queries):
    meetup = opened(9)
    client = browser_of(ada())
    client.get(desk(meetup))
    for people in (1, 5):
        crowd(meetup, people)
        with django_assert_num_queries(9):  # session, person; meetup, organiser; states, number, page, summary; tabs
            client.get(desk(meetup))


def test_no_address_is_on_the_list():
    meetup = opened(1)
    seated(meetup, "Bo")
    assert "bo@example.org" not in text_of(browser_of(ada()).get(desk(meetup)))


def test_check_in_without_a_script_comes_back_to_the_list_as_it_was():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    client = browser_of(ada())
    answer = client.post(f"{desk(meetup, 'check_in', seat.pk)}?q=bo&state=held")
    assert (answer.status_code, answer["Location"]) == (302, f"{desk(meetup)}?q=bo&state=held")
    assert states(meetup) == {"Bo": "checked_in"}
    client.post(desk(meetup, "check_in_undone", seat.pk))
    assert states(meetup) == {"Bo": "held"}


def test_check_in_with_a_script_swaps_the_row():
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    client = browser_of(ada())
    row = client.post(desk(meetup, "check_in", first.pk), headers={"HX-Request": "true"})
    assert text_of(row).startswith(f'<tr id="seat-{first.pk}">')
    assert 'aria-label="Undo the check-in of Guest1 Example"' in text_of(row)
    refused = client.post(desk(meetup, "check_in", second.pk), headers={"HX-Request": "true"})
    assert "This person has no seat yet: they are in the waitlist." in text_of(refused)
    assert 'badge-waiting">Waiting</span>' in text_of(refused)


def test_no_shows_are_marked_once_on_site():
    meetup = opened(2)
    seated(meetup, "Bo")
    client = browser_of(ada())
    assert "People can still come." in text_of(client.post(desk(meetup, "no_shows"), follow=True))
    assert states(meetup) == {"Bo": "held"}
    there = opened(2, "Now", stage="on_site")
    seated(there, "Bo")
    client.post(desk(there, "no_shows"))
    assert states(there) == {"Bo": "no_show"}


def test_a_walk_in_is_let_in_or_told_why_not():
    meetup = opened(1)
    client = browser_of(ada())
    typed = {"name": "Wally", "email": "wally@example.org", "role": ""}
    answer = client.post(desk(meetup, "walk_in"), typed, follow=True)
    assert "Wally is checked in." in text_of(answer)
    assert states(meetup) == {"Wally": "checked_in"}
    refused = client.post(desk(meetup, "walk_in"), {**typed, "email": "two@example.org"})
    assert refused.status_code == 422
    assert "All 1 seats are taken. Raise the capacity to let this person in." in text_of(refused)
    for odd in ({"name": "\x00"}, {"email": "x"}, {"role": "king"}, {"name": "N" * 121}):
        assert client.post(desk(meetup, "walk_in"), {**typed, **odd}).status_code == 422


def test_the_table_to_take_away_holds_no_formula():
    meetup = opened(1)
    actions.take_seat(meetup, ANSWERS, email="bo@example.org", name="=HYPERLINK(1)", now=NOW)
    answer = browser_of(ada()).get(desk(meetup, "seats_csv"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert list(csv.DictReader(io.StringIO(answer.content.decode()))) == [
        {
            "arrival": "1", "name": "'=HYPERLINK(1)", "email": "bo@example.org", "state": "held", "role": "operator",
            "sector": "public cloud", "region": "europe", "group": "", "heard_how": "list", "on_list": "Yes",
            "first_time": "No", "registered_at": "2027-01-10T12:00+00:00",
        }
    ]  # fmt: skip


def test_the_table_takes_as_many_statements_for_one_as_for_many(django_assert_num_queries):
    meetup = opened(9)
    client = browser_of(ada())
    for people in (1, 5):
        crowd(meetup, people)
        with django_assert_num_queries(5):  # session, person, meetup, organiser, seats
            client.get(desk(meetup, "seats_csv"))


def test_the_team_sees_small_groups():
    meetup = opened(2)
    seated(meetup, "Bo")
    page = text_of(browser_of(ada()).get(desk(meetup, "spectrum")))
    assert "1 person, small groups too" in page
    assert "<span>Public cloud</span>" in page
