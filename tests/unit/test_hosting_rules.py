"""What an idea must say, and what registration needs to know."""

from datetime import date

from midcycle.hosting.rules import (
    LONGEST,
    days_are_over,
    fault_in_days,
    fault_in_idea,
    missing_for_registration,
    steps_to_registration,
)
from midcycle.meetups.rules import MOVES, STAGES

TEXTS = {"title": "North", "summary": "", "region": "", "channel": ""}


def test_a_title_is_enough():
    assert fault_in_idea(TEXTS, None) is None
    assert fault_in_idea(TEXTS, (20, 30)) is None
    assert fault_in_idea(TEXTS, (0, 0)) is None


def test_each_fault_names_its_field():
    assert fault_in_idea({**TEXTS, "title": ""}, None)[0] == "title"
    for field in TEXTS:
        assert fault_in_idea({**TEXTS, field: "x" * LONGEST[field]}, None) is None
        assert fault_in_idea({**TEXTS, field: "x" * (LONGEST[field] + 1)}, None)[0] == field
    for guess in ((-1, 20), (20, 100_001)):
        assert fault_in_idea(TEXTS, guess) == ("guess_high", "Guess 0 to 100000 people.")
    assert fault_in_idea(TEXTS, (90, 20)) == ("guess_high", "The second number is smaller than the first.")


def test_a_meetup_lasts_a_month_at_most():
    first = date(2027, 3, 2)
    assert [fault_in_days(first, last) for last in (None, first, date(2027, 4, 1))] == [None] * 3
    assert fault_in_days(first, date(2027, 4, 2)) == ("ends_on", "A meetup lasts 31 days at most. Choose an earlier last day.")
    assert fault_in_days(None, date(2034, 4, 2)) is None


def test_a_meetup_is_over_after_its_last_day():
    first, last = date(2027, 3, 2), date(2027, 3, 3)
    assert [days_are_over(first, last, day) for day in (first, last, date(2027, 3, 4))] == [False, False, True]
    assert [days_are_over(first, None, last), days_are_over(None, None, last)] == [True, False]


def test_registration_needs_a_city_and_a_first_day():
    assert missing_for_registration("", date(2027, 3, 2))[0] == "city"
    assert missing_for_registration("Lisbon", None)[0] == "starts_on"
    assert missing_for_registration("Lisbon", date(2027, 3, 2)) is None


def test_the_way_to_registration_is_made_of_legal_moves():
    for stage in STAGES:
        at = stage
        for step in steps_to_registration(stage):
            assert step in MOVES[at]
            at = step
        assert at == ("registration" if stage in {"idea", "hosting"} else stage)
