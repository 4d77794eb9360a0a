"""The same form sent twice by one browser: pressed twice, or sent again because the answer was lost."""

import pytest
from django.urls import reverse

from midcycle.mailing.models import Letter
from midcycle.registration import actions
from midcycle.registration.access import Sender
from midcycle.registration.models import Echo, Seat
from tests.rush import all_at_once
from tests.world import NOW, ada, bo, browser_of, later
from tests.worlds.mailing import follow
from tests.worlds.registration import ANSWERS, opened, seated

pytestmark = pytest.mark.django_db
HERE = Sender(browser="a secret of this browser")


def send(client, meetup, email="bo@example.org"):
    """Open the form and send it; return where it leads."""
    form = reverse("registration:seat", args=[meetup.slug])
    client.get(form)
    return client.post(form, {"name": "Bo", "email": email, "role": "operator"}).headers["Location"]


def take(meetup, sender=HERE, now=NOW, email="bo@example.org"):
    return actions.register(meetup, ANSWERS, email=email, name="Bo", now=now, sender=sender)


def test_who_sends_the_form_twice_sees_their_own_seat_twice():
    meetup, client = opened(1), browser_of()
    first, second = send(client, meetup), send(client, meetup, "BO@example.org ")
    assert first == second == reverse("registration:status", args=[meetup.slug, Seat.objects.get().token])
    assert "You have a seat" in client.get(second).content.decode()
    follow()
    assert [letter.subject for letter in Letter.objects.all()] == ["Your seat at Spring meetup"]


def test_another_browser_that_types_the_address_sees_an_echo():
    meetup = opened(1)
    first, second = send(browser_of(), meetup), send(browser_of(), meetup)
    assert first != second
    assert Echo.objects.get().token in second


def test_who_is_signed_in_has_read_a_letter_to_that_address_and_to_no_other():
    meetup = opened(3)
    for email in ("bo@example.org", "ida@example.org"):
        take(meetup, Sender(bo(), "a secret"), email=email)
    take(meetup, email="cy@example.org")
    assert list(Seat.objects.order_by("pk").values_list("proven", flat=True)) == [True, False, False]


def test_who_has_no_secret_sees_an_echo():
    meetup = opened(2)
    take(meetup, Sender())
    assert (take(meetup, Sender()).echo is None, take(meetup).echo is None) == (False, False)


def test_an_hour_later_it_may_be_somebody_else_at_the_same_browser():
    meetup = opened(2)
    take(meetup)
    assert take(meetup, now=later(minutes=59)).echo is None
    assert take(meetup, now=later(minutes=60)).echo is not None


def test_a_seat_somebody_else_took_for_the_address_stays_theirs():
    meetup = opened(2)
    seated(meetup, "Bo")
    assert take(meetup).echo is not None
    assert take(meetup).echo is not None


def test_who_comes_back_has_a_new_link_with_the_same_browser():
    meetup = opened(2)
    first = take(meetup)
    actions.cancel_seat(first.seat, now=NOW)
    second = take(meetup)
    assert first.token != second.token
    assert take(meetup).token == second.token
    assert len({take(opened(2)).token, take(opened(2)).token, second.token}) == 3


def test_a_seat_that_was_passed_on_is_not_found_again():
    meetup = opened(2)
    seat = take(meetup, email="ida@example.org").seat
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    offered = actions.offer_transfer(seat, email=bo().email, name="Bo", now=NOW)
    actions.accept_transfer(offered, ANSWERS, name="Bo", now=NOW)
    assert take(meetup).echo is not None


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_fifty_times_leads_to_one_seat():
    meetup = opened(1)
    tokens = []
    assert all_at_once([lambda: tokens.append(take(meetup).token) for _ in range(50)]) == []
    assert tokens == [Seat.objects.get().token] * 50
    assert (Seat.objects.get().state, Echo.objects.count()) == ("held", 0)


def test_who_takes_a_seat_over_twice_sees_it_twice_and_nobody_else_does():
    meetup = opened(2)
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    offered = actions.offer_transfer(seated(meetup, "Bo"), email="ida@example.org", name="Ida", now=NOW)
    page = reverse("registration:take_over", args=[meetup.slug, offered.token])
    client, other = browser_of(), browser_of()
    client.get(page)
    other.get(page)
    seen = [client.post(page, {"name": "Ida", "role": "operator"}).headers["Location"] for _ in range(2)]
    seat = Seat.objects.get()
    assert (seat.name, seen) == ("Ida", [reverse("registration:status", args=[meetup.slug, seat.token])] * 2)
    assert client.get(page).headers["Location"] == seen[0]
    assert [other.get(page).status_code, other.post(page, {"name": "Eve", "role": "operator"}).status_code] == [404, 404]


@pytest.mark.django_db(transaction=True)
def test_a_seat_taken_over_fifty_times_by_one_browser_is_taken_once():
    meetup = opened(1)
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    offered = actions.offer_transfer(seated(meetup, "Bo"), email="ida@example.org", name="Ida", now=NOW)
    tokens = []
    accept = {"name": "Ida", "now": NOW, "sender": HERE}
    deeds = [lambda: tokens.append(actions.accept_transfer(offered, ANSWERS, **accept).token) for _ in range(50)]
    assert all_at_once(deeds) == []
    assert tokens == [Seat.objects.get().token] * 50
