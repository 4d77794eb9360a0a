"""A survey on paper: questions with numbered answers to tick, lines to write on, and a code that leads to the screen."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from midcycle.engines.documents.codes import drawn
from midcycle.engines.documents.letters import line
from midcycle.engines.documents.model import Occasion, Paper, words_as_data
from midcycle.engines.documents.press import pressed


@dataclass(frozen=True, slots=True)
class Item:
    """A question: `answers` with the digit each is typed as, or none and so many `lines` to write on. `hint` is small print."""

    number: int
    title: str
    answers: tuple[tuple[str, str], ...] = ()
    lines: int = 0
    hint: str = ""


@dataclass(frozen=True, slots=True)
class QuestionnaireWords:
    """The words around: what to do, where it is on a screen, and what becomes of the sheet."""

    title: str
    ask: str
    screen: str
    address: str
    foot: str
    page: str = "Page"
    code: str = "QR code"


def questionnaire(
    occasion: Occasion, items: Sequence[Item], code: Sequence[Sequence[bool]], *, words: QuestionnaireWords
) -> Paper:
    """Return the survey on A4; no question is cut by the end of a page. Raises NotPrinted."""
    said = occasion.language
    values = {
        **occasion.as_data(),
        "title": line(f"{words.title} {occasion.title}").text,
        "words": words_as_data(asdict(words), said),
        "code": drawn(code),
        "items": [
            {
                "number": item.number,
                "title": line(item.title, said).as_data(),
                "hint": line(item.hint, said).as_data(),
                "answers": [{"digit": digit, "label": line(label, said).as_data()} for digit, label in item.answers],
                "lines": item.lines,
            }
            for item in items
        ],
    }
    whole = [(item.title, (line(item.title), *(line(label) for _, label in item.answers))) for item in items]
    return Paper.of(pressed("questionnaire", values), whole)
