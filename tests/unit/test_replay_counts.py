"""Each number of a file counts people once."""

import pytest

from midcycle.site.replay.counts import Group, groups, heads_of, is_cancelled
from midcycle.site.replay.questions import key_of
from midcycle.site.replay.reading import facts_in, pair, share, truth, whole
from midcycle.site.replay.shape import country_code, usual


def plan(text):
    heads = heads_of(facts_in(text))
    return heads.limit, heads.registered, heads.waiting, heads.came


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("attendance: {registered: 364, attended: 302}", (None, 364, 0, 302)),
        ("attendance: {rsvp: 364, attended: 302, waitlist: 40}", (None, 364, 40, 302)),
        (
            "size: {announced_ticket_limit: 150, registered: 150, waitlist: 25, attendance: 140, no_shows: 10}",
            (150, 150, 25, 140),
        ),
        ("size: {announced_ticket_limit: 100, registered: 120, waitlist: 20}", (100, 100, 20, None)),
        ("size: {announced_ticket_limit: 100, attendance: 120, estimated_demand: 200, sold_out: true}", (100, 120, 0, 120)),
        ("size: {announced_ticket_limit: 100, sold_out: true}", (100, 100, 0, None)),
        ("size: {announced_ticket_limit: 150, attendance: 40}", (150, 40, 0, 40)),
        ("{capacity: 400, attendance: 0}", (400, 0, 0, 0)),
        ("{status: cancelled, capacity: 400}", (400, None, 0, None)),
        ("attendance: {day1: 100, day2: 80}", (None, 100, 0, 100)),
        ("attendance: {total: {rsvp: 100, attended: 120}}", (None, 100, 0, 120)),
        ("attendee_sectors: {operators: 60, vendors: 25}", (None, 85, 0, 85)),
    ],
)
def test_limit_registered_waiting_and_came(text, means):
    assert plan(text) == means


def test_groups_that_count_people_twice_are_no_groups():
    assert heads_of(facts_in("attendance: {total: 100, women: 80, first_timers: 40}")).groups == ()
    assert heads_of(facts_in("attendance: {total: 100, new: 40}")).groups == (Group("new", None, 40), Group("", 60, 60))
    assert groups({"registered": 364, "day1": 10, "new": {"attended": 7}}) == (Group("new", None, 7),)


@pytest.mark.parametrize(
    ("text", "called_off"),
    [
        ("status: Cancelled", True),
        ("cancelled: {value: true, reason: x}", True),
        ("cancelled: 2020-03-04", True),
        ("cancelled: false", False),
        ("status: done", False),
    ],
)
def test_a_meetup_called_off_is_known(text, called_off):
    assert is_cancelled(facts_in(text)) is called_off


def test_numbers_in_words():
    assert [whole(told) for told in ("120", "~200", "about 30", "1,200", "60.0", 60.0, "80 people", "6 or 7", True, -1)] == [
        120, 200, 30, 1200, 60, 60, 80, None, None, None,
    ]  # fmt: skip
    assert [pair(told) for told in ("20-30", [30, 20], "20 to 30 people", "20")] == [(20, 30), (20, 30), (20, 30), None]
    assert [share(told) for told in (0.3, "45%", 45, "33.3 %", True, 450, "much")] == [
        (0.3, 1), (0.45, 2), (0.45, 2), (0.333, 3), None, None, None,
    ]  # fmt: skip
    assert [truth(told) for told in ("yes", "No", True, "maybe", 1)] == [True, False, True, None, None]


def test_countries_by_name():
    assert [country_code(told) for told in ("gb", "United Kingdom", "USA", "Germany", "South Korea", "NO", "Atlantis")] == [
        "GB", "GB", "US", "DE", "KR", "NO", "",
    ]  # fmt: skip


def test_other_shapes_become_the_usual_ones():
    told = facts_in(
        "{rooms: {a: {name: Aula}}, sponsors: {gold: [IBM]}, topics: [Ceph], dates: 2016-02-15 to 2016-02-16,"
        " location: 'The Landing, Manchester, GB', region: null, slots: [10:00-11:00]}"
    )
    assert usual(told) == {
        "rooms": [{"id": "a", "name": "Aula"}],
        "sponsors": [{"name": "IBM", "role": "gold"}],
        "topics": [{"title": "Ceph"}],
        "dates": {"start": "2016-02-15", "end": "2016-02-16"},
        "location": {"venue": "The Landing", "city": "Manchester", "country": "GB"},
        "slots": [{"start": "10:00-11:00"}],
    }


def test_questions_have_keys_of_their_own():
    assert key_of("Subscribed to the operators mailing list?") == "on_list"
    assert key_of("Was the participant list useful?").startswith("own:")
    assert key_of("Not on the mailing list?").startswith("own:")
    food, venue = key_of("How satisfied were you with the food?"), key_of("How satisfied were you with the venue?")
    assert food != venue
    assert key_of("First time?", {"first_time"}).startswith("own:first-time-")
    assert key_of("How satisfied were you with the food?", {food}) == f"{food}-2"
