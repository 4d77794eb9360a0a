"""The fonts of all documents: Noto, out of packages of the environment, never what a machine happens to have.

Which characters they have is read from their `cmap` tables (OpenType 1.9, "cmap", formats 4 and 12), so that a letter
without a shape is known before anything is printed.
"""

import struct
from bisect import bisect_right
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Final

FOLDERS: Final = tuple(Path(str(files(package))) for package in ("manimgx_fonts", "manimgx_fonts_cjk"))
FALLBACK: Final = "Noto Sans CJK"
_SHAPES: Final = ("*.ttf", "*.otf", "*.ttc")
_LAST_CODE: Final = 0xFFFF  # the closing segment of format 4

Span = tuple[int, int]


@lru_cache(maxsize=20_000)
def fonts_with(letter: str) -> frozenset[int]:
    """Return which of the fonts have a shape for the character, as numbers of no further meaning."""
    code = ord(letter)
    return frozenset(number for number, spans in enumerate(_coverage()) if _within(code, spans))


@cache
def _coverage() -> tuple[tuple[Span, ...], ...]:
    """Return the characters of every font, as spans in order."""
    paths = sorted(path for folder in FOLDERS for shape in _SHAPES for path in folder.glob(shape) if "Italic" not in path.name)
    return tuple(covered(path) for path in paths)


def _within(code: int, spans: tuple[Span, ...]) -> bool:
    at = bisect_right(spans, (code, 0x110000)) - 1
    return at >= 0 and spans[at][1] >= code


def covered(path: Path) -> tuple[Span, ...]:
    """Return the characters a font file has shapes for, as spans in order; of a collection those of its first font."""
    with path.open("rb") as font:
        start = 0
        if font.read(4) == b"ttcf":
            font.seek(12)
            (start,) = struct.unpack(">L", font.read(4))
        font.seek(start + 4)
        (tables,) = struct.unpack(">H6x", font.read(8))
        directory = struct.iter_unpack(">4sLLL", font.read(16 * tables))
        offset, length = next((offset, length) for tag, _, offset, length in directory if tag == b"cmap")
        font.seek(offset)
        return _spans(font.read(length))


def _spans(table: bytes) -> tuple[Span, ...]:
    (count,) = struct.unpack_from(">2xH", table)
    subtables = {}
    for _, _, offset in struct.iter_unpack(">HHL", table[4 : 4 + 8 * count]):
        (kind,) = struct.unpack_from(">H", table, offset)
        subtables[kind] = table[offset:]
    return _format_12(subtables[12]) if 12 in subtables else _format_4(subtables[4])


def _format_12(table: bytes) -> tuple[Span, ...]:
    (groups,) = struct.unpack_from(">L", table, 12)
    return tuple((first, last) for first, last, _ in struct.iter_unpack(">LLL", table[16 : 16 + 12 * groups]))


def _format_4(table: bytes) -> tuple[Span, ...]:
    (doubled,) = struct.unpack_from(">H", table, 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * doubled)
    at = 16 + 3 * doubled
    codes = []
    for index, (first, last, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        (skip,) = struct.unpack_from(">H", table, at + 2 * index)
        base = at + 2 * index + skip
        for code in range(first, min(last, _LAST_CODE - 1) + 1):
            glyph = struct.unpack_from(">H", table, base + 2 * (code - first))[0] if skip else code
            if not (skip and glyph == 0) and (glyph + delta) % 0x10000:
                codes.append(code)
    return _joined(codes)


def _joined(codes: list[int]) -> tuple[Span, ...]:
    """Return neighbouring codes, which come in order, as spans."""
    if not codes:
        return ()
    gaps = [(before, after) for before, after in pairwise(codes) if after != before + 1]
    firsts = [codes[0], *(after for _, after in gaps)]
    lasts = [*(before for before, _ in gaps), codes[-1]]
    return tuple(zip(firsts, lasts, strict=True))
