"""What visitors make of a release: whose times, which day it is, what is left out, and their stars."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import now as django_now

from midcycle.agenda import actions, queries
from midcycle.meetups import actions as meetups
from tests.world import NOW, ada, bo, browser_of, dee
from tests.worlds.agenda import at, hall, held, planned, released, session, text_of, url

pytestmark = pytest.mark.django_db

NINE = datetime(2027, 3, 2, 9, 40, tzinfo=UTC)  # Lisbon is on UTC in March


def test_times_are_those_of_a_city_and_utc_goes_without_saying():
    meetup = planned()
    held(meetup)
    released(meetup)
    anyone = browser_of()
    assert re.findall(r"Times of [^<]*[^<\s]", text_of(anyone.get(url("agenda", meetup)))) == ["Times of Lisbon"]
    meetups.set_place(meetup, ada(), meetups.Place(starts_on=date(2027, 3, 2), timezone="UTC"), now=NOW)
    assert re.findall(r"Times of [^<]*", text_of(anyone.get(url("agenda", meetup)))) == []


def test_a_release_and_the_wall_leave_out_times_that_hold_nothing():
    meetup = planned()
    held(meetup)
    released(meetup)
    page = text_of(browser_of().get(url("agenda", meetup)))
    assert re.findall(r">(\d\d:\d\d)</time>", page) == ["09:00", "09:30", "10:10", "11:10"]  # the opening has a label
    assert "nothing is placed here" not in page
    following = queries.now_next(meetup, NINE.replace(hour=10, minute=15)).next
    assert following is not None
    assert following.words == ("Free time",)
    assert text_of(browser_of(ada()).get(url("board", meetup))).count(">10:30</time>") == 1


def two_days(first: date):
    """A released meetup of two days from this one on, with a session of Dee's on each."""
    meetup = planned("on_site")
    meetups.set_place(meetup, ada(), meetups.Place(starts_on=first, ends_on=first + timedelta(days=1), timezone="UTC"), now=NOW)
    held(meetup, "Early", dee())
    actions.place(session(meetup, "Late", dee()), at(meetup, "09:30", 2), hall(meetup), by=ada(), now=NOW)
    released(meetup)
    return meetup


@pytest.mark.parametrize(
    ("ago", "links", "folded"),
    [
        (-1, ["{0:%a} {0.day}", "{1:%a} {1.day}"], []),
        (1, ["Today", "{0:%a} {0.day}"], ["1"]),
        (2, ["{0:%a} {0.day}", "{1:%a} {1.day}"], []),
    ],
)
@pytest.mark.parametrize("name", ["agenda", "my_agenda"])
def test_the_agenda_opens_on_today_while_the_meetup_goes_on(name, ago, links, folded):
    first = django_now().date() - timedelta(days=ago)
    meetup = two_days(first)
    page = " ".join(text_of(browser_of(dee()).get(url(name, meetup))).split())
    bar = page.partition('aria-label="Days"')[2].partition("</nav>")[0]
    assert re.findall(r">\s*([^<>]+?)\s*</a>", bar) == [link.format(first, first + timedelta(days=1)) for link in links]
    assert re.findall(r'#day-(\d)"\s+aria-current="date"', bar) == ["2"] * len(folded)
    assert re.findall(r'<details class="details">\s*<summary>\s*<h2 id="day-(\d)">', page) == folded
    there = len(folded) + (name == "agenda")  # what to take with one is folded as well
    assert (page.count("<details"), page.count("</details>"), page.count("<!--")) == (there, there, 0)


def test_each_star_is_called_by_its_session():
    meetup = planned()
    one, two = held(meetup, "Ceph & “co”"), held(meetup, "Logs", starts="10:30")
    released(meetup)
    browser = browser_of(bo())
    names = ["In my agenda: Ceph &amp; “co”", "In my agenda: Logs"]
    assert re.findall(r'aria-label="(In my agenda[^"]*)"', text_of(browser.get(url("agenda", meetup)))) == names
    for made, name in zip((one, two), names, strict=True):
        part = browser.post(url("pick", meetup, made.pk), {"wanted": "1"}, headers={"HX-Request": "true"})
        assert re.findall(r'aria-label="(In my agenda[^"]*)"', text_of(part)) == [name]
    assert re.findall(r'aria-label="(In my agenda[^"]*)"', text_of(browser.get(url("my_agenda", meetup)))) == names
