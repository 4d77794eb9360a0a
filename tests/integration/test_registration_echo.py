"""Whoever types an address sees the same, whether it is known or not."""

import re

import pytest
from django.urls import reverse

from midcycle.registration import actions, queries
from midcycle.registration.access import letter_key
from midcycle.registration.models import Echo, Seat
from tests.world import NOW, ada, bo, browser_of, cy, later
from tests.worlds.registration import ANSWERS, crowd, figures, opened, seated, states

pytestmark = pytest.mark.django_db

TYPED = {"name": "Mallory", "role": "vendor", "sector": "government", "region": "asia", "on_list": "no"}
TOKEN = re.compile(
    r"content=\"\w{64}\"|/seat/[\w-]{32}/|%2Fseat%2F[\w-]{32}%2F|[\w-]{86}|\d{2}:\d{2}|csrfmiddlewaretoken.*?>|/ticket.svg|T[\d:.+]+"
)


def typed_by_a_stranger(meetup, email):
    client = browser_of()
    answer = client.post(reverse("registration:seat", args=[meetup.slug]), {**TYPED, "email": email})
    return client, answer


def plain(answer):
    """The answer without what differs for everybody: links, moments, tokens."""
    text = " ".join(answer.content.decode().split())
    return TOKEN.sub("…", text)


def both(meetup):
    """Register an unknown address and a known one, each in a meetup as it was before, as far as a visitor can see."""
    known, seen = typed_by_a_stranger(meetup, "guest1@example.org")
    new, got = typed_by_a_stranger(meetup, "new@example.org")
    return (known, seen), (new, got)


@pytest.mark.parametrize("total", [1, 9])
def test_a_known_address_and_a_new_one_are_answered_the_same(total):
    meetup = opened(total)
    crowd(meetup, 2)
    (known, seen), (new, got) = both(meetup)
    assert (seen.status_code, re.sub(r"[\w-]{32}/$", "", seen["Location"])) == (
        got.status_code, re.sub(r"[\w-]{32}/$", "", got["Location"]),
    )  # fmt: skip
    assert dict.fromkeys(seen.headers) == dict.fromkeys(got.headers)
    assert plain(known.get(seen["Location"])) == plain(new.get(got["Location"]))
    for part in ("answers/", "cancellation/", "notice/", "transfer/", "colleagues/", "erasure/"):
        shown, other = known.get(seen["Location"] + part), new.get(got["Location"] + part)
        assert (part, shown.status_code, plain(shown)) == (part, other.status_code, plain(other))


def test_an_echo_can_be_changed_and_given_back_and_nothing_else_is():
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    client, seen = typed_by_a_stranger(meetup, "guest1@example.org")
    page = seen["Location"]
    client.post(f"{page}answers/", {**TYPED, "name": "Other", "role": "operator"})
    client.post(f"{page}notice/", {"days": "4"})
    assert "4 days of notice are needed" in client.get(page).content.decode().lower().replace("\n", " ")
    assert "Other" in client.get(page).content.decode()
    client.post(f"{page}cancellation/")
    assert "You gave your place" in client.get(page).content.decode()
    assert states(meetup) == {"Guest1": "held", "Guest2": "waiting"}
    kept = Seat.objects.get(pk=first.pk)
    assert (kept.token, kept.name, kept.role) == (first.token, "Guest1 Example", "operator")
    assert queries.position_of(second) == 1
    client.post(f"{page}erasure/")
    assert (client.get(page).status_code, Echo.objects.count(), Seat.objects.count()) == (404, 0, 2)


def test_an_echo_proves_no_address():
    meetup = opened(2)
    seat = seated(meetup, "Bo")
    client, seen = typed_by_a_stranger(meetup, "bo@example.org")
    assert client.get(seen["Location"], {"letter": letter_key(seat)}).status_code == 200
    for part, sent in (
        ("transfer/", {"name": "X", "email": "x@example.org"}),
        ("colleagues/", {"colleagues": "X, x@example.org"}),
    ):
        assert "Open your letter first" in client.post(seen["Location"] + part, sent).content.decode() or part == "transfer/"
    assert (Seat.objects.count(), Seat.objects.get().proven) == (1, False)


def test_the_ticket_of_an_echo_opens_no_door():
    meetup = opened(2)
    seat = seated(meetup, "Bo")
    client, seen = typed_by_a_stranger(meetup, "bo@example.org")
    answer = client.get(f"{seen['Location']}ticket.svg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert Echo.objects.get().code != seat.code


def test_an_echo_of_another_meetup_opens_nothing():
    meetup, other = opened(2), opened(2, "Autumn meetup")
    seated(meetup, "Bo")
    _, seen = typed_by_a_stranger(meetup, "bo@example.org")
    assert browser_of().get(seen["Location"].replace(meetup.slug, other.slug)).status_code == 404


def test_echoes_are_forgotten_after_a_month():
    meetup = opened(2)
    seated(meetup, "Bo")
    actions.register(meetup, ANSWERS, email="bo@example.org", name="M", now=NOW)
    assert actions.forget_echoes(now=later(days=30)) == 0
    assert actions.forget_echoes(now=later(days=31)) == 1
    assert figures(meetup) == (1, 1, 0)


def test_who_is_signed_in_sees_their_own_seat_and_others_an_echo():
    meetup = opened(2)
    seat = seated(meetup, "Bo")
    form = reverse("registration:seat", args=[meetup.slug])
    assert seat.token in browser_of(bo()).get(form)["Location"]
    answer = browser_of(cy()).post(form, {**TYPED, "email": "bo@example.org"})
    assert seat.token not in answer["Location"]
    assert Echo.objects.count() == 1
    assert actions.register(meetup, ANSWERS, email="ada@example.org", name="A", now=NOW, signed_in=ada()).echo is None
