"""Which days suit, who told whom, what people would talk about, and what numbers mean for rooms."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.hosting.rules import (
    LONGEST,
    MOST_IN_DISCUSSION,
    MOST_TOPICS,
    MOST_WINDOWS,
    Forecast,
    Line,
    Meaning,
    Reach,
    Tally,
    alike,
    best_of,
    fault_in_topics,
    fault_in_window,
    reach_of,
    topics_in,
    what_it_means,
)
from midcycle.kernel.folding import Group

TUESDAY = date(2027, 3, 2)
VOICES = st.integers(0, 50)
TALLIES = st.lists(st.tuples(VOICES, VOICES, VOICES), max_size=12)


def tally(number: int, *said: int) -> Tally:
    return Tally(number, TUESDAY, TUESDAY, *said)


def test_the_best_days_are_those_most_people_can_and_like() -> None:
    assert best_of([]) == frozenset()
    assert best_of([tally(1), tally(2, 0, 0, 9)]) == frozenset()
    assert best_of([tally(1, 5, 0, 2), tally(2, 3, 3), tally(3, 4, 1)]) == {2}
    assert best_of([tally(1, 3, 3), tally(2, 4, 2), tally(3, 4, 2, 9)]) == {2, 3}


@given(TALLIES)
def test_nothing_suits_better_than_the_best(said) -> None:
    tallies = [tally(number, *each) for number, each in enumerate(said)]
    best = best_of(tallies)
    assert bool(best) == any(each.can for each in tallies)
    for each in tallies:
        assert each.number in best or all(each.can <= other.can for other in tallies if other.number in best)


def test_days_are_told_in_words() -> None:
    assert Tally(1, TUESDAY, TUESDAY + timedelta(days=1)).days == "2\N{EN DASH}3 March 2027"


@pytest.mark.parametrize(
    ("days", "others", "told"),
    [
        ((0, 1), [], None),
        ((0, 30), [], None),
        ((0, 31), [], ("ends_on", "A meetup lasts 31 days at most. Choose an earlier last day.")),
        ((1, 0), [], ("ends_on", "The last day is before the first.")),
        ((0, 1), [(0, 1)], ("starts_on", "These days are asked about already.")),
        ((0, 1), [(7, day) for day in range(7, 7 + MOST_WINDOWS - 1)], None),
        (
            (0, 1),
            [(7, day) for day in range(7, 7 + MOST_WINDOWS)],
            ("starts_on", "12 choices are as many as people answer. Take one away first."),
        ),
    ],
)
def test_days_that_cannot_be_asked_about_say_why(days, others, told) -> None:
    first, last = (TUESDAY + timedelta(days=day) for day in days)
    there = [(TUESDAY + timedelta(days=start), TUESDAY + timedelta(days=end)) for start, end in others]
    assert fault_in_window(first, last, there) == told


def test_how_people_heard_is_told_in_groups_of_five_and_more() -> None:
    heard = [("call", 0)] * 12 + [("invitation", 1)] * 7 + [("invitation", 2)] * 6 + [("poster", 0)] * 5
    assert reach_of(heard, 6) == Reach(
        ways=(
            Group("an invitation somebody passed on", 13),
            Group("where the call was posted", 12),
            Group("a poster", 5),
        ),
        hands=(Group("second hand", 7), Group("third hand", 6)),
        invited=13,
        shared=43,
        passed_on=6,
        longest=2,
    )


def test_a_small_group_is_told_by_no_figure_beside_it() -> None:
    heard = [("call", 0)] * 16 + [("invitation", 1)] * 8 + [("poster", 0), ("page", 0)]
    assert reach_of(heard, 8) == Reach(
        (Group("where the call was posted", 16), Group("in other ways", 10)), (), None, None, None, 0
    )
    assert reach_of([("call", 0)] * 4, 0) == Reach((), (), None, None, None, 0)
    assert reach_of([], 0).ways == ()


def test_a_long_chain_of_few_is_not_told() -> None:
    heard = [("call", 0)] * 9 + [("invitation", 1)] * 9 + [("invitation", hand) for hand in (2, 3, 4, 5)]
    found = reach_of(heard, 4)
    assert (found.longest, found.passed_on, found.invited) == (1, None, 13)
    assert found.hands == (Group("through other hands", 13),)


@given(st.lists(st.sampled_from([("call", 0), ("poster", 0), ("page", 0), *(("invitation", hand) for hand in range(1, 9))])))
def test_no_figure_is_of_fewer_than_five_people(heard) -> None:
    passers = len({hand for _, hand in heard if hand})
    found = reach_of(heard, passers)
    counts = [group.count for group in (*found.ways, *found.hands)]
    counts += [each for each in (found.invited, found.passed_on) if each is not None]
    assert [count for count in counts if count < 5] == []
    if found.invited is not None:
        others = len(heard) - found.invited
        assert others == 0 or others >= 5
        assert found.invited == sum(hand > 0 for _, hand in heard)


def test_topics_are_lines_each_once() -> None:
    typed = " - Upgrades \r\n\n* upgrades\n\u202e•  Spare parts\t\x00\n\u3164\n-\n"
    assert topics_in(typed) == ("Upgrades", "Spare parts")
    assert topics_in("") == ()


def test_too_many_or_too_long_topics_are_told() -> None:
    assert fault_in_topics(["x" * LONGEST["topic"]] * MOST_TOPICS) is None
    assert fault_in_topics(["x"] * (MOST_TOPICS + 1)) == "Name 5 topics at most, one a line."
    assert fault_in_topics(["x" * (LONGEST["topic"] + 1)]) == "Shorten each topic to 120 characters."


def test_lines_that_say_the_same_are_one_and_what_is_hidden_stays_hidden() -> None:
    rows = [(1, "Upgrades", False), (2, "STRASSE", False), (3, "upgrades", False), (4, "Straße", True), (5, "Storage", False)]
    assert alike(rows) == (
        Line(2, "STRASSE", 2, is_hidden=True),
        Line(1, "Upgrades", 2, is_hidden=False),
        Line(5, "Storage", 1, is_hidden=False),
    )


def test_what_the_story_means_for_its_rooms() -> None:
    assert what_it_means(Forecast(71, 27, 184, "")) == (
        Meaning("If few come", 27, 1, 27),
        Meaning("Most likely", 71, 3, 24),
        Meaning("If many come", 184, 6, 31),
    )
    assert [row.word for row in what_it_means(Forecast(5, 5, 5, ""))] == ["If few come"]


@given(st.integers(0, 100_000))
def test_nobody_only_listens_and_no_room_is_too_many(people) -> None:
    (row,) = what_it_means(Forecast(people, people, people, ""))
    assert row.in_each <= MOST_IN_DISCUSSION
    assert row.rooms * row.in_each >= people
    assert row.rooms == 1 or (row.rooms - 1) * MOST_IN_DISCUSSION < people
