"""What any set of sessions in one slot is worth at the most, at given prices: slow, plain and apart from the solver.

People are bits of long numbers. A vote of weight 3 sets the person's bit on levels 1, 2 and 3, one level after the other in
one number, so that the bits of a union count what can be attended, each person once, at their best session. A price on the
seats of a session shifts its votes down by levels and counts each seat. Any prices give an upper bound.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from midcycle.engines.solver.instance import Certificate, Instance
from midcycle.engines.solver.payments import Offer, paid

MOST_HOUSED: Final = 6
"""Rooms up to which every way to hand them out is tried."""


@dataclass(frozen=True)
class Part:
    """A session in a slot, by which of its slots that is, with what it counts there beside votes and moderators.

    `room` is the place of its fixed room among the rooms of the slot, -1 for any.
    """

    topic: int
    part: int
    reward: float
    promise: float
    seats: int
    room: int


class Crowd:
    """Votes and people of a problem as long numbers."""

    def __init__(self, instance: Instance) -> None:
        """Count everything once."""
        self.instance = instance
        self.scale = math.lcm(*(t.duration for t in instance.topics))
        self.unit = instance.weights.attend / self.scale
        self.width = len(instance.people)
        self.need = [set(t.needed) for t in instance.topics]
        self.need_bits = [sum(1 << p for p in need) for need in self.need]
        scaled = [(p, t, w * self.scale // instance.topics[t].duration) for p, t, w in instance.votes]
        self.levels = max((w for _, _, w in scaled), default=1)
        self.every = sum(1 << (k * self.width) for k in range(self.levels))
        self.own = [0] * len(instance.topics)
        votes = [0] * len(instance.topics)
        self.fans = [0] * len(instance.topics)
        for person, topic, weight in scaled:
            if person in self.need[topic]:
                self.own[topic] += weight
            else:
                self.fans[topic] += 1
                votes[topic] |= sum(1 << (k * self.width + person) for k in range(weight))
        self.want = [[bits >> (m * self.width) for m in range(self.levels + 1)] for bits in votes]

        open_slots = [s for s in range(len(instance.slots)) if s not in instance.reserved]
        self.spare = [self._spare(person, open_slots) for person in range(self.width)]

    def _spare(self, person: int, open_slots: Sequence[int]) -> int:
        """Return the best vote of somebody that they have no slot for."""
        wants, slots = sorted(self.instance.wants[person].values(), reverse=True), self.instance.people[person].slots
        there = len(open_slots) if slots is None else sum(s in slots for s in open_slots)
        return wants[there] if len(wants) > there else 0

    def weight(self, person: int, topic: int) -> int:
        """Return a person's scaled vote for a topic."""
        return self.instance.wants[person].get(topic, 0) * self.scale // self.instance.topics[topic].duration

    def present(self, slot: int) -> int:
        """Return who is there in a slot, as bits."""
        return sum(1 << p for p, guest in enumerate(self.instance.people) if guest.slots is None or slot in guest.slots)


class SlotPricer:
    """The sets of sessions one slot can hold, with what bounds them."""

    def __init__(self, crowd: Crowd, slot: int, certificate: Certificate) -> None:
        """List what may run in the slot."""
        self.crowd, self.instance, self.slot = crowd, crowd.instance, slot
        self.here = crowd.present(slot)
        rooms = [r for r, room in enumerate(self.instance.rooms) if slot not in room.closed]
        self.rooms = sorted(rooms, key=lambda r: -self.instance.rooms[r].capacity)
        self.ladder = [self.instance.rooms[r].capacity for r in self.rooms]
        parts = list(self._parts(certificate))
        self.ladder = self.ladder[: len(parts)]
        self.parts = [replace(part, room=-1) if part.room >= len(parts) else part for part in parts]
        self.nodes = 0

    def _parts(self, certificate: Certificate) -> Iterator[Part]:
        instance = self.instance
        for topic, theme in enumerate(instance.topics):
            starts = set(instance.starts(topic))
            for part in range(theme.duration):
                start = self.slot - part
                span = range(start, start + theme.duration)
                rooms = [r for r in range(len(instance.rooms)) if self._bears(topic, r, span)]
                if start in starts and rooms:
                    price = self._price(certificate, topic, part)
                    seats = max(instance.seats(topic, r) for r in rooms) - len(self.crowd.need[topic])
                    room = self.rooms.index(theme.fixed_room) if theme.fixed_room in self.rooms else -1
                    yield Part(topic, part, self._bonus(topic, part, span) - price, self._promise(topic), seats, room)

    def _bears(self, topic: int, room: int, span: range) -> bool:
        instance = self.instance
        is_open = instance.topics[topic].fixed_room in {None, room} and instance.rooms[room].closed.isdisjoint(span)
        return is_open and instance.seats(topic, room) >= len(self.crowd.need[topic])

    def _price(self, certificate: Certificate, topic: int, part: int) -> float:
        links = certificate.links
        if part:
            return -links.get(f"{topic} {self.slot - part} {part}", 0.0)
        later = range(1, self.instance.topics[topic].duration)
        price = certificate.prices[topic]
        if not self.instance.topics[topic].must:
            price = max(0.0, price)
        return price + sum(links.get(f"{topic} {self.slot} {k}", 0.0) for k in later)

    def _bonus(self, topic: int, part: int, span: range) -> float:
        weights, before = self.instance.weights, self.instance.previous.get(topic)
        if part:
            return 0.0
        bonus = 0.0 if self.instance.topics[topic].must else weights.unscheduled
        if before is not None and before.slot == self.slot:
            bonus += weights.move_slot - (0.0 if self._bears(topic, before.room, span) else weights.move_room)
        return bonus

    def _promise(self, topic: int) -> float:
        theme, weights = self.instance.topics[topic], self.instance.weights
        kinds = {self.instance.people[p].experienced for p in self._pool(topic)}
        one = weights.one_moderator if kinds and theme.moderators else 0.0
        pair = weights.pair if len(kinds) > 1 and theme.moderators > 1 else 0.0
        return max(one, pair) / theme.duration

    def _pool(self, topic: int) -> list[int]:
        guests = self.instance.people
        return [p for p in self.instance.topics[topic].volunteers if guests[p].most_moderations > 0 and self.here >> p & 1]

    def apart(self) -> float:
        """Return a bound on every set: in each room the best session, as if nobody wanted two things at once.

        Or everybody is paid first what a slot is worth to them at the least, whatever runs, and sessions add to that.
        """
        return min(self._apart([0] * self.crowd.width), self._apart(self.crowd.spare))

    def _apart(self, pay: Sequence[int]) -> float:
        best = [0.0] * len(self.ladder)
        for part in self.parts:
            if part.part or self.instance.topics[part.topic].duration > 1:
                return math.inf
            above = [self.crowd.weight(p, part.topic) - pay[p] for p in self._fans(part.topic)]
            fans = sorted((votes for votes in above if votes > 0), reverse=True)  # the heaviest votes first
            own = self.crowd.own[part.topic] - sum(pay[p] for p in self.crowd.need[part.topic])
            for n, size in enumerate(self.ladder):
                votes = own + sum(fans[: max(0, self._limit(part.topic, size))])
                best[n] = max(best[n], self.crowd.unit * votes + part.promise + part.reward)
        return sum(best) + self.crowd.unit * sum(pay[p] for p in range(self.crowd.width) if self.here >> p & 1)

    def _fans(self, topic: int) -> list[int]:
        """Return who is there and votes for a topic that does not need them."""
        bits = self.crowd.want[topic][0] & self.here
        return [p for p in range(self.crowd.width) if bits >> p & 1]

    def above(self, bar: float) -> Iterator[tuple[tuple[Part, ...], float]]:
        """Yield every set that may be worth more than the bar, with that worth."""
        mask = self.here * self.crowd.every
        yield from self._branch([], 0.0, (mask, 0), self.parts, bar)

    def _branch(
        self, chosen: list[Part], base: float, taken: tuple[int, int], among: Sequence[Part], bar: float
    ) -> Iterator[tuple[tuple[Part, ...], float]]:
        room = len(self.ladder) - len(chosen)
        offers = sorted(self._offers(chosen, taken, among), key=lambda offer: -offer[0])
        for n, (gain, part) in enumerate(offers):
            later = sum(max(0.0, other) for other, _ in offers[n + 1 : n + room])
            if room <= 0 or base + gain + later <= bar:
                break
            self.nodes += 1
            bigger = [*chosen, part]
            worth, then = self.worth(bigger)
            housed = self.housed(bigger, worth) if worth > bar else worth
            if housed > bar:
                yield tuple(bigger), housed
            yield from self._branch(bigger, worth, then, [p for _, p in offers[n + 1 :]], bar)

    def _offers(self, chosen: Sequence[Part], taken: tuple[int, int], among: Sequence[Part]) -> Iterator[tuple[float, Part]]:
        """Yield what each session adds at the most to those chosen."""
        crowd, (mask, top) = self.crowd, taken
        open_to = mask & ~top
        busy = set().union(*(crowd.need[c.topic] for c in chosen))
        topics = {c.topic for c in chosen}
        tracks = {self.instance.topics[t].track for t in topics}
        for part in among:
            topic = part.topic
            if topic in topics or not busy.isdisjoint(crowd.need[topic]):
                continue
            prices = range(crowd.levels + 1 if crowd.fans[topic] > part.seats else 1)
            added = min((crowd.want[topic][m] & open_to).bit_count() + m * part.seats for m in prices)
            lost = (crowd.need_bits[topic] * crowd.every & mask & top).bit_count() if topics else 0
            clash = self.instance.weights.track_clash if self.instance.topics[topic].track in tracks else 0.0
            yield crowd.unit * (added - lost + crowd.own[topic]) + part.promise + part.reward - clash, part

    def housed(self, chosen: Sequence[Part], most: float) -> float:
        """Return what a set is worth when each session has a room of its own: every way that could be better is tried."""
        least = self.ladder[-1]
        if len(self.ladder) > MOST_HOUSED:
            return most
        fans = [self.crowd.fans[part.topic] for part in chosen]
        rooms = [n for n, part in enumerate(chosen) if part.room >= 0 or self._useful(part, least) < fans[n]]
        rooms.sort(key=lambda n: chosen[n].room < 0)
        return self._housed(chosen, rooms, list(range(len(self.ladder))), fans, (-math.inf, most)) if rooms else most

    def _housed(
        self, chosen: Sequence[Part], waiting: Sequence[int], free: Sequence[int], limits: list[int], known: tuple[float, float]
    ) -> float:
        best, most = known
        for n in waiting:
            open_to = [r for r in free if chosen[n].room in {-1, r}]
            limits[n] = max((self._useful(chosen[n], self.ladder[r]) for r in open_to), default=-1)
            if limits[n] < 0:
                return best
        worth = min(most, self.worth(chosen, limits)[0])
        if worth <= best or not waiting:
            return max(best, worth)
        first, *rest = waiting
        tried = set()
        for r in reversed([r for r in free if chosen[first].room in {-1, r}]):
            seats = self._useful(chosen[first], self.ladder[r])
            if seats >= 0 and seats not in tried and best < most:
                tried.add(seats)
                now = [*limits[:first], seats, *limits[first + 1 :]]
                best = self._housed(chosen, rest, [x for x in free if x != r], now, (best, most))
        return best

    def paid(self, chosen: Sequence[Part], bar: float) -> float:
        """Return another bound on a set, by payments to people."""
        crowd, held = self.crowd, 0
        for part in chosen:
            held |= crowd.need_bits[part.topic]
        tracks = [self.instance.topics[part.topic].track for part in chosen]
        clash = self.instance.weights.track_clash * (len(tracks) - len(set(tracks)))
        return paid([self._offer(part, held) for part in chosen], crowd.unit, bar + clash) - clash

    def _offer(self, part: Part, held: int) -> Offer:
        crowd, theme, weights = self.crowd, self.instance.topics[part.topic], self.instance.weights
        votes = {p: crowd.weight(p, part.topic) for p in self._fans(part.topic) if not held >> p & 1}
        need = crowd.need[part.topic]
        guests = self.instance.people
        pool = [(p, guests[p].experienced, p in need) for p in self._pool(part.topic) if p in need or not held >> p & 1]
        one = weights.one_moderator / theme.duration if theme.moderators else 0.0
        pair = weights.pair / theme.duration if theme.moderators > 1 else 0.0
        return Offer(votes, part.seats, part.reward + crowd.unit * crowd.own[part.topic], pool, pair, one)

    def _useful(self, part: Part, size: int) -> int:
        """Return the seats a session can fill in a room of that size."""
        return min(self._limit(part.topic, size), self.crowd.fans[part.topic])

    def worth(self, chosen: Sequence[Part], limits: Sequence[int] | None = None) -> tuple[float, tuple[int, int]]:
        """Return what a set is worth at the most, and who may be taken and is; with given seats, or rooms handed out freely."""
        crowd = self.crowd
        held = 0
        for part in chosen:
            held |= crowd.need_bits[part.topic]
        mask = (self.here & ~held) * crowd.every
        prices, votes = min((self._settled(chosen, mask, start, limits) for start in (0, 1)), key=lambda found: found[1])
        top = self._top(chosen, prices, -1)
        votes += sum(crowd.own[part.topic] for part in chosen)
        tracks = [self.instance.topics[part.topic].track for part in chosen]
        clash = self.instance.weights.track_clash * (len(tracks) - len(set(tracks)))
        leads = [self._moderated(part.topic, price, mask, top) for part, price in zip(chosen, prices, strict=True)]
        moderated = _once_each(leads)
        return crowd.unit * votes + moderated + sum(part.reward for part in chosen) - clash, (mask, top)

    def _top(self, chosen: Sequence[Part], prices: Sequence[int], skip: int) -> int:
        top = 0
        for n, (part, price) in enumerate(zip(chosen, prices, strict=True)):
            top |= 0 if n == skip else self.crowd.want[part.topic][price]
        return top

    def _settled(self, chosen: Sequence[Part], mask: int, start: int, limits: Sequence[int] | None) -> tuple[list[int], int]:
        """Change the price of one session after the other as long as that lowers the bound."""
        crowd, least = self.crowd, self.ladder[-1]
        seats = [self._limit(part.topic, least) for part in chosen] if limits is None else limits
        tight = [n for n, part in enumerate(chosen) if crowd.fans[part.topic] > seats[n]]
        prices = [start if n in tight else 0 for n in range(len(chosen))]
        best = (self._top(chosen, prices, -1) & mask).bit_count() + self._paid(chosen, prices, limits)
        before = best + 1
        while tight and best < before:
            before = best
            for n in tight:
                rest, now = self._top(chosen, prices, n), prices[n]
                for price in range(crowd.levels + 1):
                    prices[n] = price
                    total = ((rest | crowd.want[chosen[n].topic][price]) & mask).bit_count() + self._paid(
                        chosen, prices, limits
                    )
                    if total < best:
                        best, now = total, price
                prices[n] = now
        return prices, best

    def _limit(self, topic: int, size: int) -> int:
        most = self.instance.topics[topic].most
        return (size if most is None else min(most, size)) - len(self.crowd.need[topic])

    def _paid(self, chosen: Sequence[Part], prices: Sequence[int], limits: Sequence[int] | None) -> int:
        """Return what the seats cost, where rooms are handed out freely when that is done at its best.

        Between two sizes of rooms, as many sessions as there are larger rooms have the seats.
        """
        if limits is not None:
            return sum(price * seats for price, seats in zip(prices, limits, strict=True))
        dear = [(price, part.topic) for part, price in zip(chosen, prices, strict=True) if price]
        total = -sum(price * len(self.crowd.need[topic]) for price, topic in dear)
        for n, size in enumerate(self.ladder if dear else ()):
            below = self.ladder[n + 1] if n + 1 < len(self.ladder) else 0
            most = [(self.instance.topics[topic].most, price) for price, topic in dear]
            parts = [price * ((size if m is None else min(m, size)) - below) for m, price in most]
            total += sum(sorted((p for p in parts if p > 0), reverse=True)[: n + 1]) if size > below else 0
        return total

    def _moderated(self, topic: int, price: int, mask: int, top: int) -> tuple[float, float, int | None]:
        """Return what moderators add at the most, what without a pair, and the only person of a kind a pair depends on.

        They add their bonus less what they miss elsewhere.
        """
        crowd, theme, weights = self.crowd, self.instance.topics[topic], self.instance.weights
        cost: tuple[dict[int, float], dict[int, float]] = ({}, {})
        for person in self._pool(topic):
            kind = self.instance.people[person].experienced
            if person in crowd.need[topic]:
                cost[kind][person] = 0.0
            elif mask >> person & 1:
                has = sum(top >> (k * crowd.width + person) & 1 for k in range(crowd.levels))
                cost[kind][person] = crowd.unit * (has - crowd.weight(person, topic) + price)
        least = [min(kind.values(), default=math.inf) for kind in cost]
        alone = max(0.0, weights.one_moderator / theme.duration - min(least) if theme.moderators else 0.0)
        pair = weights.pair / theme.duration - sum(least) if theme.moderators > 1 else 0.0
        if pair <= alone:
            return alone, alone, None
        only = next((next(iter(kind)) for kind in reversed(cost) if len(kind) == 1), None)
        return pair, alone, only


def _once_each(leads: Sequence[tuple[float, float, int | None]]) -> float:
    """Add up what moderators add: of the pairs that depend on one person, only the dearest is counted."""
    total = 0.0
    best: dict[int, float] = {}
    for value, alone, only in leads:
        total += value if only is None else alone
        if only is not None:
            best[only] = max(best.get(only, 0.0), value - alone)
    return total + sum(best.values())
