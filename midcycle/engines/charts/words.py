"""Words in a drawing: made safe for XML, measured without a font, broken into lines."""

import unicodedata
from html import escape

SIZE = 13.0  # px; the style sheet says the same for .chart-label and .chart-value
_NARROW = frozenset("iljtfrI.,;:'|!()[] ")
_WIDE = frozenset("MWmw%@…\N{EN DASH}\N{EM DASH}")
_UNSAFE = frozenset({"Cc", "Cs", "Cn", "Co"})  # not allowed in XML 1.0, or without a shape


def clean(text: str) -> str:
    """Return the text on one line without what XML 1.0 section 2.2 forbids."""
    spaced = " ".join(text.split())
    return "".join(mark for mark in spaced if unicodedata.category(mark) not in _UNSAFE)


def escaped(text: str) -> str:
    """Return the text for element content and attribute values."""
    return escape(clean(text))


def number(value: float) -> str:
    """Return whole numbers as they are and others with one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def span_of(text: str) -> float:
    """Return about how wide the text is in px, in a common sans serif of SIZE; rather too much than too little."""
    return sum(_ems(mark) for mark in text) * SIZE


def broken(text: str, *, room: float, most: int) -> tuple[str, ...]:
    """Return up to `most` lines that fit into `room` px; what does not fit ends in an ellipsis."""
    rows = [""]
    for word in clean(text).split(" "):
        for piece in _pieces(word, room):
            joined = f"{rows[-1]} {piece}".strip()
            if span_of(joined) <= room:
                rows[-1] = joined
            else:
                rows.append(piece)
        if len(rows) > most:
            return (*rows[: most - 1], _shortened(rows[most - 1], room))
    return tuple(rows)


def _ems(mark: str) -> float:
    if unicodedata.combining(mark):
        return 0.0
    if unicodedata.east_asian_width(mark) in "WF":
        return 1.1
    if mark in _NARROW:
        return 0.36
    if mark in _WIDE:
        return 0.98
    return 0.76 if mark.isupper() else 0.58


def _pieces(word: str, room: float) -> list[str]:
    """Return the word whole, or what of it fits on each line if it is longer than a line."""
    pieces = [""]
    span = 0.0
    for mark in word:
        wide = _ems(mark) * SIZE
        if span + wide > room and pieces[-1]:
            pieces.append("")
            span = 0.0
        pieces[-1] += mark
        span += wide
    return pieces


def _shortened(row: str, room: float) -> str:
    while row and span_of(f"{row}…") > room:
        row = row[:-1]
    return f"{row.rstrip()}…"
