"""Numbered marks that keep apart, and what they are made of in SVG. The words in them are made safe here."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

Kind = Literal["kept", "broken", "plain"]
MOST: Final = 60
_ROUNDS: Final = 80
_UNSAFE: Final = frozenset({"Cc", "Cs", "Cn", "Co"})  # not allowed in XML 1.0, or without a shape


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered place: round, or square when something is wrong with it. `told` is its whole sentence."""

    number: int
    kind: Kind
    told: str


def apart(points: Sequence[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """Return the points moved as little as keeps them `least` from each other, as far as a fixed number of rounds gets."""
    moved = list(points)
    for _ in range(_ROUNDS):
        if not _push(moved, least):
            break
    return moved


def drawn_mark(mark: Mark, x: float, y: float, radius: float) -> str:
    """Return a mark with its number."""
    if mark.kind == "broken":
        side = radius * 0.9
        shape = f'<rect class="map-dot map-dot-broken" {at(x=x - side, y=y - side, width=2 * side, height=2 * side)}/>'
    else:
        shape = f'<circle class="map-dot{" map-dot-plain" if mark.kind == "plain" else ""}" {at(cx=x, cy=y, r=radius)}/>'
    number = text("map-number", str(mark.number), x, y + radius * 0.38, radius * 1.15, anchor="middle")
    return f"<g><title>{clean(mark.told)}</title>{shape}{number}</g>"


def text(kind: str, words: str, x: float, y: float, size: float, *, anchor: str = "start") -> str:
    """Return words at a place."""
    return f'<text class="{kind}" {at(x=x, y=y)} font-size="{short(size)}" text-anchor="{anchor}">{clean(words)}</text>'


def svg(parts: Sequence[str], box: tuple[float, float, float, float], *, title: str, told: Sequence[str]) -> str:
    """Return a drawing as one image with its facts in words, read from left to right on pages of either direction."""
    sight = " ".join(short(number) for number in box)
    said = clean("; ".join(told))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" role="img" direction="ltr" viewBox="{sight}">'
        f"<title>{clean(title)}</title><desc>{said}</desc>{''.join(parts)}</svg>"
    )


def at(**numbers: float) -> str:
    """Return attributes with numbers."""
    return " ".join(f'{name}="{short(value)}"' for name, value in numbers.items())


def short(value: float) -> str:
    """Return a number with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def clean(words: str) -> str:
    """Return words on one line, without what XML 1.0 forbids, safe in content and attributes."""
    return escape("".join(mark for mark in " ".join(words.split()) if unicodedata.category(mark) not in _UNSAFE))


def _push(moved: list[tuple[float, float]], least: float) -> bool:
    pushed = False
    for first in range(len(moved)):
        for second in range(first + 1, len(moved)):
            (x1, y1), (x2, y2) = moved[first], moved[second]
            distance = math.hypot(x2 - x1, y2 - y1)
            if distance >= least * 0.999:
                continue
            # Of two at one place the first goes one way; each pair has a way of its own, so that many make a heap, not a row.
            turn = 2.4 * (first + second) if distance < 1e-6 else math.atan2(y2 - y1, x2 - x1)
            step = (least - distance) / 2
            moved[first] = x1 - step * math.cos(turn), y1 - step * math.sin(turn)
            moved[second] = x2 + step * math.cos(turn), y2 + step * math.sin(turn)
            pushed = True
    return pushed
