"""What an organiser may have forgotten before the next stage; nothing is forbidden."""

from dataclasses import replace
from datetime import date

import pytest

from midcycle.pages.rules import Planned, Readiness, missing_before, next_deed

READY = Readiness(
    is_placed=True, has_seats=True, is_released=True, is_reported=True, milestones_left=0,
    starts_on=date(2027, 3, 2), ends_on=date(2027, 3, 3), today=date(2027, 3, 3),
)  # fmt: skip


@pytest.mark.parametrize("stage", ["hosting", "registration", "agenda", "on_site", "wrap_up", "archived", ""])
def test_nothing_is_missing_when_all_is_there(stage):
    assert missing_before(stage, READY) == ()


@pytest.mark.parametrize(
    ("stage", "changes", "sentences"),
    [
        ("registration", {"is_placed": False}, ("City and first day are not settled.",)),
        ("agenda", {"has_seats": False}, ("Nobody could register yet: there are no seats.",)),
        ("on_site", {"is_released": False}, ("The agenda is not released.",)),
        ("on_site", {"starts_on": None, "ends_on": None}, ("The days are not settled.",)),
        ("on_site", {"today": date(2027, 3, 1)}, ("It starts on 2 March 2027.",)),
        ("on_site", {"today": date(2027, 3, 4)}, ("It ended on 3 March 2027.",)),
        ("on_site", {"ends_on": None, "today": date(2027, 3, 3)}, ("It ended on 2 March 2027.",)),
        ("wrap_up", {"today": date(2027, 3, 2)}, ("The last day is 3 March 2027.",)),
        ("wrap_up", {"starts_on": None, "ends_on": None}, ()),
        ("wrap_up", {"milestones_left": 1}, ("1 milestone of this stage is not done.",)),
        ("agenda", {"milestones_left": 4}, ("4 milestones of this stage are not done.",)),
        ("", {"milestones_left": 4}, ()),
        ("archived", {"is_reported": False}, ("The report is not published, and cannot be once the meetup is archived.",)),
    ],
)
def test_what_is_missing_is_told(stage, changes, sentences):
    assert missing_before(stage, replace(READY, **changes)) == sentences


@pytest.mark.parametrize(
    ("stage", "ready", "planned", "deed"),
    [
        ("hosting", {"is_placed": False}, {}, "place"),
        ("hosting", {}, {}, ""),
        ("registration", {"has_seats": False}, {}, "seats"),
        ("registration", {}, {}, ""),
        ("agenda", {"is_released": False}, {"rooms": 0}, "rooms"),
        ("agenda", {"is_released": False}, {"slots": 0}, "rooms"),
        ("agenda", {"is_released": False}, {"placed": 0}, "board"),
        ("agenda", {"is_released": False}, {}, "round"),
        ("agenda", {}, {}, ""),
        ("idea", {"is_placed": False}, {"rooms": 0}, ""),
    ],
)
def test_the_desk_says_where_to_go_on(stage, ready, planned, deed):
    there = Planned(rooms=2, slots=6, sessions=3, placed=3, release=None)
    assert next_deed(stage, replace(READY, **ready), replace(there, **planned)) == deed
