"""What is at the same time, and how long a week gets."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from midcycle.series.rules.calendar import MOST_CLASHES, NEAR, Span, clash, clashes, week_of
from midcycle.series.rules.months import later, months_between

MARCH = date(2027, 3, 1)  # a Monday


def span(key: str, first: int, last: int, region: str = "") -> Span:
    return Span(key, key.title(), MARCH + timedelta(days=first), MARCH + timedelta(days=last), region)


def test_overlaps_and_neighbours_are_told_of_both():
    found = clashes([span("ours", 1, 2, "europe"), span("theirs", 2, 4, "europe"), span("next", 9, 10), span("far", 30, 31)])
    assert {key: [each.sentence for each in row] for key, row in found.items()} == {
        "ours": ["At the same time as Theirs for 1 day, and in the same region.", "6 days before Next."],
        "theirs": ["At the same time as Ours for 1 day, and in the same region.", "4 days before Next."],
        "next": ["4 days after Theirs.", "6 days after Ours."],
        "far": [],
    }


def test_right_before_and_right_after_are_told():
    assert clash(span("ours", 0, 1), span("theirs", 2, 3)).sentence == "Right before Theirs."
    assert clash(span("theirs", 2, 3), span("ours", 0, 1)).sentence == "Right after Ours."


def test_seven_free_days_are_near_and_eight_are_not():
    for days, count in ((NEAR, 1), (NEAR + 1, 0)):
        found = clashes([span("ours", 0, 1), span("theirs", 2 + days, 3 + days)])
        assert [len(row) for row in found.values()] == [count, count]


def test_of_many_the_worst_are_told():
    found = clashes([span(f"e{number}", 0, number) for number in range(20)])
    assert len(found["e19"]) == MOST_CLASHES
    assert [each.days for each in found["e19"]] == [19, 18, 17, 16, 15, 14, 13, 12]


def test_a_week_beside_a_larger_event():
    fine = week_of(span("ours", 0, 1), span("theirs", 2, 4))
    assert (fine.days, fine.first, fine.last, fine.warnings) == (5, MARCH, MARCH + timedelta(days=4), ())
    long = week_of(span("ours", -2, -1), span("theirs", 0, 3))
    assert long.days == 6
    assert [warning.split(":")[0] for warning in long.warnings] == [
        "Who goes to both is away for 6 days. Long weeks keep people away who have children, shifts or a boss to ask",
        "A day of it is a Saturday or Sunday",
    ]
    both = week_of(span("ours", 0, 1), span("theirs", 1, 3))
    assert both.warnings[0].startswith("Both are on for 1 day: whoever goes to one misses the other.")
    apart = week_of(span("ours", 0, 1), span("theirs", 7, 8))
    assert apart.warnings[-1].startswith("5 days lie between")


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=9).map(
    lambda told: [span(str(number), first, first + length) for number, (first, length) in enumerate(told)]
)


@given(SPANS)
def test_whoever_clashes_is_told_of_it_by_the_other(spans):
    found = clashes(spans)
    for first in spans:
        for second in spans:
            if first.key >= second.key:
                continue
            gap = max(first.first, second.first) - min(first.last, second.last)
            told = second.key in {each.key for each in found[first.key]}
            assert told == (gap.days <= NEAR + 1)
            assert told == (first.key in {each.key for each in found[second.key]})


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(0, 60))
def test_months_later_and_between_agree(day, months):
    assert months_between(day, later(day, months)) == months


def test_very_many_at_one_time_are_told_of_some():
    found = clashes([span(f"e{number}", 0, 1) for number in range(300)])
    assert {len(row) for row in found.values()} == {MOST_CLASHES}
