"""Maps and timelines: places found, marks apart, words safe."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from midcycle.engines.maps.draw import Spot, world_map
from midcycle.engines.maps.lanes import MOST, Moment, timeline
from midcycle.engines.maps.marks import Mark, apart
from midcycle.engines.maps.project import WIDTH, projected
from midcycle.engines.maps.world import land, place_of

SVG = "{http://www.w3.org/2000/svg}"
HARM = '<script>alert("x")</script>\x00\ud800'


def sight(spots: list[Spot]) -> list[float]:
    """Return left, top, width and height of what a map shows."""
    return [float(number) for number in etree.fromstring(world_map(spots, title="Where")).get("viewBox").split()]


def spot(number: int, city: str, kind: str = "kept") -> Spot:
    place = place_of(city)
    assert place is not None
    return Spot(Mark(number, kind, f"{number}: {city}"), *place)


@pytest.mark.parametrize(
    ("city", "country", "place"),
    [
        ("Manchester", "GB", (53.5, -2.2)),
        ("Manchester", "", (53.5, -2.2)),
        ("Manchester", "US", (43.0, -71.5)),
        ("KRAKOW", "PL", (50.1, 19.9)),
        ("  San   José ", "CR", (9.9, -84.1)),
        ("Ghent", "BE", (51.0, 3.7)),
        ("New York", "US", (40.7, -74.0)),
        ("Manchester", "PL", None),
        ("Utopia Planitia", "", None),
        ("", "", None),
        ("\x00", "", None),
    ],
)
def test_cities_are_found_by_any_of_their_names(city, country, place):
    assert place_of(city, country) == place


def test_the_projection_has_the_numbers_of_its_authors():
    x, y = projected(0, 180)
    assert (round(x, 2), y) == (round(WIDTH / 2, 2), 0)
    assert round(-projected(90, 0)[1] / 180, 4) == 1.3174
    assert projected(40, -10)[0] == -projected(40, 10)[0]


def test_the_outline_is_small_and_whole():
    assert len(land()) < 12_000
    assert land().count("M") == land().count("z") == 99


def test_a_map_has_every_mark_and_says_it_in_words():
    drawing = etree.fromstring(
        world_map([spot(1, "Oslo"), spot(2, "Tokyo", "broken"), spot(3, "Oslo", "plain")], title="Where")
    )
    assert [text.text for text in drawing.iter(f"{SVG}text")] == ["1", "2", "3"]
    assert drawing.find(f"{SVG}title").text == "Where"
    assert drawing.find(f"{SVG}desc").text == "1: Oslo; 2: Tokyo; 3: Oslo"
    assert len(list(drawing.iter(f"{SVG}circle"))) == 2
    assert len(list(drawing.iter(f"{SVG}rect"))) == 1
    assert drawing.get("role") == "img"


def test_a_map_is_cut_to_where_its_marks_are():
    near, wide = (sight([spot(1, "Oslo")]), sight([spot(1, "Oslo"), spot(2, "Suva")]))
    assert near[2] < 300 < wide[2]


def test_words_of_strangers_stay_words():
    mark = Mark(1, "kept", HARM)
    for drawing in (
        world_map([Spot(mark, 0, 0)], title=HARM),
        timeline([HARM], [Moment(HARM, date(2027, 1, 1), mark, HARM), Moment(HARM, date(2027, 2, 1), None, HARM)], title=HARM),
    ):
        assert "<script" not in drawing
        etree.fromstring(drawing)


def test_a_timeline_has_a_lane_for_each_region_and_the_newest_marks():
    moments = [
        Moment("Europe", date(2000 + number, 5, 1), Mark(number, "kept", f"{number}."), f"{number}.") for number in range(20)
    ]
    moments += [Moment("Asia", date(1999, 5, 1), None, "Long ago"), Moment("Asia", date(2018, 5, 1), None, "Summit")]
    drawing = etree.fromstring(timeline(["Europe", "Asia"], moments, title="When"))
    numbers = [text.text for text in drawing.iter(f"{SVG}text") if text.get("class") == "map-number"]
    assert numbers == [str(number) for number in range(20 - MOST, 20)]
    assert [text.text for text in drawing.iter(f"{SVG}text") if text.get("class") == "chart-label"][:2] == ["Europe", "Asia"]
    assert len([rect for rect in drawing.iter(f"{SVG}rect") if rect.get("class") == "map-summit"]) == 1


def test_a_timeline_of_one_day_or_of_nothing_can_be_drawn():
    one = timeline(["Europe"], [Moment("Europe", date(2027, 1, 1), Mark(1, "kept", "x"), "x")], title="When")
    for drawing in (one, timeline([], [], title="When")):
        etree.fromstring(drawing)


PLACES = st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=30)


@given(PLACES)
def test_any_places_make_a_map_that_is_well_formed_and_keeps_marks_inside(places):
    spots = [Spot(Mark(number, "kept", "x"), *place) for number, place in enumerate(places)]
    drawing = etree.fromstring(world_map(spots, title="Where"))
    left, top, width, height = sight(spots)
    for circle in drawing.iter(f"{SVG}circle"):
        assert left - 0.2 <= float(circle.get("cx")) <= left + width + 0.2
        assert top - 0.2 <= float(circle.get("cy")) <= top + height + 0.2


@given(st.lists(st.sampled_from([(0.0, 0.0), (5.0, 0.0), (40.0, 9.0)]), max_size=12))
def test_marks_at_one_place_are_moved_apart(points):
    moved = apart(points, 10)
    for index, one in enumerate(moved):
        assert all(math.dist(one, other) > 7 for other in moved[index + 1 :])
    assert len(moved) == len(points)
