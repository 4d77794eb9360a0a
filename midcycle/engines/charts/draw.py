"""Five charts: bars for groups, pairs of bars for groups counted twice, one bar for a share, columns and a line over time.

Colours and fonts come from the classes `chart-bar` (with `chart-bar-2` for the bar that matters, `chart-bar-3` for the
second of a pair and `chart-bar-4` for the rest of a whole), `chart-line`, `chart-area`, `chart-dot`, `chart-axis`,
`chart-label` and `chart-value`; geometry is in attributes, so a strict Content-Security-Policy needs no
exception. Each drawing is one image (`role="img"`) with its figures in words in `<desc>`, as SVG 2 section 5.8 and the SVG
accessibility mappings want it. Measures are px at a drawing `width` px wide; the drawing scales as a whole.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from midcycle.engines.charts.words import SIZE, broken, clean, escaped, number, span_of

WIDTH = 320  # fits a phone of 360 px with its margins nearly 1:1
LINE = 18.0
THICK = 12.0
GAP = 12.0
PLOT = 120.0
_FIGURE = 44.0  # room for the number after the longest bar
_NOTHING = "Nothing to show yet."


@dataclass(frozen=True, slots=True)
class Bar:
    """One group: a value of 0 or more, a short note beside it, and whether it is the one the reader should see."""

    label: str
    value: float
    note: str | None = None
    accent: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """One group with two counts of 0 or more, such as those with a seat and those who wait."""

    label: str
    first: float
    second: float


@dataclass(frozen=True, slots=True)
class Column:
    """One point in a course: a value, and the range it may lie in if it is not known."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None

    @property
    def uncertain(self) -> bool:
        """Return whether a range is known."""
        return self.low is not None or self.high is not None

    @property
    def span(self) -> tuple[float, float]:
        """Return the lowest and highest it may be."""
        low = self.value if self.low is None else self.low
        return low, self.value if self.high is None else self.high


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line: how far along it is, its value, and its name if it is told in words."""

    at: float
    value: float
    label: str = ""


def bars(data: Sequence[Bar], *, title: str, unit: str = "", width: int = WIDTH, top: float | None = None) -> str:
    """Return horizontal bars, each below its label, in the order given.

    `top` is the value of a full bar, by default the largest. Labels take up to two lines. Raises ValueError for values
    below 0 or not finite.
    """
    _check(bar.value for bar in data)
    full = max([top or 0.0, *(bar.value for bar in data)])
    parts, y = _caption(unit, width) if data else _empty()
    for bar in data:
        said = _value(bar.value, unit) + (f" · {clean(bar.note)}" if bar.note else "")
        (said, *_) = broken(said, room=width / 2, most=1)
        rows = broken(bar.label, room=width - span_of(said) - GAP, most=2)
        drawn = [_text("chart-label", row, x=0, y=y + SIZE + LINE * index) for index, row in enumerate(rows)]
        drawn.append(_text("chart-value", said, x=width, y=y + SIZE, anchor="end"))
        y += LINE * len(rows)
        kind = "chart-bar chart-bar-2" if bar.accent else "chart-bar"
        drawn.append(_rect(kind, x=0, y=y, width=_part(bar.value, full) * width, height=THICK))
        y += THICK + GAP
        parts.append(_group(drawn, full_label=_if_cut(bar.label, rows)))
    words = [f"{bar.label}: {_told(bar.value, unit)}" + (f" ({bar.note})" if bar.note else "") for bar in data]
    return _svg(parts, size=(width, y - GAP), title=title, words=words)


def pairs(data: Sequence[Pair], *, title: str, names: tuple[str, str], width: int = WIDTH) -> str:
    """Return two horizontal bars for each group, below its label; `names` says what the first and the second are.

    All bars are drawn to one scale. Raises ValueError for values below 0 or not finite.
    """
    _check(value for pair in data for value in (pair.first, pair.second))
    full = max((value for pair in data for value in (pair.first, pair.second)), default=0.0)
    parts, y = _legend(names, width) if data else _empty()
    for pair in data:
        rows = broken(pair.label, room=width, most=2)
        drawn = [_text("chart-label", row, x=0, y=y + SIZE + LINE * index) for index, row in enumerate(rows)]
        y += LINE * len(rows)
        for kind, value in (("chart-bar", pair.first), ("chart-bar chart-bar-3", pair.second)):
            wide = _part(value, full) * (width - _FIGURE)
            drawn.append(_rect(kind, x=0, y=y, width=wide, height=THICK))
            drawn.append(_text("chart-value", number(value), x=wide + 4, y=y + THICK - 1))
            y += THICK + 3
        y += GAP - 3
        parts.append(_group(drawn, full_label=_if_cut(pair.label, rows)))
    first, second = names
    words = [f"{pair.label}: {_told(pair.first, first)}, {_told(pair.second, second)}" for pair in data]
    return _svg(parts, size=(width, y - GAP), title=title, words=words)


def share(part: float, whole: float, *, title: str, description: str, width: int = WIDTH) -> str:
    """Return one bar of a whole: "30 % not on the list (36 / 120)", where the words are the `description`.

    Without a whole (0) there is no share to name. Raises ValueError unless 0 <= part <= whole.
    """
    _check((part, whole))
    if part > whole:
        raise ValueError(f"{part} is more than the whole, {whole}")
    said = percent(part, whole)
    sentence = f"{clean(description)} ({number(part)} / {number(whole)})"
    left = span_of(said) + SIZE / 2
    rows = broken(sentence, room=width - left, most=3)
    y = LINE * len(rows)
    cut = _part(part, whole) * width
    drawn = [
        _text("chart-value", said, x=0, y=SIZE),
        *(_text("chart-label", row, x=left, y=SIZE + LINE * index) for index, row in enumerate(rows)),
        _rect("chart-bar", x=0, y=y, width=cut, height=THICK),
        _rect("chart-bar chart-bar-4", x=cut, y=y, width=width - cut, height=THICK),
    ]
    return _svg(drawn, size=(width, y + THICK), title=title, words=[f"{said} {sentence}"])


def columns(series: Sequence[Column], *, title: str, unit: str = "", width: int = WIDTH) -> str:
    """Return columns over time; one with a range is a pale band from low to high with a dot at its value.

    Where columns are narrow, only some carry words, the last always. Raises ValueError for values below 0 or not
    finite, and for a value outside its range.
    """
    _check_ranges(series)
    if not series:
        parts, height = _empty()
        return _svg(parts, size=(width, height), title=title, words=[])
    parts, y = _caption(unit, width)
    y += LINE
    full = max(column.span[1] for column in series)
    step = width / len(series)
    parts += [_column(column, at=step * index, step=step, top=y, full=full) for index, column in enumerate(series)]
    parts.append(_axis(y + PLOT, width))
    written, deepest = _words_of_columns(series, step=step, top=y, full=full)
    words = [f"{column.label}: {_range_told(column, unit)}" for column in series]
    height = y + PLOT + LINE * deepest + SIZE / 2
    return _svg(parts + written, size=(width, height), title=title, words=words)


def course(
    points: Sequence[Point], *, title: str, unit: str = "", limit: tuple[str, float] | None = None, width: int = WIDTH
) -> str:
    """Return a line from the first point to the last, and where it may end: a `limit` with its name.

    The last value is written, and the first and last label. Raises ValueError for values below 0 or not finite, and for
    points that are not in order.
    """
    _check_course(points, limit)
    if not points:
        parts, height = _empty()
        return _svg(parts, size=(width, height), title=title, words=[])
    parts, y = _caption(unit, width)
    top = y + LINE
    full = max([point.value for point in points] + ([limit[1]] if limit else []))
    start, span = points[0].at, points[-1].at - points[0].at
    spots = [(_part(point.at - start, span) * width, top + PLOT * (1 - _part(point.value, full))) for point in points]
    line = " ".join(f"{_n(x)},{_n(spot)}" for x, spot in spots)
    if limit:
        parts.append(_limit(limit, y=top + PLOT * (1 - _part(limit[1], full)), width=width))
    parts.append(f'<polyline class="chart-line" fill="none" stroke="currentColor" points="{line}"/>')
    parts.append(_axis(top + PLOT, width))
    parts += _words_of_course(points, top=top, end=spots[-1][1], width=width)
    words = [f"{point.label}: {_told(point.value, unit)}" for point in points if point.label]
    words += [f"{limit[0]}: {_told(limit[1], unit)}"] if limit else []
    return _svg(parts, size=(width, top + PLOT + LINE + SIZE / 2), title=title, words=words)


def percent(part: float, whole: float) -> str:
    """Return the share in whole percent; nothing but none is 0 %, nothing but all is 100 %."""
    if not whole:
        return "–"  # noqa: RUF001 - the dash is meant
    rounded = math.floor(100 * part / whole + 0.5)
    if part and not rounded:
        return "<1 %"
    if part < whole and rounded == 100:
        return ">99 %"
    return f"{rounded} %"


def _column(column: Column, *, at: float, step: float, top: float, full: float) -> str:
    x, wide = at + step * 0.15, step * 0.7
    height = _part(column.value, full) * PLOT
    if not column.uncertain:
        return _rect("chart-bar", x=x, y=top + PLOT - height, width=wide, height=height)
    low, high = (_part(bound, full) * PLOT for bound in column.span)
    place = _at(cx=at + step / 2, cy=top + PLOT - height, r=min(5.0, wide / 2))
    return _rect("chart-area", x=x, y=top + PLOT - high, width=wide, height=high - low) + (
        f'<circle class="chart-dot" fill="currentColor" {place}/>'
    )


def _limit(limit: tuple[str, float], *, y: float, width: float) -> str:
    (row, *_) = broken(limit[0], room=width * 0.7, most=1)
    line = f'<line class="chart-axis" stroke="currentColor" {_at(x1=0, y1=y, x2=width, y2=y)}/>'
    return line + _text("chart-label", row, x=0, y=y - 5)


def _words_of_course(points: Sequence[Point], *, top: float, end: float, width: float) -> list[str]:
    """Write the last value beside the end of the line, and the first and last label where there is room for both."""
    parts = [_text("chart-value", number(points[-1].value), x=width, y=end - 5, anchor="end")]
    named = [point.label for point in points if point.label]
    below = top + PLOT + LINE
    ends = [(label, 0.0, "start") for label in named[:-1][:1]] + [(label, width, "end") for label in named[-1:]]
    for label, x, anchor in ends:
        (row, *_) = broken(label, room=width / 2 - GAP, most=1)
        parts.append(_text("chart-label", row, x=x, y=below, anchor=anchor))
    return parts


def _words_of_columns(series: Sequence[Column], *, step: float, top: float, full: float) -> tuple[list[str], int]:
    """Write values and labels of as many columns as there is room for; return them and the most lines of a label."""
    width = step * len(series)
    room = _room_for_words(series, step)
    every = math.ceil(1.5 * room / step - 0.501)  # so that words moved in from an edge still stay apart
    written, deepest = [], 1
    for index in range(len(series) - 1, -1, -every):
        column = series[index]
        middle = min(max(step * (index + 0.5), room / 2), width - room / 2)
        peak = top + PLOT * (1 - _part(column.value, full)) - (9 if column.uncertain else 5)
        rows = broken(column.label, room=room - 4, most=2)
        below = [top + PLOT + LINE * (line + 1) for line in range(len(rows))]
        said = [_text("chart-value", number(column.value), x=middle, y=peak, anchor="middle")]
        said += [_text("chart-label", row, x=middle, y=y, anchor="middle") for row, y in zip(rows, below, strict=True)]
        written.append(_group(said, full_label=_if_cut(column.label, rows)))
        deepest = max(deepest, len(rows))
    return written, deepest


def _room_for_words(series: Sequence[Column], step: float) -> float:
    """Return how wide the words of one column are: a column, or what a number and a broken label need."""
    needs = (max(span_of(number(column.value)), min(span_of(clean(column.label)), 44)) for column in series)
    return min(max(step, *(need + 4 for need in needs)), step * len(series))


def _check(values: Iterable[float]) -> None:
    for value in values:
        if not (math.isfinite(value) and value >= 0):
            raise ValueError(f"{value} cannot be drawn: values are 0 or more")


def _check_course(points: Sequence[Point], limit: tuple[str, float] | None) -> None:
    _check([point.value for point in points] + ([limit[1]] if limit else []))
    if not all(math.isfinite(point.at) for point in points) or any(a.at > b.at for a, b in pairwise(points)):
        raise ValueError("The points of a line go from left to right.")


def _check_ranges(series: Sequence[Column]) -> None:
    _check(value for column in series for value in (column.value, *column.span))
    for column in series:
        low, high = column.span
        if not low <= column.value <= high:
            raise ValueError(f"{column.label}: {column.value} is not between {low} and {high}")


def _part(value: float, full: float) -> float:
    return value / full if full else 0.0


def _value(value: float, unit: str) -> str:
    """Return the number, with its unit where that is a sign such as % or €."""
    return f"{number(value)} {unit}" if _is_sign(unit) else number(value)


def _is_sign(unit: str) -> bool:
    return len(unit) == 1 and not unit.isalpha()


def _told(value: float, unit: str) -> str:
    return f"{number(value)} {unit}".strip()


def _range_told(column: Column, unit: str) -> str:
    low, high = column.span
    return _told(column.value, unit) + (f" ({number(low)} – {number(high)})" if column.uncertain else "")  # noqa: RUF001


def _if_cut(label: str, rows: Sequence[str]) -> str | None:
    return label if rows[-1].endswith("…") else None


def _caption(unit: str, width: float) -> tuple[list[str], float]:
    """Return the unit in words at the top right, and where the drawing goes on below it."""
    if not unit or _is_sign(unit):
        return [], 0.0
    (row, *_) = broken(unit, room=width, most=1)
    return [_text("chart-label", row, x=width, y=SIZE, anchor="end")], LINE


def _legend(names: tuple[str, str], width: float) -> tuple[list[str], float]:
    """Say which of a pair is which, on a line of its own."""
    half = width / 2
    parts = []
    for index, (kind, name) in enumerate(zip(("chart-bar", "chart-bar chart-bar-3"), names, strict=True)):
        (row, *_) = broken(name, room=half - THICK - GAP, most=1)
        parts.append(_rect(kind, x=half * index, y=2, width=THICK, height=THICK))
        parts.append(_text("chart-label", row, x=half * index + THICK + 6, y=SIZE))
    return parts, LINE + GAP


def _empty() -> tuple[list[str], float]:
    return [_text("chart-label", _NOTHING, x=0, y=SIZE)], LINE + GAP


def _svg(parts: Sequence[str], *, size: tuple[float, float], title: str, words: Sequence[str]) -> str:
    # The drawing reads from left to right on pages of either direction; words inside it keep their own.
    told = escaped("; ".join(words) or _NOTHING)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" direction="ltr" viewBox="0 0 {_n(size[0])} {_n(size[1])}">'
        f"<title>{escaped(title)}</title><desc>{told}</desc>{''.join(parts)}</svg>"
    )


def _group(parts: Sequence[str], *, full_label: str | None) -> str:
    title = f"<title>{escaped(full_label)}</title>" if full_label else ""
    return f"<g>{title}{''.join(parts)}</g>"


def _text(kind: str, text: str, *, x: float, y: float, anchor: str = "start") -> str:
    place = f'{_at(x=x, y=y)} text-anchor="{anchor}" font-size="{_n(SIZE)}" fill="currentColor"'
    return f'<text class="{kind}" {place}>{escaped(text)}</text>'


def _axis(y: float, width: float) -> str:
    return f'<line class="chart-axis" stroke="currentColor" {_at(x1=0, y1=y, x2=width, y2=y)}/>'


def _rect(kind: str, *, x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="{kind}" {_at(x=x, y=y, width=width, height=height)}/>'


def _at(**numbers: float) -> str:
    return " ".join(f'{name}="{_n(value)}"' for name, value in numbers.items())


def _n(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
