"""What the lines of minutes ask for, whose it is and until when; and what is read from a MeetBot."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.planning.rules import Point, followed, names_in, points_in, read_log, wanted_of
from midcycle.planning.rules.minutes import MOST_POINTS, date_in

HELD = date(2027, 1, 13)  # a Wednesday
TEAM = {"ada example": 1, "ada": 1, "bo example": 2, "bo": 2}

LOG = """15:03:02 <shintaro> #startmeeting ops_meetups_team
15:03:02 <openstack> Meeting started Tue Dec 13 15:03:02 2016 UTC and is due to finish in 60 minutes.  The chair is shintaro.
15:03:03 <openstack> The meeting name has been set to 'ops_meetups_team'
15:03:26 <shintaro> #topic roll call
15:03:40 <med_> o/
15:04:01 * mrhillsman waves
15:05:12 <mrhillsman> #action mrhillsman to ask Enter for room capacities by 20 December
15:06:00 <mrhillsman> #info a mistake
15:06:05 <mrhillsman> #undo
15:07:00 <shintaro> #agreed two days, no booths
15:59:00 <shintaro> #endmeeting"""

SUMMARY = """==========================
#openstack-operators: ops-meetups-team
==========================


Meeting started by shintaro at 15:03:02 UTC.  The full logs are available at
http://eavesdrop.example/meetings/ops/2016/ops.2016-12-13-15.03.log.html
.



Meeting summary
---------------

* roll call  (shintaro, 15:03:26)
  * LINK: https://etherpad.example/p/ops   (shintaro,
    15:04:00)
  * ACTION: mrhillsman to ask Enter for room capacities by 20 December
    (mrhillsman, 15:05:12)
  * AGREED: two days, no booths  (shintaro, 15:07:00)
  * the gap is not known  (med_, 15:08:00)

Meeting ended at 15:59:00 UTC.



Action items
------------
* mrhillsman to ask Enter for room capacities by 20 December



People present (lines said)
---------------------------
* shintaro (6)
* mrhillsman (4)
* openstack (3)
* med_ (2)
"""


def asked(text, present=()):
    wanted = wanted_of(Point("action", 1, text), team=TEAM, present=present, held_on=HELD)
    return wanted.owner or wanted.owner_name, wanted.title, wanted.due


def test_lines_are_found_in_lists_and_not_in_code():
    text = "# Rooms\n#action Ada to call\n- #INFO: 120 chairs\n```\n#action nobody\n```\n"
    text += "#agree Two days\n#rejected Booths\n#actionable\n#action"
    assert points_in(text) == (
        Point("action", 2, "Ada to call"),
        Point("info", 3, "120 chairs"),
        Point("agreed", 7, "Two days"),
        Point("agreed", 8, "Rejected: Booths"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada to book the rooms by 1 March", (1, "Book the rooms", date(2027, 3, 1))),
        ("ada example: book the rooms by 2027-02-28.", (1, "Book the rooms", date(2027, 2, 28))),
        ("@bo will ask Docks (by Friday)", (2, "Ask Docks", date(2027, 1, 15))),
        ("Write to Ada and Bo", (1, "Write to Ada and Bo", None)),
        ("Adam to leave the door open", ("", "Adam to leave the door open", None)),
        ("@zoe: bring tape by March 3rd", ("zoe", "Bring tape", date(2027, 3, 3))),
        ("med_ to look at power", ("med_", "Look at power", None)),
        ("Stand by", ("", "Stand by", None)),
        ("Text by Bo by tomorrow", (2, "Text by Bo", date(2027, 1, 14))),
        ("https://example.org/x has the plan", ("", "https://example.org/x has the plan", None)),
        ("Ada", (1, "Ada", None)),
        ("bo to pay by 31 February", (2, "Pay by 31 February", None)),
    ],
)
def test_an_action_has_an_owner_and_a_day(text, expected):
    assert asked(text, present=["med_", "Ops"]) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-03-01", date(2027, 3, 1)),
        ("1st of March", date(2027, 3, 1)),
        ("Mar. 1, 2028", date(2028, 3, 1)),
        ("12 January", date(2028, 1, 12)),
        ("13 Jan", HELD),
        ("29 February", date(2028, 2, 29)),
        ("29 February 2028", date(2028, 2, 29)),
        ("Wednesday", date(2027, 1, 20)),
        ("next meeting", date(2027, 1, 20)),
        ("today", HELD),
        ("9999-99-99", None),
        ("someday", None),
        ("", None),
    ],
)
def test_days_are_read_from_the_day_of_the_meeting(text, day):
    assert date_in(text, HELD) == day


def test_names_are_typed_with_commas_or_on_lines():
    assert names_in("Ada, Bo\r\nCy;, \u202e ,Ada") == ("Ada", "Bo", "Cy")


def test_edited_lines_keep_their_tasks():
    assert followed(["a", "b", "c"], ["a", "c"]) == (0, 2)
    assert followed(["a", "b", "c"], ["a", "B", "c", "d"]) == (0, 1, 2, None)
    assert followed([], ["a"]) == (None,)


@given(st.lists(st.text(max_size=3), max_size=8), st.lists(st.text(max_size=3), max_size=8))
def test_no_two_lines_follow_the_same_one(before, after):
    was = followed(before, after)
    known = [place for place in was if place is not None]
    assert (len(was), known) == (len(after), sorted(set(known)))


@given(st.text(max_size=400))
def test_anything_can_be_minutes(text):
    points = points_in(text)
    for point in points:
        wanted = wanted_of(point, team=TEAM, present=names_in(text), held_on=HELD)
        assert wanted.title
    log = read_log(text)
    assert log is None or isinstance(log.text, str)


def test_a_huge_text_has_so_many_points_and_no_more():
    assert len(points_in("#info x\n" * 20_000)) == MOST_POINTS


def test_a_log_of_a_meetbot_becomes_minutes_without_the_talk():
    log = read_log(LOG)
    assert (log.title, log.held_on, log.present) == ("ops meetups team", date(2016, 12, 13), ("shintaro", "med_", "mrhillsman"))
    assert log.text.split("\n") == [
        "#topic roll call",
        "#action mrhillsman to ask Enter for room capacities by 20 December",
        "#agreed two days, no booths",
    ]


def test_its_text_minutes_become_the_same_with_their_wrapped_lines_joined():
    log = read_log(SUMMARY)
    assert (log.title, log.held_on, log.present) == ("ops-meetups-team", date(2016, 12, 13), ("shintaro", "mrhillsman", "med_"))
    assert log.text.split("\n") == [
        "#topic roll call",
        "#link https://etherpad.example/p/ops",
        "#action mrhillsman to ask Enter for room capacities by 20 December",
        "#agreed two days, no booths",
        "#info the gap is not known",
    ]


@pytest.mark.parametrize("text", ["", "We met.\n\n#action Ada to call", "<b>one</b>\n<i>two</i>", "Meeting summary"])
def test_other_text_is_no_log(text):
    assert read_log(text) is None
