"""The regions a rule names. One of them may take several parts of the world together. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.slugs import slug_from
from midcycle.kernel.typed import one_line
from midcycle.kernel.zones import countries
from midcycle.meetups.rules import REGIONS, region_name

MOST: Final = 12
LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Region:
    """A region of a rule. `parts` are what lies in it: words for parts of the world, and countries by their two capitals."""

    key: str
    name: str
    parts: tuple[str, ...] = ()


# What people write for several of our parts of the world at once.
WIDE: Final[Mapping[str, Region]] = {
    "apac": Region("apac", "Asia-Pacific", ("asia", "australia")),
    "emea": Region("emea", "Europe, Middle East and Africa", ("europe", "middle-east", "africa")),
    "americas": Region("americas", "Americas", ("north-america", "south-america")),
    "latam": Region("latam", "Latin America", ("south-america",)),
}
_KEYS: Final[Mapping[str, str]] = {
    **{name.casefold(): key for key, name in REGIONS.items()},
    **{region.name.casefold(): key for key, region in WIDE.items()},
    "asia pacific": "apac",
    "america": "americas",
    "oceania": "australia",
}
_COUNTRIES: Final[Mapping[str, str]] = {"uk": "GB", "united kingdom": "GB", "usa": "US", "czechia": "CZ", "south korea": "KR"}


def key_of(word: str) -> str:
    """Return the word by which a region is kept, of its name or any word; blank for nothing."""
    said = one_line(word)
    plain = said.casefold().replace("_", " ")
    return _KEYS.get(plain) or _country(said, plain) or (slug_from(said, longest=LONGEST) if said else "")


def usual(word: str) -> Region:
    """Return the region a word means, with its parts where it is one of the wide ones."""
    key = key_of(word)
    return WIDE.get(key) or Region(key, part_name(key))


def part_name(key: str) -> str:
    """Return a part of the world, or a country, as people write it."""
    return countries().get(key) or region_name(key)


def region_of(word: str, regions: Sequence[Region], country: str = "") -> Region | None:
    """Return the region that a place told with this word lies in; None when it lies in none, or in more than one.

    A region that names its country has it before all others.
    """
    named = [region for region in regions if country and country in {region.key, *region.parts}]
    if named:
        return named[0]
    key = key_of(word)
    found = [region for region in regions if key and (key == region.key or key in region.parts)]
    if not found and key in WIDE:
        found = [region for region in regions if set(WIDE[key].parts) <= {region.key, *region.parts}]
    return found[0] if len(found) == 1 else None


def name_of(word: str, regions: Sequence[Region] = (), country: str = "") -> str:
    """Return a region for people, as the rule calls it where it does."""
    region = region_of(word, regions, country)
    return region.name if region else usual(word).name if word else ""


def read_regions(text: str) -> tuple[Region, ...]:
    """Return the regions that are typed one a line, as `Europe`, `Asia-Pacific = Asia, Oceania` or `North = Norway, SE`.

    Raises Refusal, which names the line, when one is there twice.
    """
    rows = [one_line(row) for row in text.splitlines() if one_line(row)]
    if len(rows) > MOST:
        raise Refusal(f"These are more than {MOST} regions. Take some together.", field="regions")
    found = tuple(_region(row) for row in rows)
    seen: dict[str, str] = {}
    for region in found:
        for word in {region.key, *region.parts}:
            if word in seen:
                raise Refusal(f"{part_name(word)} is in {seen[word]} and in {region.name}. Leave it in one.", field="regions")
            seen[word] = region.name
    return found


def nowhere_in(regions: Sequence[Region], known: Collection[str] = ()) -> str | None:
    """Return the first word of these regions that is no part of the world and no country, nor one of `known`; None for none."""
    there = {*REGIONS, *WIDE, *countries(), *known}
    return next((part_name(key) for region in regions for key in region.parts or (region.key,) if key not in there), None)


def written(regions: Sequence[Region]) -> str:
    """Return the regions as they are typed."""
    return "\n".join(
        f"{region.name} = {', '.join(part_name(part) for part in region.parts)}" if region.parts else region.name
        for region in regions
    )


def as_facts(regions: Sequence[Region]) -> list[dict[str, object]]:
    """Return regions as they are kept."""
    return [{"key": region.key, "name": region.name, "parts": list(region.parts)} for region in regions]


def from_facts(facts: Sequence[Mapping[str, object]]) -> tuple[Region, ...]:
    """Return regions of what is kept."""
    kept = ((str(fact["key"]), str(fact["name"]), fact["parts"]) for fact in facts)
    return tuple(Region(key, name, tuple(parts) if isinstance(parts, list) else ()) for key, name, parts in kept)


def _country(said: str, plain: str) -> str:
    """Return the code of a country by its name, or by the code in capitals; blank when it is none."""
    if said in countries():
        return said
    return _COUNTRIES.get(plain) or next((code for code, name in countries().items() if name.casefold() == plain), "")


def _region(row: str) -> Region:
    name, sign, parts = (part.strip() for part in row.partition("="))
    if not name or (sign and not parts):
        raise Refusal(f"“{row[:LONGEST]}” is not whole. Write a name, or a name, = and its parts.", field="regions")
    if len(name) > LONGEST:
        raise Refusal(f"A name of a region is longer than {LONGEST} characters. Shorten it.", field="regions")
    if not sign:
        return usual(name)
    return Region(key_of(name), name, tuple(dict.fromkeys(key_of(part) for part in parts.split(",") if part.strip())))
