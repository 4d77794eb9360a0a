"""Text people typed, made fit for paper: one line, no controls, and no letter that would print as an empty box in silence."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from midcycle.engines.documents.fonts import fonts_with
from midcycle.kernel.typed import one_line

UNKNOWN: Final = "□"  # stands for a letter no font has; the desk is told whose
LONGEST: Final = 300
_MOST_MARKS: Final = 3  # above or below one letter: Vietnamese and Hebrew need no more, towers of accents have dozens
_UNPRINTED: Final = frozenset({"Cc", "Cf", "Cs"})
# Joiners and variation selectors: they change how others look and have no look of their own.
_SILENT: Final = dict.fromkeys((0x200C, 0x200D, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))

# Which of the East Asian faces draws a Chinese character: told by letters beside it, else by the person's language.
_FACES: Final = (
    ("JP", re.compile(r"[\u3041-\u30ff\uff66-\uff9f]")),
    ("KR", re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")),
    ("TC", re.compile(r"[\u3105-\u312f]")),
)
_FACE_OF_LANGUAGE: Final = {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK", "zh-mo": "HK"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as it is printed, its direction, its East Asian face, and whether a letter is missing."""

    text: str
    direction: str
    face: str
    is_whole: bool

    def as_data(self) -> dict[str, str]:
        """Return what a template takes."""
        return {"text": self.text, "dir": self.direction, "face": self.face}


def line(text: str, language: str = "") -> Line:
    """Return the text as a line that can be printed. `language` is a BCP 47 tag, or empty when not known."""
    wanted = unicodedata.normalize("NFC", one_line(text[:LONGEST]))
    printed: list[str] = []
    is_whole = True
    for cluster in _clusters(wanted):
        shown = _shown(cluster)
        is_whole &= shown.translate(_SILENT) == cluster.translate(_SILENT)
        printed.append(shown)
    said = " ".join("".join(printed).split())
    return Line(said, direction(said), face(said, language), is_whole)


def is_printable(text: str) -> bool:
    """Say whether our fonts have every letter of the text."""
    return line(text).is_whole


def direction(text: str) -> str:
    """Return `rtl` when the first letter with a direction runs from the right, else `ltr` (UAX #9, rules P2 and P3)."""
    strong = next((kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"}), "L")
    return "ltr" if strong == "L" else "rtl"


def face(text: str, language: str) -> str:
    """Return which East Asian face draws the text: SC, TC, HK, JP or KR."""
    for name, letters in _FACES:
        if letters.search(text):
            return name
    tag = language.lower()
    return next((name for start, name in _FACE_OF_LANGUAGE.items() if tag == start or tag.startswith(f"{start}-")), "SC")


def _clusters(text: str) -> Iterable[str]:
    """Yield each letter with the marks on it, without what has no shape."""
    cluster = ""
    for letter in text:
        if ord(letter) in _SILENT or unicodedata.category(letter).startswith("M"):
            cluster += letter
        elif unicodedata.category(letter) not in _UNPRINTED:
            yield cluster
            cluster = letter
    yield cluster


def _shown(cluster: str) -> str:
    """Return the cluster if one font has all of it, else without its marks, else a sign that something is missing."""
    base, marks = cluster[:1], cluster[1:]
    if not base.translate(_SILENT).strip():
        return " " if base == " " else ""
    stacked = [index for index, mark in enumerate(marks) if unicodedata.combining(mark)]
    few = "".join(mark for index, mark in enumerate(marks) if index not in stacked[_MOST_MARKS:])
    return next((kept for kept in (base + few, base) if _one_font_has(kept)), UNKNOWN)


def _one_font_has(cluster: str) -> bool:
    needed = [fonts_with(letter) for letter in cluster.translate(_SILENT)]
    return bool(frozenset.intersection(*needed)) and unicodedata.category(cluster[0]) != "Co"
