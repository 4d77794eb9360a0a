"""Lines of pads that are actions, and which line is the same as before. Pure.

Each line is known by the character it began with when it was first read (decision 0056). Where a person stands behind its
words, it stays the same only while its words do not become others.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from midcycle.outcomes.rules.days import TAGS_AT_END, day_in, without_day
from midcycle.outcomes.rules.names import LONGEST, MOST_ACTIONS, MOST_TAGS
from midcycle.pads.rules import Action, action_lines, tags_in

Anchor = tuple[int, int]  # client id and clock of the character a line begins with
_MORE_THAN: Final = 0.5  # of the words of the shorter text
_CLOSE: Final = 0.85  # of the characters, for typing errors
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says: its number in the pad from 0, a name, what is to be done, words for a day, and whether it is ticked."""

    line: int
    owner: str
    what: str
    due: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A line as it was read before. `is_held` when a person stands behind its words."""

    key: int
    anchor: Anchor | None
    owner: str
    what: str
    is_held: bool
    is_gone: bool


def lines_in(text: str) -> tuple[Said, ...]:
    """Return the lines of a pad that are actions, at most MOST_ACTIONS of them."""
    found = (_said(number, action) for number, action in action_lines(text))
    return tuple(said for said in found if _has_words(said.what))[:MOST_ACTIONS]


def words_in(text: str) -> tuple[str, ...]:
    """Return the tags of a pad, each once, without the marks of its words."""
    return tuple(tag[: LONGEST["tag"]] for tag in tags_in(text))[:MOST_TAGS]


def day_of(said: Said, seen: date) -> tuple[str, date | None]:
    """Return what is to be done without its day, and the day, seen from the day the line came; what is no day are words."""
    day = day_in(said.due, seen) if said.due else None
    if day is not None:
        return said.what, day
    whole = f"{said.what} by {said.due}"[: LONGEST["what"]] if said.due else said.what
    what, _, day = without_day(whole, seen)
    return (what, day) if _has_words(what) else (whole, None)


def followed(known: Sequence[Known], places: Mapping[Anchor, int], said: Sequence[Said]) -> tuple[int | None, ...]:
    """Return for each line which it was before, by key; None for a new one. `places` says in which line an anchor is now.

    First the character decides, then the words: a line that was pasted, or came back with an older version, reads the same.
    No key is given twice, and a line that is there now is preferred to one that was gone.
    """
    at = {one.line: place for place, one in enumerate(said)}
    turn = sorted(known, key=lambda one: (one.is_gone, not one.is_held, one.key))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for place, one in (*_by_character(turn, places, at, said), *_by_words(turn, said, _owned), *_by_words(turn, said, _bare)):
        if place not in found and one.key not in taken:
            found[place] = one.key
            taken.add(one.key)
    return tuple(found.get(place) for place in range(len(said)))


def are_alike(before: str, after: str) -> bool:
    """Say whether two texts are one text that was worked on: typed on, or with more than half of the shorter one's words."""
    one, other = before.casefold(), after.casefold()
    if "".join(other.split()).startswith("".join(one.split())):
        return True
    words, others = set(_WORD.findall(one)), set(_WORD.findall(other))
    if len(words & others) > _MORE_THAN * min(len(words), len(others)):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _CLOSE


def _by_character(
    known: Iterable[Known], places: Mapping[Anchor, int], at: Mapping[int, int], said: Sequence[Said]
) -> Iterator[tuple[int, Known]]:
    """Give the lines found by their character; of several in one line those first whose words it has."""
    there = ((one, at.get(places.get(one.anchor, -1), -1)) for one in known if one.anchor)
    pairs = [(place, one) for one, place in there if place >= 0]
    yield from ((place, one) for place, one in pairs if are_alike(one.what, said[place].what))
    yield from ((place, one) for place, one in pairs if not one.is_held)


def _by_words(
    known: Iterable[Known], said: Sequence[Said], words: Callable[[Known | Said], tuple[str, ...]]
) -> Iterator[tuple[int, Known]]:
    """Give for each line all that read the same."""
    by_words: dict[tuple[str, ...], list[Known]] = {}
    for one in known:
        by_words.setdefault(words(one), []).append(one)
    for place, line in enumerate(said):
        yield from ((place, one) for one in by_words.get(words(line), ()))


def _owned(one: Known | Said) -> tuple[str, ...]:
    return one.owner.casefold(), one.what.casefold()


def _bare(one: Known | Said) -> tuple[str, ...]:
    return (one.what.casefold(),)


def _has_words(what: str) -> bool:
    return any(char.isalnum() for char in what)


def _said(number: int, action: Action) -> Said:
    owner = action.owner.removeprefix("@")[: LONGEST["owner"]]
    tags = TAGS_AT_END.search(f" {action.due}")
    what = f"{action.what}{tags[0]}" if tags else action.what
    due = f" {action.due}"[: tags.start()].strip() if tags else action.due
    return Said(number, owner, what[: LONGEST["what"]], due[: LONGEST["due"]], action.is_done)
