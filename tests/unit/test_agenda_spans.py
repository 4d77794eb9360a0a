"""Sessions of several slots, and who is there in which."""

from datetime import date, time

import pytest

from midcycle.agenda.rules.spans import Window, slots_there, span, spans
from midcycle.agenda.rules.values import Slot


def slot(number, starts, ends, kind="session", day=1):
    return Slot(number, day, time.fromisoformat(starts), time.fromisoformat(ends), kind)


MORNING = (
    slot(1, "09:00", "09:40"),
    slot(2, "09:45", "10:25"),
    slot(3, "10:25", "10:45", "break"),
    slot(4, "10:45", "11:25"),
    slot(5, "12:00", "12:40"),
    slot(6, "09:00", "09:40", day=2),
    Slot(7, 2, time(9, 40), None),
)


def test_a_long_session_goes_on_over_a_short_pause_and_over_no_break():
    assert [[held.id for held in stretch] for stretch in spans(MORNING, 2)] == [[1, 2]]
    assert spans(MORNING, 3) == ()
    assert [stretch[0].id for stretch in spans(MORNING, 1)] == [1, 2, 4, 5, 6, 7]
    assert span(MORNING, 4, 2) is None
    assert span(MORNING, 99, 1) is None


SPRING, AUTUMN = date(2027, 3, 2), date(2027, 10, 31)


@pytest.mark.parametrize(
    ("window", "there"),
    [
        (None, None),
        (Window("Europe/Lisbon", time(9), time(10)), {1, 6, 7}),
        (Window("America/New_York", time(4), time(6)), {1, 2, 3, 6, 7}),
        (Window("America/New_York", time(9), time(17)), set()),
        (Window("Asia/Tokyo", time(18), time(2)), {1, 2, 3, 4, 5, 6, 7}),
        (Window("Pacific/Auckland", time(22), time(1)), {1, 2, 3, 4, 6, 7}),
        (Window("Pacific/Auckland", time(23), time(1)), {3, 4}),
    ],
)
def test_who_takes_part_from_afar_is_there_between_their_hours(window, there):
    found = slots_there(MORNING, window, (), starts_on=SPRING, timezone="Europe/Lisbon")
    assert found == (None if there is None else frozenset(there))


def test_clocks_that_change_on_the_day_are_the_right_ones():
    slots = (slot(1, "09:00", "09:40"),)
    window = Window("America/New_York", time(5), time(6))  # still on summer time that day; Lisbon is not any more
    assert slots_there(slots, window, (), starts_on=AUTUMN, timezone="Europe/Lisbon") == frozenset({1})


def test_absences_count_beside_hours_and_hours_say_nothing_without_dates():
    window = Window("Europe/Lisbon", time(9), time(10))
    assert slots_there(MORNING, window, {1}, starts_on=SPRING, timezone="Europe/Lisbon") == frozenset({6, 7})
    assert slots_there(MORNING, window, (), starts_on=None, timezone="Europe/Lisbon") is None
    assert slots_there(MORNING[:2], None, {1}, starts_on=None, timezone="UTC") == frozenset({2})
