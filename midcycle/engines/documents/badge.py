"""Badges: the given name as large as it fits, the role in words on a colour, and who is not to be photographed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Final

from midcycle.engines.documents.codes import drawn
from midcycle.engines.documents.letters import Line, line
from midcycle.engines.documents.model import Occasion, Paper, words_as_data
from midcycle.engines.documents.names import called
from midcycle.engines.documents.press import pressed
from midcycle.kernel.typed import one_line

# Dark enough for white words (contrast 7:1, WCAG 2.2). That they differ helps the eye only: the role is there in words.
COLOURS: Final = ("#0b4f57", "#7a2e0e", "#4a2a7a", "#1f5122", "#7d1743", "#1d3f87", "#584400", "#3b3b3b")


class Layout(Enum):
    """How badges stand on paper: one on each page, for badge printers, or on sheets of A4 to cut."""

    A6_SHEET = "a6-sheet"
    A7_SHEET = "a7-sheet"
    A6 = "a6"
    A7 = "a7"


# Millimetres of one badge, and how many stand beside and below each other.
_LAYOUTS: Final = {
    Layout.A6: {"size": "a6", "width": 105, "height": 148, "columns": 1, "rows": 1},
    Layout.A6_SHEET: {"size": "a6", "width": 105, "height": 148.5, "columns": 2, "rows": 2},
    Layout.A7: {"size": "a7", "width": 105, "height": 74, "columns": 1, "rows": 1},
    Layout.A7_SHEET: {"size": "a7", "width": 105, "height": 74.25, "columns": 2, "rows": 4},
}


@dataclass(frozen=True, slots=True)
class Badge:
    """One person's badge.

    `colour` is the number of the role's colour. `photos` is False for who is not to be photographed. `code` is a square of
    modules, true where dark, or empty. `language` (BCP 47) tells how Chinese characters are drawn.
    """

    name: str
    organisation: str = ""
    role: str = ""
    colour: int = 0
    photos: bool = True
    code: Sequence[Sequence[bool]] = ()
    language: str = ""

    def lines(self) -> dict[str, Line]:
        """Return what is printed as text."""
        given, rest = called(one_line(self.name))
        said = {"given": given, "rest": rest, "organisation": self.organisation, "role": self.role}
        return {key: line(text, self.language) for key, text in said.items()}


@dataclass(frozen=True, slots=True)
class BadgeWords:
    """The words on badges that do not come from people."""

    title: str = "Badges"
    no_photos: str = "No photos"
    code: str = "QR code"


def badges(occasion: Occasion, people: Sequence[Badge], *, layout: Layout, words: BadgeWords | None = None) -> Paper:
    """Return the badges in the order given. Raises ValueError when there are none, and NotPrinted."""
    if not people:
        raise ValueError("there is nobody to print a badge for")
    lines = [badge.lines() for badge in people]
    said = asdict(words or BadgeWords())
    values = {
        **occasion.as_data(),
        "title": line(f"{said['title']}: {occasion.title}").text,
        "words": words_as_data(said, occasion.language),
        "layout": _LAYOUTS[layout],
        "badges": [_as_data(badge, parts) for badge, parts in zip(people, lines, strict=True)],
    }
    named = [(badge.name, tuple(parts.values())) for badge, parts in zip(people, lines, strict=True)]
    return Paper.of(pressed("badges", values), named)


def _as_data(badge: Badge, lines: dict[str, Line]) -> dict[str, object]:
    texts = {key: said.as_data() for key, said in lines.items()}
    return {**texts, "colour": COLOURS[badge.colour % len(COLOURS)], "photos": badge.photos, "code": drawn(badge.code)}
