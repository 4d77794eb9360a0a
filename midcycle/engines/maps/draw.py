"""A map of numbered places, cut to where they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.engines.maps.marks import MOST, Mark, apart, at, drawn_mark, svg
from midcycle.engines.maps.project import WIDTH, projected
from midcycle.engines.maps.world import land

_SHAPE: Final = 0.52  # height of a map for its width
_LEAST: Final = WIDTH / 4  # no closer than a continent: the outline is made for that
_NORTH: Final = -235.0
_SOUTH: Final = 205.0
_MARK: Final = 1 / 42  # radius of a mark for the width of the map
_MARGIN: Final = 1.3


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark and its place in degrees: latitude from -90 to 90, longitude from -180 to 180."""

    mark: Mark
    latitude: float
    longitude: float


def world_map(spots: Sequence[Spot], *, title: str) -> str:
    """Return the map as SVG with the newest `MOST` spots. Marks at one place stand beside each other, with a line to it."""
    shown = list(spots)[-MOST:]
    true = [projected(spot.latitude, spot.longitude) for spot in shown]
    left, top, width, height = _window(true)
    radius = width * _MARK
    placed = apart(true, 2.15 * radius)
    inside = [_kept_in(point, (left, top, width, height), radius) for point in placed]
    parts = [f'<path class="map-land" d="{land()}"/>']
    parts += [_tie(was, now) for was, now in zip(true, inside, strict=True) if _is_far(was, now, radius)]
    parts += [drawn_mark(spot.mark, x, y, radius) for spot, (x, y) in zip(shown, inside, strict=True)]
    return svg(parts, (left, top, width, height), title=title, told=[spot.mark.told for spot in shown])


def _window(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Return left, top, width and height of what is shown: all points with a margin, never beyond the world."""
    xs, ys = [x for x, _ in points] or [-WIDTH / 2, WIDTH / 2], [y for _, y in points] or [_NORTH, _SOUTH]
    needed = max((max(xs) - min(xs)) * _MARGIN, (max(ys) - min(ys)) * _MARGIN / _SHAPE, _LEAST)
    width = min(needed, WIDTH)
    height = min(width * _SHAPE, _SOUTH - _NORTH)
    left = _between((min(xs) + max(xs) - width) / 2, -WIDTH / 2, WIDTH / 2 - width)
    top = _between((min(ys) + max(ys) - height) / 2, _NORTH, _SOUTH - height)
    return left, top, width, height


def _kept_in(point: tuple[float, float], box: tuple[float, float, float, float], radius: float) -> tuple[float, float]:
    (x, y), (left, top, width, height) = point, box
    return _between(x, left + radius, left + width - radius), _between(y, top + radius, top + height - radius)


def _between(value: float, least: float, most: float) -> float:
    return max(least, min(value, most))


def _is_far(was: tuple[float, float], now: tuple[float, float], radius: float) -> bool:
    return abs(was[0] - now[0]) + abs(was[1] - now[1]) > radius


def _tie(was: tuple[float, float], now: tuple[float, float]) -> str:
    return f'<line class="map-tie" {at(x1=was[0], y1=was[1], x2=now[0], y2=now[1])}/>'
