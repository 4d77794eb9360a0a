"""Personal agendas for a given agenda: who sits where, so that most support is attended.

Within one slot the seating is exact (successive best chains of people changing seats, the
transportation problem). Overlapping slots are seated in order of their end, then improved.
"""

from collections.abc import Iterable, Iterator, Mapping

from midcycle.engines.solver.model import Assignment, Id, Problem, Slot, Topic, seats

ENDLESS = 1 << 30
NO_SEAT = -ENDLESS
Wants = Mapping[Id, Mapping[Id, int]]
"""For each person the topics they may sit in, with weights."""


def seat(problem: Problem, assign: Assignment) -> dict[Id, tuple[Id, ...]]:
    """Return the topics of each person who has any, in order of time.

    Needed people sit in their topics, even beyond the seats; one who is needed in two places at
    once sits in the one they want more. Others take at most one session per time, where they are
    present and a seat is left. Works for any agenda, also one with mistakes.
    """
    return _Hall(problem, assign).everyone()


def fill(wants: Wants, room_for: Mapping[Id, int]) -> dict[Id, Id]:
    """Seat people in sessions that run at once: the most weight, one session each, exactly.

    `room_for` has the seats of each session. Returns the session of each seated person.
    """
    table = _Table(wants, room_for)
    waiting = [p for p in wants if wants[p] and not table.sit_freely(p)]
    for person in waiting:
        table.sit_by_chain(person)
    return table.where


class _Table:
    """Sessions of one slot and who sits in them."""

    def __init__(self, wants: Wants, room_for: Mapping[Id, int]) -> None:
        self.wants = wants
        self.left = dict(room_for)
        self.going: dict[Id, dict[Id, None]] = {t: {} for t in room_for}
        self.where: dict[Id, Id] = {}
        self.chains: dict[Id, tuple[int, Id | None, Id | None]] | None = None

    def sit_freely(self, person: Id) -> bool:
        """Seat somebody in the session they want most if it has a seat: never a mistake."""
        wants = self.wants[person]
        top = max(wants.values())
        free = [t for t, weight in wants.items() if weight == top and self.left[t] > 0]
        if free:
            self._sit(person, max(free, key=lambda t: self.left[t]))
        return bool(free)

    def sit_by_chain(self, person: Id) -> None:
        """Seat somebody by the best chain of others moving on; nothing changes if none gains."""
        if self.chains is None:
            self.chains = self._best_chains()
        chains = self.chains
        gains = [(weight + chains[t][0], t) for t, weight in self.wants[person].items()]
        gain, topic = max(gains, key=lambda g: g[0])
        if gain <= 0:
            return
        goes: Id | None = topic
        moving: Id | None = person
        while moving is not None and goes is not None:
            _, leaves, onward = chains[goes]
            if leaves is not None:
                self._rise(leaves, goes)
            self._sit(moving, goes)
            moving, goes = leaves, onward
        self.chains = None

    def _sit(self, person: Id, topic: Id) -> None:
        self.where[person] = topic
        self.going[topic][person] = None
        self.left[topic] -= 1

    def _rise(self, person: Id, topic: Id) -> None:
        del self.where[person]
        del self.going[topic][person]
        self.left[topic] += 1

    def _best_chains(self) -> dict[Id, tuple[int, Id | None, Id | None]]:
        """Return for each session what a seat in it costs (0 or less), who leaves and where to.

        Bellman and Ford on sessions: an arc is the person who loses least by changing.
        """
        chains: dict[Id, tuple[int, Id | None, Id | None]] = {}
        for t in self.left:
            chains[t] = (0, None, None) if self.left[t] > 0 else self._cheapest_exit(t)
        full = [t for t in self.left if self.left[t] <= 0]
        changed = True
        while changed:
            changed = False
            for t in full:
                for gain, leaves, onward in self._moves(t, chains):
                    if gain > chains[t][0]:
                        chains[t] = (gain, leaves, onward)
                        changed = True
        return chains

    def _cheapest_exit(self, topic: Id) -> tuple[int, Id | None, Id | None]:
        going = self.going[topic]
        if not going:
            return (NO_SEAT, None, None)
        person = min(going, key=lambda p: self.wants[p][topic])
        return (-self.wants[person][topic], person, None)

    def _moves(self, topic: Id, chains: Mapping[Id, tuple[int, Id | None, Id | None]]) -> Iterable[tuple[int, Id, Id]]:
        for person in self.going[topic]:
            wants = self.wants[person]
            for other, weight in wants.items():
                if other != topic:
                    yield weight - wants[topic] + chains[other][0], person, other


class _Hall:
    """The whole agenda: sessions by slot, and what each person attends."""

    def __init__(self, problem: Problem, assign: Assignment) -> None:
        self.problem = problem
        slots = {s.id: s for s in problem.slots}
        rooms = {r.id: r for r in problem.rooms}
        self.topics: dict[Id, Topic] = {t.id: t for t in problem.topics}
        self.at: dict[Id, Slot] = {}
        self.left: dict[Id, int] = {}
        for topic, (slot, room) in assign.items():
            if topic in self.topics and slot in slots:
                self.at[topic] = slots[slot]
                limit = seats(self.topics[topic], None if room is None else rooms.get(room))
                self.left[topic] = ENDLESS if limit is None else limit
        self.wants: dict[Id, dict[Id, int]] = {p.id: {} for p in problem.people}
        for support in problem.supports:
            if support.topic in self.at:
                self.wants[support.person][support.topic] = support.weight
        self.held: dict[Id, list[Id]] = {p.id: [] for p in problem.people}
        self.goes: dict[Id, list[Id]] = {p.id: [] for p in problem.people}

    def everyone(self) -> dict[Id, tuple[Id, ...]]:
        self._seat_needed()
        order = sorted(self.problem.slots, key=lambda s: (s.day, s.end, s.start))
        for slot in order:
            self._seat_slot(slot)
        while self._second_look():
            pass
        found = {}
        for person, topics in self.goes.items():
            if topics:
                found[person] = tuple(sorted(topics, key=lambda t: self._time(self.at[t])))
        return found

    def _seat_needed(self) -> None:
        here = {p.id: p for p in self.problem.people}
        for topic, slot in self.at.items():
            for person in dict.fromkeys(self.topics[topic].needed):
                if here[person].present(slot.id):
                    self.held[person].append(topic)
                    self.left[topic] -= 1
        for person, topics in self.held.items():
            wants = self.wants[person]
            for topic in sorted(topics, key=lambda t: -wants.get(t, 0)):
                if not any(self._same_time(topic, other) for other in self.goes[person]):
                    self.goes[person].append(topic)

    def _seat_slot(self, slot: Slot) -> None:
        inside = {t for t, at in self.at.items() if at is slot}
        wants = {}
        for person in self.problem.people:
            busy = {*self.held[person.id], *self.goes[person.id]}
            if person.present(slot.id) and not any(self.at[t].overlaps(slot) for t in busy):
                mine = self.wants[person.id].items()
                wants[person.id] = {t: weight for t, weight in mine if t in inside}
        seated = fill(wants, {t: max(0, self.left[t]) for t in inside})
        for person_id, topic in seated.items():
            self.goes[person_id].append(topic)
            self.left[topic] -= 1

    def _second_look(self) -> bool:
        """Let people change to a session that overlaps what they have and is worth more."""
        changed = False
        for person in self.problem.people:
            wants, goes = self.wants[person.id], self.goes[person.id]
            for topic in self._open_to(person.id):
                clash = [t for t in goes if self._same_time(t, topic)]
                better = wants[topic] > sum(wants.get(t, 0) for t in clash)
                if better and person.present(self.at[topic].id):
                    for t in clash:
                        goes.remove(t)
                        self.left[t] += 1
                    goes.append(topic)
                    self.left[topic] -= 1
                    changed = True
        return changed

    def _open_to(self, person: Id) -> Iterator[Id]:
        for topic in self.wants[person]:
            free = self.left[topic] > 0 and topic not in self.goes[person]
            if free and not any(self._same_time(topic, t) for t in self.held[person]):
                yield topic

    def _same_time(self, one: Id, other: Id) -> bool:
        return self.at[one].overlaps(self.at[other])

    @staticmethod
    def _time(slot: Slot) -> tuple[int, int, int]:
        return (slot.day, slot.start, slot.end)
