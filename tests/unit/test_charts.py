"""Drawings tell their figures truly, to eyes and to screen readers, whatever people wrote in the labels."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.charts import Bar, Column, Pair, Point, bars, columns, course, pairs, share
from midcycle.engines.charts.draw import percent
from midcycle.engines.charts.words import SIZE, broken, clean, number, span_of

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = st.text(st.characters() | st.sampled_from("<>&\"'\x00\x0b\r\n\u2028\u202e\ufffe😀שW"), max_size=80)
AMOUNTS = st.integers(0, 10_000) | st.floats(0, 10_000)
KNOWN_CLASSES = {
    "chart-bar",
    "chart-bar chart-bar-2",
    "chart-bar chart-bar-3",
    "chart-bar chart-bar-4",
    "chart-area",
    "chart-dot",
    "chart-line",
    "chart-axis",
    "chart-label",
    "chart-value",
}


def drawn(svg: str) -> ET.Element:
    """Return the parsed drawing."""
    return ET.fromstring(svg)  # noqa: S314 - written by the engine


def rects(svg: str, kind: str = "chart-bar") -> list[tuple[float, float, float, float]]:
    """Return x, y, width and height of the rectangles of a kind."""
    found = [rect for rect in drawn(svg).iter(f"{SVG}rect") if rect.get("class", "").split(" ")[0] == kind]
    return [
        (float(r.get("x", "")), float(r.get("y", "")), float(r.get("width", "")), float(r.get("height", ""))) for r in found
    ]


def texts(svg: str, kind: str) -> list[str]:
    """Return the words of a kind in the order of the drawing."""
    return [text.text or "" for text in drawn(svg).iter(f"{SVG}text") if text.get("class") == kind]


def told(svg: str) -> tuple[str | None, str | None]:
    """Return what a screen reader hears: the title and the description."""
    root = drawn(svg)
    return root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")


def test_both_bars_of_a_pair_have_one_scale() -> None:
    svg = pairs([Pair("Cloud", 40, 10), Pair("Media", 0, 20)], title="Role", names=("with a seat", "waiting"))
    widths = [width for x, _, width, _ in rects(svg) if x == 0][1:]
    assert widths == [276, 69, 0, 138]
    assert texts(svg, "chart-label") == ["with a seat", "waiting", "Cloud", "Media"]
    assert texts(svg, "chart-value") == ["40", "10", "0", "20"]
    assert told(svg) == ("Role", "Cloud: 40 with a seat, 10 waiting; Media: 0 with a seat, 20 waiting")


@given(st.lists(st.builds(Pair, HOSTILE, AMOUNTS, AMOUNTS), max_size=8), HOSTILE)
def test_pairs_stay_within_the_drawing(data: list[Pair], name: str) -> None:
    svg = pairs(data, title="Role", names=(name, "waiting"))
    _, _, width, height = (float(part) for part in drawn(svg).get("viewBox", "").split())
    assert all(x + wide <= width and y + high <= height for x, y, wide, high in rects(svg))
    assert {mark.get("class") for mark in drawn(svg).iter() if mark.get("class")} <= KNOWN_CLASSES


def line_of(svg: str) -> list[tuple[float, float]]:
    """Return the spots the line goes through."""
    (line,) = drawn(svg).iter(f"{SVG}polyline")
    return [(float(x), float(y)) for x, y in (spot.split(",") for spot in line.get("points", "").split())]


def test_a_course_rises_to_its_limit() -> None:
    points = [Point(10, 0), Point(11, 30, "1 Feb"), Point(13, 30), Point(14, 60, "4 Feb")]
    svg = course(points, title="In all", unit="people", limit=("120 seats", 120))
    assert line_of(svg) == [(0, 156), (80, 126), (240, 126), (320, 96)]
    assert texts(svg, "chart-value") == ["60"]
    assert texts(svg, "chart-label") == ["people", "120 seats", "1 Feb", "4 Feb"]
    assert told(svg) == ("In all", "1 Feb: 30 people; 4 Feb: 60 people; 120 seats: 120 people")


def test_a_course_of_one_point_of_zeros_or_of_none_can_be_drawn() -> None:
    assert line_of(course([Point(5, 3, "Now")], title="One")) == [(0, 18)]
    assert line_of(course([Point(5, 0), Point(6, 0, "Now")], title="Zero")) == [(0, 138), (320, 138)]
    assert told(course([], title="Empty", limit=("2 seats", 2))) == ("Empty", "Nothing to show yet.")


@pytest.mark.parametrize("points", [[Point(2, 1), Point(1, 1)], [Point(0, -1)], [Point(float("nan"), 1)]])
def test_a_course_that_cannot_be_drawn_is_refused(points: list[Point]) -> None:
    with pytest.raises(ValueError, match=r"cannot be drawn|left to right"):
        course(points, title="t")


@given(st.lists(st.builds(Point, AMOUNTS, AMOUNTS, HOSTILE), max_size=8), HOSTILE, AMOUNTS)
def test_a_course_stays_within_the_drawing(points: list[Point], name: str, most: float) -> None:
    ordered = sorted(points, key=lambda point: point.at)
    svg = course(ordered, title=name, unit="people", limit=(name, most))
    _, _, width, height = (float(part) for part in drawn(svg).get("viewBox", "").split())
    assert all(0 <= x <= width and 0 <= y <= height for x, y in (line_of(svg) if points else []))
    assert {mark.get("class") for mark in drawn(svg).iter() if mark.get("class")} <= KNOWN_CLASSES


def test_bars_are_as_long_as_their_values() -> None:
    svg = bars([Bar("Cloud", 40), Bar("Research", 10, "a fifth"), Bar("Media", 0)], title="Who came", unit="people")
    assert [(x, width, height) for x, _, width, height in rects(svg)] == [(0, 320, 12), (0, 80, 12), (0, 0, 12)]
    assert texts(svg, "chart-label") == ["people", "Cloud", "Research", "Media"]
    assert texts(svg, "chart-value") == ["40", "10 · a fifth", "0"]
    assert told(svg) == ("Who came", "Cloud: 40 people; Research: 10 people (a fifth); Media: 0 people")


def test_a_full_bar_can_be_given_and_the_important_bar_stands_out() -> None:
    svg = bars([Bar("Again", 92.5), Bar("First time", 40, accent=True)], title="Feedback", unit="%", top=100)
    assert [width for _, _, width, _ in rects(svg)] == [296, 128]
    assert [rect.get("class") for rect in drawn(svg).iter(f"{SVG}rect")] == ["chart-bar", "chart-bar chart-bar-2"]
    assert texts(svg, "chart-value") == ["92.5 %", "40 %"]
    assert texts(svg, "chart-label") == ["Again", "First time"]


def test_a_value_above_the_full_bar_stays_in_the_drawing() -> None:
    assert [width for _, _, width, _ in rects(bars([Bar("a", 200), Bar("b", 50)], title="", top=100))] == [320, 80]


def test_one_bar_no_bar_and_only_zeros_can_be_drawn() -> None:
    assert [width for _, _, width, _ in rects(bars([Bar("All", 7)], title="One"))] == [320]
    assert [width for _, _, width, _ in rects(bars([Bar("None", 0)], title="Zero"))] == [0]
    empty = bars([], title="Empty", unit="people")
    assert (rects(empty), texts(empty, "chart-label")) == ([], ["Nothing to show yet."])
    assert told(empty) == ("Empty", "Nothing to show yet.")
    assert told(columns([], title="Empty")) == ("Empty", "Nothing to show yet.")


def test_bars_do_not_touch_each_other_or_their_labels() -> None:
    svg = bars([Bar("A long label that takes two lines in a narrow drawing", 3), Bar("b", 2)], title="t")
    spots = [float(text.get("y", "")) for text in drawn(svg).iter(f"{SVG}text") if text.get("class") == "chart-label"]
    (first, second) = [(y, y + height) for _, y, _, height in rects(svg)]
    assert sorted([*spots, *first, *second]) == [spots[0], spots[1], *first, spots[2], *second]
    assert (drawn(svg).get("viewBox"), second[1]) == ("0 0 320 90", 90)


def test_a_share_reads_as_a_sentence_and_fills_the_whole() -> None:
    svg = share(36, 120, title="Reach", description="not on the list")
    assert rects(svg) == [(0, 18, 96, 12), (96, 18, 224, 12)]
    assert [rect.get("class") for rect in drawn(svg).iter(f"{SVG}rect")] == ["chart-bar", "chart-bar chart-bar-4"]
    assert (texts(svg, "chart-value"), texts(svg, "chart-label")) == (
        ["30 %"],
        ["not on the list (36 / 120)"],
    )
    assert told(svg) == ("Reach", "30 % not on the list (36 / 120)")


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 120, "0 %"), (1, 1200, "<1 %"), (119, 120, "99 %"), (1199, 1200, ">99 %"), (120, 120, "100 %"), (0, 0, "–")],  # noqa: RUF001
)
def test_a_share_is_never_rounded_to_none_or_to_all(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


def test_columns_stand_on_one_line_and_are_as_high_as_their_values() -> None:
    svg = columns([Column("2014", 40), Column("2015", 80), Column("2016", 120)], title="Editions", unit="people")
    assert [(y, height) for _, y, _, height in rects(svg)] == [(116, 40), (76, 80), (36, 120)]
    assert texts(svg, "chart-value") == ["120", "80", "40"]
    assert texts(svg, "chart-label") == ["people", "2016", "2015", "2014"]
    assert [text.get("text-anchor") for text in drawn(svg).iter(f"{SVG}text")] == ["end", *["middle"] * 6]
    (axis,) = drawn(svg).iter(f"{SVG}line")
    assert [axis.get(name) for name in ("x1", "y1", "x2", "y2")] == ["0", "156", "320", "156"]
    assert told(svg) == ("Editions", "2014: 40 people; 2015: 80 people; 2016: 120 people")


def test_an_uncertain_column_is_a_band_with_a_dot() -> None:
    svg = columns([Column("now", 60, low=30, high=120), Column("low only", 60, low=40)], title="Forecast")
    assert [(y, height) for _, y, _, height in rects(svg, "chart-area")] == [(18, 90), (78, 20)]
    assert [(dot.get("cx"), dot.get("cy")) for dot in drawn(svg).iter(f"{SVG}circle")] == [("80", "78"), ("240", "78")]
    assert (rects(svg), told(svg)[1]) == ([], "now: 60 (30 – 120); low only: 60 (40 – 60)")  # noqa: RUF001


def test_many_columns_carry_words_that_stay_apart_and_inside() -> None:
    for count in range(1, 60):
        series = [Column(f"{day} Oct", day * 10) for day in range(1, count + 1)]
        svg = columns(series, title="Days")
        assert texts(svg, "chart-value")[0] == str(count * 10)
        spots = [text for text in drawn(svg).iter(f"{SVG}text") if text.get("class") == "chart-label"]
        reach = [
            (
                float(spot.get("x", "")) - span_of(spot.text or "") / 2,
                float(spot.get("x", "")) + span_of(spot.text or "") / 2,
            )
            for spot in reversed(spots)
        ]
        ends = [0.0, *(end for left_right in reach for end in left_right), 320.0]
        assert ends == sorted(ends)


@given(st.lists(st.tuples(HOSTILE, AMOUNTS, HOSTILE, st.booleans()), max_size=6), HOSTILE, HOSTILE)
def test_hostile_bars_are_still_a_drawing(rows: list[tuple[str, float, str, bool]], title: str, unit: str) -> None:
    svg = bars([Bar(*row) for row in rows], title=title, unit=unit)
    check_safe(svg)
    most = max((value for _, value, _, _ in rows), default=0)
    widths = [width for _, _, width, _ in rects(svg)]
    assert widths == [round(320 * value / most, 3) if most else 0 for _, value, _, _ in rows]
    assert told(svg)[0] == clean(title)


@given(HOSTILE, HOSTILE, st.integers(0, 500), st.integers(0, 500))
def test_a_hostile_share_is_still_a_drawing(title: str, description: str, one: int, two: int) -> None:
    part, whole = min(one, two), max(one, two)
    svg = share(part, whole, title=title, description=description)
    check_safe(svg)
    (shown, rest) = [width for _, _, width, _ in rects(svg)]
    assert (shown, round(shown + rest, 2)) == (round(320 * part / whole, 3) if whole else 0, 320)


@given(st.lists(st.tuples(HOSTILE, st.lists(AMOUNTS, min_size=3, max_size=3)), max_size=30), HOSTILE)
def test_hostile_columns_are_still_a_drawing(rows: list[tuple[str, list[float]]], title: str) -> None:
    ranges = [sorted(amounts) for _, amounts in rows]
    series = [Column(label, mid, low, high) for (label, _), (low, mid, high) in zip(rows, ranges, strict=True)]
    svg = columns(series, title=title)
    check_safe(svg)
    most = max((high for _, _, high in ranges), default=0)
    heights = [height for _, _, _, height in rects(svg, "chart-area")]
    assert heights == pytest.approx([120 * (high - low) / most if most else 0 for low, _, high in ranges], abs=1e-3)


def check_safe(svg: str) -> None:
    """Require one image for screen readers, only known elements, classes and attributes, and no style or script."""
    root = drawn(svg)
    assert (root.tag, root.get("role"), [child.tag for child in root][:2]) == (
        f"{SVG}svg",
        "img",
        [f"{SVG}title", f"{SVG}desc"],
    )
    shapes = {"svg", "title", "desc", "g", "text", "rect", "circle", "line"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} - shapes == set()
    assert {element.get("class") for element in root.iter()} - KNOWN_CLASSES == {None}
    geometry = {"x", "y", "width", "height", "x1", "x2", "y1", "y2", "cx", "cy", "r", "viewBox"}
    words = {"class", "role", "direction", "text-anchor", "font-size", "fill", "stroke"}
    assert {name for element in root.iter() for name in element.attrib} - geometry - words == set()


def test_a_long_label_takes_two_lines_and_is_told_in_full() -> None:
    label = "Academic research and high-performance computing, shared with a hospital"
    svg = bars([Bar(label, 12)], title="Who came")
    rows = texts(svg, "chart-label")
    assert rows == ["Academic research and high-performance", "computing, shared with a hospital"]
    group = drawn(svg).find(f"{SVG}g")
    assert group is not None
    assert group.find(f"{SVG}title") is None
    longer = bars([Bar(label * 3, 12)], title="Who came")
    cut = drawn(longer).find(f"{SVG}g/{SVG}title")
    assert cut is not None
    assert (cut.text, texts(longer, "chart-label")[1][-1]) == (label * 3, "…")


def test_ten_thousand_letters_without_a_space_stay_in_their_place() -> None:
    svg = bars([Bar("W" * 10_000, 1)], title="t")
    assert [span_of(row) <= 300 for row in texts(svg, "chart-label")] == [True, True]


@given(HOSTILE, st.integers(30, 400), st.integers(1, 4))
def test_broken_lines_fit_and_lose_nothing_unless_they_say_so(text: str, room: int, most: int) -> None:
    rows = broken(text, room=room, most=most)
    assert [row for row in rows if span_of(row) > room] == []
    assert (1 <= len(rows) <= most, rows) == (True, rows)
    if not rows[-1].endswith("…"):
        assert "".join(rows).replace(" ", "") == clean(text).replace(" ", "")


def test_words_are_measured_by_what_they_are_made_of() -> None:
    assert [round(span_of(word) / SIZE, 2) for word in ("", "il", "ab", "AB", "MW", "会議", "e\N{COMBINING ACUTE ACCENT}")] == [
        0,
        0.72,
        1.16,
        1.52,
        1.96,
        2.2,
        0.58,
    ]


def test_numbers_are_short() -> None:
    assert [number(value) for value in (0, 120, 40.0, 92.54, 0.04)] == ["0", "120", "40", "92.5", "0"]


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_what_cannot_be_drawn_is_refused(value: float) -> None:
    message = f"^{re.escape(str(value))} cannot be drawn: values are 0 or more$"
    with pytest.raises(ValueError, match=message):
        bars([Bar("a", value)], title="t")
    with pytest.raises(ValueError, match=message):
        share(value, 10, title="t", description="d")
    with pytest.raises(ValueError, match=message):
        columns([Column("a", value)], title="t")


def test_a_part_above_the_whole_and_a_value_outside_its_range_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^11 is more than the whole, 10$"):
        share(11, 10, title="t", description="d")
    with pytest.raises(ValueError, match=r"^Oct: 5 is not between 6 and 7$"):
        columns([Column("Oct", 5, 6, 7)], title="t")
