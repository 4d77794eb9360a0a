"""What every document is about, and what the press gives back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from midcycle.engines.documents.letters import Line, face, line

# Language, script and country of a BCP 47 tag.
_TAG: Final = re.compile(r"(?P<tongue>[a-z]{2,3})(?:-[a-z]{4})?(?:-(?P<region>[a-z]{2}))?$")


@dataclass(frozen=True, slots=True)
class Occasion:
    """The meetup a document is for: its title, when and where in words, and the language (BCP 47) of the words around."""

    title: str
    when: str = ""
    where: str = ""
    language: str = "en"

    def as_data(self) -> dict[str, object]:
        """Return what every template takes."""
        tag = _TAG.match(self.language.lower())
        return {
            "language": tag["tongue"] if tag else "en",
            "region": tag["region"] if tag else None,
            "face": face("", self.language),
            "occasion": line(self.title, self.language).as_data(),
            "when": line(self.when, self.language).as_data(),
            "where": line(self.where, self.language).as_data(),
        }


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF, and whose names have a letter that no font of ours has and that is printed as □."""

    pdf: bytes
    incomplete: tuple[str, ...]

    @classmethod
    def of(cls, pdf: bytes, lines: Iterable[tuple[str, tuple[Line, ...]]]) -> Self:
        """Return the paper with the names of those any of whose lines is not whole, each once."""
        return cls(pdf, tuple(dict.fromkeys(name for name, said in lines if not all(part.is_whole for part in said))))


def words_as_data(words: dict[str, str], language: str) -> dict[str, dict[str, str]]:
    """Return a document's own words, ready to print."""
    return {key: line(text, language).as_data() for key, text in words.items()}
