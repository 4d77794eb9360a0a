"""What a bid needs, when a call opens, and how points become one figure."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.bidding.rules import (
    FIELDS,
    SECTIONS,
    Given,
    Line,
    completeness,
    fault_in_days,
    fault_in_window,
    in_one_line,
    phase_of,
    points_told,
    results,
    section_after,
    sum_for,
    told,
)

NOW = datetime(2027, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)
SCORES = st.lists(st.builds(Given, st.integers(1, 4), st.integers(1, 3), st.integers(1, 2), st.integers(0, 5)), max_size=30)
WEIGHTS = st.dictionaries(st.sampled_from([1, 2]), st.integers(1, 100), min_size=1)


def test_every_field_of_the_brief_is_asked_once():
    keys = [field.key for section in SECTIONS for field in section.fields]
    assert len(keys) == len(set(keys)) == len(FIELDS)
    assert {"wifi", "power", "sound", "catering", "evening", "access", "visa", "hotels", "conflict", "rooms"} <= set(keys)
    assert (FIELDS["conflict"].needed, FIELDS["conflict"].public, FIELDS["contact_email"].public) == (True, True, False)


def test_sections_follow_each_other_to_the_last():
    assert section_after("place").key == "team"
    assert section_after("offer") is None


@given(st.sets(st.sampled_from(sorted(FIELDS))), st.booleans())
def test_a_bid_is_whole_when_nothing_needed_is_missing(keys, has_costs):
    found = completeness(dict.fromkeys(keys, "x"), has_costs=has_costs)
    missing = {field.key for field in FIELDS.values() if field.needed} - keys
    assert {field.key for _, field in found.missing} == missing
    assert found.is_whole == (not missing and has_costs)
    assert (found.percent == 100) == found.is_whole


@pytest.mark.parametrize(
    ("state", "moment", "phase"),
    [
        ("draft", NOW, "draft"),
        ("open", NOW - DAY, "first"),
        ("open", NOW, "open"),
        ("open", NOW + 9 * DAY, "open"),
        ("open", NOW + 10 * DAY, "comparing"),
        ("decided", NOW + 20 * DAY, "decided"),
    ],
)
def test_a_call_has_phases(state, moment, phase):
    assert phase_of(state, NOW, NOW + 10 * DAY, now=moment) == phase


def test_windows_and_days():
    first, last = date(2027, 5, 1), date(2027, 6, 1)
    assert fault_in_window(first, last, date(2027, 4, 30)) is None
    assert fault_in_window(first, last, first)[0] == "deadline_day"
    assert fault_in_window(None, last, first) is None
    assert fault_in_days(first, first, first, last) is None
    assert fault_in_days(first, last, first, last) == "A meetup lasts 31 days at most."
    assert fault_in_days(last, last + DAY, first, last) == "These days are outside of the window of the call."


def test_answers_in_words():
    rooms = [{"name": "Hall", "capacity": 90, "layout": "", "equipment": "screen"}, {"name": "Attic", "capacity": None}]
    assert told(FIELDS["rooms"], rooms, {}) == ("Hall, 90 people, screen", "Attic")
    days = [{"starts_on": "2027-03-02", "ends_on": "2027-03-03"}]
    assert in_one_line(FIELDS["days"], days, {}) == "2\N{EN DASH}3 March 2027"
    assert told(FIELDS["country"], "PT", {"PT": "Portugal"}) == ("Portugal",)
    assert told(FIELDS["venue_kind"], "lent", {}) == ("Lent for nothing",)
    assert told(FIELDS["wifi"], "a\n\nb", {}) == ("a", "", "b")
    assert told(FIELDS["wifi"], "", {}) == ()


def test_a_result_by_hand():
    given_points = [Given(1, 7, 1, 5), Given(2, 7, 1, 4), Given(1, 7, 2, 2), Given(1, 8, 1, 5)]
    first, second = results([8, 7], {1: 60, 2: 40}, given_points)
    assert (first.bid, first.total, first.rank, points_told(first.total)) == (7, Fraction(7, 2), 1, "3.50")
    assert (second.bid, second.total, second.rank, points_told(second.total)) == (8, None, 2, "\N{EN DASH}")


@given(WEIGHTS, SCORES)
def test_totals_lie_between_the_least_and_most_points_and_order_does_not_matter(weights, scores):
    once = {(s.member, s.bid, s.criterion): s for s in scores}
    found = {row.bid: row for row in results([1, 2, 3], weights, list(once.values()))}
    assert found == {row.bid: row for row in results([3, 1, 2], weights, list(reversed(once.values())))}
    for bid, row in found.items():
        own = [s.points for s in once.values() if s.bid == bid and s.criterion in weights]
        if row.total is not None:
            assert min(own) <= row.total <= max(own)
        assert row.rank == 1 + sum(1 for other in found.values() if _worth(other) > _worth(row))


def _worth(row):
    return -1 if row.total is None else row.total


@pytest.mark.parametrize(
    ("points", "text"),
    [(Fraction(0), "0.00"), (Fraction(5), "5.00"), (Fraction(1, 3), "0.33"), (Fraction(7, 200), "0.04")],
)
def test_points_in_words(points, text):
    assert points_told(points) == text


@given(st.lists(st.builds(Line, st.integers(1, 10**12), st.booleans(), st.booleans())), st.integers(1, 1000))
def test_host_and_gap_are_the_whole(lines, people):
    found = sum_for(lines, people)
    assert found.total == found.by_host + found.gap == sum(line.amount * (people if line.per_person else 1) for line in lines)
