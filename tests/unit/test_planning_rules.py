"""Days counted from the meetup, the days of reminders, and the usual milestones."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.meetups.rules import STAGES
from midcycle.planning.rules import (
    ABOUT,
    MOST_DAYS,
    USUAL,
    days_in_words,
    due_day,
    is_time,
    is_weekly_day,
    offset_of,
    week_of,
)
from midcycle.planning.rules.reminders import AHEAD, EVERY, LOOK_BACK, UNTIL

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
FIRST = date(2027, 3, 2)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-56, "8 weeks before"),
        (-7, "1 week before"),
        (-1, "1 day before"),
        (0, "on the first day"),
        (10, "10 days after"),
        (14, "2 weeks after"),
    ],
)
def test_days_in_words(days, words):
    assert days_in_words(days) == words


def test_a_task_is_due_on_its_day_or_counted_or_not_at_all():
    pinned = date(2027, 1, 5)
    assert due_day(-56, None, FIRST) == pinned
    assert due_day(None, pinned, FIRST) == due_day(None, pinned, None) == pinned
    assert due_day(-56, None, None) is due_day(None, None, FIRST) is None


@given(DAYS, st.integers(-MOST_DAYS, MOST_DAYS))
def test_counting_back_and_forth_gives_the_same(starts_on, days):
    day = due_day(days, None, starts_on)
    assert day is not None
    assert offset_of(day, starts_on) == days


def test_a_week_is_that_of_iso_8601():
    assert (week_of(date(2027, 1, 3)), week_of(FIRST)) == ("2026-W53", "2027-W09")


def test_reminders_come_a_week_ahead_the_day_before_on_the_day_and_then_weekly():
    due = date(2027, 3, 10)
    told = [left for left in range(30, -80, -1) if is_time(due, since=due - timedelta(left + 1), today=due - timedelta(left))]
    assert told == [*AHEAD, *range(-EVERY, -UNTIL - 1, -EVERY)]


@given(st.integers(-70, 20), st.integers(1, 40))
def test_days_without_a_worker_are_made_up_for(left, missed):
    due, today = FIRST, FIRST - timedelta(days=left)
    one_by_one = [
        is_time(due, since=day - timedelta(days=1), today=day)
        for day in (today - timedelta(days=back) for back in range(min(missed, LOOK_BACK)))
    ]
    assert is_time(due, since=today - timedelta(days=missed), today=today) == any(one_by_one)


def test_the_weekly_letter_comes_on_mondays_or_as_soon_as_the_worker_is_back():
    monday = date(2027, 3, 1)
    assert is_weekly_day(since=monday - timedelta(days=1), today=monday)
    assert not is_weekly_day(since=monday, today=monday + timedelta(days=1))
    assert is_weekly_day(since=monday - timedelta(days=1), today=monday + timedelta(days=2))


def test_the_usual_milestones_are_in_order_and_about_things_there_are():
    assert [one.days for one in USUAL] == sorted(one.days for one in USUAL)
    assert [STAGES.index(one.stage) for one in USUAL] == sorted(STAGES.index(one.stage) for one in USUAL)
    assert {one.about for one in USUAL} <= set(ABOUT)
    assert len({one.title for one in USUAL}) == len(USUAL)
