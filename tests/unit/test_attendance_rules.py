"""How many will come of those who have a seat."""

from math import exp, lgamma

from hypothesis import given
from hypothesis import strategies as st

from midcycle.registration.rules.attendance import Share, _shape, expected, seats_to_give

# The shares the organiser told: 83, 89 and 68 of a hundred came.
STORY = (Share("Manchester", 100, 83), Share("New York", 100, 89), Share("Milan", 100, 68))

shares = st.lists(
    st.integers(1, 400).flatmap(lambda seats: st.builds(Share, st.just("x"), st.just(seats), st.integers(0, seats))), max_size=6
)


def test_the_story_in_figures():
    assert [share.percent for share in STORY] == [83, 89, 68]
    now = expected(120, STORY)
    assert (now.low, now.middle, now.high) == (76, 99, 114)
    assert seats_to_give(120, 150, STORY) == 127
    assert seats_to_give(120, 125, STORY) == 125  # never beyond the room


def test_one_more_seat_than_proposed_would_be_too_crowded():
    wide = seats_to_give(120, 400, STORY)
    assert chance_of_more_than(120, wide) <= 0.05 < chance_of_more_than(120, wide + 1)


def chance_of_more_than(planned, seats):
    """Add up the formula of Skellam as it is printed, with gamma functions."""
    alpha, beta = _shape(STORY)
    whole = lgamma(alpha) + lgamma(beta) - lgamma(alpha + beta)
    chance = 0.0
    for came in range(planned + 1, seats + 1):
        ways = lgamma(seats + 1) - lgamma(came + 1) - lgamma(seats - came + 1)
        chance += exp(ways + lgamma(came + alpha) + lgamma(seats - came + beta) - lgamma(seats + alpha + beta) - whole)
    return chance


def test_without_a_past_nothing_is_given_twice():
    assert seats_to_give(120, 150, ()) == 120
    assert seats_to_give(120, 100, ()) == 100
    assert seats_to_give(0, 100, STORY) == 0


def test_editions_alike_leave_less_in_doubt():
    alike = [Share("x", 100, 84)] * 8
    narrow, wide = expected(120, alike), expected(120, STORY)
    assert narrow.high - narrow.low < wide.high - wide.low


def test_large_meetups_are_reckoned_by_their_share():
    assert 90_000 < seats_to_give(90_000, 100_000, STORY) <= 100_000
    assert 0 <= expected(100_000, STORY).low <= expected(100_000, STORY).high <= 100_000


@given(st.integers(1, 300), shares)
def test_an_interval_is_in_order_and_possible(seats, past):
    come = expected(seats, past)
    assert 0 <= come.low <= come.middle <= come.high <= seats


@given(st.integers(0, 200), st.integers(0, 300), shares)
def test_seats_given_are_never_beyond_the_room_nor_below_what_fits(planned, room, past):
    given_out = seats_to_give(planned, room, past)
    assert min(planned, room) <= given_out <= room


@given(st.integers(1, 200), shares)
def test_a_larger_room_never_lowers_the_proposal(planned, past):
    proposals = [seats_to_give(planned, planned + more, past) for more in (0, 1, 2, 5, 20, 100)]
    assert proposals == sorted(proposals)
