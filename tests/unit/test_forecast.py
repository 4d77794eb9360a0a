"""An interest call says how many will come, as a range that closes with time."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from midcycle.hosting.rules import Forecast, forecast

NOW = datetime(2015, 11, 15, 12, 0, tzinfo=UTC)
MEETS_ON = date(2016, 2, 15)

AGES = st.lists(st.integers(-24, 24 * 200), max_size=300)  # hours since each answer; a fast clock gives negative ones
DATES = st.none() | st.integers(-30, 400).map(lambda days: NOW.date() + timedelta(days=days))


def answers(ages: list[int]) -> list[datetime]:
    """Return the times of answers given so many hours ago."""
    return [NOW - timedelta(hours=age) for age in ages]


def figures(found: Forecast | None) -> tuple[int, int, int]:
    """Return the lowest, likely and highest number; nothing is promised while there is no forecast."""
    return (found.low, found.likely, found.high) if found else (0, 0, 0)


def test_manchester_fits_into_the_range_three_months_ahead() -> None:
    found = forecast(answers([24] * 25), now=NOW, meets_on=MEETS_ON)
    assert found == Forecast(
        likely=41,
        low=17,
        high=122,
        reason="25 people said they would come, 25 of them in the last 14 days. At this pace about 25 more will say so. "
        "Of those who say so, 68 to 89 in 100 come.",
    )
    assert figures(forecast(answers([24] * 25), now=NOW, meets_on=None)) == (17, 41, 122)


def test_the_range_closes_to_the_known_shares_when_answers_dry_up() -> None:
    found = forecast(answers([24 * 60] * 364), now=NOW, meets_on=MEETS_ON)
    # The counts from Seattle 2018 themselves: 302 of 364 came.
    assert found == Forecast(
        likely=302,
        low=248,
        high=324,
        reason="364 people said they would come, none of them in the last 14 days. Hardly anybody else will say so. "
        "Of those who say so, 68 to 89 in 100 come.",
    )


def test_on_the_day_nobody_is_expected_to_follow() -> None:
    fresh = answers([1] * 100)
    assert figures(forecast(fresh, now=NOW, meets_on=NOW.date())) == (68, 83, 89)
    assert figures(forecast(fresh, now=NOW, meets_on=NOW.date() - timedelta(days=9))) == (68, 83, 89)
    assert figures(forecast(fresh, now=NOW, meets_on=NOW.date() + timedelta(days=14))) == (68, 135, 342)


def test_fewer_than_five_answers_forecast_nothing() -> None:
    found = [forecast(answers([24] * count), now=NOW, meets_on=MEETS_ON) for count in (0, 1, 4, 5)]
    assert [each is None for each in found] == [True, True, True, False]


def test_an_answer_is_fresh_for_fourteen_days() -> None:
    found = forecast(answers([14 * 24, *[14 * 24 + 1] * 4]), now=NOW, meets_on=None)
    assert found is not None
    assert found.reason == (
        "5 people said they would come, 1 of them in the last 14 days. At this pace about 1 more will say so. "
        "Of those who say so, 68 to 89 in 100 come."
    )


@given(AGES, DATES)
def test_the_figures_are_in_order_and_never_below_half_of_the_answers(ages: list[int], meets_on: date | None) -> None:
    found = forecast(answers(ages), now=NOW, meets_on=meets_on)
    assert (found is None) == (len(ages) < 5)
    ladder = [len(ages) * 0.5, *figures(found), len(ages) * 0.89 * 5.5 + 0.5]
    assert found is None or ladder == sorted(ladder)


@given(AGES, st.integers(-24, 24 * 200), DATES)
def test_one_more_answer_never_lowers_a_figure(ages: list[int], age: int, meets_on: date | None) -> None:
    before = figures(forecast(answers(ages), now=NOW, meets_on=meets_on))
    after = figures(forecast(answers([*ages, age]), now=NOW, meets_on=meets_on))
    assert [old <= new for old, new in zip(before, after, strict=True)] == [True] * 3


@given(AGES, st.lists(st.integers(-30, 400), min_size=2, max_size=6))
def test_a_later_date_never_lowers_a_figure(ages: list[int], days: list[int]) -> None:
    dates = [NOW.date() + timedelta(days=ahead) for ahead in sorted(days)]
    found = [figures(forecast(answers(ages), now=NOW, meets_on=day)) for day in dates]
    assert [old <= new for earlier, later in pairwise(found) for old, new in zip(earlier, later, strict=True)] == (
        [True] * 3 * (len(found) - 1)
    )


@given(AGES, DATES, st.integers(0, 60))
def test_silence_never_raises_a_figure(ages: list[int], meets_on: date | None, days: int) -> None:
    # Answers from the future would grow up meanwhile, so only past ones are silent.
    past = answers([abs(age) for age in ages])
    before = figures(forecast(past, now=NOW, meets_on=meets_on))
    after = figures(forecast(past, now=NOW + timedelta(days=days), meets_on=meets_on))
    assert [new <= old for old, new in zip(before, after, strict=True)] == [True] * 3
