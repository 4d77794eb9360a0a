"""Who may be meant by a name in a pad. Nobody is until they say so themselves. Pure."""

from collections.abc import Iterable
from typing import Final

EVERYBODY: Final = frozenset(
    {"all", "anyone", "everybody", "everyone", "nobody", "somebody", "someone", "speakers", "tbd", "we", "who"}
)


def candidates(name: str, people: Iterable[tuple[int, str]]) -> tuple[int, ...]:
    """Return the numbers of those who may be meant: who is called just so; else whose first name and given initials fit."""
    said = _folded(name)
    if not said or said in EVERYBODY:
        return ()
    named = [(number, _folded(full)) for number, full in people]
    exact = tuple(number for number, full in named if full == said)
    return exact or tuple(number for number, full in named if _fits(said, full))


def _fits(said: str, full: str) -> bool:
    """Say whether a short form such as `Leila B.` may stand for a full name."""
    short, parts = said.split(), full.split()
    if not short or len(short) > len(parts) or short[0].rstrip(".") != parts[0]:
        return False
    return all(any(part.startswith(word.rstrip(".")) for part in parts[1:]) for word in short[1:])


def _folded(name: str) -> str:
    return " ".join(name.casefold().removeprefix("@").split())
