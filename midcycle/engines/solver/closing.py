"""From columns to agendas, and the last step of a proof: the best choice among all columns that could matter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import highspy
import numpy as np

from midcycle.engines.solver.board import ROUNDING, Board, spots_in
from midcycle.engines.solver.bounding import Bounder
from midcycle.engines.solver.columns import Column, Piece
from midcycle.engines.solver.exact import HALF, Sitting, best_sitting, best_slot, best_together
from midcycle.engines.solver.instance import Agenda, Seat, Spot
from midcycle.engines.solver.master import ENDLESS, add_columns, solver
from midcycle.engines.solver.native.binding import Choice, Limits, cover
from midcycle.engines.solver.people import agendas

MOST_COLUMNS: Final = 30_000
NODES: Final = 1_000_000
MOST_BANS: Final = 64
TINY: Final = 1e-6
WHOLE: Final = 6_000
"""Votes up to which everybody is seated in one program; above, block after block."""


class Closer:
    """Chooses columns by an integer program and turns them into plans."""

    def __init__(self, board: Board, bounder: Bounder) -> None:
        """Nothing is known exactly yet."""
        self.board, self.bounder, self.instance = board, bounder, board.instance
        self.exact: dict[tuple[int, tuple[Piece, ...]], float] = {}
        self.sittings: dict[tuple[int, tuple[Piece, ...]], Sitting] = {}
        self.nodes = NODES
        self.bans: list[frozenset[tuple[int, tuple[Piece, ...]]]] = []
        self.reseated: Mapping[int, Spot] = {}
        self.listed: tuple[float, list[Column]] = (-1.0, [])
        self.long = any(theme.duration > 1 for theme in self.instance.topics)

    def improve(self, seconds: float) -> None:
        """Offer the best agenda the columns known so far can make."""
        if self.long:
            self._reseat()
        columns = self.bounder.near(3_000)
        chosen, _, _ = self.choose(columns, min(seconds, self.board.left()))
        if chosen:
            self.offer(chosen)

    def _reseat(self) -> None:
        """Seat everybody exactly on the best plan: the walk seats long sessions only nearly as well as can be."""
        agenda = self.board.agenda
        spots = {} if agenda is None else spots_in(agenda)
        if spots != self.reseated and self.board.points > float("-inf"):
            self.reseated = spots
            better = self.sat(spots)
            if better is not None:
                self.board.offer(better)

    def close(self) -> bool:
        """Find the best of all agendas among all columns it can use, looking further and further below the bound.

        True when that was proven. A session of several slots is not in one column: then nothing is proven here.
        """
        if self.board.points == float("-inf"):
            return False
        gap = max(self.board.step, self._gap() / 8)
        while not self.board.over and not self.long:
            gap = min(gap, self._gap())
            columns, complete = self._within(gap)
            if not complete or self.board.over:
                return False
            chosen, complete = self.cover(columns, gap)
            if not complete:
                return bool(chosen) and self.offer(chosen) and self.board.proven
            if not chosen:
                self.board.prove(self.bounder.best - gap, None if self.exact or self.bans else self.bounder.proof())
                gap *= 1.5
            elif not self.offer(chosen) and not self.refine(chosen) and not self._together(chosen):
                return False
        return self.board.proven

    def _within(self, gap: float) -> tuple[list[Column], bool]:
        """Return every column within the gap, listed again only when it has grown."""
        if gap > self.listed[0]:
            columns, complete = self.bounder.within(gap, MOST_COLUMNS)
            if not complete:
                return columns, False
            self.listed = (gap, columns)
        return self.listed[1], True

    def _gap(self) -> float:
        """Return how far below the bound a plan better than the best one can be."""
        return max(0.0, self.bounder.best - self.board.points - max(0.0, self.board.step - 3 * ROUNDING))

    def cover(self, columns: Sequence[Column], gap: float) -> tuple[list[Column], bool]:
        """Return the columns of the best agenda within the gap (none: there is no such agenda), and whether that is certain."""
        losses = self.bounder.losses([self._known(column) for column in columns])
        order = [n for n in sorted(range(len(columns)), key=losses.__getitem__) if losses[n] <= gap]
        spare = self.bounder.spare()
        members = [[topic for topic, _ in columns[n].pieces] for n in order] + [[topic] for topic, _ in spare]
        choice = Choice(
            len(self.instance.topics),
            members,
            [columns[n].kind for n in order] + [-1] * len(spare),
            [losses[n] for n in order] + [loss for _, loss in spare],
            [len(kind.slots) for kind in self.bounder.kinds],
            self.bounder.best_tops,
            [[b for b, ban in enumerate(self.bans) if _key(columns[n]) in ban] for n in order]
            + [list(range(len(self.bans)))] * len(spare),
        )
        limits = Limits(gap, max(1e-7, self.board.step - 3 * ROUNDING), self.nodes)
        found, complete = cover(choice, limits, self.board.stop)
        return [columns[order[n]] for n in found or () if n < len(order)], complete

    def _known(self, column: Column) -> Column:
        """Return the column with its exact value where that is known."""
        exact = self.exact.get(_key(column), column.value)
        return replace(column, value=min(column.value, exact))

    def choose(self, columns: Sequence[Column], seconds: float) -> tuple[list[Column], float, float]:
        """Return the best columns that make an agenda together (empty: none found), their value, and a bound on all others."""
        known = [self._known(column) for column in columns]
        if not known or seconds <= 0:
            return [], 0.0, ENDLESS
        rows, lp = self.bounder.rows, solver()
        none = np.array([], dtype=np.int32)
        lp.changeObjectiveSense(highspy.ObjSense.kMaximize)
        lp.addRows(rows.count, rows.least, rows.most, 0, none, none, np.array([]))
        add_columns(lp, rows, known)
        count = len(known)
        kinds = np.array([highspy.HighsVarType.kInteger] * count)
        lp.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
        lp.setOptionValue("time_limit", seconds)
        lp.setOptionValue("mip_rel_gap", 0.0)
        lp.setOptionValue("mip_abs_gap", max(1e-6, self.board.step - 0.01))
        self._start(lp, known)
        lp.run()
        info = lp.getInfo()
        if lp.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return [], 0.0, float("-inf")
        bound = info.mip_dual_bound + self.bounder.constant
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return [], 0.0, bound
        chosen = np.flatnonzero(np.asarray(lp.getSolution().col_value) > HALF)
        return [known[n] for n in chosen], info.objective_function_value + self.bounder.constant, bound

    def _start(self, lp: highspy.Highs, columns: Sequence[Column]) -> None:
        """Begin from the best plan when all its columns are there."""
        agenda = self.board.agenda
        if agenda is None:
            return
        places = {_key(c): n for n, c in enumerate(columns)}
        mine = [places.get(_key(c)) for c in self.bounder.columns_of(spots_in(agenda))]
        if None in mine:
            return
        solution = highspy.HighsSolution()
        values = np.zeros(len(columns))
        values[[n for n in mine if n is not None]] = 1
        solution.col_value = list(values)
        lp.setSolution(solution)

    def offer(self, columns: Sequence[Column]) -> bool:
        """Turn columns into a plan and offer it; tell whether it was better than the best."""
        agenda = self._rooms_by_rank(columns) if self.long else self._slot_by_slot(columns)
        return agenda is not None and self.board.offer(agenda)

    def refine(self, columns: Sequence[Column]) -> bool:
        """Learn what the columns are worth exactly; tell whether that lowered any of them."""
        lower = False
        for column in columns if not self.long else ():
            key = _key(column)
            sitting = self.sittings.get(key)
            if sitting is not None and key not in self.exact:
                self.exact[key] = sitting.bound + self._bonus(column)
                lower = lower or self.exact[key] < column.value - 1e-6
        return lower

    def _together(self, columns: Sequence[Column]) -> bool:
        """Offer the best plan of these columns, and ban this choice; False when that could not be made certain.

        Moderators have limits over all slots, so together columns can be worth less than one by one.
        """
        slots = {topic: slot for column, slot in self.placed(columns) for topic, _ in column.pieces}
        sitting = best_together(self.instance, slots, min(20.0, self.board.left()))
        if sitting is None or sitting.bound > sitting.value + TINY or len(self.bans) == MOST_BANS:
            return False
        grid = {t: Seat(slots[t], room, sitting.moderators.get(t, ())) for t, room in sitting.rooms.items()}
        spots = {t: Spot(seat.slot, seat.room) for t, seat in grid.items()}
        self.board.offer(Agenda(grid, agendas(spots, sitting.goes.items())))
        self.bans.append(frozenset(_key(column) for column in columns))
        return True

    def _bonus(self, column: Column) -> float:
        kind = self.bounder.kinds[column.kind]
        places = {piece: n for n, piece in enumerate(kind.pieces)}
        bonus = sum(kind.offers.bonus[places[piece]] for piece in column.pieces)
        tracks = Counter(self.instance.topics[topic].track for topic, _ in column.pieces)
        return bonus - self.instance.weights.track_clash * sum(n - 1 for n in tracks.values())

    def _slot_by_slot(self, columns: Sequence[Column]) -> Agenda | None:
        grid: dict[int, Seat] = {}
        goes: dict[int, list[int]] = {}
        for column, slot in self.placed(columns):
            key = _key(column)
            if key not in self.sittings:
                sitting = best_slot(self.instance, slot, [t for t, _ in column.pieces], min(5.0, self.board.left()))
                if sitting is None:
                    return None
                self.sittings[key] = sitting
            found = self.sittings[key]
            for t, room in found.rooms.items():
                grid[t] = Seat(slot, room, found.moderators.get(t, ()))
            for person, topics in found.goes.items():
                goes.setdefault(person, []).extend(topics)
        load = Counter(p for seat in grid.values() for p in seat.moderators)
        spots = {t: Spot(seat.slot, seat.room) for t, seat in grid.items()}
        if any(count > self.instance.people[p].most_moderations for p, count in load.items()):
            return self.sat(spots)
        return Agenda(grid, agendas(spots, goes.items()))

    def placed(self, columns: Sequence[Column]) -> list[tuple[Column, int]]:
        """Return the columns with their slots."""
        free = [list(kind.slots) for kind in self.bounder.kinds]
        return [(column, free[column.kind].pop(0)) for column in columns]

    def _rooms_by_rank(self, columns: Sequence[Column]) -> Agenda | None:
        """Give rooms: long sessions first, then the most wanted the largest room that is free."""
        instance, arrays = self.instance, self.bounder.arrays
        fans = Counter(vote.topic for vote in instance.votes)
        starts = {t: slot for column, slot in self.placed(columns) for t, part in column.pieces if part == 0}
        taken: set[tuple[int, int]] = set()
        spots = {}
        sizes = sorted(range(len(instance.rooms)), key=lambda r: -instance.rooms[r].capacity)
        tied = {t: instance.topics[t].fixed_room is None for t in starts}
        for t in sorted(starts, key=lambda t: (tied[t], -instance.topics[t].duration, -fans[t])):
            span = instance.span(t, starts[t]) or range(0)
            for r in sizes:
                free = all((s, r) not in taken and s not in instance.rooms[r].closed for s in span)
                if free and arrays.may_room[t][r]:
                    spots[t] = Spot(starts[t], r)
                    taken.update((s, r) for s in span)
                    break
        return self.sat(spots)

    def sat(self, spots: Mapping[int, Spot]) -> Agenda | None:
        """Seat everybody as well as can be, all at once or block after block."""
        load: Counter[int] = Counter()
        grid: dict[int, Seat] = {}
        goes: dict[int, list[int]] = {}
        for part in self._parts(spots):
            sitting = best_sitting(self.instance, part, load, min(20.0, max(0.2, self.board.left())))
            if sitting is None:
                return None
            for t, spot in part.items():
                grid[t] = Seat(spot.slot, spot.room, sitting.moderators.get(t, ()))
                load.update(grid[t].moderators)
            for person, topics in sitting.goes.items():
                goes.setdefault(person, []).extend(topics)
        return Agenda(grid, agendas(spots, goes.items()))

    def _parts(self, spots: Mapping[int, Spot]) -> list[dict[int, Spot]]:
        if len(self.instance.votes) <= WHOLE:
            return [dict(spots)]
        parts: dict[int, dict[int, Spot]] = {}
        for t, spot in spots.items():
            block = self.instance.slots[spot.slot].block if self.long else spot.slot
            parts.setdefault(block, {})[t] = spot
        return list(parts.values())


def _key(column: Column) -> tuple[int, tuple[Piece, ...]]:
    return (column.kind, tuple(sorted(column.pieces)))
