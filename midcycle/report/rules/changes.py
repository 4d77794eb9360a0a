"""What changed between two texts, line by line and within lines word by word. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

State = Literal["kept", "added", "gone"]
_WORD: Final = re.compile(r"\S+\s*|\s+")
_MOST_WORDS: Final = 4_000  # compared word by word; beyond it line by line, which takes a time that stays short


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text, and whether it was there before and is there now."""

    text: str
    state: State


def changes(before: str, after: str) -> tuple[Stretch, ...]:
    """Return both texts in one, in order; together the kept and the added are `after`, the kept and the gone `before`."""
    old, new = _pieces(before), _pieces(after)
    if max(len(old), len(new)) > _MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Stretch] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            _add(found, "".join(old[a:b]), "kept")
        else:
            _add(found, "".join(old[a:b]), "gone")
            _add(found, "".join(new[c:d]), "added")
    return tuple(found)


def _pieces(text: str) -> list[str]:
    return _WORD.findall(text)


def _add(found: list[Stretch], text: str, state: State) -> None:
    if text:
        found.append(Stretch(text, state))
