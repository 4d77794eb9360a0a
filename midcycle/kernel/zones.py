"""The time zones of a country, from the IANA time zone database (RFC 6557) that the package `tzdata` carries."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def zones_of(country: str) -> tuple[str, ...]:
    """Return the IANA names for a country of ISO 3166-1 (two capitals), the most used first; empty when it is not known."""
    return _by_country().get(country, ())


@cache
def _by_country() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found[country] = (*found.get(country, ()), zone)
    return found
