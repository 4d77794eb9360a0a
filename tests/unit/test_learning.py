"""The forecast learns how far it was off at earlier editions."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from midcycle.hosting.rules import Edition, Forecast, Lesson, forecast

NOW = datetime(2015, 11, 15, 12, 0, tzinfo=UTC)
OPENED = NOW - timedelta(days=5)
MANCHESTER = Edition("Manchester 2016", early=25, declared=None, came=120)

PEOPLE = st.integers(0, 5_000)
EDITIONS = st.builds(Edition, st.just("Past"), st.none() | PEOPLE, st.none() | PEOPLE, PEOPLE)
AGES = st.lists(st.integers(0, 24 * 200), min_size=5, max_size=100)
SINCE = st.integers(0, 400).map(lambda days: NOW - timedelta(days=days))


def told(ages: list[int], past: list[Edition], opened_at: datetime = OPENED, **when) -> Forecast:
    """Return the forecast from answers given so many hours ago."""
    times = [NOW - timedelta(hours=age) for age in ages]
    found = forecast(times, now=NOW, meets_on=when.get("meets_on"), opened_at=opened_at, past=past)
    assert found is not None
    return found


def figures(found: Forecast) -> tuple[int, int, int]:
    return found.low, found.likely, found.high


def test_whoever_knows_of_manchester_is_not_surprised_again() -> None:
    before, after = told([24] * 25, []), told([24] * 25, [MANCHESTER])
    assert (figures(before), before.is_prior) == ((17, 41, 122), True)
    assert (figures(after), after.is_prior) == ((27, 71, 185), False)
    assert after.lessons == (Lesson("Manchester 2016", 25, is_early=True, forecast=41, came=120),)
    assert after.reason.endswith("come. That makes 41; 1 earlier edition moved it.")


def test_an_edition_with_few_answers_teaches_nothing() -> None:
    past = [Edition("Few", 4, 4, 120), Edition("Unknown", None, None, 9), Edition("Nobody came", 30, 40, 0)]
    assert told([24] * 25, past) == told([24] * 25, [])


def test_the_first_days_teach_a_young_call_and_the_whole_an_old_one() -> None:
    both = Edition("Both", early=25, declared=100, came=120)
    young, old = told([24] * 25, [both]), told([24 * 50] * 25, [both], NOW - timedelta(days=60))
    assert [(lesson.said, lesson.is_early) for lesson in (*young.lessons, *old.lessons)] == [(25, True), (100, False)]


def test_what_grew_unforeseen_after_the_first_days_fades_with_the_age_of_the_call() -> None:
    likely = [told([24 * 50] * 30, [MANCHESTER], NOW - timedelta(days=days)).likely for days in (3, 14, 28, 56, 112)]
    assert likely == sorted(likely, reverse=True)
    assert (likely[0], likely[1], likely[-1]) == (43, 43, 25)


@given(AGES, st.lists(EDITIONS, max_size=8), SINCE)
def test_figures_are_in_order(ages, past, since) -> None:
    low, likely, high = figures(told(ages, past, since))
    assert 0 <= low <= likely <= high


@given(AGES, st.integers(0, 24 * 200), st.lists(EDITIONS, max_size=8), SINCE)
def test_one_more_answer_never_lowers_a_figure(ages, age, past, since) -> None:
    before, after = figures(told(ages, past, since)), figures(told([*ages, age], past, since))
    assert [old <= new for old, new in zip(before, after, strict=True)] == [True] * 3


@given(AGES, st.lists(EDITIONS, max_size=5), EDITIONS, st.integers(0, 5_000), SINCE)
def test_an_edition_to_which_more_came_never_lowers_the_likely_number(ages, past, edition, more, since) -> None:
    better = Edition(edition.label, edition.early, edition.declared, edition.came + more)
    if edition.came:
        assert told(ages, [*past, edition], since).likely <= told(ages, [*past, better], since).likely


@given(AGES, st.integers(1, 20))
def test_editions_that_went_as_foreseen_close_the_range(ages, count) -> None:
    as_foreseen = Edition("As foreseen", early=None, declared=100, came=83)
    found = [told(ages, [as_foreseen] * number) for number in range(1, count + 1)]
    for few, many in pairwise(found):
        assert (few.likely, few.low <= many.low, many.high <= few.high) == (many.likely, True, True)


@given(AGES, st.lists(EDITIONS, min_size=1, max_size=8), SINCE)
def test_the_order_of_editions_does_not_matter(ages, past, since) -> None:
    assert figures(told(ages, past, since)) == figures(told(ages, past[::-1], since))


@given(AGES, EDITIONS)
def test_one_edition_moves_the_likely_number_by_a_factor_of_four_at_most(ages, edition) -> None:
    alone, moved = told(ages, []).likely, told(ages, [edition]).likely
    assert alone / 4 - 1 <= moved <= alone * 4 + 2


def test_more_than_fifty_editions_are_not_looked_at() -> None:
    assert len(told([24] * 25, [MANCHESTER] * 60).lessons) == 50
