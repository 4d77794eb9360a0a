"""Requests with an Idempotency-Key: done once, whatever happens between."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.registration import actions, tasks
from midcycle.registration.models import Capacity, KeyedRequest, Seat
from tests.rush import all_at_once
from tests.world import NOW, ada, later
from tests.worlds.api import ask, bearer, problem_of
from tests.worlds.registration import figures, opened, seated

at_once = pytest.mark.django_db(transaction=True)
BODY = {"email": "bo@example.org", "name": "Bo Example", "role": "operator"}


def take(meetup, headers, key, **said):
    keyed = headers if key is None else {**headers, "Idempotency-Key": key}
    return ask("POST", f"/meetups/{meetup.slug}/seats", {**BODY, **said}, keyed)


@pytest.mark.django_db
def test_the_same_request_again_is_answered_the_same_whatever_happened_since():
    meetup = opened(1)
    seated(meetup, "Cy")
    headers, key = bearer(meetup), str(uuid.uuid4())
    first = take(meetup, headers, key)
    assert (first.status_code, first.json()["state"], first.json()["position"]) == (201, "waiting", 1)
    actions.cancel_seat(Seat.objects.get(name="Cy Example"), now=NOW)
    actions.close_registration(meetup, by=ada(), now=NOW)
    entries = Entry.objects.count()
    for same in (key, f'"{key}"', f" {key} "):
        again = take(meetup, headers, same)
        assert (again.status_code, again.content, again.headers["Content-Type"]) == (201, first.content, "application/json")
    other_order = ask(
        "POST",
        f"/meetups/{meetup.slug}/seats",
        '{"role":"operator",\n"sector":"","more":{},"name":"Bo  Example","email":"BO@example.org"}',
        {**headers, "Idempotency-Key": key},
    )
    assert (other_order.status_code, other_order.content) == (201, first.content)
    assert (Seat.objects.count(), Entry.objects.count(), KeyedRequest.objects.count()) == (2, entries, 1)


@pytest.mark.django_db
def test_a_known_address_is_answered_the_same_too():
    meetup = opened(1)
    seated(meetup, "Bo")
    headers = bearer(meetup)
    answers = [take(meetup, headers, "k") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content


@pytest.mark.django_db
def test_the_key_with_another_body_does_nothing():
    meetup = opened(3)
    headers = bearer(meetup)
    take(meetup, headers, "k")
    for said in ({"email": "cy@example.org"}, {"name": "Cy"}, {"on_list": False}, {"more": {"shirt": "M"}}):
        told = problem_of(take(meetup, headers, "k", **said))
        assert (told["status"], told["type"]) == (422, "/api/v1/openapi.json#/components/schemas/KeyReused")
        assert told["detail"].endswith("Send the same body again, or take a new key.")
    assert (Seat.objects.count(), KeyedRequest.objects.get().status) == (1, 201)


@pytest.mark.django_db
def test_a_refusal_is_an_answer_too_and_a_mistake_is_none():
    meetup = opened(3)
    headers = bearer(meetup)
    assert take(meetup, headers, "k", email="bo").status_code == 422
    actions.close_registration(meetup, by=ada(), now=NOW)
    first = take(meetup, headers, "k")
    assert problem_of(first)["status"] == 409
    actions.open_registration(meetup, total=3, by=ada(), now=NOW)
    again = take(meetup, headers, "k")
    assert (again.status_code, again.content) == (409, first.content)
    assert take(meetup, headers, "another").status_code == 201


@pytest.mark.django_db
def test_each_meetup_has_keys_of_its_own():
    for meetup in (opened(1), opened(1, "Other meetup")):
        assert take(meetup, bearer(meetup), "k").status_code == 201
    assert KeyedRequest.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key", ["", " ", '"', '""', "a b", "a,b", 'a"b', '"a"b"', "a\\b", "ü", "\x00", "\x7f", "k" * 256, '"a";p=1']
)
def test_text_that_is_no_key_is_told(key):
    meetup = opened(1)
    told = problem_of(take(meetup, bearer(meetup), key))
    assert (told["status"], "1 to 255 visible ASCII characters" in told["detail"]) == (400, True)
    assert Seat.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key", ["k", "k" * 255, f'"{"k" * 255}"', "!#$%&'()*+-./:;<=>?@[]^_`{|}~", "'; DROP TABLE x; --".replace(" ", "")]
)
def test_text_that_is_a_key_is_taken(key):
    meetup = opened(1)
    headers = bearer(meetup)
    assert [take(meetup, headers, key).status_code for _ in range(2)] == [201, 201]


@pytest.mark.django_db
def test_a_keyed_registration_takes_few_statements_more(django_assert_num_queries):
    meetup = opened(5)
    headers = bearer(meetup)
    take(meetup, headers, None, email="first@example.org")
    for number in range(3):
        with django_assert_num_queries(13):  # as without a key; the key, its answer, and a savepoint around the deed
            take(meetup, headers, f"k{number}", email=f"{number}@example.org")
    with django_assert_num_queries(4):  # token, key, BEGIN, COMMIT
        take(meetup, headers, "k1", email="1@example.org")


@at_once
def test_one_request_sent_twenty_times_at_once_is_done_once():
    meetup = opened(3)
    headers, answers = bearer(meetup), []
    sent = [lambda: answers.append(take(meetup, headers, "k"))] * 20
    assert all_at_once(sent) == []
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert (figures(meetup), Capacity.objects.get().arrivals, KeyedRequest.objects.count()) == ((1, 1, 0), 1, 1)


@at_once
def test_two_requests_under_one_key_at_once_are_one_deed():
    meetup = opened(3)
    headers, statuses = bearer(meetup), []
    sent = [
        lambda number=number: statuses.append(take(meetup, headers, "k", email=f"{number % 2}@example.org").status_code)
        for number in range(12)
    ]
    assert all_at_once(sent) == []
    assert sorted(statuses) == [201] * 6 + [422] * 6
    assert (Seat.objects.count(), KeyedRequest.objects.count()) == (1, 1)


@at_once
def test_a_deed_that_breaks_off_leaves_neither_seat_nor_key():
    meetup = opened(3)

    def breaks_off():
        seated(meetup, "Bo")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        actions.once(meetup, "k", "digest", breaks_off, now=NOW)
    assert (Seat.objects.count(), KeyedRequest.objects.count(), connection.in_atomic_block) == (0, 0, False)
    done = actions.once(meetup, "k", "digest", lambda: actions.Answer(201, {"id": seated(meetup, "Bo").pk}), now=NOW)
    assert actions.once(meetup, "k", "digest", breaks_off, now=NOW) == done


@at_once
def test_a_deed_that_is_refused_leaves_the_answer_alone():
    meetup = opened(3)

    def refused():
        raise Refusal("Not today. Come tomorrow.", field="day")

    answer = actions.once(meetup, "k", "digest", refused, now=NOW)
    assert (answer.status, answer.body["errors"]) == (409, [{"field": "day", "detail": "Not today. Come tomorrow."}])
    assert KeyedRequest.objects.get().status == 409


@pytest.mark.django_db
def test_keys_are_forgotten_after_seven_days(django_assert_num_queries):
    meetup = opened(3)

    def keyed(key, at):
        return actions.once(meetup, key, "digest", lambda: actions.Answer(201, {"at": str(at)}), now=at)

    with django_assert_num_queries(1):
        assert tasks.forget_keys(NOW) == 0
    for number in range(3):
        keyed(f"k{number}", later(days=number))
    assert tasks.forget_keys(later(days=7)) == 0
    assert tasks.forget_keys(later(days=8, hours=1)) == 2
    assert [request.key for request in KeyedRequest.objects.all()] == ["k2"]
    with django_assert_num_queries(1):  # only the oldest is looked at
        assert tasks.forget_keys(later(days=8, hours=2)) == 0
    assert keyed("k0", later(days=9)).body == {"at": str(NOW + timedelta(days=9))}
