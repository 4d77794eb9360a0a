"""Seats for machines."""

import pytest

from midcycle.accounts.models import Person
from midcycle.registration import actions
from midcycle.registration.actions import Answers, LineRule
from midcycle.registration.models import Capacity, Needs, Seat
from tests.world import NOW, ada, browser_of, later
from tests.worlds.api import ask, bearer, problem_of
from tests.worlds.registration import ANSWERS, crowd, opened, seated, states

pytestmark = pytest.mark.django_db

BODY = {"email": "bo@example.org", "name": "Bo Example", "role": "operator"}


def take(meetup, headers, **said):
    return ask("POST", f"/meetups/{meetup.slug}/seats", {**BODY, **said}, headers)


def at(seat, more=""):
    return f"/meetups/{seat.meetup.slug}/seats/{seat.pk}{more}"


def test_a_machine_takes_a_seat_and_asks_again_without_harm():
    meetup = opened(1)
    headers = bearer(meetup)
    first = take(meetup, headers, sector="finance", on_list=False, first_time=True, diet="None", language="de")
    seat = Seat.objects.get()
    url = f"http://127.0.0.1:8000/m/{meetup.slug}/seat/{seat.token}/"
    place = {"id": seat.pk, "state": "held", "position": None, "reason": "a seat was free", "status_url": url}
    assert (first.status_code, first.headers["Content-Type"], first.json()) == (201, "application/json", place)
    assert (seat.sector, seat.on_list, seat.first_time, seat.language) == ("finance", False, True, "de")
    assert Needs.objects.get().diet == "None"
    again = take(meetup, headers, name="Other", email="BO@Example.org")
    assert (again.status_code, again.json(), Seat.objects.get().name) == (200, place, "Bo Example")


def test_who_comes_late_is_told_their_place_and_why():
    meetup = opened(1)
    headers = bearer(meetup)
    places = [take(meetup, headers, email=f"{number}@example.org").json() for number in range(3)]
    assert [(place["state"], place["position"], place["reason"]) for place in places] == [
        ("held", None, "a seat was free"),
        ("waiting", 1, "the one seat was taken"),
        ("waiting", 2, "the one seat was taken"),
    ]
    actions.cancel_seat(Seat.objects.get(pk=places[1]["id"]), now=NOW)
    known = take(meetup, headers, email="2@example.org")
    assert (known.status_code, known.json()) == (200, {**places[2], "position": 1})


def test_a_place_in_a_line_of_groups_is_counted():
    meetup = opened(1)
    actions.set_line_rule(meetup, LineRule("groups", ("operators",)), by=ada(), now=NOW)
    headers = bearer(meetup)
    roles = ("vendor", "vendor", "developer", "operator")
    places = [take(meetup, headers, role=role, email=f"{number}@example.org").json() for number, role in enumerate(roles)]
    assert [place["position"] for place in places] == [None, 1, 2, 1]
    line = ask("GET", f"/meetups/{meetup.slug}/waitlist", headers=headers).json()["items"]
    assert [(item["role"], item["position"]) for item in line] == [("operator", 1), ("vendor", 2), ("developer", 3)]


def test_nobody_has_a_place_before_the_lots_are_drawn():
    meetup = opened(1)
    actions.set_line_rule(meetup, LineRule("lottery", draw_at=later(days=1)), by=ada(), now=NOW)
    headers = bearer(meetup)
    place = take(meetup, headers).json()
    assert (place["state"], place["position"]) == ("waiting", None)
    assert take(meetup, headers).json() == place
    assert ask("GET", f"/meetups/{meetup.slug}/seats/{place['id']}", headers=headers).json()["position"] is None
    items = ask("GET", f"/meetups/{meetup.slug}/waitlist", headers=headers).json()["items"]
    assert [item["position"] for item in items] == [None]


def test_a_registration_takes_few_statements(django_assert_num_queries):
    meetup = opened(1)
    headers = bearer(meetup)
    take(meetup, headers, email="first@example.org")
    for number in range(3):
        with django_assert_num_queries(9):  # token, BEGIN, person, capacity, counters, seat, its move, journal, COMMIT
            assert take(meetup, headers, email=f"{number}@example.org").status_code == 201


def test_a_browser_that_is_signed_in_asks_like_any_machine(django_assert_num_queries):
    meetup = opened(1)
    headers = bearer(meetup, "seats:read")
    ask("GET", f"/meetups/{meetup.slug}/seats", headers=headers)
    browser = browser_of(ada())
    with django_assert_num_queries(3):  # token, how many, seats: neither session nor person
        assert browser.get(f"/api/v1/meetups/{meetup.slug}/seats", headers=headers).status_code == 200
    assert browser.get(f"/api/v1/meetups/{meetup.slug}/seats").status_code == 401


def test_a_refusal_is_one_sentence():
    meetup = opened(1)
    actions.close_registration(meetup, by=ada(), now=NOW)
    answer = take(meetup, bearer(meetup))
    assert (answer.status_code, problem_of(answer)) == (
        409,
        {
            "type": "/api/v1/openapi.json#/components/schemas/Refused",
            "title": "The meetup does not allow it",
            "status": 409,
            "detail": "Registration is not open. Ask the organisers, or look again later.",
        },
    )


def test_the_list_has_pages_and_no_addresses_and_takes_few_statements(django_assert_num_queries):
    meetup = opened(2)
    headers, url = bearer(meetup, "seats:read"), f"/meetups/{meetup.slug}/seats"
    ask("GET", url, headers=headers)
    for people in (1, 5):
        crowd(meetup, people)
        with django_assert_num_queries(3):  # token, how many, seats
            answer = ask("GET", url, headers=headers)
    told = answer.json()
    assert (told["page"], told["page_size"], told["total"]) == (1, 100, 5)
    assert [(item["name"], item["state"]) for item in told["items"]][:3] == [
        ("Guest1 Example", "held"),
        ("Guest2 Example", "held"),
        ("Guest3 Example", "waiting"),
    ]
    assert set(told["items"][0]) == {
        "id", "arrival", "name", "organisation", "role", "sector", "region", "state", "registered_at",
    }  # fmt: skip
    page = ask("GET", f"{url}?page=2&page_size=2&state=waiting", headers=headers).json()
    assert ([item["arrival"] for item in page["items"]], page["total"], page["page"]) == ([5], 3, 2)
    assert ask("GET", f"{url}?page=1000000&page_size=500", headers=headers).json()["items"] == []
    assert b"example.org" not in answer.content


def test_the_waitlist_is_told_in_its_order_with_reasons_in_few_statements(django_assert_num_queries):
    meetup = opened(1)
    headers, url = bearer(meetup, "seats:read"), f"/meetups/{meetup.slug}/waitlist"
    assert ask("GET", url, headers=headers).json() == {"items": [], "page": 1, "page_size": 100, "total": 0}
    for people in (2, 5):
        seats = crowd(meetup, people)
        with django_assert_num_queries(3):  # token, how many wait, those who do
            answer = ask("GET", url, headers=headers)
    actions.set_notice(seats[2], 3, now=NOW)
    told = ask("GET", f"{url}?page=1&page_size=3", headers=headers).json()
    assert [(item["name"], item["position"], item["reason"]) for item in told["items"]] == [
        ("Guest2 Example", 1, "the one seat was taken"),
        ("Guest3 Example", 2, "3 days of notice are needed"),
        ("Guest4 Example", 3, "the one seat was taken"),
    ]
    assert (told["total"], told["page_size"]) == (4, 3)
    later_page = ask("GET", f"{url}?page=2&page_size=3", headers=headers).json()
    assert [(item["name"], item["position"]) for item in later_page["items"]] == [("Guest5 Example", 4)]
    assert b"example.org" not in answer.content


def test_one_seat_is_told_without_its_address_or_link(django_assert_num_queries):
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    headers, urls = bearer(meetup, "seats:read"), [at(first), at(second)]
    ask("GET", urls[0], headers=headers)
    with django_assert_num_queries(3):  # token, seat, its last move
        held = ask("GET", urls[0], headers=headers)
    with django_assert_num_queries(4):  # and how many are before it
        waiting = ask("GET", urls[1], headers=headers)
    assert (held.json()["state"], held.json()["position"], held.json()["reason"]) == ("held", None, "a seat was free")
    assert (waiting.json()["id"], waiting.json()["position"]) == (second.pk, 1)
    for secret in (second.token, second.code, "example.org"):
        assert secret.encode() not in waiting.content


def test_a_seat_given_back_goes_to_the_next_and_giving_it_back_again_changes_nothing():
    meetup = opened(1)
    first, _ = crowd(meetup, 2)
    headers = bearer(meetup)
    answers = [ask("DELETE", at(first), headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert (answers[0].json()["state"], answers[0].json()["reason"]) == ("cancelled", "a seat was given back")
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "held"}
    assert first.moves.count() == 2


def test_somebody_is_checked_in_and_out_again():
    meetup = opened(2, stage="on_site")
    seat, headers = seated(meetup, "Bo"), bearer(meetup)
    answers = [ask("POST", at(seat, "/check-in"), headers=headers) for _ in range(2)]
    assert [(answer.status_code, answer.json()["state"]) for answer in answers] == [(200, "checked_in")] * 2
    assert problem_of(ask("DELETE", at(seat), headers=headers))["status"] == 409
    undone = ask("DELETE", at(seat, "/check-in"), headers=headers)
    assert (undone.status_code, undone.json()["state"], undone.json()["reason"]) == (200, "held", "the check-in was undone")
    told = problem_of(ask("DELETE", at(seat, "/check-in"), headers=headers))
    assert told["detail"] == "This person is not checked in. Reload the page to see how it stands."


def test_the_door_is_shut_before_the_meetup_and_for_those_who_wait():
    early = seated(opened(1), "Bo")
    assert (
        "The door is not open yet." in problem_of(ask("POST", at(early, "/check-in"), headers=bearer(early.meetup)))["detail"]
    )
    meetup = opened(1, "Other meetup", stage="on_site")
    _, waits = crowd(meetup, 2)
    assert "they are in the waitlist" in problem_of(ask("POST", at(waits, "/check-in"), headers=bearer(meetup)))["detail"]


def test_a_token_opens_no_seat_of_another_meetup():
    mine, other = seated(opened(1), "Bo"), seated(opened(1, "Other meetup"), "Cy")
    headers = bearer(mine.meetup)
    url = f"/meetups/{mine.meetup.slug}/seats/"
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/check-in"), ("DELETE", "/check-in")):
        for number in (other.pk, 0, 10**30):
            assert problem_of(ask(method, f"{url}{number}{path}", headers=headers))["status"] == 404
    assert states(other.meetup) == {"Cy": "held"}


def test_everybody_may_know_the_figures(django_assert_num_queries):
    meetup = opened(3, stage="on_site")
    with django_assert_num_queries(2):  # meetup, counters
        assert ask("GET", f"/meetups/{meetup.slug}/counts").json()["held"] == 0
    actions.check_in(crowd(meetup, 5)[0], by=ada(), now=NOW)
    Capacity.objects.update(offer_hours=24)
    actions.cancel_seat(Seat.objects.get(name="Guest2 Example"), now=NOW)
    with django_assert_num_queries(2):
        told = ask("GET", f"/meetups/{meetup.slug}/counts").json()
    assert told == {"capacity": 3, "held": 1, "waiting": 1, "offered": 1, "checked_in": 1}
    assert told["held"] + told["offered"] + told["checked_in"] <= told["capacity"]
    assert problem_of(ask("GET", "/meetups/none/counts"))["status"] == 404


def test_a_meetup_nobody_opened_has_no_seats():
    meetup = opened(1)
    Capacity.objects.all().delete()
    assert ask("GET", f"/meetups/{meetup.slug}/counts").json() == {
        "capacity": 0, "held": 0, "waiting": 0, "offered": 0, "checked_in": 0,
    }  # fmt: skip
    headers = bearer(meetup)
    assert ask("GET", f"/meetups/{meetup.slug}/waitlist", headers=headers).json()["items"] == []
    assert "Registration was never opened." in problem_of(take(meetup, headers))["detail"]


def test_a_seat_taken_by_a_machine_is_like_any_other():
    meetup = opened(2)
    take(meetup, bearer(meetup), name="Bo\r\nExample")
    seated(meetup, "Bo")
    assert states(meetup) == {"Bo": "held"}
    assert Seat.objects.get().name == "Bo Example"


def test_what_is_told_cannot_be_worked_out_from_an_address():
    meetups = [opened(1, f"Meetup {number}") for number in range(2)]
    one, two = [take(meetup, bearer(meetup)).json() for meetup in meetups]
    assert one["id"] != two["id"]
    assert one["status_url"].split("/")[-2] != two["status_url"].split("/")[-2]
    assert Person.objects.get(email="bo@example.org").seats.count() == 2


def test_needs_stay_apart_from_what_machines_read():
    meetup = opened(1)
    seat = actions.take_seat(
        meetup, Answers(diet="Nothing with nuts", access="A ramp"), email="bo@example.org", name="Bo", now=NOW
    ).seat
    headers = bearer(meetup)
    answers = [ask("GET", path, headers=headers) for path in (at(seat), f"/meetups/{meetup.slug}/seats")]
    assert not any(word in answer.content for answer in answers for word in (b"nuts", b"ramp"))
    assert ANSWERS.diet == ""
