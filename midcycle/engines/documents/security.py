"""The list for a host's security desk: who may come in, and nothing else about them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from midcycle.engines.documents.letters import line
from midcycle.engines.documents.model import Occasion, Paper, words_as_data
from midcycle.engines.documents.names import sort_key
from midcycle.engines.documents.press import pressed


@dataclass(frozen=True, slots=True)
class Attendee:
    """What a security desk is told of a person."""

    name: str
    organisation: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class SecurityWords:
    """The words of the list. `printed` and `destroy` are sentences with a moment: until when the list may be kept."""

    printed: str
    destroy: str
    title: str = "Attendee list for the security desk"
    name: str = "Name"
    organisation: str = "Organisation"
    people: str = "People on this list:"
    nobody: str = "Nobody has a seat."
    page: str = "Page"


def security_list(occasion: Occasion, people: Iterable[Attendee], *, words: SecurityWords) -> Paper:
    """Return the list, in alphabetical order. Raises NotPrinted."""
    ordered = sorted(people, key=lambda who: sort_key(who.name))
    lines = [(line(who.name, who.language), line(who.organisation, who.language)) for who in ordered]
    said = asdict(words)
    values = {
        **occasion.as_data(),
        "title": line(f"{words.title}: {occasion.title}").text,
        "words": words_as_data(said, occasion.language),
        "people": [[part.as_data() for part in parts] for parts in lines],
    }
    return Paper.of(pressed("security", values), zip((who.name for who in ordered), lines, strict=True))
