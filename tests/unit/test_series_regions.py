"""Regions as people type them, and where a place lies."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.languages import INTERFACE
from midcycle.kernel.refusal import Refusal
from midcycle.series.rules.regions import (
    Region,
    as_facts,
    examples,
    from_facts,
    key_of,
    name_of,
    nowhere_in,
    read_regions,
    region_of,
    usual,
    written,
)

NORTH = "North = Norway, SE, Czechia\r\n\r\n Asia-Pacific = Asia, Oceania\nEurope"


def test_regions_are_typed_one_a_line_with_parts_of_the_world_and_countries():
    assert read_regions(NORTH) == (
        Region("north", "North", ("NO", "SE", "CZ")),
        Region("apac", "Asia-Pacific", ("asia", "australia")),
        Region("europe", "Europe"),
    )
    assert written(read_regions(NORTH)).splitlines()[0] == "North = Norway, Sweden, Czech Republic"
    assert read_regions("  \n") == ()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Europe\nEurope", "Europe is in Europe and in Europe. Leave it in one."),
        ("APAC\nEast = Asia", "Asia is in Asia-Pacific and in East. Leave it in one."),
        ("North =", "“North =” is not whole. Write a name, or a name, = and its parts."),
        ("= Norway", "“= Norway” is not whole. Write a name, or a name, = and its parts."),
        ("\n".join(f"R{number}" for number in range(13)), "These are more than 12 regions. Take some together."),
        ("x" * 61, "A name of a region is longer than 60 characters. Shorten it."),
    ],
)
def test_what_is_wrong_with_regions_is_told(typed, sentence):
    with pytest.raises(Refusal) as refusal:
        read_regions(typed)
    assert (refusal.value.message, refusal.value.field) == (sentence, "regions")


@pytest.mark.parametrize(
    ("word", "country", "found"),
    [
        ("europe", "NO", "north"),
        ("europe", "PT", "europe"),
        ("europe", "", "europe"),
        ("asia", "JP", "apac"),
        ("apac", "", "apac"),
        ("Australia and the Pacific", "", "apac"),
        ("africa", "KE", None),
        ("", "", None),
        ("americas", "", None),
    ],
)
def test_a_place_lies_in_the_region_that_names_its_country_or_its_part_of_the_world(word, country, found):
    region = region_of(word, read_regions(NORTH), country)
    assert (region.key if region else None) == found


def test_a_wide_word_finds_the_region_that_has_all_its_parts():
    assert region_of("apac", (Region("east", "East", ("asia", "australia", "africa")),)) == Region(
        "east", "East", ("asia", "australia", "africa")
    )


def test_what_is_written_is_read_the_same():
    every = tuple(Region(f"r{code.lower()}", f"R{code}", (code,)) for code in ("GB", "CZ", "KR", "US", "CI", "NO"))
    for regions in (every, tuple(map(usual, ("apac", "europe", "north-america", "south-america"))), read_regions(NORTH)):
        assert read_regions(written(regions)) == regions


def test_words_have_one_key_and_a_name():
    said = ["APAC", "Asia-Pacific", "asia pacific", "North_America", "north-america", "UK", "NO", "Norway", "Übersee", ""]
    assert [key_of(word) for word in said] == [
        *["apac"] * 3,
        *["north-america"] * 2,
        "GB",
        "NO",
        "NO",
        "ubersee",
        "",
    ]
    assert [name_of(word) for word in ("latam", "NO", "x-y", "")] == ["Latin America", "Norway", "X Y", ""]
    assert usual("emea").parts == ("europe", "middle-east", "africa")


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused_and_what_is_read_is_written_so_that_it_reads_the_same(text):
    try:
        regions = read_regions(text)
    except Refusal:
        return
    assert from_facts(as_facts(regions)) == regions
    assert all(region.key and region.name for region in regions)


@pytest.mark.parametrize("language", INTERFACE)
def test_what_the_form_gives_for_an_example_can_be_typed(language):
    with translation.override(language):
        read = read_regions("\n".join(examples()))
        assert [region.parts for region in read] == [("asia", "australia"), ("NO", "SE", "FI")]
        assert nowhere_in(read) is None
