"""A letter of one page or a few: to whom, a subject, parts with headings, and a line for each side to sign."""

import textwrap
from dataclasses import dataclass

from midcycle.engines.documents.letters import LONGEST, line
from midcycle.engines.documents.model import Occasion, Paper
from midcycle.engines.documents.press import pressed


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says. A part is a heading (or none), sentences, and whether they are points of a list."""

    to: tuple[str, ...]
    date: str
    subject: str
    parts: tuple[tuple[str, tuple[str, ...], bool], ...]
    signed_by: tuple[str, ...]
    place_and_date: str = "Place and date, signature"
    page: str = "Page"


def letter(occasion: Occasion, said: Letter) -> Paper:
    """Return the letter as PDF. Raises NotPrinted."""

    def shown(text: str) -> dict[str, str]:
        return line(text, occasion.language).as_data()

    values = {
        **occasion.as_data(),
        "title": line(said.subject).text,
        "to": [shown(text) for text in said.to],
        "date": shown(said.date),
        "subject": shown(said.subject),
        "parts": [
            {"heading": shown(heading), "sentences": [[*map(shown, _pieces(text))] for text in sentences], "listed": listed}
            for heading, sentences, listed in said.parts
        ],
        "signed_by": [shown(text) for text in said.signed_by],
        "words": {"place_and_date": shown(said.place_and_date), "page": shown(said.page)},
    }
    lines = tuple(line(text, occasion.language) for text in (*said.to, said.subject, *said.signed_by))
    return Paper.of(pressed("letter", values), [(said.to[0] if said.to else "", lines)])


def _pieces(sentence: str) -> list[str]:
    """Return a sentence of any length in pieces that are lines each."""
    return textwrap.wrap(sentence, LONGEST - 50, break_on_hyphens=False) or [""]
