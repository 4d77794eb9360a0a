"""When letters are tried again, and how a text becomes a letter."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from midcycle.mailing import rules
from midcycle.mailing.rules import Draft, draft_of


def test_pauses_grow_to_a_day():
    assert [rules.pause_after(tries) for tries in (1, 2, 3, 7, 8, 50)] == [
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(days=1),
        timedelta(days=1),
        timedelta(days=1),
    ]


def test_the_first_line_is_the_subject():
    assert draft_of("Your seat\n\nHello\nBo,\n\n\n\nwelcome.\n\n\n") == Draft("Your seat", "Hello\nBo,\n\nwelcome.\n")


@given(st.text())
def test_a_subject_cannot_carry_another_header(text):
    subject = draft_of(text).subject
    assert not set(subject) & set("\r\n\x00\x0b\x0c\x85\u2028\u2029")
    assert len(subject) <= 200


def test_a_link_has_one_turn_in_a_quarter_of_an_hour():
    noon = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
    turns = [rules.link_turn(noon + timedelta(minutes=minutes)) - rules.link_turn(noon) for minutes in (0, 14, 15, 29, 30)]
    assert turns == [0, 0, 1, 1, 2]
