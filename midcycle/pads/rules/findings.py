"""What is found in the text of pads: tags, actions, and words somebody looks for. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from midcycle.kernel.typed import one_line

LONGEST_ASKED: Final = 100
_FENCE: Final = re.compile(r" {0,3}(?:```|~~~)")
_CODE: Final = re.compile(r"`[^`\n]*`")
_TAG: Final = re.compile(r"(?<![\w#\\])##(\w[\w-]{0,79})")
_ACTION: Final = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)]) \[([ xX])\] (\S.*)")
_OWNER: Final = re.compile(r"([^:]{1,60}):(?!//)\s*(\S.*)")
_BY: Final = re.compile(r"(.*?\S),?\s+by (\S.{0,59})", re.IGNORECASE)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
HOW_TO_TAG: Final = "Everybody takes notes here. Mark a topic with ##tag."  # of the template, as is the next
BLANK_ACTION: Final = "who: what, by when"
_AROUND: Final = 90
_LONGEST_SHOWN: Final = 300


@dataclass(frozen=True, slots=True)
class Action:
    """A task somebody took on. Owner and day are blank when the pad does not say them; `due_on` only when it is a date."""

    owner: str
    what: str
    due: str
    is_done: bool
    due_on: date | None = None


def tags_in(text: str) -> tuple[str, ...]:
    """Return the `##tags` of a text in small letters, each once, as they come. Code has none."""
    found = (tag.casefold().rstrip("-") for line in _lines(text) for tag in _TAG.findall(_CODE.sub(" ", line)))
    return tuple(dict.fromkeys(found))


def actions_in(text: str) -> tuple[Action, ...]:
    """Return the actions of a text: items of a list with a box, such as `- [ ] Ada: write it down, by 2027-03-31`."""
    return tuple(action for _, action in action_lines(text))


def action_lines(text: str) -> Iterator[tuple[int, Action]]:
    """Give the actions of a text, each with the number of its line from 0."""
    for number, line in _numbered(text):
        box = _ACTION.fullmatch(line.rstrip())
        if box and one_line(box[2]) != BLANK_ACTION:
            yield number, _action(box[2], is_done=box[1] != " ")


def excerpt(text: str, asked: str) -> str | None:
    """Return the words around the first place that says what is asked for, None where nothing does. Case does not count."""
    at = text.casefold().find(asked.casefold()) if asked else -1
    if at < 0:
        return None
    begin, end = max(at - _AROUND, 0), at + len(asked) + _AROUND
    words = one_line(text[begin:end])
    return f"{'… ' if begin else ''}{words}{' …' if end < len(text) else ''}"


def _action(words: str, *, is_done: bool) -> Action:
    said = one_line(words)[:_LONGEST_SHOWN]
    owned = _OWNER.fullmatch(said)
    owner, what = (owned[1].strip(), owned[2]) if owned else ("", said)
    timed = _BY.fullmatch(what)
    what, due = (timed[1].rstrip(","), timed[2]) if timed else (what, "")
    return Action(owner, what, due, is_done, _day(due))


def _day(due: str) -> date | None:
    found = _DAY.search(due)
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def _lines(text: str) -> Iterator[str]:
    return (line for _, line in _numbered(text))


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines that are neither code nor what every pad begins with, each with its number."""
    is_code = False
    for number, line in enumerate(text.split("\n")):
        if _FENCE.match(line):
            is_code = not is_code
        elif not is_code and line != HOW_TO_TAG:
            yield number, line
