"""How a place ends, and that its page says so truly: lapsed, taken back, asked to be passed on, forgotten."""

import pytest
from django.urls import reverse

from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.registration import actions
from midcycle.registration.actions import Answers, LineRule
from midcycle.registration.models import Seat, Transfer
from tests.world import NOW, ada, browser_of, later
from tests.worlds.registration import crowd, opened, seated

pytestmark = pytest.mark.django_db


def page_of(seat, name="status"):
    return reverse(f"registration:{name}", args=[seat.meetup.slug, seat.token])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_who_let_an_offer_lapse_is_not_thanked_for_giving_it_back():
    meetup = opened(1)
    actions.set_line_rule(meetup, LineRule(offer_hours=48), by=ada(), now=NOW)
    first, second = crowd(meetup, 2)
    actions.cancel_seat(first, now=NOW)
    actions.lapse_offers(meetup, now=later(days=3))
    page = text_of(browser_of().get(page_of(second)))
    assert "The offer has lapsed" in page
    assert "gave your place back" not in page


def test_how_a_place_ended_is_told_in_the_language_of_the_seat():
    meetup = opened(1)
    seat = seated(meetup, "Bo", Answers(language="de"))
    actions.cancel_for(seat, "no such company", by=ada(), now=NOW)
    assert "Das Organisationsteam hat Ihren Platz zurückgegeben" in text_of(browser_of().get(page_of(seat)))


def test_whose_place_was_taken_back_is_told_by_whom():
    seat = seated(opened(1), "Bo")
    actions.cancel_for(seat, "we know of no such company", by=ada(), now=NOW)
    page = text_of(browser_of().get(page_of(seat)))
    assert "The organisers gave your place back" in page
    assert "Thank you" not in page


def test_who_is_offered_a_seat_says_no_to_it_and_gives_nothing_back():
    meetup = opened(1)
    actions.set_line_rule(meetup, LineRule(offer_hours=48), by=ada(), now=NOW)
    first, second = crowd(meetup, 2)
    actions.cancel_seat(first, now=NOW)
    page = text_of(browser_of().get(page_of(second, "cancellation")))
    assert ("Say no to this seat?" in page, "Give my seat back" in page) == (True, False)


def test_who_asked_somebody_to_take_the_seat_over_sees_it_and_can_keep_it_after_all():
    meetup = opened(1)
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    seat = seated(meetup, "Bo")
    offer = actions.offer_transfer(seat, email="ida@example.org", name="Ida", now=NOW)
    client = browser_of()
    assert "You asked Ida to take your seat over." in text_of(client.get(page_of(seat)))
    answer = client.post(page_of(seat, "transfer_withdrawn"), follow=True)
    assert "The seat stays yours." in text_of(answer)
    assert "You asked Ida" not in text_of(answer)
    assert Transfer.objects.get().state == "withdrawn"
    with pytest.raises(Refusal):
        actions.accept_transfer(offer, Answers(), name="Ida", now=NOW)


@pytest.mark.parametrize("stage", ["wrap_up", "archived"])
def test_who_asks_to_be_forgotten_is_forgotten_after_the_meetup_too(stage):
    meetup = opened(1, stage="on_site")
    seat = seated(meetup, "Bo")
    actions.check_in(seat, by=ada(), now=NOW)
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    if stage == "archived":
        meetups.move_to_stage(meetup, ada(), "archived", now=NOW)
    answer = browser_of().post(page_of(seat, "erasure"), follow=True)
    assert "You are forgotten here." in text_of(answer)
    assert [seat.name for seat in Seat.objects.all()] == ["Someone"]


def test_the_code_of_a_ticket_is_read_out_from_the_page_and_found_at_the_desk():
    meetup = opened(1)
    seat, waits = crowd(meetup, 2)
    code = f"{seat.code[:4]} {seat.code[4:8]} {seat.code[8:12]} {seat.code[12:16]} {seat.code[16:]}"
    assert f"<code>{code}</code>" in text_of(browser_of().get(page_of(seat)))
    assert "read this code out" not in text_of(browser_of().get(page_of(waits)))
    found = browser_of(ada()).get(reverse("registration:seats", args=[meetup.slug]), {"q": code})
    assert ("Guest1" in text_of(found), "Guest2" in text_of(found)) == (True, False)
