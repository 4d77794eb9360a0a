"""Countries and their time zones, from the IANA time zone database (RFC 6557) that the package `tzdata` carries."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final
from unicodedata import normalize
from zoneinfo import available_timezones

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
    named = [(code, name) for code, name, *_ in _rows("iso3166.tab")]
    return dict(sorted(named, key=lambda pair: normalize("NFKD", pair[1]).encode("ascii", "ignore").lower()))


@cache
def _by_country() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for country, _, zone, *_ in _rows("zone.tab"):
        found[country] = (*found.get(country, ()), zone)
    return found


def _rows(table: str) -> list[list[str]]:
    lines = files("tzdata").joinpath("zoneinfo", table).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]
