"""The best seats and moderators for given placements, as a small integer program; for one slot the best rooms too."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, isfinite
from typing import Final

import highspy
import numpy as np

from midcycle.engines.solver.instance import Instance, Spot
from midcycle.engines.solver.master import ENDLESS, solver

HALF: Final = 0.5
TINY: Final = 0.01


@dataclass(frozen=True)
class Sitting:
    """Who goes where and who moderates what, in which rooms, and what that is worth at the most."""

    rooms: Mapping[int, int]
    goes: Mapping[int, tuple[int, ...]]
    moderators: Mapping[int, tuple[int, ...]]
    value: float
    bound: float


class Program:
    """An integer program under construction: columns with what each is worth and its most, and rows."""

    def __init__(self) -> None:
        """Begin empty."""
        self.worth: list[float] = []
        self.most: list[float] = []
        self.rows: list[tuple[float, float, list[tuple[int, float]]]] = []

    def column(self, worth: float, most: int = 1) -> int:
        """Add a count from 0, a yes or no if nothing is said; return its number."""
        self.worth.append(worth)
        self.most.append(float(most))
        return len(self.worth) - 1

    def row(self, least: float, most: float, entries: list[tuple[int, float]]) -> None:
        """Add a row."""
        self.rows.append((least, most, entries))

    def solve(self, seconds: float, gap: float = 0.0) -> tuple[np.ndarray | None, float, float]:
        """Return the values found (None: none), what they are worth, and a bound."""
        lp = self._built()
        lp.setOptionValue("time_limit", max(0.01, seconds))
        lp.setOptionValue("mip_rel_gap", 0.0)
        lp.setOptionValue("mip_abs_gap", max(1e-6, gap))
        lp.run()
        info = lp.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None, 0.0, ENDLESS
        return np.asarray(lp.getSolution().col_value), info.objective_function_value, info.mip_dual_bound

    def feasible(self, seconds: float) -> bool:
        """Tell whether there is a solution, or none was ruled out in the time."""
        lp = self._built()
        lp.setOptionValue("time_limit", seconds)
        lp.run()
        return lp.getModelStatus() != highspy.HighsModelStatus.kInfeasible

    def _built(self) -> highspy.Highs:
        lp = solver()
        count, nothing = len(self.worth), np.array([], dtype=np.int32)
        lp.addCols(count, np.array(self.worth), np.zeros(count), np.array(self.most), 0, nothing, nothing, np.array([]))
        lp.changeObjectiveSense(highspy.ObjSense.kMaximize)
        kinds = np.array([highspy.HighsVarType.kInteger] * count)
        lp.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
        entries = [e for _, _, row in self.rows for e in row]
        lengths = [len(row) for _, _, row in self.rows]
        start = np.array([0, *np.cumsum(lengths)[:-1]], dtype=np.int32) if lengths else nothing
        lp.addRows(
            len(self.rows),
            np.array([least for least, _, _ in self.rows]),
            np.array([most for _, most, _ in self.rows]),
            len(entries),
            start,
            np.array([c for c, _ in entries], dtype=np.int32),
            np.array([x for _, x in entries]),
        )
        return lp


@dataclass(frozen=True)
class _Party:
    """People who can go to the same sessions of a stretch of time and want them as much: they are only counted."""

    people: Sequence[int]
    columns: Mapping[int, int]


class _Seating:
    """The program of some sessions: seats, moderators, and rooms where those are open."""

    def __init__(self, instance: Instance, spots: Mapping[int, Spot], load: Counter[int]) -> None:
        self.instance, self.spots, self.load = instance, spots, load
        self.program = Program()
        self.spans = {t: instance.span(t, spot.slot) or range(0) for t, spot in spots.items()}
        self.held: dict[int, set[int]] = defaultdict(set)
        for t in spots:
            for person in instance.topics[t].needed:
                self.held[person].update(self.spans[t])
        self.goes: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self.volunteers: dict[tuple[int, int], int] = {}
        self.leads: dict[tuple[int, int], int | None] = {}
        self.rooms: dict[tuple[int, int], int] = {}
        self.parties = [self._party(options, people) for options, people in self._options()]
        for t in spots:
            self._moderators(t)
        self._loads()

    def _options(self) -> list[tuple[tuple[tuple[int, int], ...], list[int]]]:
        """Return who has the same choice: sessions that could overlap, with their votes. Volunteers stand alone."""
        long = any(len(span) > 1 for span in self.spans.values())
        mine: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        pool: set[tuple[int, int]] = set()
        for t in sorted(self.spots):
            theme, slot = self.instance.topics[t], self.spots[t].slot
            part = self.instance.slots[slot].block if long else slot
            for person in sorted({*self.fans(t), *theme.volunteers}):
                busy = not self.held[person].isdisjoint(self.spans[t])
                if person not in theme.needed and not busy and self.instance.present(person, self.spans[t]):
                    mine[part, person].append((t, self.instance.wants[person].get(t, 0)))
                    pool.update([(part, person)] if person in theme.volunteers else [])
        parties: dict[tuple[int, int, tuple[tuple[int, int], ...]], list[int]] = defaultdict(list)
        for (part, person), options in mine.items():
            parties[(part, person if (part, person) in pool else -1, tuple(options))].append(person)
        return [(options, people) for (_, _, options), people in parties.items()]

    def _party(self, options: Sequence[tuple[int, int]], people: Sequence[int]) -> _Party:
        there: dict[int, list[tuple[int, float]]] = defaultdict(list)
        columns = {}
        for topic, vote in options:
            columns[topic] = column = self.program.column(self.instance.weights.attend * vote, len(people))
            self.goes[topic].append((column, 1.0))
            if len(people) == 1:
                self.volunteers[people[0], topic] = column
            for slot in self.spans[topic]:
                there[slot].append((column, 1.0))
        for entries in there.values():
            if len(entries) > 1:
                self.program.row(0, len(people), entries)
        return _Party(people, columns)

    def fans(self, topic: int) -> Sequence[int]:
        """Return who votes for a topic."""
        return _fans(self.instance)[topic]

    def _moderators(self, topic: int) -> None:
        theme, weights, guests = self.instance.topics[topic], self.instance.weights, self.instance.people
        kinds: tuple[list[tuple[int, float]], list[tuple[int, float]]] = ([], [])
        for person in theme.volunteers:
            there = self.volunteers.get((person, topic))
            if self.load[person] < guests[person].most_moderations and (there is not None or person in theme.needed):
                lead = self.program.column(0.0)
                self.leads[person, topic] = lead
                kinds[guests[person].experienced].append((lead, -1.0))
                if there is not None:
                    self.program.row(-ENDLESS, 0, [(lead, 1.0), (there, -1.0)])
        if not theme.moderators or not (kinds[0] or kinds[1]):
            return
        single = self.program.column(weights.one_moderator)
        entries = [(single, 1.0)]
        if theme.moderators > 1 and kinds[0] and kinds[1]:
            pair = self.program.column(weights.pair)
            entries.append((pair, 1.0))
            for kind in kinds:
                self.program.row(-ENDLESS, 0, [(pair, 1.0), *kind])
        self.program.row(-ENDLESS, 0, [*entries, *kinds[0], *kinds[1]])
        self.program.row(0, 1, entries)
        self.program.row(0, min(2, theme.moderators), [(c, 1.0) for kind in kinds for c, _ in kind])

    def _loads(self) -> None:
        mine: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for (person, _), column in self.leads.items():
            if column is not None:
                mine[person].append((column, 1.0))
        for person, entries in mine.items():
            left = self.instance.people[person].most_moderations - self.load[person]
            if len(entries) > left:
                self.program.row(0, left, entries)

    def seats_in_rooms(self) -> None:
        """Count seats where the rooms are known."""
        for t, spot in self.spots.items():
            left = self.instance.seats(t, spot.room) - len(set(self.instance.topics[t].needed))
            self._seats(t, [], left)

    def choose_rooms(self, slot: int) -> None:
        """Leave the rooms open, for the sessions of a slot, which last no longer than that."""
        instance = self.instance
        taken: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for t in [t for t, spot in self.spots.items() if spot.slot == slot]:
            fixed, need = instance.topics[t].fixed_room, len(set(instance.topics[t].needed))
            mine = []
            before = instance.previous.get(t)
            for r, room in enumerate(instance.rooms):
                if slot not in room.closed and fixed in {None, r} and instance.seats(t, r) >= need:
                    moved = before is not None and before.slot == slot and before.room != r
                    column = self.program.column(-instance.weights.move_room if moved else 0.0)
                    self.rooms[t, r] = column
                    mine.append((column, float(instance.seats(t, r) - need)))
                    taken[r].append((column, 1.0))
            self.program.row(1, 1, [(c, 1.0) for c, _ in mine])
            self._seats(t, mine, 0)
        for entries in taken.values():
            self.program.row(0, 1, entries)

    def _seats(self, topic: int, rooms: list[tuple[int, float]], left: int) -> None:
        people = self.goes[topic]
        least = min((seats for _, seats in rooms), default=left)
        if sum(self.program.most[column] for column, _ in people) > least:
            self.program.row(-ENDLESS, left, [*people, *((c, -seats) for c, seats in rooms)])

    def own(self) -> float:
        """Return what the needed people's votes are worth."""
        wants = self.instance.wants
        votes = sum(wants[p].get(t, 0) for t in self.spots for p in set(self.instance.topics[t].needed))
        return self.instance.weights.attend * votes

    def sitting(self, seconds: float) -> Sitting | None:
        """Solve it; None when nothing was found."""
        step = self.instance.step
        values, value, bound = self.program.solve(seconds, step - TINY)
        if values is None:
            return None
        bound = floor((bound + TINY) / step) * step if step and isfinite(bound) else bound
        chosen = values > HALF
        goes: dict[int, list[int]] = defaultdict(list)
        for party in self.parties:
            self._deal(party, values, goes)
        moderators: dict[int, list[int]] = defaultdict(list)
        for (person, topic), lead in self.leads.items():
            if lead is not None and chosen[lead]:
                moderators[topic].append(person)
        rooms = {t: spot.room for t, spot in self.spots.items()} | {t: r for (t, r), c in self.rooms.items() if chosen[c]}
        return Sitting(
            rooms,
            {p: tuple(topics) for p, topics in goes.items()},
            {t: tuple(people) for t, people in moderators.items()},
            value + self.own(),
            bound + self.own(),
        )

    def _deal(self, party: _Party, values: np.ndarray, goes: dict[int, list[int]]) -> None:
        """Give each of the party's seats to somebody who is free, in order of time."""
        free = dict.fromkeys(party.people, -1)
        for topic in sorted(party.columns, key=lambda t: self.spans[t].start):
            start, last = self.spans[topic].start, self.spans[topic].stop - 1
            able = [person for person, busy in free.items() if busy < start]
            for person in able[: round(values[party.columns[topic]])]:
                goes[person].append(topic)
                free[person] = last


def _fans(instance: Instance) -> Sequence[Sequence[int]]:
    kept = _FANS.get(id(instance))
    if kept is None or kept[0] is not instance:
        found: list[list[int]] = [[] for _ in instance.topics]
        for vote in instance.votes:
            found[vote.topic].append(vote.person)
        _FANS.clear()
        _FANS[id(instance)] = kept = (instance, found)
    return kept[1]


_FANS: Final[dict[int, tuple[Instance, list[list[int]]]]] = {}


def best_sitting(instance: Instance, spots: Mapping[int, Spot], load: Counter[int], seconds: float) -> Sitting | None:
    """Return the best seats and moderators for sessions that have slot and room; `load` counts what moderators do already."""
    seating = _Seating(instance, spots, load)
    seating.seats_in_rooms()
    return seating.sitting(seconds)


def best_slot(instance: Instance, slot: int, topics: Sequence[int], seconds: float) -> Sitting | None:
    """Return the best rooms, seats and moderators for sessions of one slot that run together in it."""
    seating = _Seating(instance, {t: Spot(slot, -1) for t in topics}, Counter())
    seating.choose_rooms(slot)
    return seating.sitting(seconds)


def best_together(instance: Instance, slots: Mapping[int, int], seconds: float) -> Sitting | None:
    """Return the best rooms, seats and moderators for sessions of one slot each, all slots at once."""
    seating = _Seating(instance, {t: Spot(slot, -1) for t, slot in slots.items()}, Counter())
    for slot in sorted(set(slots.values())):
        seating.choose_rooms(slot)
    return seating.sitting(seconds)
