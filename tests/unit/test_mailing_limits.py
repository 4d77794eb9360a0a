"""How many letters to many may go out, and whom they are for."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from midcycle.mailing.rules import Audience, audience_of
from midcycle.mailing.rules.mailings import (
    BY_ANSWER,
    KINDS,
    SIMPLE,
    TO_MANY,
    TO_ONE,
    Limit,
    gone_reason,
    limits_for,
    limits_in_words,
    next_turn,
    people_in_words,
    why_other_number,
)

NOON = datetime(2027, 1, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_four_an_hour_and_ten_a_day_go_to_many_and_more_to_one():
    assert limits_in_words(TO_MANY) == "4 an hour and 10 a day"
    assert limits_in_words(TO_ONE) == "20 an hour and 60 a day"
    assert limits_for(Audience("seats")) == TO_MANY
    assert limits_for(Audience("person", "7")) == TO_ONE


def test_the_fifth_in_an_hour_waits_until_the_first_is_an_hour_old():
    sent = [NOON - minutes for minutes in (timedelta(minutes=each) for each in (50, 40, 30, 20))]
    assert next_turn(sent[:3], TO_MANY, now=NOON) is None
    assert next_turn(sent, TO_MANY, now=NOON) == NOON + timedelta(minutes=10)
    assert next_turn(sent, TO_MANY, now=NOON + timedelta(minutes=10)) is None


def test_the_eleventh_in_a_day_waits_longer():
    sent = [NOON - number * 2 * HOUR for number in range(10)]
    assert next_turn(sent, TO_MANY, now=NOON) == NOON + 6 * HOUR


@given(st.lists(st.integers(0, 5000), max_size=30), st.integers(1, 5))
def test_whoever_waits_for_the_turn_may_send(minutes, most):
    limits = (Limit(most, HOUR, "an hour"), Limit(most + 3, 24 * HOUR, "a day"))
    sent = [NOON - timedelta(minutes=each) for each in minutes]
    turn = next_turn(sent, limits, now=NOON)
    assert turn is None or turn > NOON
    assert next_turn(sent, limits, now=turn or NOON) is None


def test_an_audience_is_one_text_and_back():
    for audience in (Audience("seats"), Audience("role", "operator"), Audience("sector", "a:b"), Audience("person", "12")):
        assert audience_of(audience.key) == audience
    assert {*SIMPLE, *BY_ANSWER, "person"} == set(KINDS)


def test_who_is_gone_is_told_by_what_they_were():
    assert [gone_reason(kind) for kind in ("seats", "team", "interested")] == ["gone", "left team", "answered"]


def test_another_number_is_told():
    assert why_other_number(3, 3) is None
    sentence = "Meanwhile the number changed: the letter now goes to 1 person. Look again, and send it then."
    assert why_other_number(3, 1) == sentence
    assert people_in_words(118) == "118 people"
