"""A label that stands for two things is told by what it stands for, also where it comes out of a table."""

import pytest

from midcycle.agenda import actions
from midcycle.agenda.actions import Offer
from tests.world import NOW, ada, bo, browser_of
from tests.worlds.agenda import held, planned, url
from tests.worlds.fees import charged, charging
from tests.worlds.funding import budgeted
from tests.worlds.planning import DESK, task, team

pytestmark = pytest.mark.django_db
HOME = "/m/spring-meetup/desk/"


def in_french(path: str) -> list[str]:
    """Return the words of a page, as they stand between its elements."""
    page = browser_of(ada()).get(path, headers={"accept-language": "fr"}).content.decode()
    return [part.partition(">")[2].strip() for part in page.split("<")]


def test_a_fee_is_to_be_paid():
    charged(charging())
    assert in_french(f"{HOME}fees/").count("À payer") == 3  # to choose it, its sum, and the row


def test_an_underwriter_promised():
    budgeted()
    page = in_french(f"{HOME}underwriters/")
    assert ("Promis" in page, "Pledged" in page) == (True, False)


def test_tasks_that_are_mine_are_not_what_is_mine():
    task(team(), by=ada(), now=NOW)
    page = in_french(DESK)
    assert {"Les miennes", "Faites", "Toutes"} <= set(page)


def test_somebody_who_might_moderate_is_no_thing():
    meetup = planned()
    held(meetup, "Upgrades")
    actions.volunteer(meetup, bo(), Offer("Bo", 3, 2), now=NOW)
    actions.propose_moderators(meetup, by=ada(), now=NOW)
    assert "Proposition" in in_french(url("moderators", meetup))
