"""Countries and their time zones, from the IANA time zone database (RFC 6557) that the package `tzdata` carries."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final
from unicodedata import combining, normalize
from zoneinfo import available_timezones

from babel import Locale

from midcycle.kernel.words import ENGLISH, language

_PARTS: Final = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def zones_of(country: str) -> tuple[str, ...]:
    """Return the IANA names for a country of ISO 3166-1 (two capitals), the most used first; empty when it is not known."""
    return _by_country().get(country, ())


def zones_by_name() -> list[tuple[str, str]]:
    """Return the IANA names of places, each with itself in words; those of offsets and old abbreviations are left out."""
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if zone.split("/")[0] in _PARTS]


def city_of(zone: str) -> str:
    """Return the city an IANA name ends in, such as `Cape Verde` of `Atlantic/Cape_Verde`; `UTC` stays as it is."""
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def countries() -> Mapping[str, str]:
    """Return the codes of ISO 3166-1 (two capitals) with their English names, by name; accents do not count in the order."""
    return _by_name((code, name) for code, name, *_ in _rows("iso3166.tab"))


def countries_in_words() -> Mapping[str, str]:
    """Return the same codes with their names in the language that is active, those of the CLDR, by name."""
    return countries() if language() == ENGLISH else _countries_in(language())


def country_in_words(code: str) -> str:
    """Return a country in the language that is active; blank when it is not known."""
    return countries_in_words().get(code, "")


@cache
def _countries_in(spoken: str) -> Mapping[str, str]:
    told = Locale(spoken).territories
    return _by_name((code, told.get(code, name)) for code, name in countries().items())


def _by_name(named: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    return dict(sorted(named, key=lambda pair: _without_accents(pair[1])))


def _without_accents(name: str) -> str:
    return "".join(mark for mark in normalize("NFKD", name) if not combining(mark)).casefold()


@cache
def _by_country() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for country, _, zone, *_ in _rows("zone.tab"):
        found[country] = (*found.get(country, ()), zone)
    return found


def _rows(table: str) -> list[list[str]]:
    lines = files("tzdata").joinpath("zoneinfo", table).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]
