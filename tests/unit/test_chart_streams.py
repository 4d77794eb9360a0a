"""Streams between two columns: drawn to one scale, told in words, safe with any text."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.charts import Bar, Stream, streams

NAMES = ("The link they came by", "What they say")


def drawn(origins: list[Bar], goals: list[Bar], between: list[Stream]) -> ET.Element:
    return ET.fromstring(streams(origins, goals, between, title="How people heard", names=NAMES))  # noqa: S314 - written by the engine


def test_it_says_what_it_shows() -> None:
    svg = drawn(
        [Bar("Poster in the canteen", 12), Bar("No link", 30)],
        [Bar("A colleague told me", 20, note="survey: 40 %"), Bar("Others", 22)],
        [Stream(0, 0, 7), Stream(1, 1, 20)],
    )
    kinds = [child.tag.rpartition("}")[2] for child in svg]
    assert kinds == ["title", "desc", "text", "text", "path", "path", "g", "g", "g", "g"]
    assert svg[1].text == (
        "The link they came by: Poster in the canteen 12, of these A colleague told me 7; No link 30, of these Others 20. "
        "What they say: A colleague told me 20 (survey: 40 %); Others 22."
    )
    words = [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert words == [
        *NAMES, "Poster in the canteen", "(12)", "No link (30)", "A colleague told me", "(20)", "survey: 40 %", "Others (22)",
    ]  # fmt: skip


def test_streams_are_as_thick_as_their_share_and_lie_side_by_side() -> None:
    svg = drawn([Bar("a", 11)], [Bar("b", 5), Bar("c", 6)], [Stream(0, 1, 6), Stream(0, 0, 5)])
    paths = [path.attrib["d"] for path in svg.iter("{http://www.w3.org/2000/svg}path")]
    starts = [float(re.match(r"M8 ([0-9.]+)", path)[1]) for path in paths]
    ends = [float(re.search(r" 8 ([0-9.]+)Z", path)[1]) for path in paths]
    assert [round(end - start) for start, end in zip(starts, ends, strict=True)] == [100, 120]
    assert starts[1] == ends[0]


def test_nothing_is_told_to_be_nothing() -> None:
    assert drawn([], [], [])[1].text == "Nothing to show yet."


@pytest.mark.parametrize(
    ("origins", "goals", "between"),
    [
        ([Bar("a", -1)], [], []),
        ([Bar("a", 5)], [Bar("b", 5)], [Stream(0, 1, 2)]),
        ([Bar("a", 5)], [Bar("b", 5)], [Stream(0, 0, 6)]),
        ([Bar("a", 9)], [Bar("b", 5)], [Stream(0, 0, 6)]),
    ],
)
def test_what_cannot_be_is_refused(origins: list[Bar], goals: list[Bar], between: list[Stream]) -> None:
    with pytest.raises(ValueError, match=r"0 or more|no stream|more goes"):
        drawn(origins, goals, between)


@given(st.lists(st.tuples(st.text(max_size=60), st.integers(0, 500)), max_size=8))
def test_any_words_make_a_drawing(groups: list[tuple[str, int]]) -> None:
    bars = [Bar(label, value) for label, value in groups]
    svg = drawn(bars, bars, [Stream(place, place, bar.value) for place, bar in enumerate(bars)])
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}rect"))) == 2 * len(bars)
