"""A problem as whole numbers, so that a slot full of sessions is valued in microseconds.

People are bits. A want of weight 3 sets the person's bit on levels 1, 2 and 3, one level after
the other in a single number; then the bits of the union of the wants in a slot count the weight
that could be attended there, each person once, at their best session. Shifting a want down by
one level lowers its weight by one: that is how a price on seats is applied.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations

from midcycle.engines.solver.model import Id, Problem, Slot, Topic
from midcycle.engines.solver.rooms import Spot, fit

NEVER = -(10**30)
"""The value of what a hard rule forbids."""
ENDLESS = 1 << 30
MEMORY = 250_000
"""How many values are remembered before all are forgotten."""


class Bits:
    """Topics, slots, rooms and people by their place in a list; topics most wanted first.

    Slots that overlap in time form a group and are valued together; nearly always a group is
    one slot. `key` says what runs in a group: the bit of each topic, the slots side by side.
    """

    def __init__(self, problem: Problem) -> None:
        """Count everything once."""
        self.problem = problem
        self.topics = _ranked(problem)
        self.slots = problem.slots
        self._read_people()
        self._read_slots()
        self._read_rules()

    def _read_people(self) -> None:
        problem = self.problem
        place = {p.id: i for i, p in enumerate(problem.people)}
        index = {t.id: i for i, t in enumerate(self.topics)}
        self.width = width = len(place)
        weights = [s.weight for s in problem.supports] or [1]
        self.mean_weight = sum(weights) / len(weights)
        self.levels = levels = max(weights)
        self.every_level = sum(1 << (k * width) for k in range(levels))
        plain = [0] * len(index)
        for support in problem.supports:
            person = 1 << place[support.person]
            plain[index[support.topic]] |= sum(person << (k * width) for k in range(support.weight))
        self.want = [[bits >> (k * width) for k in range(levels + 1)] for bits in plain]
        needed = [sum(1 << place[p] for p in set(t.needed)) for t in self.topics]
        self.hold = [people * self.every_level for people in needed]
        self.own = [want[0] & hold for want, hold in zip(self.want, self.hold, strict=True)]
        self.needed = [people.bit_count() for people in needed]
        crowd = (1 << width) - 1
        self.fans = [((w[0] & crowd) | n).bit_count() for w, n in zip(self.want, needed, strict=True)]
        self.present = [
            sum(1 << i for i, p in enumerate(problem.people) if p.present(s.id)) * self.every_level for s in self.slots
        ]

    def _read_slots(self) -> None:
        problem, slots = self.problem, self.slots
        self.size = [ENDLESS if r.capacity is None else r.capacity for r in problem.rooms]
        largest_first = sorted(range(len(self.size)), key=lambda r: -self.size[r])
        self.rooms = [[r for r in largest_first if slot.id not in problem.rooms[r].closed] for slot in slots]
        self.near = [frozenset(j for j, other in enumerate(slots) if slot.overlaps(other)) for slot in slots]
        self.start = [slot.start for slot in slots]
        self.running = [[j for j in self.near[s] if slots[j].start <= slot.start] for s, slot in enumerate(slots)]
        self.groups = _groups(slots, self.near)
        self.group_of = [0] * len(slots)
        self.shift = [0] * len(slots)
        for g, group in enumerate(self.groups):
            for i, s in enumerate(group):
                self.group_of[s], self.shift[s] = g, i * len(self.topics)
        alike: dict[tuple[int, ...], dict[int, int]] = {}
        self.remembered = 0
        self.memory = [
            alike.setdefault((self.present[g[0]], *self.rooms[g[0]]) if len(g) == 1 else (-i,), {})
            for i, g in enumerate(self.groups, start=1)
        ]

    def _read_rules(self) -> None:
        topics = self.topics
        room_at = {room.id: i for i, room in enumerate(self.problem.rooms)}
        self.comfort = [ENDLESS if t.comfort is None else t.comfort for t in topics]
        self.room_pin = [None if t.pinned_room is None else room_at[t.pinned_room] for t in topics]
        self.tied = sum(1 << i for i, room in enumerate(self.room_pin) if room is not None)
        self.settled = [t.pinned_slot is not None and t.pinned_room is not None for t in topics]
        here = {p.id: p for p in self.problem.people}
        self.allowed = [
            tuple(
                s
                for s, slot in enumerate(self.slots)
                if self._may_run(topic, i, s)
                and (topic.pinned_slot is not None or all(here[p].present(slot.id) for p in topic.needed))
            )
            for i, topic in enumerate(topics)
        ]
        self.clash = [0] * len(topics)
        for a, b in combinations(range(len(topics)), 2):
            if self._apart(a, b):
                self.clash[a] |= 1 << b
                self.clash[b] |= 1 << a

    def _may_run(self, topic: Topic, index: int, s: int) -> bool:
        slot, room = self.slots[s], self.room_pin[index]
        if topic.pinned_slot is not None:
            return slot.id == topic.pinned_slot
        open_room = bool(self.rooms[s]) if room is None else room in self.rooms[s]
        return open_room and not slot.reserved and (topic.slots is None or slot.id in topic.slots)

    def _apart(self, a: int, b: int) -> bool:
        one, two = self.topics[a], self.topics[b]
        if one.pinned_slot is not None and two.pinned_slot is not None:
            return False  # a human has decided; the checker will tell them
        return one.plenary or two.plenary or bool(self.hold[a] & self.hold[b])

    def value(self, group: int, key: int) -> int:
        """Return the weight attended in a group of slots, or NEVER; remembered."""
        found = self.memory[group].get(key)
        if found is None:
            self.remembered += 1
            if self.remembered > MEMORY:
                self._forget()
            slots = self.groups[group]
            found = self._one(group, key) if len(slots) == 1 else self._many(group, key)
            self.memory[group][key] = found
        return found

    def pairs(self, group: int, key: int) -> int:
        """Return how many pairs of sessions in a group of slots run at the same time."""
        slots = self.groups[group]
        if len(slots) == 1:
            return math.comb(key.bit_count(), 2)
        whole = (1 << len(self.topics)) - 1
        inside = {s: (key >> self.shift[s] & whole).bit_count() for s in slots}
        return sum(count * (sum(inside[near] for near in self.near[s]) - 1) for s, count in inside.items()) // 2

    def _forget(self) -> None:
        self.remembered = 0
        for memory in self.memory:
            memory.clear()

    def members(self, mask: int) -> list[int]:
        """List the topics whose bits are set, most wanted first."""
        found = []
        while mask:
            low = mask & -mask
            found.append(low.bit_length() - 1)
            mask ^= low
        return found

    def rooms_for(self, group: int, key: int) -> dict[int, tuple[int, int]] | None:
        """Return slot and room of each topic of a group, or None when they do not fit."""
        slots = self.groups[group]
        whole = (1 << len(self.topics)) - 1
        placed = [(t, s) for s in slots for t in self.members((key >> self.shift[s]) & whole)]
        placed.sort()
        spots = [Spot(s, self.room_pin[t], self.settled[t]) for t, s in placed]
        rooms = fit(spots, self.rooms, self.near, self.start)
        if rooms is None:
            return None
        return {t: (s, r) for (t, s), r in zip(placed, rooms, strict=True)}

    def _one(self, group: int, mask: int) -> int:
        slot = self.groups[group][0]
        members = self.members(mask)
        clash = self.clash
        for t in members:
            if clash[t] & mask:
                return NEVER
        rooms: Iterable[int] = self.rooms[slot]
        if mask & self.tied:
            fitted = self.rooms_for(group, mask)
            if fitted is None:
                return NEVER
            rooms = [fitted[t][1] for t in members]
        elif len(members) > len(self.rooms[slot]):
            return NEVER
        size = self.size
        everyone = self.present[slot]
        return self.seated(members, [size[r] for r in rooms], everyone, everyone)

    def _many(self, group: int, key: int) -> int:
        """Value slots that overlap: who sits in one is lost to the others."""
        slots = self.groups[group]
        whole = (1 << len(self.topics)) - 1
        inside = {s: self.members((key >> self.shift[s]) & whole) for s in slots}
        free = {}
        for s in slots:
            around = [t for other in self.near[s] for t in inside[other]]
            mask = sum(1 << t for t in around)
            if any(self.clash[t] & mask for t in inside[s]) or self._too_many(s, inside):
                return NEVER
            free[s] = self.present[s] & ~_union(self.hold[t] for t in around)
        fitted = self.rooms_for(group, key)
        if fitted is None:
            return NEVER
        taken = self._choose(inside, free)
        total = 0
        for s, topics in inside.items():
            caps = [self.size[fitted[t][1]] for t in topics]
            total += self.seated(topics, caps, taken[s] * self.every_level, self.present[s])
        return total

    def _too_many(self, slot: int, inside: dict[int, list[int]]) -> bool:
        """Tell early whether more sessions run when the slot begins than there are rooms."""
        running = sum(not self.settled[t] for s in self.running[slot] for t in inside[s])
        return running > len(self.size)

    def _choose(self, inside: dict[int, list[int]], free: dict[int, int]) -> dict[int, int]:
        """Return who goes into which slot: their heaviest want first, then what ends first."""
        crowd = (1 << self.width) - 1
        taken = dict.fromkeys(inside, 0)
        for level in reversed(range(self.levels)):
            for s, topics in inside.items():
                fans = _union(self.want[t][level] for t in topics) & free[s] & crowd
                for other in self.near[s]:
                    fans &= ~taken[other]
                taken[s] |= fans
        return taken

    def seated(self, topics: Sequence[int], caps: Sequence[int], free: int, there: int) -> int:
        """Return the most weight the `free` people can attend, the needed ones in their place.

        `caps` are the seats of the rooms. Exact without full sessions, else the bound of
        `_priced`, which is exact but for one vote in rare cases.
        """
        want, comfort, fans = self.want, self.comfort, self.fans
        open_to_all = held = fixed = 0
        tight = []
        for t, cap in zip(topics, caps, strict=False):
            held |= self.hold[t]
            fixed |= self.own[t]
            if fans[t] > cap or fans[t] > comfort[t]:
                tight.append((want[t], max(0, min(cap, comfort[t]) - self.needed[t])))
            else:
                open_to_all |= want[t][0]
        free &= ~held
        sure = (fixed & there).bit_count()
        if not tight:
            return sure + (open_to_all & free).bit_count()
        return sure + self._priced(tight, open_to_all, free)

    def _priced(self, tight: list[tuple[list[int], int]], others: int, free: int) -> int:
        """Return the least over seat prices of: what seats cost plus what people still gain.

        Any prices give an upper bound on the best seating (the dual of a transportation
        problem). One price at a time is raised or lowered until none helps. With several full
        sessions that can get stuck, and annealing would seek out just those cases: so the
        descent starts twice, from no price and from a price of one everywhere.
        """
        best = self._descend(tight, [0] * len(tight), others, free)
        if len(tight) == 1:
            return best
        return min(best, self._descend(tight, [1] * len(tight), others, free))

    def _descend(self, tight: list[tuple[list[int], int]], prices: list[int], others: int, free: int) -> int:
        best = self._at_prices(tight, prices, others, free)
        moved = True
        while moved:
            moved = False
            for i in range(len(tight)):
                for step in (1, -1):
                    while 0 <= prices[i] + step <= self.levels:
                        prices[i] += step
                        cost = self._at_prices(tight, prices, others, free)
                        if cost >= best:
                            prices[i] -= step
                            break
                        best, moved = cost, True
        return best

    @staticmethod
    def _at_prices(tight: list[tuple[list[int], int]], prices: list[int], others: int, free: int) -> int:
        cost = 0
        for (want, cap), price in zip(tight, prices, strict=True):
            cost += price * cap
            others |= want[price]
        return cost + (others & free).bit_count()


def _union(sets: Iterable[int]) -> int:
    union = 0
    for bits in sets:
        union |= bits
    return union


def _ranked(problem: Problem) -> list[Topic]:
    """Order topics by the seats they can fill, so that the first takes the largest room."""
    wanted: dict[Id, set[Id]] = {topic.id: set(topic.needed) for topic in problem.topics}
    for support in problem.supports:
        wanted[support.topic].add(support.person)

    def seats(topic: Topic) -> tuple[bool, int]:
        heads = len(wanted[topic.id])
        return (not topic.plenary, -(heads if topic.comfort is None else min(heads, topic.comfort)))

    return sorted(problem.topics, key=seats)


def _groups(slots: Sequence[Slot], near: Sequence[frozenset[int]]) -> list[tuple[int, ...]]:
    """Return slots that overlap, directly or through others, together, in order of their end."""
    groups: list[set[int]] = []
    for s in range(len(slots)):
        joined = [g for g in groups if g & near[s]]
        groups = [g for g in groups if not g & near[s]]
        groups.append({s}.union(*joined))
    return [tuple(sorted(g, key=lambda s: (slots[s].end, slots[s].start, s))) for g in groups]
