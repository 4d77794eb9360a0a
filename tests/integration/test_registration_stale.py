"""A page that was loaded before a seat went to somebody else does nothing to it, also in the very moment after."""

import pytest

from midcycle.kernel.refusal import Refusal
from midcycle.registration import actions
from midcycle.registration.actions import Answers, Colleague
from midcycle.registration.models import Seat
from tests.world import NOW, ada
from tests.worlds.registration import opened, seated, states

pytestmark = pytest.mark.django_db

DEEDS = {
    "cancel": lambda seat: actions.cancel_seat(seat, now=NOW),
    "erase": lambda seat: actions.erase_seat(seat, now=NOW),
    "change": lambda seat: actions.change_answers(seat, Answers(), name="Mine", now=NOW),
    "confirm": lambda seat: actions.confirm(seat, now=NOW),
    "pass on": lambda seat: actions.offer_transfer(seat, email="eli@example.org", name="Eli", now=NOW),
    "bring": lambda seat: actions.register_colleagues(seat, [Colleague("Eli", "eli@example.org")], now=NOW),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_who_passed_a_seat_on_does_nothing_to_it_any_more(deed):
    meetup = opened(1)
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    seat = seated(meetup, "Bo")
    offer = actions.offer_transfer(seat, email="ida@example.org", name="Ida", now=NOW)
    actions.accept_transfer(offer, Answers(), name="Ida", now=NOW)
    with pytest.raises(Refusal, match="not there any more"):
        DEEDS[deed](seat)
    assert states(meetup) == {"Ida": "held"}


@pytest.mark.parametrize("deed", DEEDS)
def test_an_old_page_does_nothing_to_a_seat_that_was_given_back_and_taken_again(deed):
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    old = Seat.objects.get(pk=seat.pk)
    actions.cancel_seat(seat, now=NOW)
    seated(meetup, "Bo")
    with pytest.raises(Refusal, match="not there any more"):
        DEEDS[deed](old)
    assert states(meetup) == {"Bo": "held"}
