"""A timeline with a lane for each region: numbered marks for editions, hollow squares for summits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from midcycle.engines.maps.marks import Mark, at, clean, drawn_mark, svg, text

MOST: Final = 16  # more would not be told apart on a phone
WIDTH: Final = 360.0
_LANE: Final = 44.0
_NAME: Final = 13.0
_RADIUS: Final = 8.5
_EDGE: Final = 14.0
_FOOT: Final = 20.0
_YEARS: Final = 7


@dataclass(frozen=True, slots=True)
class Moment:
    """A mark on a lane; without a mark it is a summit, told by `told`."""

    lane: str
    day: date
    mark: Mark | None
    told: str


def timeline(lanes: Sequence[str], moments: Sequence[Moment], *, title: str) -> str:
    """Return the timeline as SVG: lanes in their order, the newest `MOST` marks and the summits of the same time."""
    marked = sorted((moment for moment in moments if moment.mark), key=lambda moment: moment.day)[-MOST:]
    since = marked[0].day if marked else date.min
    shown = [moment for moment in moments if moment.mark is None and moment.day >= since] + marked
    days = [moment.day.toordinal() for moment in shown] or [date(2000, 1, 1).toordinal()]
    first, last = min(days), max(*days, min(days) + 200)
    height = _LANE * len(lanes) + _FOOT
    parts = [part for index, lane in enumerate(lanes) for part in _lane(lane, index)]
    parts += _years(first, last, height)
    for lane in lanes:
        parts += _moments([moment for moment in shown if moment.lane == lane], lanes.index(lane), (first, last))
    told = [moment.told for moment in sorted(shown, key=lambda moment: moment.day)]
    return svg(parts, (0, 0, WIDTH, height), title=title, told=told)


def _lane(name: str, index: int) -> list[str]:
    y = _LANE * (index + 1)
    return [
        f'<line class="chart-grid" {at(x1=0, y1=y, x2=WIDTH, y2=y)}/>',
        text("chart-label", name, 0, y - _LANE + _NAME, 12),
    ]


def _years(first: int, last: int, height: float) -> list[str]:
    begin, end = date.fromordinal(first).year + 1, date.fromordinal(last).year
    step = max(1, -(-(end - begin + 1) // _YEARS))
    years = [(year, _x(date(year, 1, 1).toordinal(), first, last)) for year in range(begin, end + 1, step)]
    return [
        part
        for year, x in years
        for part in (
            f'<line class="chart-grid" {at(x1=x, y1=0, x2=x, y2=height - _FOOT)}/>',
            text("chart-label", str(year), min(x, WIDTH - 16), height - 5, 12, anchor="middle"),
        )
    ]


def _moments(moments: Sequence[Moment], index: int, span: tuple[int, int]) -> list[str]:
    """Draw a lane; marks that would cover each other are moved along it, and stay in their order."""
    y = _LANE * index + 29
    summits = [moment for moment in moments if moment.mark is None]
    marked = [(_x(moment.day.toordinal(), *span), moment.mark) for moment in moments if moment.mark]
    parts = [_summit(_x(moment.day.toordinal(), *span), y, moment.told) for moment in summits]
    places = _side_by_side([x for x, _ in marked])
    return parts + [drawn_mark(mark, x, y, _RADIUS) for x, (_, mark) in zip(places, marked, strict=True)]


def _side_by_side(places: Sequence[float]) -> list[float]:
    """Return places, in their order, at least a mark apart and all on the sheet."""
    found: list[float] = []
    for x in places:
        found.append(max(x, found[-1] + 2 * _RADIUS + 1) if found else x)
    limit = WIDTH - _EDGE
    for number in range(len(found) - 1, -1, -1):
        found[number] = min(found[number], limit)
        limit = found[number] - 2 * _RADIUS - 1
    return found


def _summit(x: float, y: float, told: str) -> str:
    side = 9.0
    corner = at(x=x - side / 2, y=y - side / 2, width=side, height=side)
    return f'<g><title>{clean(told)}</title><rect class="map-summit" {corner}/></g>'


def _x(day: int, first: int, last: int) -> float:
    return _EDGE + (WIDTH - 2 * _EDGE) * (day - first) / (last - first)
