"""Lines over a number of people: steps are where they are, marks are told, and hostile names are text."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.charts import Scale, Track, tracks
from midcycle.engines.charts.tracks import corners, grid

SVG = "{http://www.w3.org/2000/svg}"
EURO = Scale(100, "EUR")


def drawn(*found, marks=(), here=0, title="Cost"):
    return ET.fromstring(tracks(found, title=title, scale=EURO, marks=marks, here=here))  # noqa: S314 - our own


def test_a_step_is_drawn_where_it_is():
    svg = drawn(Track("Cost", [0] * 101 + [10_000] * 100))
    (line,) = svg.iter(f"{SVG}polyline")
    assert line.get("points") == "0,248 180,248 181.8,78 360,78"


def test_marks_and_what_they_come_to_are_told_in_words():
    cost, income = Track("Cost", [100 * n for n in range(201)]), Track("Income", [5_000] * 201, is_dashed=True)
    svg = drawn(cost, income, marks=[(120, "as <now>"), (200, "all"), (999, "too far")], here=50)
    assert svg.findtext(f"{SVG}desc") == (
        "50: Cost 50 EUR, Income 50 EUR; 120 (as <now>): Cost 120 EUR, Income 50 EUR; 200 (all): Cost 200 EUR, Income 50 EUR"
    )
    values = [one.text for one in svg.iter(f"{SVG}text") if one.get("class") == "chart-value"]
    assert values == ["120", "200"]
    assert [one.get("cx") for one in svg.iter(f"{SVG}circle")] == ["90", "90"]


@pytest.mark.parametrize("values", [[], [1], [1, -1]])
def test_what_cannot_be_drawn_is_refused(values):
    with pytest.raises(ValueError, match="two values or more"):
        drawn(Track("Cost", values))


@given(st.integers(0, 10**15), st.sampled_from([1, 100, 1000]))
def test_the_lines_across_are_few_round_and_above_all(highest, minor):
    step, top = grid(highest, minor)
    assert str(step // minor).rstrip("0") in {"1", "2", "5"}
    assert highest <= top
    assert 1 <= top // step <= 5
    assert top - step < max(highest, 1)


@given(st.lists(st.integers(0, 5), min_size=2, max_size=40))
def test_what_is_left_out_lies_on_the_line(values):
    kept = corners(values)
    assert kept[0] == (0, values[0])
    assert kept[-1] == (len(values) - 1, values[-1])
    for (a, low), (b, high) in pairwise(kept):
        assert all((values[at] - low) * (b - a) == (high - low) * (at - a) for at in range(a, b + 1))
