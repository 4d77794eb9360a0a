"""The linear program over columns: at most one column in each slot, each topic once; its prices guide the search."""

from collections.abc import Iterable, Sequence
from typing import Final

import highspy
import numpy as np

from midcycle.engines.solver.columns import Column, Kind, Link, Prices
from midcycle.engines.solver.instance import Instance

ENDLESS: Final = highspy.kHighsInf


class Rows:
    """The rows of the program: topics, then kinds, then links."""

    def __init__(self, instance: Instance, kinds: Sequence[Kind], links: Sequence[Link]) -> None:
        """Give each a number."""
        self.instance, self.kinds, self.links = instance, kinds, links
        self.first_kind = len(instance.topics)
        self.link = {link: self.first_kind + len(kinds) + n for n, link in enumerate(links)}
        self.count = self.first_kind + len(kinds) + len(links)
        must = [float(t.must) for t in instance.topics]
        self.least = np.array([*must, *[0.0] * (len(kinds) + len(links))])
        self.most = np.array([*[1.0] * len(must), *[float(len(k.slots)) for k in kinds], *[0.0] * len(links)])

    def of(self, column: Column) -> list[tuple[int, float]]:
        """Return where a column stands in the program."""
        slot = self.kinds[column.kind].slots[0]
        found = [(self.first_kind + column.kind, 1.0)]
        for topic, part in column.pieces:
            if part:
                found.append((self.link[Link(topic, slot - part, part)], -1.0))
                continue
            found.append((topic, 1.0))
            found += [(self.link[Link(topic, slot, k)], 1.0) for k in range(1, self.instance.topics[topic].duration)]
        return found


class Master:
    """The program with the columns known so far. A topic that must run may stay out at a price nobody would pay."""

    def __init__(self, rows: Rows, penalty: float) -> None:
        """Begin without columns."""
        self.rows = rows
        self.columns: list[Column] = []
        self.known: set[tuple[int, tuple[object, ...]]] = set()
        self.lp = solver()
        self.lp.changeObjectiveSense(highspy.ObjSense.kMaximize)
        none = np.array([], dtype=np.int32)
        self.lp.addRows(rows.count, rows.least, rows.most, 0, none, none, np.array([], dtype=np.float64))
        self.spare = np.flatnonzero(rows.least).astype(np.int32)
        count = len(self.spare)
        start = np.arange(count + 1, dtype=np.int32)
        self.lp.addCols(
            count, np.full(count, -penalty), np.zeros(count), np.ones(count), count, start[:-1], self.spare, np.ones(count)
        )

    def add(self, columns: Iterable[Column]) -> int:
        """Add those that are new; return how many were."""
        fresh = []
        for column in columns:
            key = (column.kind, tuple(sorted(column.pieces)))
            if key not in self.known:
                self.known.add(key)
                fresh.append(column)
        if fresh:
            add_columns(self.lp, self.rows, fresh)
            self.columns += fresh
        return len(fresh)

    def solve(self) -> tuple[float, Prices]:
        """Return the value of the program and its prices."""
        self.lp.run()
        dual = np.asarray(self.lp.getSolution().row_dual)
        return self.lp.getObjectiveValue(), self.prices(dual)

    def prices(self, dual: np.ndarray) -> Prices:
        """Return the prices of a list with one number for each row."""
        first, last = self.rows.first_kind, self.rows.first_kind + len(self.rows.kinds)
        topics, kinds = [float(x) for x in dual[:first]], [max(0.0, float(x)) for x in dual[first:last]]
        return Prices(topics, kinds, {link: float(dual[at]) for link, at in self.rows.link.items()})

    def used(self) -> list[Column]:
        """Return the columns the solution uses, in part or whole."""
        values = np.asarray(self.lp.getSolution().col_value)[len(self.spare) :]
        return [self.columns[n] for n in np.flatnonzero(values > 1e-7)]


class Quiet(highspy.Highs):
    """HiGHS without its callbacks in Python: to set them up prints a banner where our lines go."""

    def __init__(self) -> None:
        """Leave out what the class above does."""
        super(highspy.Highs, self).__init__()


def solver() -> highspy.Highs:
    """Return a quiet solver on one thread."""
    lp = Quiet()
    lp.setOptionValue("output_flag", False)  # noqa: FBT003 - HiGHS's way
    lp.setOptionValue("threads", 1)
    return lp


def add_columns(lp: highspy.Highs, rows: Rows, columns: Sequence[Column]) -> None:
    """Add columns to a program with these rows."""
    entries = [rows.of(column) for column in columns]
    lengths = np.array([len(e) for e in entries])
    start = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32)
    index = np.array([row for e in entries for row, _ in e], dtype=np.int32)
    value = np.array([x for e in entries for _, x in e], dtype=np.float64)
    count = len(columns)
    lp.addCols(count, np.array([c.value for c in columns]), np.zeros(count), np.ones(count), len(index), start, index, value)
