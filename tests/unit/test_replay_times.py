"""Days and hours, as facts files write them."""

from datetime import date, datetime, time

import pytest

from midcycle.site.replay.times import clock_range, clock_time, days_of, later, minutes_of

MONDAY = {"start": date(2019, 3, 25), "end": date(2019, 3, 27)}


@pytest.mark.parametrize(
    ("told", "means"),
    [
        ("9:30 AM", time(9, 30)),
        ("12:15 pm", time(12, 15)),
        ("12 am", time(0, 0)),
        ("2pm", time(14, 0)),
        ("14h30", time(14, 30)),
        ("0730", time(7, 30)),
        (1430, time(14, 30)),
        (930, time(9, 30)),
        (9, time(9, 0)),
        (14.3, time(14, 30)),
        (datetime(2016, 1, 1, 13, 0), time(13, 0)),  # noqa: DTZ001 - as YAML reads it
        ("2016-01-01T13:00", time(13, 0)),
        ("24:00", time(23, 59)),
        ("13:00 pm", None),
        ("noon", None),
        ("9", None),
    ],
)
def test_a_time_is_understood_however_it_is_written(told, means):
    assert clock_time(told) == means


def test_a_stretch_of_time_has_two_ends():
    assert clock_range("10:00-10:45") == (time(10, 0), time(10, 45))
    assert clock_range("9:30 AM to 10 AM") == (time(9, 30), time(10, 0))
    assert clock_range("2016-01-01 13:00") == (time(13, 0), None)
    assert clock_range("first-come") == (None, None)


def test_a_length_gives_the_end():
    assert [minutes_of(told) for told in (45, "45 min", "1h30", "00:45", "long", 0)] == [45, 45, 90, 45, None, None]
    assert (later(time(23, 0), 60), later(time(23, 0), 90)) == (time(23, 59), None)


@pytest.mark.parametrize(
    ("told", "number"),
    [
        (date(2019, 3, 26), 2),
        ("2019-03-27", 3),
        ("Wednesday", 3),
        ("Tue", 2),
        ("Tuesday, 26 March 2019", 2),
        ("March 27", 3),
        ("Day 2", 2),
        (4, 4),
        ("Sunday", None),
        (date(2019, 3, 1), None),
        (99, None),
        ("some day", None),
    ],
)
def test_a_day_is_counted_from_the_first(told, number):
    assert days_of(MONDAY, []).number(told) == number


def test_without_dates_the_earliest_day_of_the_grid_is_the_first():
    days = days_of({}, ["2016-05-02", date(2016, 5, 1), "Monday"])
    assert [days.number(told) for told in (date(2016, 5, 1), "2016-05-02", "Monday")] == [1, 2, 2]


def test_days_that_map_to_nothing_never_meet_others():
    days = days_of({}, [])
    assert [days.number_or_own(told) for told in ("Monday", "Tuesday", "Monday")] == [2, 3, 2]


def test_a_file_may_count_from_day_0():
    assert [days_of(MONDAY, [0, 1, 2]).number(told) for told in (0, 2)] == [1, 3]
    assert [days_of(MONDAY, [0, 1, 2, 3]).number(told) for told in (0, 3)] == [None, 3]
