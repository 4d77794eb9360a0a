"""A text and who wrote which part of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

COLOURS: Final = 8


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote: a name, blank when it is not known, and the number of a colour, 0 to 7."""

    name: str
    colour: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one author, by id; the id is blank when nobody knows."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of one author that came with one version and went with another, or is there still."""

    author: str
    text: str
    came: int
    went: int | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """All that ever was in a text, in its order, and the versions it went through.

    `times` has the time of each version in milliseconds since 1970, from the one it began with, number 0, to the last, which
    is the text as it is. `names` has those that somebody named.
    """

    stretches: tuple[Stretch, ...]
    times: tuple[int, ...]
    names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notes:
    """A whole text in Markdown, its authors by id, and its past when that is known."""

    runs: tuple[Run, ...]
    authors: Mapping[str, Author] = field(default_factory=dict)
    past: Past | None = None

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(run.text for run in self.runs)


def joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Give the runs with neighbours of one author put together and empty ones left out."""
    author, pieces = "", list[str]()
    for run in runs:
        if run.text and run.author != author:
            if pieces:
                yield Run(author, "".join(pieces))
            author, pieces = run.author, []
        if run.text:
            pieces.append(run.text)
    if pieces:
        yield Run(author, "".join(pieces))
