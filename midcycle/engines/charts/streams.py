"""Two columns of groups and the streams between them (a Sankey diagram): where people come from, and where they go.

Colours come from the classes `chart-bar`, `chart-stream`, `chart-label` and `chart-halo`. Each drawing is one image whose
figures are told in words in `<desc>`; a table beside it has them all. Measures are px at a drawing `width` px wide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.engines.charts.draw import Bar
from midcycle.engines.charts.words import SIZE, broken, clean, escaped, number, span_of
from midcycle.kernel.words import gettext, gettext_noop

WIDTH: Final = 320  # fits a phone of 360 px with its margins nearly 1:1
_LINE: Final = 17.0
_THICK: Final = 8.0
_GAP: Final = 10.0
_TALL: Final = 220.0  # px that all people together take in a column
_ROOM: Final = 0.44  # of the width, for the words of a column
_NOTHING: Final = gettext_noop("Nothing to show yet.")


@dataclass(frozen=True, slots=True)
class Stream:
    """How much goes from one group on the left to one on the right, both by their number in their column."""

    origin: int
    goal: int
    value: float


@dataclass(frozen=True, slots=True)
class _Node:
    """A group in its place: where its bar begins and how tall it is, and its words."""

    top: float
    height: float
    rows: tuple[str, ...]
    full_label: str


def streams(
    origins: Sequence[Bar],
    goals: Sequence[Bar],
    between: Sequence[Stream],
    *,
    title: str,
    names: tuple[str, str],
    width: int = WIDTH,
) -> str:
    """Return both columns, each under its name, and the streams between them; what is in no stream stays at its bar.

    Raises ValueError for values below 0, for streams of groups that are not there, and for more in streams than in a group.
    """
    _check(origins, goals, between)
    whole = max(sum(bar.value for bar in origins), sum(bar.value for bar in goals))
    scale = _TALL / whole if whole else 0.0
    left, right = (_placed(bars, scale, room=width * _ROOM) for bars in (origins, goals))
    parts = _ribbons(left, right, between, scale=scale, width=width)
    for nodes, is_left in ((left, True), (right, False)):
        parts += [_drawn(node, is_left=is_left, width=width) for node in nodes]
    heads = [_text("chart-label", names[0], x=0), _text("chart-label", names[1], x=width, anchor="end")]
    nothing = [] if whole else [_text("chart-label", gettext(_NOTHING), x=0, y=SIZE + 2 * _LINE)]
    height = max((_below(node) for node in (*left, *right)), default=3 * _LINE)
    told = escaped(_told(origins, goals, between, names) if left or right else gettext(_NOTHING))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" direction="ltr" viewBox="0 0 {_n(width)} {_n(height)}">'
        f"<title>{escaped(title)}</title><desc>{told}</desc>{''.join([*heads, *nothing, *parts])}</svg>"
    )


def _check(origins: Sequence[Bar], goals: Sequence[Bar], between: Sequence[Stream]) -> None:
    if any(value < 0 for value in [*(bar.value for bar in (*origins, *goals)), *(stream.value for stream in between)]):
        raise ValueError("Values are 0 or more.")
    for stream in between:
        if not (0 <= stream.origin < len(origins) and 0 <= stream.goal < len(goals)):
            raise ValueError(f"There is no stream from {stream.origin} to {stream.goal}.")
    left = [(bar, [each.value for each in between if each.origin == place]) for place, bar in enumerate(origins)]
    right = [(bar, [each.value for each in between if each.goal == place]) for place, bar in enumerate(goals)]
    for bar, values in (*left, *right):
        if sum(values) > bar.value:
            raise ValueError(f"{bar.label}: more goes along it than there is")


def _placed(bars: Sequence[Bar], scale: float, *, room: float) -> list[_Node]:
    """Return the groups one below the other, each with room for its bar and for its words."""
    found, top = [], 1.5 * _LINE
    for bar in bars:
        rows = (*_words(bar, room), *(broken(bar.note, room=room, most=1) if bar.note else ()))
        node = _Node(top, max(2.0, bar.value * scale), rows, bar.label)
        found.append(node)
        top = _below(node)
    return found


def _words(bar: Bar, room: float) -> tuple[str, ...]:
    """Return up to two lines of the label, and the value behind the last or, where it has no room there, below it."""
    *first, last = broken(bar.label, room=room, most=2)
    told = f"({number(bar.value)})"
    together = f"{last} {told}"
    return (*first, together) if span_of(together) <= room else (*first, last, told)


def _below(node: _Node) -> float:
    return node.top + max(node.height, _LINE * len(node.rows)) + _GAP


def _ribbons(
    left: Sequence[_Node], right: Sequence[_Node], between: Sequence[Stream], *, scale: float, width: float
) -> list[str]:
    """Return the streams, in the order of the groups at either end, so that they cross as little as they can."""
    ordered = sorted(between, key=lambda stream: (stream.origin, stream.goal))
    out, into, parts = [node.top for node in left], [node.top for node in right], []
    for stream in ordered:
        thick = stream.value * scale
        parts.append(_ribbon(out[stream.origin], into[stream.goal], thick, width=width))
        out[stream.origin] += thick
        into[stream.goal] += thick
    return parts


def _ribbon(out: float, into: float, thick: float, *, width: float) -> str:
    start, middle, end = _THICK, width / 2, width - _THICK
    upper = f"M{_n(start)} {_n(out)}C{_n(middle)} {_n(out)} {_n(middle)} {_n(into)} {_n(end)} {_n(into)}"
    low, high = into + thick, out + thick
    lower = f"L{_n(end)} {_n(low)}C{_n(middle)} {_n(low)} {_n(middle)} {_n(high)} {_n(start)} {_n(high)}Z"
    return f'<path class="chart-stream" fill="currentColor" fill-opacity="0.3" d="{upper}{lower}"/>'


def _drawn(node: _Node, *, is_left: bool, width: float) -> str:
    x = 0.0 if is_left else width - _THICK
    bar = f'<rect class="chart-bar" x="{_n(x)}" y="{_n(node.top)}" width="{_n(_THICK)}" height="{_n(node.height)}"/>'
    beside, anchor = (x + _THICK + 5, "start") if is_left else (x - 5, "end")
    words = [
        _text("chart-label chart-halo", row, x=beside, y=node.top + SIZE - 1 + _LINE * place, anchor=anchor)
        for place, row in enumerate(node.rows)
    ]
    cut = f"<title>{escaped(node.full_label)}</title>" if any(row.endswith("…") for row in node.rows) else ""
    return f"<g>{cut}{bar}{''.join(words)}</g>"


def _told(origins: Sequence[Bar], goals: Sequence[Bar], between: Sequence[Stream], names: tuple[str, str]) -> str:
    """Return both columns in words: what goes from each group on the left, and all groups on the right."""
    left = "; ".join(_from(origins, goals, between))
    right = "; ".join(
        f"{clean(bar.label)} {number(bar.value)}" + (f" ({clean(bar.note)})" if bar.note else "") for bar in goals
    )
    return f"{names[0]}: {left}. {names[1]}: {right}."


def _from(origins: Sequence[Bar], goals: Sequence[Bar], between: Sequence[Stream]) -> Iterable[str]:
    for place, bar in enumerate(origins):
        to = [f"{clean(goals[stream.goal].label)} {number(stream.value)}" for stream in between if stream.origin == place]
        group = f"{clean(bar.label)} {number(bar.value)}"
        yield gettext("%(group)s, of these %(parts)s") % {"group": group, "parts": ", ".join(to)} if to else group


def _text(kind: str, text: str, *, x: float, y: float = SIZE, anchor: str = "start") -> str:
    place = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" font-size="{_n(SIZE)}" fill="currentColor"'
    return f'<text class="{kind}" {place}>{escaped(text)}</text>'


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
