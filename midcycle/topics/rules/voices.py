"""Who says +1 in a line of a planning pad. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from midcycle.kernel.typed import has_ink, one_line

_VOICE: Final = re.compile(r"(?<![\w+])\+{1,2}[ ]?(\d{1,4})(?!\w|%|[.,]\d)(?: ?\u00d7 ?(\d{1,6})(?!\w))?")
_GLUED: Final = re.compile(r"(\+\d)(?=\+\d)")
_AND: Final = re.compile(r"[,;/&|]|\s(?:and|und|et|y)\s", re.IGNORECASE)
_EDGES: Final = " \t()[]{}<>:=-\u2013\u2014*_.@~\"'\u201c\u201d"
_LONGEST_NAME: Final = 40
_MOST_WORDS: Final = 4
_PARTICLES: Final = frozenset(
    ["van", "von", "der", "den", "de", "da", "di", "du", "la", "le", "del", "dos", "bin", "al", "el", "ten", "ter", "zu", "y"]
)
_NO_NAMES: Final = frozenset(
    [
        "a",
        "again",
        "agree",
        "agreed",
        "all",
        "also",
        "and",
        "anyone",
        "but",
        "definitely",
        "do",
        "every",
        "for",
        "from",
        "good",
        "great",
        "i",
        "if",
        "in",
        "indeed",
        "interested",
        "it",
        "its",
        "like",
        "love",
        "many",
        "me",
        "much",
        "my",
        "need",
        "nice",
        "no",
        "not",
        "of",
        "ok",
        "on",
        "or",
        "please",
        "same",
        "sure",
        "that",
        "thanks",
        "the",
        "this",
        "to",
        "too",
        "us",
        "very",
        "want",
        "we",
        "why",
        "will",
        "with",
        "would",
        "yes",
        "you",
        "more",
        "people",
        "votes",
        "vote",
        "voices",
        "others",
        "else",
        "anonymous",
    ]
)


@dataclass(frozen=True)
class Said:
    """Voices: the names of people as written, each once, how many had none, and how many were given in Midcycle."""

    people: tuple[str, ...] = ()
    unnamed: int = 0
    counted: int = 0

    @property
    def count(self) -> int:
        """How many voices there are."""
        return len(self.people) + self.unnamed + self.counted

    def with_more(self, more: "Said") -> "Said":
        """Return these and more; a name said twice is one person."""
        return Said(_once([*self.people, *more.people]), self.unnamed + more.unnamed, self.counted + more.counted)

    @staticmethod
    def names(text: str) -> tuple[str, ...]:
        """Return the names in a list such as `Bo, Cy and Dee`; what cannot be a name is left out."""
        return _once(name for part in _AND.split(text) if (name := _name(part)))


def is_vote(text: str) -> bool:
    """Say whether a line is there for its voices: it begins with one, or has a name before it and nothing else."""
    found = _VOICE.search(text)
    if found is None:
        return False
    before = text[: found.start()].strip(_EDGES)
    return not before or (bool(_name(before)) and not without_voices(text[found.start() :]).strip(_EDGES))


def voices_in(text: str, *, is_title: bool = False) -> Said:
    """Return the voices of a line. `+1 Bo, Cy` are two; `+3` are three without names; `+2 Bo` is Bo and somebody.

    A `+1` times seven are seven that were given in Midcycle, which names nobody.

    Before the voices may stand a name, unless that is a title.
    """
    text = _GLUED.sub(r"\1 ", text)
    found = list(_VOICE.finditer(text))
    people: list[str] = []
    unnamed = counted = 0
    for at, mark in enumerate(found):
        if mark[2]:
            counted += int(mark[2])
            continue
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        names = Said.names(text[mark.end() : end])
        if not names and len(found) == 1 and not is_title and is_vote(text):
            names = Said.names(text[: mark.start()])
        people += names
        unnamed += max(0, int(mark[1]) - len(names))
    return Said(_once(people), unnamed, counted)


def without_voices(text: str) -> str:
    """Return the words of a line that are neither voices nor the names after them."""
    text = _GLUED.sub(r"\1 ", text)
    found = list(_VOICE.finditer(text))
    if not found:
        return text.strip()
    kept = [text[: found[0].start()]]
    for at, mark in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        rest = text[mark.end() : end]
        kept.append(" ".join(part for part in _AND.split(rest) if not _name(part) and has_ink(part)))
    words = re.sub(r"[(\[{][ :,;+]*[)\]}]", " ", " ".join(kept))
    return " ".join(words.strip(" ([{:-\u2013\u2014,;").split())


def _name(text: str) -> str:
    """Return a name, without the marks around it; "" for what is a remark: too long, a small word, or a sentence."""
    name = one_line(text).strip(_EDGES)
    words = name.split()
    if not words or len(name) > _LONGEST_NAME or len(words) > _MOST_WORDS or not has_ink(name):
        return ""
    if words[0].casefold() in _NO_NAMES or name.isdigit() or re.search(r"[?!]|://", text):
        return ""
    is_named = len(words) == 1 or all(not word[0].islower() or word.casefold() in _PARTICLES for word in words)
    return name if is_named else ""


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({name.casefold(): name for name in reversed(list(names))}.values())[::-1]
