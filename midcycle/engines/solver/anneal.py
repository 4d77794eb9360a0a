"""Draft an agenda by simulated annealing: move or swap sessions, at first even for the worse.

The method is Kirkpatrick, Gelatt and Vecchi, Science 220 (1983). Rooms need no moves of their
own: within a slot the most wanted session takes the largest room.
"""

import math
import random
from collections.abc import Callable, Iterator

from midcycle.engines.solver.bits import NEVER, Bits
from midcycle.engines.solver.model import Assignment, Id, Placement, Plan, Problem, Topic
from midcycle.engines.solver.plan import review

HOT = 2.5
COLD = 0.25
"""First and last temperature, in supports of average weight lost by a move."""
CHUNK = 200
"""Moves between two looks at the clock: about a millisecond."""


def draft(
    problem: Problem,
    *,
    seed: int,
    seconds: float | None,
    moves: int | None,
    clock: Callable[[], float],
) -> Plan:
    """Return the best plan found before `seconds` or `moves` run out, whichever comes first.

    As many topics as possible are placed, musts first; then the weight attended counts; of plans
    that are equal in this, one with fewer sessions side by side is better. `clock` counts seconds
    and is read only when `seconds` is given: without it the same seed and moves give the same
    plan. Pins are kept even where they contradict each other or the rules; `check` reports that.
    `seconds` covers the search; seating and reasons come on top (a few per cent).
    Raises ValueError when neither limit is given.
    """
    if seconds is None and moves is None:
        raise ValueError("Give seconds or moves: the search would not end.")
    bits = Bits(problem)
    walk = Walk(bits, random.Random(seed))  # noqa: S311 (nothing secret)
    walk.fill()
    for cold, count in _chunks(seconds, moves, clock):
        walk.wander(walk.wish * HOT * bits.mean_weight * (COLD / HOT) ** cold, count)
        if walk.best_total == walk.ceiling:
            break
    walk.spread()
    return review(problem, walk.best_assignment())


def calm(problem: Problem, assign: Assignment) -> Plan:
    """Return the plan of an agenda with new topics placed and as few sessions side by side as cost no wish.

    What the problem no longer allows is placed anew.
    """
    walk = Walk(Bits(problem), random.Random(1))  # noqa: S311 (nothing secret)
    walk.put(assign)
    walk.fill()
    walk.spread()
    return review(problem, walk.best_assignment())


def _chunks(seconds: float | None, moves: int | None, clock: Callable[[], float]) -> Iterator[tuple[float, int]]:
    """Yield how much of the time or the moves is used (0 to 1) and how many moves come next."""
    start = 0.0 if seconds is None else clock()
    done = 0
    while moves is None or done < moves:
        used = 0.0 if moves is None else done / moves
        if seconds is not None:
            spent = clock() - start
            if spent >= seconds:
                return
            used = max(used, spent / seconds)
        count = CHUNK if moves is None else min(CHUNK, moves - done)
        yield used, count
        done += count


class Walk:
    """One agenda in the making: `where` has the slot of each topic (`out`: not placed).

    A want of weight 1 counts `wish`, more than all pairs of sessions together; each pair side by
    side costs 1. So people never lose a want for an agenda that looks calmer.
    """

    def __init__(self, bits: Bits, rng: random.Random) -> None:
        """Begin with nothing placed."""
        topics, self.out = bits.topics, len(bits.slots)
        self.bits = bits
        self.random = rng.random
        self.where = [self.out] * len(topics)
        self.inside: list[list[int]] = [[] for _ in bits.slots]
        self.inside.append(list(range(len(topics))))
        self.keys = [0] * len(bits.groups)
        self.values = [0] * len(bits.groups)
        wanted = sum(s.weight for s in bits.problem.supports)
        self.wish = math.comb(len(topics), 2) + 1
        self.prize: list[int] = [self.wish * (wanted + 1) * (len(topics) + 1) ** _rank(t) for t in topics]
        self.ceiling = sum(self.prize) + self.wish * wanted - _fewest_pairs(bits)
        self.movable = [i for i, t in enumerate(topics) if bits.allowed[i] and not bits.settled[i]]
        self.total = self.best_total = 0
        self.best = list(self.where)

    def put(self, assign: Assignment) -> None:
        """Begin from an agenda, as far as the rules allow it; what is firm first."""
        numbers = {slot.id: s for s, slot in enumerate(self.bits.slots)}
        for t in self._by_prize():
            slot = numbers.get(assign.get(self.bits.topics[t].id, ("", None))[0])
            if slot is not None and slot in self.bits.allowed[t]:
                gain = self._gain(t, None, slot)
                if gain > 0:
                    self._go(t, None, slot, gain)

    def fill(self) -> None:
        """Place topic by topic where it adds most: pinned ones, musts, then the rest; what fits in few slots goes first."""
        for t in self._by_prize():
            if self.where[t] != self.out:
                continue
            gains = [(self._gain(t, None, s), -s) for s in self.bits.allowed[t]]
            gain, slot = max(gains, default=(NEVER, 0))
            if gain > 0:
                self._go(t, None, -slot, gain)

    def _by_prize(self) -> list[int]:
        return sorted(range(len(self.where)), key=lambda t: (-self.prize[t], len(self.bits.allowed[t])))

    def wander(self, temperature: float, count: int) -> None:
        """Try `count` moves, each of one topic into a free room or in exchange for another."""
        rand, where, inside = self.random, self.where, self.inside
        movable, allowed, rooms = self.movable, self.bits.allowed, self.bits.rooms
        for _ in range(count if movable else 0):
            t = movable[int(rand() * len(movable))]
            slot = allowed[t][int(rand() * len(allowed[t]))]
            if slot == where[t]:
                continue
            place = int(rand() * len(rooms[slot]))
            there = inside[slot]
            other = there[place] if place < len(there) else None
            gain = self._gain(t, other, slot)
            if gain >= 0 or rand() < math.exp(gain / temperature):
                self._go(t, other, slot, gain)

    def spread(self) -> None:
        """Go back to the best agenda and move single sessions for as long as that makes it better."""
        for t, slot in enumerate(self.best):
            self._carry(t, self.where[t], slot)
        self.values = [self._worth(g, key) for g, key in enumerate(self.keys)]
        self.total = self.best_total
        moved = True
        while moved:
            moved = False
            for t in self.movable:
                gains = [(self._gain(t, None, s), -s) for s in self.bits.allowed[t] if s != self.where[t]]
                gain, slot = max(gains, default=(NEVER, 0))
                if gain > 0:
                    self._go(t, None, -slot, gain)
                    moved = True

    def _gain(self, t: int, other: int | None, slot: int) -> int:
        """Return what it changes to move t to the slot and the other, if any, to t's place."""
        bits, keys = self.bits, self.keys
        home = self.where[t]
        g = bits.group_of[slot]
        new = keys[g] | 1 << (bits.shift[slot] + t)
        if other is not None:
            if home != self.out and home not in bits.allowed[other]:
                return NEVER
            new ^= 1 << (bits.shift[slot] + other)
        if home == self.out:
            prize = self.prize[t] - (0 if other is None else self.prize[other])
            return prize + self._worth(g, new) - self.values[g]
        h = bits.group_of[home]
        old = (new if g == h else keys[h]) ^ 1 << (bits.shift[home] + t)
        if other is not None:
            old |= 1 << (bits.shift[home] + other)
        if g == h:
            return self._worth(g, old) - self.values[g]
        return self._worth(g, new) - self.values[g] + self._worth(h, old) - self.values[h]

    def _worth(self, g: int, key: int) -> int:
        return self.wish * self.bits.value(g, key) - self.bits.pairs(g, key)

    def _go(self, t: int, other: int | None, slot: int, gain: int) -> None:
        home = self.where[t]
        self._carry(t, home, slot)
        if other is not None:
            self._carry(other, slot, home)
        for s in (home, slot):
            if s != self.out:
                g = self.bits.group_of[s]
                self.values[g] = self._worth(g, self.keys[g])
        self.total += gain
        if self.total > self.best_total:
            self.best_total, self.best = self.total, list(self.where)

    def _carry(self, t: int, home: int, slot: int) -> None:
        bits = self.bits
        for s in (home, slot):
            if s != self.out:
                self.keys[bits.group_of[s]] ^= 1 << (bits.shift[s] + t)
        self.inside[home].remove(t)
        self.inside[slot].append(t)
        self.where[t] = slot

    def best_assignment(self) -> dict[Id, Placement]:
        """Return the best agenda met, with rooms, in the order of the problem's topics."""
        bits = self.bits
        found: dict[Id, Placement] = {}
        for g, group in enumerate(bits.groups):
            key = sum(1 << (bits.shift[s] + t) for t, s in enumerate(self.best) if s in group)
            for t, (s, r) in (bits.rooms_for(g, key) or {}).items():
                found[bits.topics[t].id] = (bits.slots[s].id, bits.problem.rooms[r].id)
        return {t.id: found[t.id] for t in bits.problem.topics if t.id in found}


def _fewest_pairs(bits: Bits) -> int:
    """Return how many pairs of sessions run at once at the least: when all slots have the same number."""
    open_to = [slots for topic, slots in zip(bits.topics, bits.allowed, strict=True) if not topic.plenary]
    slots = len(set().union(*open_to)) or 1
    each, more = divmod(len(open_to), slots)
    return more * math.comb(each + 1, 2) + (slots - more) * math.comb(each, 2)


def _rank(topic: Topic) -> int:
    """Return how firmly a topic has its place: one of a higher rank outweighs all lower ones."""
    pins = [topic.pinned_slot, topic.pinned_room]
    if None not in pins:
        return 3
    if pins != [None, None]:
        return 2
    return 1 if topic.must or topic.plenary else 0
