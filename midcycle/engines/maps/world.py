"""The outline of the land as one path, and where cities are; both from files beside this one, read once."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from midcycle.engines.maps.project import projected

Place = tuple[float, float]
_City = tuple[Place, str]


@cache
def land() -> str:
    """Return the path (SVG 2 section 9.3) of all land, in projected units, with relative moves because they are shorter."""
    return "".join(_ring([(int(x), int(y)) for x, y in (pair.split(",") for pair in row.split())]) for row in _rows("land.txt"))


def place_of(city: str, country: str = "") -> Place | None:
    """Return latitude and longitude of a city in degrees, to 0.1; without a country the largest one of that name."""
    name = _plain(city)
    found = next((place for place, where in _cities().get(name, ()) if country in {"", where}), None)
    return found or (place_of(f"{name} city", country) if name and not name.endswith(" city") else None)


def _ring(points: list[tuple[int, int]]) -> str:
    path, was = "", (0, 0)
    for longitude, latitude in points:
        x, y = (round(number) for number in projected(latitude / 10, longitude / 10))
        if not path:
            path = f"M{x} {y}l"
        elif (x, y) != was:
            path += f"{x - was[0]} {y - was[1]} "
        was = x, y
    return f"{path.rstrip()}z"


@cache
def _cities() -> Mapping[str, tuple[_City, ...]]:
    """Return the cities of each name, the largest first; those that are called so before those that are also called so."""
    known: dict[str, tuple[_City, ...]] = {}
    others: list[tuple[str, tuple[_City, ...]]] = []
    for row in _rows("cities.tsv"):
        name, country, latitude, longitude, *also = row.split("\t")
        alone: tuple[_City, ...] = (((int(latitude) / 10, int(longitude) / 10), country),)
        _learn(known, name, alone)
        others += [(other, alone) for other in (also[0].split("|") if also else ())]
    for name, alone in others:
        _learn(known, name, alone)
    return known


def _learn(known: dict[str, tuple[_City, ...]], name: str, alone: tuple[_City, ...]) -> None:
    plain = _plain(name)
    known[plain] = known[plain] + alone if plain in known else alone


def _plain(name: str) -> str:
    """Return a name without accents, case and odd spaces, by which it is found."""
    bare = unicodedata.normalize("NFKD", name)
    return " ".join("".join(mark for mark in bare if not unicodedata.combining(mark)).casefold().split())


def _rows(name: str) -> Iterator[str]:
    for row in files("midcycle.engines.maps").joinpath("data", name).read_text("utf-8").splitlines():
        if not row.startswith("#"):
            yield row
