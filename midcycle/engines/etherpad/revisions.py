"""The revisions of a pad in an export of Etherpad, replayed: which characters came and went when.

Source: github.com/ether/etherpad-lite, `src/static/js/Changeset.ts`. `pad:<id>:revs:<n>` holds a changeset on what revision
n - 1 made, beginning with a line break alone: `Z:<length>(>|<)<difference>`, operations, `$` and the characters that come.
Nobody says how much work a file may be, so it is counted: a file that is more is taken over without its past.
"""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

_HEAD: Final = re.compile(r"Z:([0-9a-z]{1,8})[<>][0-9a-z]{1,8}")
_OPERATION: Final = re.compile(r"((?:\*[0-9a-z]{1,8})*)(?:\|[0-9a-z]{1,8})?([-+=])([0-9a-z]{1,8})")
_WORK: Final = 500  # characters copied, for each byte of the file
_DRESSING: Final = 500  # times the work of copying a character
MOST_CHARACTERS: Final = 2_000_000  # that ever were in one pad

Numbers: TypeAlias = "array[int]"
Pair = tuple[str, str]  # name and value of an attribute
Look = tuple[str, str | None]  # author, and what stands for a character that marks a line


class Broken(ValueError):  # noqa: N818 - reads as a fact
    """The revisions are not whole, or more work than they are worth."""


def changesets(records: Mapping[str, Any], pad: str, head: object) -> list[tuple[str, int]]:
    """Return changeset and time (milliseconds since 1970) of each revision, oldest first. Raises Broken."""
    if not isinstance(head, int) or not 0 <= head < len(records):
        raise Broken
    found: list[tuple[str, int]] = []
    latest = 0
    for number in range(head + 1):
        match records.get(f"{pad}:revs:{number}"):
            case {"changeset": str(changeset), "meta": {"timestamp": int(at)}} if 0 < at < 2**43:
                latest = max(latest, at)
                found.append((changeset, latest))
            case _:
                raise Broken
    return found


class Replay:
    """A pad while it is replayed. Each character has a number, by which it is remembered when it is gone."""

    def __init__(self, pool: Mapping[str, Pair], look: Callable[[Mapping[str, str]], Look], size: int) -> None:
        """Begin with a line break. `look` says what is seen of attributes; `size` is that of the file in bytes."""
        self._pool, self._look = pool, look
        self._work, self._most = _WORK * size, min(MOST_CHARACTERS, 2 * size)
        self._sets: dict[tuple[Pair, ...], int] = {}
        self._seen: list[tuple[tuple[Pair, ...], Look]] = []
        plain = self._known(())
        self._changed: dict[tuple[int, str], int] = {}
        # What is there now, in order: number and attributes of each character.
        self._there, self._marks = array("i", [1]), array("i", [plain])
        # What ever was, by number; 0 stands before all of it.
        self.units, self.looks = array("H", [0, 10]), array("i", [plain, plain])
        self.came, self.went = array("i", [0, 0]), array("i", [0, -1])
        self._next = array("i", [1, -1])

    def apply(self, changeset: str, row: int) -> None:
        """Change the text as a revision says, which belongs to a row of the history. Raises Broken."""
        head, _, bank = changeset.partition("$")
        found = _HEAD.match(head)
        if not found or int(found[1], 36) != len(self._there):
            raise Broken
        self._spend(len(self._there) + len(changeset))
        coming = array("H", bank.encode("utf-16-le", "surrogatepass"))
        there, marks, at, used = array("i"), array("i"), 0, 0
        for operation in _OPERATION.finditer(head, found.end()):
            attributes, sign, amount = operation[1], operation[2], int(operation[3], 36)
            if amount > (len(coming) - used if sign == "+" else len(self._there) - at):
                raise Broken
            if sign == "+":
                kept = array("i", [self._with(0, attributes)]) * amount
                numbers = self._come(coming[used : used + amount], kept, there[-1] if there else 0, row)
                used += amount
            else:
                numbers, kept = self._met(at, amount, attributes, row, stays=sign == "=")
                at += amount
            there.extend(numbers)
            marks.extend(kept)
        self._there, self._marks = there + self._there[at:], marks + self._marks[at:]

    def text(self) -> str:
        """Return what is there now."""
        return array("H", [self.units[number] for number in self._there]).tobytes().decode("utf-16-le", "replace")

    def all(self) -> Iterator[int]:
        """Give the numbers of all characters that ever were, in the order of the text."""
        number = self._next[0]
        while number >= 0:
            yield number
            number = self._next[number]

    def look_of(self, number: int) -> Look:
        """Return what is seen of a character's attributes."""
        return self._seen[self.looks[number]][1]

    def _spend(self, work: int) -> None:
        self._work -= work
        if self._work < 0:
            raise Broken

    def _met(self, at: int, amount: int, attributes: str, row: int, *, stays: bool) -> tuple[Numbers, Numbers]:
        """Return those of some characters that stay, with their attributes."""
        numbers, marks = self._there[at : at + amount], self._marks[at : at + amount]
        if not stays:
            self._go(numbers, row)
            return array("i"), array("i")
        return self._dress(numbers, marks, attributes, row) if attributes else (numbers, marks)

    def _come(self, units: Numbers, marks: Numbers, after: int, row: int) -> Numbers:
        """Give numbers to what comes, and put it after one that is there, before what went there earlier."""
        amount, first = len(units), len(self.units)
        if not amount:
            return array("i")
        if first + amount > self._most + 2:
            raise Broken
        self.units.extend(units)
        self.looks.extend(marks)
        self.came.extend([row] * amount)
        self.went.extend([-1] * amount)
        self._next.extend(range(first + 1, first + amount + 1))
        self._next[first + amount - 1] = self._next[after]
        self._next[after] = first
        return array("i", range(first, first + amount))

    def _go(self, numbers: Iterable[int], row: int) -> None:
        for number in numbers:
            self.went[number] = row

    def _dress(self, numbers: Numbers, marks: Numbers, attributes: str, row: int) -> tuple[Numbers, Numbers]:
        """Give characters other attributes. One that is seen otherwise by it goes, and comes again."""
        self._spend(_DRESSING * len(numbers))
        dressed = array("i", [self._with(mark, attributes) for mark in marks])
        there = array("i")
        for number, before, after in zip(numbers, marks, dressed, strict=True):
            if self._seen[before][1] == self._seen[after][1]:
                there.append(number)
            else:
                self._go([number], row)
                there.extend(self._come(self.units[number : number + 1], array("i", [after]), number, row))
        return there, dressed

    def _with(self, mark: int, attributes: str) -> int:
        """Return the set of attributes that one becomes."""
        key = (mark, attributes)
        if key not in self._changed:
            has = dict(self._seen[mark][0])
            has |= (self._pool[str(int(one, 36))] for one in attributes.split("*") if one and str(int(one, 36)) in self._pool)
            self._changed[key] = self._known(tuple(sorted((name, value) for name, value in has.items() if value)))
        return self._changed[key]

    def _known(self, pairs: tuple[Pair, ...]) -> int:
        if pairs not in self._sets:
            self._sets[pairs] = len(self._seen)
            self._seen.append((pairs, self._look(dict(pairs))))
        return self._sets[pairs]
