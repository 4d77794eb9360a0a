"""Why no agenda can keep every rule: a smallest set of demands that contradict each other, in words.

Demands are left out as long as the rest still contradicts itself (a deletion filter: Chinneck, Feasibility and Infeasibility in
Optimization, 2008); giving up any one of those that remain makes the rest possible.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from midcycle.engines.solver.exact import HALF, Program
from midcycle.engines.solver.glance import at_a_glance, too_large
from midcycle.engines.solver.instance import Instance, Spot
from midcycle.kernel.words import gettext, ngettext


@dataclass(frozen=True)
class Demand:
    """One demand that could be given up: what kind it is and of whom."""

    kind: str
    key: int


@dataclass(frozen=True)
class Names:
    """How sentences call topics, rooms and people; without any they are numbers."""

    topics: Sequence[str] = ()
    rooms: Sequence[str] = ()
    people: Sequence[str] = ()

    def topic(self, key: int) -> str:
        """Return what begins a sentence about a topic."""
        return self.topics[key] if self.topics else f"Topic {key}"

    def room(self, key: int) -> str:
        """Return a room within a sentence."""
        return self.rooms[key] if self.rooms else f"room {key}"

    def person(self, key: int) -> str:
        """Return a person within a sentence."""
        return self.people[key] if self.people else f"person {key}"

    def persons(self, keys: Sequence[int]) -> str:
        """Return several people within a sentence."""
        if self.people or len(keys) == 1:
            return ", ".join(self.person(key) for key in keys)
        return f"persons {', '.join(map(str, keys))}"


_NUMBERS = Names()


def contradictions(instance: Instance, over: Callable[[], bool], names: Names = _NUMBERS) -> list[str]:
    """Return sentences that name a smallest contradiction; none when there is none, or none was found before it was `over`."""
    seen = at_a_glance(instance)
    demands = list(_demands(instance))
    if seen or too_large(instance) or _possible(instance, demands):
        return seen
    least = _least(demands, lambda rest: not _possible(instance, rest), over)
    if least is None:
        return []
    head = gettext("No agenda can meet these demands together; give up one of them:")
    return [head, *(f"- {_sentence(instance, demand, names)}" for demand in least)]


def _demands(instance: Instance) -> Iterator[Demand]:
    """Yield every demand that could matter."""
    wanted = Counter(p for theme in instance.topics if theme.must for p in set(theme.needed))
    for t, theme in enumerate(instance.topics):
        if theme.must:
            yield Demand("must", t)
            given = {"fixed_slot": theme.fixed_slot, "fixed_room": theme.fixed_room, "slots": theme.slots}
            yield from (Demand(kind, t) for kind, value in given.items() if value is not None)
            if theme.needed:
                yield Demand("seats", t)
    for p, count in wanted.items():
        if instance.people[p].slots is not None:
            yield Demand("absent", p)
        if count > 1:
            yield Demand("twice", p)
    yield from (Demand("closed", r) for r, room in enumerate(instance.rooms) if room.closed)
    yield from (Demand("reserved", s) for s in sorted(instance.reserved))


def _least(
    demands: Sequence[Demand], contradict: Callable[[Sequence[Demand]], bool], over: Callable[[], bool]
) -> list[Demand] | None:
    """Leave out demands, many at a time first, while the rest contradicts itself; None when there was no time."""
    kept, size = list(demands), max(1, len(demands) // 2)
    while True:
        at = 0
        while at < len(kept):
            if over():
                return None
            rest = kept[:at] + kept[at + size :]
            if contradict(rest):
                kept = rest
            else:
                at += size
        if size == 1:
            return kept
        size = max(1, size // 2)


def some_places(instance: Instance, seconds: float) -> dict[int, Spot] | None:
    """Return places for all that must take place, with every rule kept; None when none were found in the time."""
    if too_large(instance):
        return None
    program = _Possible(instance, list(_demands(instance)))
    return program.places(seconds) if program.built() else None


class _Possible:
    """A program whose solutions are the agendas that meet the demands."""

    def __init__(self, instance: Instance, demands: Sequence[Demand]) -> None:
        self.instance = instance
        self.asked = {(demand.kind, demand.key) for demand in demands}
        self.program = Program()
        self.spots: list[tuple[int, Spot]] = []

    def places(self, seconds: float) -> dict[int, Spot] | None:
        """Return the places of a solution."""
        values, _, _ = self.program.solve(seconds)
        return None if values is None else {t: spot for (t, spot), x in zip(self.spots, values, strict=True) if x > HALF}

    def solved(self) -> bool:
        """Tell whether there is a solution, or none was ruled out in the time."""
        return self.built() and (not self.program.worth or self.program.feasible(5.0))

    def built(self) -> bool:
        """Write it down; False when a topic has no place at all."""
        rooms: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
        people: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
        for t, theme in enumerate(self.instance.topics):
            if ("must", t) not in self.asked:
                continue
            mine = []
            bound = [p for p in set(theme.needed) if ("twice", p) in self.asked]
            for span, room in self._places(t):
                column = self.program.column(0.0)
                self.spots.append((t, Spot(span.start, room)))
                mine.append((column, 1.0))
                for slot in span:
                    rooms[room, slot].append((column, 1.0))
                for person, slot in product(bound, span):
                    people[person, slot].append((column, 1.0))
            if not mine:
                return False
            self.program.row(1, 1, mine)
        for entries in (*rooms.values(), *people.values()):
            self.program.row(0, 1, entries)
        return True

    def _places(self, topic: int) -> Iterator[tuple[range, int]]:
        """Yield where a topic may be as far as the demands say."""
        instance, theme, asked = self.instance, self.instance.topics[topic], self.asked
        for start in range(len(instance.slots)):
            span = instance.span(topic, start)
            if span is None or any(("reserved", s) in asked for s in span):
                continue
            if ("fixed_slot", topic) in asked and start != theme.fixed_slot:
                continue
            if ("slots", topic) in asked and start not in (theme.slots or ()):
                continue
            if any(("absent", p) in asked and not instance.present(p, span) for p in theme.needed):
                continue
            yield from ((span, room) for room in self._rooms(topic, span))

    def _rooms(self, topic: int, span: range) -> Iterator[int]:
        theme, asked = self.instance.topics[topic], self.asked
        for r, room in enumerate(self.instance.rooms):
            if ("fixed_room", topic) in asked and r != theme.fixed_room:
                continue
            if ("closed", r) in asked and not room.closed.isdisjoint(span):
                continue
            if ("seats", topic) in asked and self.instance.seats(topic, r) < len(set(theme.needed)):
                continue
            yield r


def _possible(instance: Instance, demands: Sequence[Demand]) -> bool:
    return _Possible(instance, demands).solved()


def _sentence(instance: Instance, demand: Demand, names: Names) -> str:
    key = demand.key
    if demand.kind in {"absent", "twice"}:
        slots = sorted(instance.people[key].slots or ())
        told = {"name": _begin(names.person(key)), "slots": _slots(instance, slots)}
        if demand.kind == "twice":
            return gettext("%(name)s cannot be in two sessions at once.") % told
        return (gettext("%(name)s is there only in %(slots)s.") if slots else gettext("%(name)s is never there.")) % told
    if demand.kind == "closed":
        told = {"room": _begin(names.room(key)), "slots": _slots(instance, sorted(instance.rooms[key].closed))}
        return gettext("%(room)s is closed in %(slots)s.") % told
    if demand.kind == "reserved":
        return gettext("%(slot)s is kept free.") % {"slot": _begin(_slots(instance, [key]))}
    return _of_topic(instance, demand, names)


def _of_topic(instance: Instance, demand: Demand, names: Names) -> str:
    theme, called = instance.topics[demand.key], names.topic(demand.key)
    if demand.kind == "fixed_slot":
        place = _slots(instance, [theme.fixed_slot or 0])
        return gettext("%(title)s is fixed to %(place)s.") % {"title": called, "place": place}
    if demand.kind == "fixed_room":
        return gettext("%(title)s is fixed to %(place)s.") % {"title": called, "place": names.room(theme.fixed_room or 0)}
    if demand.kind == "slots":
        allowed = _slots(instance, sorted(theme.slots or ()))
        return gettext("%(title)s may begin only in %(slots)s.") % {"title": called, "slots": allowed}
    people = sorted(set(theme.needed))
    if demand.kind == "seats":
        seats = ngettext(
            "%(title)s needs seats for the %(count)s people it cannot do without.",
            "%(title)s needs seats for the %(count)s people it cannot do without.",
            len(people),
        )
        return seats % {"title": called, "count": len(people)}
    return _must(called, theme.duration, names.persons(people) if people else "")


def _must(title: str, length: int, people: str) -> str:
    told = {"title": title, "count": length, "people": people}
    if length <= 1:
        with_whom = gettext("%(title)s must take place with %(people)s.")
        return (with_whom if people else gettext("%(title)s must take place.")) % told
    if people:
        long = ngettext(
            "%(title)s must take place for %(count)s slots in a row with %(people)s.",
            "%(title)s must take place for %(count)s slots in a row with %(people)s.",
            length,
        )
        return long % told
    alone = ngettext(
        "%(title)s must take place for %(count)s slots in a row.",
        "%(title)s must take place for %(count)s slots in a row.",
        length,
    )
    return alone % told


def _begin(words: str) -> str:
    return words[:1].upper() + words[1:]


def _slots(instance: Instance, slots: Sequence[int]) -> str:
    names = [instance.slots[s].label or str(s) for s in slots]
    if not names:
        return gettext("no slot")
    if len(names) == 1:
        return gettext("slot %(name)s") % {"name": names[0]}
    return gettext("slots %(names)s") % {"names": ", ".join(names)}
