"""Brings a facts file into its usual shape, without losing anything: lists of tables, a table of dates, of a place. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from midcycle.kernel.zones import countries
from midcycle.site.replay.reading import Facts, mapping, text
from midcycle.site.replay.times import clock_range

# Lists of things, and what a thing told as plain text is.
_LISTS: Final = {
    "topics": "title",
    "rooms": "name",
    "slots": "label",
    "sessions": "title",
    "sponsors": "name",
    "underwriters": "name",
    "feedback_data_points": "question",
}
_THING: Final = frozenset({"id", "name", "title", "question", "request", "reported", "start", "label"})
_TO: Final = re.compile(r"\s+(?:to|until|-)\s+|\s*[/\u2013]\s*")
_ALSO_CALLED: Final = {
    "uk": "GB",
    "united kingdom": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "usa": "US",
    "u.s.": "US",
    "u.s.a.": "US",
    "united states of america": "US",
    "the united states": "US",
    "the netherlands": "NL",
    "holland": "NL",
    "czechia": "CZ",
    "south korea": "KR",
    "korea": "KR",
    "russian federation": "RU",
    "viet nam": "VN",
    "deutschland": "DE",
    "türkiye": "TR",
    "bosnia and herzegovina": "BA",
    "ireland": "IE",
}


def usual(facts: Facts) -> Facts:
    """Return the facts in their usual shape; a null says nothing and is left out."""
    shaped = {key: _without_nulls(value) for key, value in facts.items() if value is not None}
    for key, word in _LISTS.items():
        if key in shaped:
            shaped[key] = _things(shaped[key], word)
    for key, reading in (("dates", _dates), ("location", _location)):
        if key in shaped and not isinstance(shaped[key], Mapping):
            shaped[key] = reading(shaped[key])
    return shaped


def country_code(said: str) -> str:
    """Return the two letters of ISO 3166-1 for a code or an English name; blank when it is neither."""
    if len(said) == 2 and said.upper() in countries():
        return said.upper()
    plain = said.lower().replace("&", "and")
    return _ALSO_CALLED.get(plain) or next((c for c, name in countries().items() if _plain_name(name) == plain), "")


def named(things: list[object]) -> list[tuple[str, object]]:
    """Return the items of a list with the name of each in a path: its `id`, else its number; a second time with its number."""
    found: list[tuple[str, object]] = []
    used: set[str] = set()
    for number, thing in enumerate(things, start=1):
        name = text(mapping(thing).get("id")) or str(number)
        name = f"{name} ({number})" if name in used else name
        used.add(name)
        found.append((name, thing))
    return found


def tables(facts: Facts, key: str) -> list[tuple[str, Facts]]:
    """Return the tables of a list with the path of each."""
    told = facts.get(key)
    things = named(told) if isinstance(told, list) else []
    return [(f"{key}.{name}", thing) for name, thing in things if isinstance(thing, Mapping)]


def _without_nulls(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        return [_without_nulls(item) for item in value if item is not None]
    return value


def _things(value: object, word: str) -> object:
    if isinstance(value, Mapping):
        value = _from_table(value)
    if isinstance(value, list):
        return [_thing(item, word) for item in value]
    return [_thing(value, word)] if text(value) else value


def _from_table(value: Facts) -> object:
    """Return the things of a table: it is one itself, or it holds them under their ids, or names under a role."""
    if _THING & set(value):
        return [value]
    if value and all(isinstance(inner, Mapping) for inner in value.values()):
        return [{"id": key, **mapping(inner)} for key, inner in value.items()]
    if value and all(isinstance(inner, list) and all(text(item) for item in inner) for inner in value.values()):
        return [{"name": item, "role": key} for key, inner in value.items() if isinstance(inner, list) for item in inner]
    return value


def _thing(item: object, word: str) -> object:
    if isinstance(item, Mapping) or not text(item):
        return item
    return {"start": item} if word == "label" and clock_range(item)[0] is not None else {word: item}


def _dates(value: object) -> object:
    """Return `{start, end}` of a day, of two days, or of text such as `2016-02-15 to 2016-02-16`."""
    parts = [part for part in _TO.split(value) if part] if isinstance(value, str) else value
    if isinstance(parts, list) and len(parts) > 1 and all(text(part) for part in parts):
        middle = {f"day {number}": part for number, part in enumerate(parts[1:-1], start=2)}
        return {"start": parts[0], **middle, "end": parts[-1]}
    if isinstance(parts, list) and len(parts) == 1:
        return {"start": parts[0]}
    return {"start": value} if isinstance(value, date) or text(value) else value


def _location(value: object) -> object:
    """Return `{city}` of text, with the country and the venue where `Venue, City, Country` tells them."""
    *before, last = [part.strip() for part in text(value).split(",")]
    if before and country_code(last):
        *venue, city = before
        return {**({"venue": ", ".join(venue)} if venue else {}), "city": city, "country": last}
    return {"city": value} if text(value) else value


def _plain_name(name: str) -> str:
    return name.lower().replace("&", "and").partition(" (")[0]
