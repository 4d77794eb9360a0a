"""What was asked, what came of it, and whether both are the same. Pure."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

from midcycle.site.replay.shape import named

How = Literal["lived", "kept"]


@dataclass(frozen=True)
class Line:
    """One fact: where it stands in the file, what it says, what the instance says now.

    `means` is how the file was understood, where that is written in another way: `9:30 AM` means 09:30.
    """

    path: str
    asked: object
    got: object
    how: How
    means: object = None

    @property
    def same(self) -> bool:
        """Say whether the instance says what the file says; white space aside, and 2016 is the text "2016"."""
        return _agree(plain(self.asked if self.means is None else self.means), plain(self.got))


@dataclass
class Ledger:
    """The facts of one file; every leaf of it ends as a line."""

    facts: Mapping[str, object]
    lines: list[Line] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _settled: set[str] = field(default_factory=set)

    def lived(self, path: str, asked: object, got: object, *, means: object = None) -> None:
        """Note a fact that was run through an action."""
        self._settled.add(path)
        self.lines.append(Line(path, asked, got, "lived", means))

    def kept(self, path: str, asked: object, got: object) -> None:
        """Note a fact no action stands for; it is kept as told."""
        self._settled.add(path)
        self.lines.append(Line(path, asked, got, "kept"))

    def failed(self, path: str, asked: object, why: str) -> None:
        """Note a fact that could not be reproduced at all, and why."""
        self.lived(path, asked, None)
        self.note(f"{path}: {why}")

    def note(self, sentence: str) -> None:
        """Note something a reader of the lines should know, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def settle(self, *paths: str) -> None:
        """Say that these paths need no line of their own."""
        self._settled.update(paths)

    def unsettled(self) -> Iterator[tuple[str, object]]:
        """Yield the leaves without a line: scalars, and lists of scalars as one. A null says nothing."""
        for path, value in leaves(self.facts):
            if value is not None and not self._is_settled(path):
                yield path, value

    def _is_settled(self, path: str) -> bool:
        ends = [at for at, letter in enumerate(path) if letter == "."]
        return path in self._settled or any(path[:end] in self._settled for end in ends)


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield path and value of each leaf; an item of a list is named by its `id`, else by its number."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for name, item in named(value):
            yield from leaves(item, f"{path}.{name}")
    else:
        yield path, value


def plain(value: object) -> object:
    """Return the value as JSON would keep it, so that 2016-02-15 equals "2016-02-15" and numbers equal by value."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return json.loads(json.dumps(value, default=str))


def _agree(one: object, other: object) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_agree(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str | int) and isinstance(other, str | int) and isinstance(one, str) | isinstance(other, str):
        return " ".join(str(one).split()) == " ".join(str(other).split())
    return one == other
