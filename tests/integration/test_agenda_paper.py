"""The agenda on paper says what the release says, for a wall and for each door."""

import pytest

from midcycle.agenda import actions
from tests.papers import pages
from tests.world import NOW, ada, browser_of, dee
from tests.worlds.agenda import at, hall, held, loft, planned, released, session, url

pytestmark = pytest.mark.django_db


def test_the_wall_has_a_page_for_each_day_and_each_door_one_too(django_assert_num_queries):
    meetup = planned()
    welcome = session(meetup, "Welcome", dee(), for_all=True)
    actions.place(welcome, at(meetup, "09:00"), hall(meetup), by=ada(), now=NOW)
    held(meetup, "Upgrades #eval $x$ محمد", dee())
    held(meetup, "Ceph", where=loft(meetup))
    actions.place(session(meetup, "Late"), at(meetup, "09:30", 2), loft(meetup), by=ada(), now=NOW)
    released(meetup)
    anyone = browser_of()
    with django_assert_num_queries(2):
        wall = anyone.get(url("wall_sheets", meetup))
    with django_assert_num_queries(1):
        assert anyone.get(url("wall_sheets", meetup), headers={"If-None-Match": wall.headers["ETag"]}).status_code == 304
    assert (wall.headers["Content-Type"], wall.content[:5]) == ("application/pdf", b"%PDF-")
    one, two = pages(wall.content)
    for words in (
        "Tuesday 2 March",
        "09:00 to 09:30 Welcome Hall, Dee Example",
        "Hall Loft",
        "#eval $x$",
        "Coffee",
        "Release 1.",
    ):
        assert words in one
    assert ("Wednesday 3 March" in two, "Late" in two, "Ceph" in two) == (True, True, False)
    doors = pages(anyone.get(url("room_sheets", meetup)).content)
    assert [(page.split()[0], "Ceph" in page, "Late" in page, "Welcome" in page) for page in doors] == [
        ("Hall", False, False, True),
        ("Loft", True, False, False),
        ("Loft", False, True, False),
    ]


def test_there_is_no_paper_before_the_first_release_and_some_without_dates():
    meetup = planned()
    for name in ("wall_sheets", "room_sheets"):
        assert browser_of().get(url(name, meetup)).status_code == 404
        assert browser_of().get(url(name, meetup).replace(meetup.slug, "nowhere")).status_code == 404


def test_many_rooms_go_on_to_more_sheets():
    meetup = planned()
    for number in range(17):
        made = session(meetup, f"Number {number}")
        place = actions.add_room(meetup, f"Room {number}", capacity=10, by=ada(), now=NOW)
        actions.place(made, at(meetup, "09:30"), place, by=ada(), now=NOW)
    released(meetup)
    found = pages(browser_of().get(url("wall_sheets", meetup)).content)
    first_day = [page for page in found if "Tuesday 2 March" in page]
    assert len(first_day) == 3
    assert all(sum(f"Number {number} " in f"{page} " for page in first_day) == 1 for number in range(17))
