"""Who gets a seat, and the words about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.registration import rules

counts = st.integers(0, 500)


@given(counts, counts)
def test_a_newcomer_waits_only_when_nothing_is_free(held, total):
    assert rules.place_in_line(held, total) == ("held" if total - held > 0 else "waiting")


@given(counts, counts, counts)
def test_after_promoting_nobody_waits_while_a_seat_is_free(held, total, waiting):
    promoted = rules.seats_to_promote(held, total, waiting)
    assert 0 <= promoted <= waiting
    assert held + promoted <= max(total, held)
    assert promoted == waiting or held + promoted >= total


def test_every_move_is_between_known_states():
    assert set(rules.MOVES) == set(rules.SEAT_STATES) == set(rules.SEAT_STATE_NAMES)
    assert {state for moves in rules.MOVES.values() for state in moves} <= set(rules.SEAT_STATES)


@pytest.mark.parametrize(
    ("stage", "is_open", "open_to_all"),
    [
        ("registration", True, True),
        ("agenda", True, True),
        ("on_site", True, True),
        ("registration", False, False),
        ("wrap_up", True, False),
        ("archived", True, False),
    ],
)
def test_when_people_can_register(stage, is_open, open_to_all):
    assert (rules.why_closed(stage, is_open=is_open) is None) is open_to_all


def test_only_who_has_a_seat_or_is_offered_one_is_let_in():
    let_in = {state for state in rules.SEAT_STATES if rules.why_no_door(state) is None}
    assert let_in == {"held", "offered", "checked_in", "no_show"}


@pytest.mark.parametrize("stage", ["idea", "hosting", "registration", "agenda"])
def test_nobody_is_at_the_door_before_the_meetup_is_on_site(stage):
    do_this = "Move the meetup on to “on site” first: the button is on the desk."
    assert rules.why_door_is_shut(stage) == f"The door is not open yet. {do_this}"
    assert rules.why_no_shows_wait(stage) == f"People can still come. {do_this}"
    assert rules.shows_door(stage) is False


@pytest.mark.parametrize(("stage", "shown"), [("on_site", True), ("wrap_up", True), ("archived", False)])
def test_who_came_can_be_noted_later_too(stage, shown):
    assert (rules.why_door_is_shut(stage), rules.why_no_shows_wait(stage)) == (None, None)
    assert rules.shows_door(stage) is shown


def test_a_total_below_the_seats_held_is_refused_with_the_number():
    assert rules.why_not_this_total(99, 105) == (
        "105 seats are taken already. Type 105 or more, or ask people to give seats back."
    )
    assert rules.why_not_this_total(105, 105) is None
    assert rules.why_not_this_total(100_000, 0) is None
    assert rules.why_not_this_total(100_001, 0) == "That is more than 100000 seats. Type a smaller number."


def test_ordinals():
    assert [rules.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111, 113)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th", "113th",
    ]  # fmt: skip


def test_words_that_are_not_ours_are_only_tidied():
    assert rules.word_for("operator", rules.ROLES) == "Operator"
    assert rules.word_for("space agency", rules.SECTORS) == "Space agency"
    assert rules.word_for("united-states", {}) == "United States"
    assert rules.word_for("", rules.SECTORS) == ""


@pytest.mark.parametrize(
    ("stage", "state", "free_to_change"),
    [
        ("registration", "held", True),
        ("agenda", "waiting", True),
        ("on_site", "checked_in", True),
        ("on_site", "no_show", True),
        ("registration", "cancelled", False),
        ("wrap_up", "checked_in", False),
        ("archived", "held", False),
    ],
)
def test_when_answers_can_be_changed(stage, state, free_to_change):
    assert (rules.why_answers_stay(stage, state) is None) is free_to_change


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Health", "health"), ("PUBLIC-CLOUD", "public cloud"), ("public_cloud", "public cloud"), ("Mars", "Mars"), ("", "")],
)
def test_one_of_our_words_is_known_in_any_letters(typed, kept):
    assert rules.known_as(typed, rules.SECTORS) == kept


@pytest.mark.parametrize(
    ("was", "becomes", "reason", "who"),
    [
        ("", "held", "a seat was free", "Themselves"),
        ("", "waiting", "all 2 seats were taken", "Themselves"),
        ("waiting", "waiting", "3 days of notice are needed", "Themselves"),
        ("waiting", "waiting", "drawn as number 2 of 9", "The line"),
        ("waiting", "offered", "a seat was given back", "The line"),
        ("waiting", "held", "a seat was given back", "The line"),
        ("offered", "held", "the offer was accepted", "Themselves"),
        ("offered", "cancelled", "the offer was not accepted in time", "The line"),
        ("held", "cancelled", "given back", "Themselves"),
        ("held", "no_show", "did not come", "The line"),
    ],
)
def test_who_changed_a_seat_when_nobody_of_the_team_did(was, becomes, reason, who):
    assert rules.who_did(was, becomes, reason) == who
