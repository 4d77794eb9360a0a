"""A poster for a wall: what it is about, in letters to read from afar, and a code that leads to the page."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from midcycle.engines.documents.codes import drawn
from midcycle.engines.documents.letters import line
from midcycle.engines.documents.model import Occasion, Paper, words_as_data
from midcycle.engines.documents.press import pressed


@dataclass(frozen=True, slots=True)
class PosterWords:
    """The words of a poster: a question on top, what to do about it, and the address the code leads to."""

    question: str
    ask: str
    address: str
    foot: str = ""
    code: str = "QR code"


def poster(occasion: Occasion, about: str, code: Sequence[Sequence[bool]], *, words: PosterWords) -> Paper:
    """Return a sheet of A4 with the title, a few words about it, and the code: a square of modules, true where dark.

    Raises NotPrinted.
    """
    title, told = line(occasion.title), line(about)
    values = {
        **occasion.as_data(),
        "title": f"{words.question} {title.text}",
        "words": words_as_data(asdict(words), occasion.language),
        "about": told.as_data(),
        "code": drawn(code),
    }
    return Paper.of(pressed("poster", values), [(occasion.title, (title, told))])
