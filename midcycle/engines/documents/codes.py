"""QR codes on paper."""

from collections.abc import Sequence
from typing import Final

_QUIET: Final = 4  # modules of white around a code (ISO/IEC 18004, 6.3.8)


def drawn(code: Sequence[Sequence[bool]]) -> str:
    """Return the code as SVG with its quiet zone, one stroke for each run of dark modules; empty for none."""
    if not code:
        return ""
    size = len(code) + 2 * _QUIET
    path = "".join(
        f"M{start + _QUIET} {y + _QUIET}h{length}v1h-{length}z" for y, row in enumerate(code) for start, length in _runs(row)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where dark modules begin, and how many there are."""
    starts = [x for x, dark in enumerate(row) if dark and not (x and row[x - 1])]
    ends = [x + 1 for x, dark in enumerate(row) if dark and not (x + 1 < len(row) and row[x + 1])]
    return [(start, end - start) for start, end in zip(starts, ends, strict=True)]
