"""The regions a rule names. One of them may take several parts of the world together. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.slugs import slug_from
from midcycle.kernel.typed import one_line
from midcycle.kernel.words import ENGLISH, gettext, gettext_noop, language, pgettext
from midcycle.kernel.zones import countries, countries_in_words, country_in_words
from midcycle.meetups.rules import REGIONS

MOST: Final = 12
LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Region:
    """A region of a rule. `parts` are what lies in it: words for parts of the world, and countries by their two capitals.

    `name` is what it is known and kept by: what somebody typed, or else English.
    """

    key: str
    name: str
    parts: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the name for whoever reads it now; one that somebody typed stays as it is."""
        if self.key in WIDE and self.name == WIDE[self.key].name:
            return gettext(self.name)
        return part_in_words(self.key) if self.name == part_name(self.key) else self.name


NOWHERE: Final = Region("", "")
# What people write for several of our parts of the world at once.
WIDE: Final[Mapping[str, Region]] = {
    "apac": Region("apac", gettext_noop("Asia-Pacific"), ("asia", "australia")),
    "emea": Region("emea", gettext_noop("Europe, Middle East and Africa"), ("europe", "middle-east", "africa")),
    "americas": Region("americas", gettext_noop("Americas"), ("north-america", "south-america")),
    "latam": Region("latam", gettext_noop("Latin America"), ("south-america",)),
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
    """Return the word by which a region is kept, of its name in English or the active language, or any word; blank for none."""
    said = one_line(word)
    plain = said.casefold().replace("_", " ")
    return _KEYS.get(plain) or _told_by(plain) or _country(said, plain) or (slug_from(said, longest=LONGEST) if said else "")


def usual(word: str) -> Region:
    """Return the region a word means, with its parts where it is one of the wide ones."""
    key = key_of(word)
    return WIDE.get(key) or Region(key, part_name(key))


def part_name(key: str) -> str:
    """Return a part of the world, or a country, as it is kept: in English."""
    return countries().get(key) or REGIONS.get(key) or key.replace("-", " ").replace("_", " ").title()


def part_in_words(key: str) -> str:
    """Return a part of the world, or a country, as people write it."""
    if key in countries():
        return country_in_words(key)
    return gettext(REGIONS[key]) if key in REGIONS else part_name(key)


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
    return called(word, regions, country).title


def called(word: str, regions: Sequence[Region] = (), country: str = "") -> Region:
    """Return the region that a word means, as the rule calls it where it does; one without a name for nothing."""
    return region_of(word, regions, country) or (usual(word) if word else NOWHERE)


def read_regions(text: str) -> tuple[Region, ...]:
    """Return the regions that are typed one a line, as `Europe`, `Asia-Pacific = Asia, Oceania` or `North = Norway, SE`.

    Raises Refusal, which names the line, when one is there twice.
    """
    rows = [one_line(row) for row in text.splitlines() if one_line(row)]
    if len(rows) > MOST:
        raise Refusal(gettext("These are more than %(most)s regions. Take some together.") % {"most": MOST}, field="regions")
    found = tuple(_region(row) for row in rows)
    seen: dict[str, str] = {}
    for region in found:
        for word in {region.key, *region.parts}:
            if word in seen:
                there = {"part": part_in_words(word), "one": seen[word], "other": region.title}
                raise Refusal(gettext("%(part)s is in %(one)s and in %(other)s. Leave it in one.") % there, field="regions")
            seen[word] = region.title
    return found


def examples() -> tuple[str, str]:
    """Return a row such as `Asia-Pacific = Asia, Australia and the Pacific`, and one of countries, as they can be typed."""
    wide = WIDE["apac"]
    return _row(gettext(wide.name), wide.parts), _row(pgettext("a region", "North"), ("NO", "SE", "FI"))


def nowhere_in(regions: Sequence[Region], known: Collection[str] = ()) -> str | None:
    """Return the first word of these regions that is no part of the world and no country, nor one of `known`; None for none."""
    there = {*REGIONS, *WIDE, *countries(), *known}
    return next((part_in_words(key) for region in regions for key in region.parts or (region.key,) if key not in there), None)


def written(regions: Sequence[Region]) -> str:
    """Return the regions as they are typed."""
    return "\n".join(
        f"{region.name} = {', '.join(part_name(part) for part in region.parts)}" if region.parts else region.name
        for region in regions
    )


def _row(name: str, parts: Sequence[str]) -> str:
    return f"{name} = {', '.join(part_in_words(part) for part in parts)}"


def as_facts(regions: Sequence[Region]) -> list[dict[str, object]]:
    """Return regions as they are kept."""
    return [{"key": region.key, "name": region.name, "parts": list(region.parts)} for region in regions]


def from_facts(facts: Sequence[Mapping[str, object]]) -> tuple[Region, ...]:
    """Return regions of what is kept."""
    kept = ((str(fact["key"]), str(fact["name"]), fact["parts"]) for fact in facts)
    return tuple(Region(key, name, tuple(parts) if isinstance(parts, list) else ()) for key, name, parts in kept)


def _told_by(plain: str) -> str:
    """Return the word of a part of the world, or the code of a country, by its name in the language that is active."""
    if language() == ENGLISH:
        return ""
    ours = [*REGIONS.items(), *((key, region.name) for key, region in WIDE.items())]
    told = [*((key, gettext(name)) for key, name in ours), *countries_in_words().items()]
    return next((key for key, name in told if name.casefold() == plain), "")


def _country(said: str, plain: str) -> str:
    """Return the code of a country by its name, or by the code in capitals; blank when it is none."""
    if said in countries():
        return said
    return _COUNTRIES.get(plain) or next((code for code, name in countries().items() if name.casefold() == plain), "")


def _region(row: str) -> Region:
    name, sign, parts = (part.strip() for part in row.partition("="))
    if not name or (sign and not parts):
        said = gettext("“%(row)s” is not whole. Write a name, or a name, = and its parts.") % {"row": row[:LONGEST]}
        raise Refusal(said, field="regions")
    if len(name) > LONGEST:
        said = gettext("A name of a region is longer than %(most)s characters. Shorten it.") % {"most": LONGEST}
        raise Refusal(said, field="regions")
    if not sign:
        return usual(name)
    return Region(key_of(name), name, tuple(dict.fromkeys(key_of(part) for part in parts.split(",") if part.strip())))
