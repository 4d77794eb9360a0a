"""Counts of people by two things at once, such as where they come from and what they say, without giving small counts away."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from midcycle.kernel.folding import SMALLEST, Group, fold

Cell: TypeAlias = tuple[int, int]
Rows: TypeAlias = list[list[int]]


@dataclass(frozen=True, slots=True)
class Flow:
    """So many people go from an origin to a goal."""

    origin: str
    goal: str
    count: int


@dataclass(frozen=True, slots=True)
class Flows:
    """What may be shown: the groups on both sides, and those flows between them from which nothing small can be worked out."""

    origins: tuple[Group, ...] = ()
    goals: tuple[Group, ...] = ()
    shown: tuple[Flow, ...] = ()


def fold_flows(counts: Mapping[tuple[str, str], int], *, others: tuple[str, str], smallest: int = SMALLEST) -> Flows:
    """Return the groups on both sides and the flows between them that may be shown; nothing where too few people are counted.

    Each side is folded for itself (`fold`), the small groups as `others`: goals always so, origins further where needed. A flow
    below `smallest` is not shown, and nobody can tell it from one that is not there. Whoever adds up all that is shown must
    find for such a flow that it may as well have `smallest` people; and even who knows which flows are hidden for being small
    must find more than one number for it. Flows that would give one away are hidden too (cell suppression, as in official
    statistics), and where hiding does not help, the smallest origin is folded.
    """
    sides: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for ends, people in counts.items():
        for side, label in zip(sides, ends, strict=True):
            side[label] += people
    goals = fold(sides[1], smallest, others[1])
    origins = fold(sides[0], smallest, others[0])
    while origins and goals:
        rows = _rows(counts, origins, goals, others)
        shown = _shown(rows, smallest)
        if shown is not None:
            flows = (Flow(origins[row].label, goals[place].label, rows[row][place]) for row, place in shown)
            return Flows(origins, goals, tuple(flows))
        origins = _fewer(origins, others[0])
    return Flows()


def _rows(
    counts: Mapping[tuple[str, str], int], origins: Sequence[Group], goals: Sequence[Group], others: tuple[str, str]
) -> Rows:
    across = {group.label: place for place, group in enumerate(goals)}
    down = {group.label: place for place, group in enumerate(origins)}
    rows = [[0] * len(goals) for _ in origins]
    for (origin, goal), people in counts.items():
        if people:
            row = down[origin if origin in down else others[0]]
            rows[row][across[goal if goal in across else others[1]]] += people
    return rows


def _fewer(origins: Sequence[Group], other: str) -> tuple[Group, ...]:
    """Return the origins with the smallest of those that have a name folded into the others."""
    named = [group for group in origins if group.label != other]
    rest = sum(group.count for group in origins if group.label == other)
    return (*named[:-1], Group(other, rest + named[-1].count)) if named else ()


def _shown(rows: Rows, smallest: int) -> list[Cell] | None:
    """Return which cells may be shown, row by row; None where even hiding all of them gives something away."""
    shown = {cell for cell, people in _cells(rows) if people >= smallest}
    small = [cell for cell, people in _cells(rows) if 0 < people < smallest]
    while given := next((cell for cell in small if _is_given_away(rows, cell, shown, smallest)), None):
        if not shown:
            return None
        row, place = given
        beside = {cell for cell in shown if cell[0] == row or cell[1] == place}
        shown.remove(min(beside or shown, key=lambda cell: (rows[cell[0]][cell[1]], cell)))
    return sorted(shown)


def _is_given_away(rows: Rows, cell: Cell, shown: set[Cell], smallest: int) -> bool:
    """Say whether somebody who sees the sums and the shown cells could tell that a cell is small, or its very number."""
    people = rows[cell[0]][cell[1]]
    hidden = {each for each, _ in _cells(rows)} - shown
    could_be = people + _more(rows, cell, hidden, lambda _: None, up_to=smallest - people)
    if could_be < smallest:
        return True

    def most(each: Cell) -> int | None:
        return smallest - 1 if rows[each[0]][each[1]] < smallest else None

    rises = people < smallest - 1 and _more(rows, cell, hidden, most, up_to=1)
    return not rises and not _less(rows, cell, hidden, most)


def _more(rows: Rows, cell: Cell, hidden: set[Cell], most: Callable[[Cell], int | None], *, up_to: int) -> int:
    """Return by how much a cell could be larger, at most `up_to`, while the others change so that all sums stay.

    One person at a time takes a way through the table: out of a cell of the same row, into one of that column, and so on, until
    somebody leaves the column of the cell. A cell can hold `most` people at most; None means any number.
    """
    free, now = hidden - {cell}, {each: rows[each[0]][each[1]] for each in hidden}
    for more in range(up_to):
        way = _way(cell, free, lambda each: now[each] > 0, lambda each: _has_room(now[each], most(each)))
        if way is None:
            return more
        for number, each in enumerate(way):
            now[each] += 1 if number % 2 else -1
    return up_to


def _less(rows: Rows, cell: Cell, hidden: set[Cell], most: Callable[[Cell], int | None]) -> bool:
    """Say whether a cell could be smaller by one, while the others change so that all sums stay."""
    now = {each: rows[each[0]][each[1]] for each in hidden}
    free = hidden - {cell}
    return _way(cell, free, lambda each: _has_room(now[each], most(each)), lambda each: now[each] > 0) is not None


def _way(cell: Cell, free: set[Cell], across: Callable[[Cell], bool], down: Callable[[Cell], bool]) -> list[Cell] | None:
    """Return cells that lead from the row of a cell to its column: by turns `across` a row to a column, `down` it to a row."""
    start, goal = ("row", cell[0]), ("column", cell[1])
    came: dict[tuple[str, int], tuple[tuple[str, int], Cell] | None] = {start: None}
    waiting = deque([start])
    while waiting and goal not in came:
        here = waiting.popleft()
        for each in free:
            there = _step(here, each, across, down)
            if there is not None and there not in came:
                came[there] = here, each
                waiting.append(there)
    return list(_back(came, goal))[::-1] if goal in came else None


def _step(
    here: tuple[str, int], each: Cell, across: Callable[[Cell], bool], down: Callable[[Cell], bool]
) -> tuple[str, int] | None:
    kind, number = here
    if kind == "row":
        return ("column", each[1]) if each[0] == number and across(each) else None
    return ("row", each[0]) if each[1] == number and down(each) else None


def _back(came: Mapping[tuple[str, int], tuple[tuple[str, int], Cell] | None], at: tuple[str, int]) -> Iterator[Cell]:
    while step := came[at]:
        at, cell = step
        yield cell


def _has_room(people: int, most: int | None) -> bool:
    return most is None or people < most


def _cells(rows: Rows) -> Iterable[tuple[Cell, int]]:
    return (((row, place), people) for row, line in enumerate(rows) for place, people in enumerate(line))
