"""Lines over a number of people with the places marked that are talked about, and a table-like account for screen readers.

`frontend/src/balance/chart.ts` draws the same while sliders move. Measures are px at a drawing 360 px wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.engines.charts.words import SIZE, broken, escaped, span_of

WIDTH: Final = 360
_TOP: Final = 78.0
_PLOT: Final = 170.0
_FLOOR: Final = _TOP + _PLOT
_LEGEND: Final = 18.0


@dataclass(frozen=True, slots=True)
class Track:
    """A line: its name, its whole values from 0 on, one for each number, and whether it is the dashed one."""

    name: str
    values: Sequence[int]
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """How values are told: `minor` of them are one on the axis; `unit` says what one is."""

    minor: int
    unit: str


def tracks(found: Sequence[Track], *, title: str, scale: Scale, marks: Sequence[tuple[int, str]], here: int) -> str:
    """Return up to two lines with the same number of values, 2 or more; `marks` and `here` are numbers along them.

    Raises ValueError for values below 0 or too few of them.
    """
    reach = len(found[0].values) - 1 if found else 0
    if reach < 1 or any(len(track.values) != reach + 1 or min(track.values) < 0 for track in found):
        raise ValueError("A track has two values or more, none below 0.")
    step, top = grid(max(max(track.values) for track in found), scale.minor)

    def x(at: int) -> float:
        return WIDTH * at / reach

    def y(value: int) -> float:
        return _TOP + _PLOT * (1 - value / top)

    parts = [_legend(track.name, row, is_dashed=track.is_dashed) for row, track in enumerate(found)]
    parts += [_line("chart-grid", (0, y(value)), (WIDTH, y(value))) for value in range(step, top + 1, step)]
    parts += _marks([(x(at), str(at)) for at, _ in _within(marks, reach)])
    for track in found:
        kind = "chart-line chart-line-2" if track.is_dashed else "chart-line"
        points = " ".join(f"{_n(x(at))},{_n(y(value))}" for at, value in corners(track.values))
        parts.append(f'<polyline class="{kind}" fill="none" stroke="currentColor" points="{points}"/>')
    parts += [_dot(x(here), y(track.values[here])) for track in found if here <= reach]
    parts += _ticks(reach)
    parts += [_height(y(value), f"{value // scale.minor:,} {scale.unit}") for value in range(step, top + 1, step)]
    told = "; ".join(_account(found, at, name, scale) for at, name in _within([*marks, (here, "")], reach))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" direction="ltr" viewBox="0 0 {WIDTH} {_n(_FLOOR + 22)}">'
        f"<title>{escaped(title)}</title><desc>{escaped(told)}</desc>{''.join(parts)}</svg>"
    )


def grid(highest: int, minor: int) -> tuple[int, int]:
    """Return the distance of the lines across, a round number, and the highest of them: three to five, above all values."""
    step, factors = minor, 0
    while step * 5 < highest:
        factors += 1
        step = minor * (1, 2, 5)[factors % 3] * 10 ** (factors // 3)
    return step, step * max(1, -(-highest // step))


def corners(values: Sequence[int]) -> list[tuple[int, int]]:
    """Return the values at both ends and wherever a line changes its direction, each with its number."""
    last = len(values) - 1
    return [
        (at, value) for at, value in enumerate(values) if at in {0, last} or values[at + 1] - value != value - values[at - 1]
    ]


def _within(marks: Sequence[tuple[int, str]], reach: int) -> list[tuple[int, str]]:
    return sorted({at: (at, name) for at, name in marks if 0 <= at <= reach}.values())


def _account(found: Sequence[Track], at: int, name: str, scale: Scale) -> str:
    values = ", ".join(f"{track.name} {track.values[at] // scale.minor:,} {scale.unit}" for track in found)
    return f"{at}{f' ({name})' if name else ''}: {values}"


def _legend(name: str, row: int, *, is_dashed: bool) -> str:
    middle = 8 + _LEGEND * row
    kind = "chart-line chart-line-2" if is_dashed else "chart-line"
    (said, *_) = broken(name, room=WIDTH - 40, most=1)
    line = _line(kind, (0, middle), (28, middle))
    return line + _text("chart-label", said, x=36, y=middle + 4.5)


def _height(at: float, label: str) -> str:
    """Return what a line across stands for; drawn last, so that no other line crosses it."""
    return _text("chart-label chart-halo", label, x=0, y=at - 4)


def _marks(places: Sequence[tuple[float, str]]) -> list[str]:
    """Return a line up for each, and its number above it where there is room."""
    parts, free = [], 0.0
    for at, label in places:
        parts.append(_line("chart-axis", (at, _TOP - 18), (at, _FLOOR)))
        half = span_of(label) / 2
        middle = min(max(at, half), WIDTH - half)
        if middle - half >= free:
            parts.append(_text("chart-value", label, x=middle, y=_TOP - 22, anchor="middle"))
            free = middle + half + 5
    return parts


def _ticks(reach: int) -> list[str]:
    step = next(step for step in (10, 20, 50, 100, 200, 500) if reach / step <= 6)
    below = _FLOOR + SIZE + 5
    anchors = {0: "start", reach: "end"}
    said = [
        _text("chart-label", str(at), x=WIDTH * at / reach, y=below, anchor=anchors.get(at, "middle"))
        for at in range(0, reach + 1, step)
    ]
    return [_line("chart-axis", (0, _FLOOR), (WIDTH, _FLOOR)), *said]


def _line(kind: str, one: tuple[float, float], other: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = one, other
    return f'<line class="{kind}" stroke="currentColor" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"/>'


def _dot(x: float, y: float) -> str:
    return f'<circle class="chart-dot" fill="currentColor" cx="{_n(x)}" cy="{_n(y)}" r="5"/>'


def _text(kind: str, text: str, *, x: float, y: float, anchor: str = "start") -> str:
    place = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" font-size="{_n(SIZE)}" fill="currentColor"'
    return f'<text class="{kind}" {place}>{escaped(text)}</text>'


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
