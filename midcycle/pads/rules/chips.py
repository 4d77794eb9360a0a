"""+1s beside the lines of a text: in files, and on pages. Pure."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from midcycle.kernel.words import ngettext

_ITEM: Final = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)]) +(?!\[[ xX]\]\s*$)\S")
_OPEN, _CLOSE = "\ue000", "\ue001"  # no letters of any language; taken out of what people typed
_CHIP: Final = re.compile(f"{_OPEN}(\\d{{1,9}}){_CLOSE}")


def voices(lines: Mapping[tuple[int, int], int], votes: Iterable[tuple[int, int, str]]) -> dict[int, int]:
    """Count the people who are for each line: once each, though lines that were joined may have their vote twice."""
    people: dict[int, set[str]] = {}
    for client, clock, person in votes:
        if (client, clock) in lines:
            people.setdefault(lines[client, clock], set()).add(person)
    return {line: len(those) for line, those in people.items()}


def with_votes(text: str, counts: Mapping[int, int]) -> str:
    """Return a text with `(+3)` after each item of a list that three people are for."""
    return _noted(text, counts, " (+{})")


def marked(text: str, counts: Mapping[int, int]) -> str:
    """Return a text whose counts `chipped` finds again after it was made HTML."""
    return _noted(text.replace(_OPEN, "").replace(_CLOSE, ""), counts, f" {_OPEN}{{}}{_CLOSE}")


def chipped(html: str) -> str:
    """Make each count that `marked` wrote a chip."""
    return _CHIP.sub(_chip, html)


def _chip(found: re.Match[str]) -> str:
    count = int(found[1])
    said = ngettext("%(count)s person is for this", "%(count)s people are for this", count) % {"count": count}
    return f'<span class="pad-votes" title="{escape(said)}">+{count}</span>'


def _noted(text: str, counts: Mapping[int, int], note: str) -> str:
    lines = text.split("\n")
    for number, count in counts.items():
        if number < len(lines) and _ITEM.match(lines[number]):
            lines[number] = lines[number].rstrip() + note.format(count)
    return "\n".join(lines)
