"""The first thread of the search: annealing in rounds, each begun from the best agenda known."""

from collections.abc import Mapping
from typing import Final

from midcycle.engines.solver.board import Board, heavy, spots_in, spots_of
from midcycle.engines.solver.instance import Instance, Spot
from midcycle.engines.solver.native.binding import Walk
from midcycle.engines.solver.native.problem import Arrays
from midcycle.engines.solver.people import seated

HOT: Final = 1.5
COLD: Final = 0.4
"""First and last temperature, in votes."""
NEAR: Final = 0.3
"""Share of that heat near an agenda that is out, at first: a move costs little beside votes, but should not come by chance."""
MOVES_OF_A_ROUND: Final = 12_000
"""Moves for each cell (a room in a slot) after which a round has little left to win."""


def arrays_of(instance: Instance) -> Arrays:
    """Return the problem as arrays, with the worth of placing each topic: a must counts more than everything else together."""
    must = heavy(instance)
    return Arrays(instance, [must if t.must else instance.weights.unscheduled for t in instance.topics])


def first(walk: Walk, instance: Instance) -> None:
    """Place topics one after the other: those with the fewest places first, then long ones, then the most wanted."""
    fans = [0] * len(instance.topics)
    for vote in instance.votes:
        fans[vote.topic] += vote.weight
    rooms = [sum(row) for row in walk.arrays.may_room]
    places = [len(starts) * count for starts, count in zip(walk.arrays.starts, rooms, strict=True)]
    few = max(places, default=0) // 2

    def haste(t: int) -> tuple[bool, bool, int, int, int]:
        theme = instance.topics[t]
        scarce = places[t] < few
        return (not theme.must, not scarce, -theme.duration, places[t] if scarce else 0, -fans[t])

    walk.fill(sorted(range(len(instance.topics)), key=haste))


class Walker:
    """Anneals and offers what it finds to the board."""

    def __init__(self, board: Board, arrays: Arrays, seed: int) -> None:
        """Begin with nothing placed."""
        self.board, self.arrays = board, arrays
        self.instance = board.instance
        self.walk = Walk(arrays, seed)
        self.told = float("-inf")
        self.speed = 2_000.0
        self.vote = max(self.instance.weights.attend, 1e-6)
        self.seen: list[Mapping[int, Spot]] = []
        moves = [w for w in (self.instance.weights.move_slot, self.instance.weights.move_room) if w > 0]
        self.cold = min([COLD, *(w / self.vote / 4 for w in moves)]) if self.instance.previous else COLD

    def begin(self, spots: Mapping[int, Spot]) -> None:
        """Place everything for the first time: from given placements where they are allowed still, then one by one."""
        kept = allowed(self.instance, self.arrays, spots)
        self.walk.put([kept.get(t, Spot(-1, -1)) for t in range(len(self.instance.topics))])
        first(self.walk, self.instance)
        self.tell()

    def run(self) -> None:
        """Anneal until it is over: a short round first, then long ones."""
        cells = len(self.instance.slots) * len(self.instance.rooms)
        length = min(0.5, 0.1 * self.board.left())
        heat = NEAR if self.instance.previous else 1.0
        while not self.board.over and self.walk.movable:
            self.round(min(length, self.board.left()), heat)
            full = MOVES_OF_A_ROUND * cells / self.speed
            length = min(full, max(0.5, 0.95 * self.board.left()))
            heat = 1.0 if NEAR < heat < 1 else 0.5
            self._take_over()

    def round(self, seconds: float, heat: float) -> None:
        """Anneal once from hot to cold, in steps of a few hundredths of a second."""
        clock = self.board.clock
        began = now = clock()
        heard = began
        while now - began < seconds and not self.board.over:
            used = (now - began) / seconds
            hot = self.vote * HOT * heat * (self.cold / (HOT * heat)) ** used
            moves = max(20, int(self.speed * 0.03))
            self.walk.anneal(moves, hot, hot)
            then, now = now, clock()
            self.speed = 0.7 * self.speed + 0.3 * moves / max(1e-6, now - then)
            if self.walk.best > self.told and now - heard > 10 * self.cost:
                self.tell()
                heard = now = clock()
        if self.walk.best > self.told:
            self.tell()
        self.walk.back()

    def tell(self) -> None:
        """Seat everybody on the best agenda met and offer it."""
        began = self.board.clock()
        spots = spots_of(self.walk.best_slot, self.walk.best_room)
        self.seen.append(spots)
        self.board.offer(seated(self.instance, spots))
        self.told = self.walk.best
        self.cost = self.board.clock() - began

    def _take_over(self) -> None:
        """Go on from the board's plan when others found a better one."""
        agenda = self.board.agenda
        if agenda is not None:
            spots = spots_in(agenda)
            self.walk.put([spots.get(t, Spot(-1, -1)) for t in range(len(self.instance.topics))])
            self.walk.anneal(1, self.vote, self.vote)


def allowed(instance: Instance, arrays: Arrays, spots: Mapping[int, Spot]) -> dict[int, Spot]:
    """Return those placements that the rules allow, most wanted topics first where they exclude each other."""
    taken: dict[tuple[int, int], int] = {}
    running: dict[int, int] = {}
    kept = {}
    for t, spot in sorted(spots.items()):
        span = instance.span(t, spot.slot)
        if span is None or spot.slot not in arrays.starts[t] or not arrays.may_room[t][spot.room]:
            continue
        free = all((s, spot.room) not in taken and s not in instance.rooms[spot.room].closed for s in span)
        if free and not any(arrays.conflicts[t] & running.get(s, 0) for s in span):
            kept[t] = spot
            for s in span:
                taken[s, spot.room] = t
                running[s] = running.get(s, 0) | 1 << t
    return kept
