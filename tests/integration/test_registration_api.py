"""Seats for machines."""

import json

import pytest

from midcycle.meetups import actions as meetups
from midcycle.registration import actions
from midcycle.registration.models import Seat
from tests.world import NOW, ada, browser_of
from tests.worlds.registration import crowd, opened, seated, states

pytestmark = pytest.mark.django_db

BODY = {"email": "bo@example.org", "name": "Bo Example", "role": "operator"}


def bearer(meetup, scope):
    return {"Authorization": f"Bearer {meetups.make_token(meetup, scope, now=NOW)}"}


def send(meetup, body, headers):
    text = body if isinstance(body, str) else json.dumps(body)
    return browser_of().post(f"/api/v1/meetups/{meetup.slug}/seats", text, content_type="application/json", headers=headers)


def test_a_machine_takes_a_seat_and_asks_again_without_harm():
    meetup = opened(1)
    key = bearer(meetup, "seats:write")
    first = send(meetup, {**BODY, "sector": "finance", "on_list": False, "first_time": True}, key)
    seat = Seat.objects.get()
    place = {"state": "held", "position": None, "status_url": f"http://127.0.0.1:8000/m/{meetup.slug}/seat/{seat.token}/"}
    assert (first.status_code, first.json()) == (201, place)
    assert (seat.sector, seat.on_list, seat.first_time) == ("finance", False, True)
    again = send(meetup, {**BODY, "name": "Other"}, key)
    assert (again.status_code, again.json(), Seat.objects.get().name) == (200, place, "Bo Example")
    waits = send(meetup, {**BODY, "email": "two@example.org"}, key)
    assert (waits.status_code, waits.json()["state"], waits.json()["position"]) == (201, "waiting", 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "bo"),
        ("email", "bo@example.org\r\nBcc: x@example.org"),
        ("email", f"{'b' * 260}@example.org"),
        ("name", ""),
        ("name", " \x00\r\n"),
        ("name", "N" * 121),
        ("role", "king"),
        ("sector", "s" * 61),
        ("on_list", "\U0001f98a"),
        ("name", 7),
    ],
)
def test_hostile_bodies_take_no_seat(field, value):
    meetup = opened(1)
    answer = send(meetup, {**BODY, field: value}, bearer(meetup, "seats:write"))
    assert (answer.status_code, Seat.objects.count()) == (422, 0)


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"', "\x00"])
def test_bodies_that_are_no_object_take_no_seat(text):
    meetup = opened(1)
    answer = send(meetup, text, bearer(meetup, "seats:write"))
    assert (answer.status_code in {400, 422}, Seat.objects.count()) == (True, 0)


def test_a_refusal_is_one_sentence():
    meetup = opened(1)
    actions.close_registration(meetup, by=ada(), now=NOW)
    answer = send(meetup, BODY, bearer(meetup, "seats:write"))
    assert (answer.status_code, answer.json()) == (
        409,
        {"detail": "Registration is not open. Ask the organisers, or look again later.", "field": None},
    )


def test_a_stranger_takes_and_reads_nothing():
    meetup, other = opened(1), opened(1, "Other meetup")
    for key in (bearer(other, "seats:write"), bearer(meetup, "seats:read"), {"Authorization": "Bearer x"}):
        assert send(meetup, BODY, key).status_code == 404
    assert send(meetup, BODY, {}).status_code == 401
    url = f"/api/v1/meetups/{meetup.slug}/seats"
    for key in (bearer(other, "seats:read"), bearer(meetup, "seats:write"), {"Authorization": "Bearer x"}):
        assert browser_of().get(url, headers=key).status_code == 404
    assert browser_of().get(url).status_code == 401
    assert Seat.objects.count() == 0


def test_the_list_has_no_addresses_and_takes_few_statements(django_assert_num_queries):
    meetup = opened(2)
    key = bearer(meetup, "seats:read")
    for people in (1, 5):
        crowd(meetup, people)
        with django_assert_num_queries(2):  # token, seats
            answer = browser_of().get(f"/api/v1/meetups/{meetup.slug}/seats", headers=key)
    assert [(item["name"], item["state"]) for item in answer.json()["items"]][:3] == [
        ("Guest1 Example", "held"),
        ("Guest2 Example", "held"),
        ("Guest3 Example", "waiting"),
    ]
    assert b"example.org" not in answer.content


def test_everybody_may_know_the_figures():
    meetup = opened(1)
    crowd(meetup, 3)
    answer = browser_of().get(f"/api/v1/meetups/{meetup.slug}/seats/summary")
    assert answer.json() == {
        "total": 1, "held": 1, "free": 0, "waiting": 2, "checked_in": 0, "is_open": True, "announced": 1,
    }  # fmt: skip
    assert browser_of().get("/api/v1/meetups/none/seats/summary").status_code == 404


def test_a_seat_taken_by_a_machine_is_like_any_other():
    meetup = opened(2)
    send(meetup, {**BODY, "name": "Bo\r\nExample"}, bearer(meetup, "seats:write"))
    seated(meetup, "Bo")
    assert states(meetup) == {"Bo": "held"}
