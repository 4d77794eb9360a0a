"""Everybody's personal agenda on a given grid, moderators first: fast here, exactly in `exact`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from midcycle.engines.solver.instance import Agenda, Grid, Instance, Seat, Spot
from midcycle.engines.solver.native.binding import seat

STEPS = 1 << 12
"""One vote against all the small preferences for seating volunteers where they can moderate."""


def seated(instance: Instance, spots: Mapping[int, Spot]) -> Agenda:
    """Return a plan for the placements: seats slot by slot, moderators among those who sit there anyway."""
    hall = Hallway(instance, spots)
    for slot in sorted({spot.slot for spot in spots.values()}):
        hall.seat([t for t, spot in spots.items() if spot.slot == slot])
    return hall.plan()


class Hallway:
    """Who is where: `goes` has the sessions of each person beside those that need them."""

    def __init__(self, instance: Instance, spots: Mapping[int, Spot]) -> None:
        """Begin with the people sessions need."""
        self.instance, self.spots = instance, spots
        self.spans = {t: instance.span(t, spot.slot) or range(0) for t, spot in spots.items()}
        self.goes: dict[int, list[int]] = defaultdict(list)
        self.busy: dict[int, set[int]] = defaultdict(set)
        self.heads = {t: len(set(instance.topics[t].needed)) for t in spots}
        self.load: Counter[int] = Counter()
        self.moderators: dict[int, tuple[int, ...]] = {}
        self.fans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for person, topic, weight in instance.votes:
            if topic in spots:
                self.fans[topic].append((person, weight))
        for t in spots:
            for person in instance.topics[t].needed:
                self.busy[person].update(self.spans[t])

    def seat(self, topics: Sequence[int]) -> None:
        """Seat people in sessions that begin together, then find their moderators."""
        wants: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for n, t in enumerate(topics):
            span, theme = self.spans[t], self.instance.topics[t]
            pool = set(theme.volunteers)
            for person, weight in self.fans[t]:
                if self.free(person, span):
                    share = weight * STEPS // len(span)
                    wants[person].append((n, share + (2 if person in pool else 0)))
        people = sorted(wants)
        left = [self.instance.seats(t, self.spots[t].room) - self.heads[t] for t in topics]
        for person, n in zip(people, seat([wants[p] for p in people], left), strict=True):
            if n >= 0:
                self.take(person, topics[n])
        for t in topics:
            self.moderators[t] = self._moderators(t)

    def free(self, person: int, span: range) -> bool:
        """Tell whether somebody is there and not elsewhere."""
        return self.busy[person].isdisjoint(span) and self.instance.present(person, span)

    def take(self, person: int, topic: int) -> None:
        """Give somebody a seat."""
        self.goes[person].append(topic)
        self.busy[person].update(self.spans[topic])
        self.heads[topic] += 1

    def _moderators(self, topic: int) -> tuple[int, ...]:
        """Choose a pair among the volunteers who are there anyway, or free; the least loaded first."""
        theme, guests = self.instance.topics[topic], self.instance.people
        if not theme.moderators:
            return ()
        here = [p for p in theme.volunteers if self._may_moderate(p, topic)]
        here.sort(key=lambda p: (topic not in self.goes[p] and p not in theme.needed, self.load[p]))
        experienced = [p for p in here if guests[p].experienced]
        new = [p for p in here if not guests[p].experienced]
        chosen = [*experienced[:1], *new[:1]] if theme.moderators > 1 else here[:1]
        found = []
        for person in chosen:
            if person not in theme.needed and topic not in self.goes[person]:
                if self.heads[topic] >= self.instance.seats(topic, self.spots[topic].room):
                    continue
                self.take(person, topic)
            self.load[person] += 1
            found.append(person)
        return tuple(found)

    def _may_moderate(self, person: int, topic: int) -> bool:
        if self.load[person] >= self.instance.people[person].most_moderations:
            return False
        there = topic in self.goes[person] or person in self.instance.topics[topic].needed
        return there or self.free(person, self.spans[topic])

    def plan(self) -> Agenda:
        """Return what came of it."""
        grid: Grid = {t: Seat(spot.slot, spot.room, self.moderators.get(t, ())) for t, spot in sorted(self.spots.items())}
        return Agenda(grid, agendas(self.spots, self.goes.items()))


def agendas(spots: Mapping[int, Spot], goes: Iterable[tuple[int, Iterable[int]]]) -> dict[int, tuple[int, ...]]:
    """Return the personal agendas in the order of time, without empty ones."""
    return {p: tuple(sorted(topics, key=lambda t: spots[t].slot)) for p, topics in sorted(goes) if topics}
