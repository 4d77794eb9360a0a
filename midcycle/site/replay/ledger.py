"""What was asked, what came of it, and whether both are the same. Pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

How = Literal["lived", "kept"]


@dataclass(frozen=True)
class Line:
    """One fact: where it stands in the file, what it says, what the instance says now."""

    path: str
    asked: object
    got: object
    how: How

    @property
    def same(self) -> bool:
        """Say whether the instance says what the file says."""
        return plain(self.asked) == plain(self.got)


@dataclass
class Ledger:
    """The facts of one file; every leaf of it ends as a line."""

    facts: Mapping[str, object]
    lines: list[Line] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _settled: set[str] = field(default_factory=set)

    def lived(self, path: str, asked: object, got: object) -> None:
        """Note a fact that was run through an action."""
        self._settled.add(path)
        self.lines.append(Line(path, asked, got, "lived"))

    def kept(self, path: str, asked: object, got: object) -> None:
        """Note a fact no action stands for; it is kept as told."""
        self._settled.add(path)
        self.lines.append(Line(path, asked, got, "kept"))

    def settle(self, *paths: str) -> None:
        """Say that these paths need no line of their own."""
        self._settled.update(paths)

    def unsettled(self) -> Iterator[tuple[str, object]]:
        """Yield the leaves without a line: scalars, and lists of scalars as one. A null says nothing."""
        for path, value in leaves(self.facts):
            if value is not None and not any(path == done or path.startswith(f"{done}.") for done in self._settled):
                yield path, value


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield path and value of each leaf; an item of a list is named by its `id`, else by its number."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for number, item in enumerate(value, start=1):
            name = item.get("id", number) if isinstance(item, Mapping) else number
            yield from leaves(item, f"{path}.{name}")
    else:
        yield path, value


def plain(value: object) -> object:
    """Return the value as JSON would keep it, so that 2016-02-15 equals "2016-02-15" and numbers equal by value."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return json.loads(json.dumps(value, default=str))
