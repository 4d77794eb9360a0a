"""Sheets for checking people in with a pen: in stacks by letter, so that several helpers share the line of people."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from midcycle.engines.documents.letters import Line, line
from midcycle.engines.documents.model import Occasion, Paper, words_as_data
from midcycle.engines.documents.names import heading, sort_key
from midcycle.engines.documents.press import pressed


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody expected at the door; `is_here` ticks the box already."""

    name: str
    role: str = ""
    is_here: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class CheckInWords:
    """The words of the sheets. `printed` names a moment, such as `Printed 2 March 2027, 08:10`."""

    printed: str
    title: str = "Check-in"
    here: str = "Here"
    name: str = "Name"
    role: str = "Role"
    stack: str = "Stack"
    people: str = "People:"
    nobody: str = "Nobody has a seat."
    page: str = "Page"


Group = tuple[str, tuple[Arrival, ...]]


def check_in_sheets(occasion: Occasion, people: Iterable[Arrival], *, stacks: int, words: CheckInWords) -> Paper:
    """Return the sheets in up to `stacks` stacks. Raises ValueError for less than one, and NotPrinted."""
    said = asdict(words)
    parts = [[(letter, [(who, _lines(who)) for who in group]) for letter, group in stack] for stack in dealt(people, stacks)]
    values = {
        **occasion.as_data(),
        "title": line(f"{words.title}: {occasion.title}").text,
        "words": words_as_data(said, occasion.language),
        "stacks": [
            [
                {"letter": line(letter).as_data(), "people": [_row(who, lines) for who, lines in group]}
                for letter, group in stack
            ]
            for stack in parts
        ],
    }
    named = [(who.name, lines) for stack in parts for _, group in stack for who, lines in group]
    return Paper.of(pressed("check-in", values), named)


def dealt(people: Iterable[Arrival], stacks: int) -> list[list[Group]]:
    """Return the people by letter, the letters in stacks whose largest is as small as it can be; one empty one for nobody.

    A letter is never torn apart, so there can be fewer stacks than asked for.
    """
    if stacks < 1:
        raise ValueError(f"{stacks} stacks hold nobody")
    ordered = sorted(people, key=lambda who: sort_key(who.name))
    groups = [(letter, tuple(group)) for letter, group in groupby(ordered, key=lambda who: heading(who.name))]
    sizes = [len(group) for _, group in groups]
    low, high = max(sizes, default=0), sum(sizes)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(_filled(groups, middle)) <= stacks else (middle + 1, high)
    return _filled(groups, low) or [[]]


def _filled(groups: Sequence[Group], most: int) -> list[list[Group]]:
    """Return the groups in as few stacks as hold at most so many people each."""
    filled: list[list[Group]] = []
    room = 0
    for letter, group in groups:
        if room < len(group):
            filled.append([])
            room = most
        filled[-1].append((letter, group))
        room -= len(group)
    return filled


def _lines(who: Arrival) -> tuple[Line, ...]:
    return line(who.name, who.language), line(who.role)


def _row(who: Arrival, lines: tuple[Line, ...]) -> dict[str, object]:
    name, role = lines
    return {"name": name.as_data(), "role": role.as_data(), "here": who.is_here}
