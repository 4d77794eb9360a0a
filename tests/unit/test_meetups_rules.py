"""Stages move one step at a time; dates and places read like a person wrote them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.moves import IllegalMove, check_move
from midcycle.meetups.rules import (
    MOVES,
    STAGES,
    dates_in_words,
    next_stage,
    place_in_words,
    previous_stage,
)


@given(st.sampled_from(STAGES), st.sampled_from(STAGES))
def test_only_neighbours_are_reached(was, becomes):
    legal = abs(STAGES.index(was) - STAGES.index(becomes)) == 1 and was != "archived"
    if legal:
        check_move(MOVES, was, becomes)
    else:
        with pytest.raises(IllegalMove):
            check_move(MOVES, was, becomes)


def test_the_way_there_and_back():
    assert [next_stage(stage) for stage in STAGES] == [*STAGES[1:], None]
    assert [previous_stage(stage) for stage in STAGES] == [None, *STAGES[:5], None]


@pytest.mark.parametrize(
    ("starts", "ends", "about", "words"),
    [
        (date(2027, 3, 2), date(2027, 3, 3), "", "2\N{EN DASH}3 March 2027"),
        (date(2027, 3, 31), date(2027, 4, 1), "", "31 March to 1 April 2027"),
        (date(2026, 12, 31), date(2027, 1, 1), "", "31 December 2026 to 1 January 2027"),
        (date(2027, 3, 2), date(2027, 3, 2), "", "2 March 2027"),
        (date(2027, 3, 2), None, "spring", "2 March 2027"),
        (None, None, "March 2014", "March 2014"),
        (None, None, "", ""),
    ],
)
def test_dates_in_words(starts, ends, about, words):
    assert dates_in_words(starts, ends, about) == words


def test_places_in_words():
    assert place_in_words("Lisbon", "PT", "europe") == "Lisbon, PT"
    assert place_in_words("", "", "north-america") == "North America"
