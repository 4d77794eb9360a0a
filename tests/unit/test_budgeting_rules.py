"""What is typed into a budget is read exactly or refused with what to type instead; what is told fits what was reckoned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.funding.rules import budgeting as rules
from midcycle.funding.rules.balance import MOST, PARTS
from midcycle.funding.rules.telling import reach, unit_of


@pytest.mark.parametrize(
    ("typed", "parts"),
    [("1.0652", 106_520_000), ("1,0652", 106_520_000), (" 150 ", 150 * PARTS), ("0.00000001", 1), ("1000000", 10**6 * PARTS)],
)
def test_a_rate_is_read_to_the_last_digit(typed, parts):
    assert rules.parse_rate(typed) == parts


@pytest.mark.parametrize(
    "typed", ["", "0", "-1", "1e3", "1.2.3", "0.000000001", "1000001", "1,000.5", "NaN", "9" * 50, "\u0661"]
)
def test_a_rate_that_is_none_is_refused(typed):
    with pytest.raises(rules.NotReadableError):
        rules.parse_rate(typed)


@given(st.integers(1, 10**6 * PARTS))
def test_a_rate_can_be_typed_again(rate):
    assert rules.parse_rate(rules.rate_in_digits(rate)) == rate


def test_steps_are_typed_one_on_a_line_in_any_order():
    assert rules.parse_steps("101: 2,600\n\n1: 1,200.50\n 200 = 4000 ", "EUR") == ((1, 120_050), (101, 260_000), (200, 400_000))
    assert rules.parse_steps("", "EUR") == ()
    steps = ((1, 120_050), (101, 260_000))
    assert rules.parse_steps(rules.steps_as_typed(steps, "EUR"), "EUR") == steps


@pytest.mark.parametrize("typed", ["many: 3", "1:", "1: x", "1: 2,60x", "-1: 5", "12345: 6", ": 4"])
def test_steps_that_cannot_be_read_are_refused_with_their_line(typed):
    with pytest.raises(rules.NotReadableError, match=r"^Line 2: "):
        rules.parse_steps(f"1: 5\n{typed}", "EUR")


@pytest.mark.parametrize(
    ("basis", "amount", "steps", "field"),
    [("fixed", 0, (), None), ("fixed", -1, (), "amount"), ("per_head", 10**13, (), "amount"), ("stepped", 0, (), "steps"),
     ("stepped", 0, ((1, 5), (1, 6)), "steps"), ("stepped", 0, ((MOST + 1, 5),), "steps"), ("stepped", 0, ((1, -5),), "steps"),
     ("stepped", 0, tuple((n, 1) for n in range(21)), "steps"), ("stepped", -9, ((0, 5), (101, 4)), None)],
)  # fmt: skip
def test_a_line_is_checked(basis, amount, steps, field):
    fault = rules.fault_in_line(basis, amount, steps)
    assert (fault[0] if fault else None) == field


@given(st.lists(st.integers(1, MOST), max_size=4), st.lists(st.integers(0, MOST), max_size=4))
def test_the_drawing_reaches_beyond_all_that_is_thought_of(seats, starts):
    far = reach(seats, starts)
    assert far % 50 == 0
    assert max([100, *seats]) <= far <= MOST


@given(st.integers(0, 10**13), st.sampled_from([1, 100, 1000]))
def test_a_slider_has_a_round_step_and_not_too_many(largest, minor):
    unit = unit_of(largest, minor)
    assert largest <= 200 * unit
    assert unit == minor or largest > 78 * unit
    assert str(unit // minor).rstrip("0") in {"1", "2", "5"}
