"""What a move would cost: wishes lost and won, counted by seating everybody anew, and whose conflict it makes. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from midcycle.engines.solver.check import check
from midcycle.engines.solver.model import Assignment, Attendance, Id, Placement, Problem, Slot, Topic
from midcycle.engines.solver.seating import seat
from midcycle.kernel.words import gettext, ngettext, quoted

_MOST_CAUSES = 3
_MOST_CONFLICTS = 2
Miss: TypeAlias = tuple[Id, Id]
"""A person and the topic they support and cannot attend."""


@dataclass(frozen=True, slots=True)
class Price:
    """What happens when a session is put there. `change` counts wishes met more (or, negative, fewer) than now.

    `refused` says why it cannot be done, empty when it can; `conflicts` are those it would make. `words` is all of it.
    """

    slot: Id
    room: Id | None
    change: int = 0
    refused: str = ""
    conflicts: tuple[str, ...] = ()
    why: str = ""
    instead: str = ""
    here: bool = False

    @property
    def words(self) -> str:
        """All of it in sentences."""
        if self.here:
            return gettext("It is here now.")
        if self.refused:
            return self.refused
        more = len(self.conflicts) - _MOST_CONFLICTS
        rest = ngettext("And %(count)s more conflict.", "And %(count)s more conflicts.", more) % {"count": more}
        parts = (*self.conflicts[:_MOST_CONFLICTS], rest if more > 0 else "", self.count, self.instead, self.why)
        return " ".join(part for part in parts if part)

    @property
    def count(self) -> str:
        """The change in words."""
        if not self.change:
            return gettext("No wish is lost by it.")
        count = abs(self.change)
        if self.change > 0:
            return ngettext("%(count)s wish more met.", "%(count)s wishes more met.", count) % {"count": count}
        return ngettext("%(count)s wish lost.", "%(count)s wishes lost.", count) % {"count": count}


class Prices:
    """Prices of moving one topic. Only times that share minutes with the old or the new place are seated anew."""

    def __init__(self, problem: Problem, assign: Assignment, topic: Id) -> None:
        """Know the agenda as it stands."""
        self.problem, self.topic = problem, topic
        self.topics: dict[Id, Topic] = {t.id: t for t in problem.topics}
        slots = {s.id for s in problem.slots}
        self.assign = {t: place for t, place in assign.items() if t in self.topics and place[0] in slots}
        self.cluster = clusters(problem.slots)
        self.slots_of: dict[int, tuple[Slot, ...]] = {}
        for slot in problem.slots:
            at = self.cluster[slot.id]
            self.slots_of[at] = (*self.slots_of.get(at, ()), slot)
        self.wanting: dict[Id, set[Id]] = {}
        for support in problem.supports:
            self.wanting.setdefault(support.topic, set()).add(support.person)
        self.seated: dict[frozenset[tuple[Id, Placement]], tuple[Problem, Attendance]] = {}

    def everywhere(self, places: Iterable[Placement]) -> tuple[Price, ...]:
        """Return the price of each place."""
        return tuple(self.at(place) for place in places)

    def at(self, place: Placement) -> Price:
        """Return the price of putting the topic there."""
        slot, room = place
        now = self.assign.get(self.topic)
        if now == place:
            return Price(slot, room, here=True)
        there = next((t for t, other in self.assign.items() if other == place), None)
        if there is not None and self.topics[there].pinned_slot is not None:
            named = {"title": quoted(self.topics[there].called)}
            return Price(slot, room, refused=gettext("%(title)s is pinned there.") % named)
        after = {**self.assign, self.topic: place}
        if there is not None:
            after.pop(there)
            if now is not None:
                after[there] = now
        return self._compare(place, after, there)

    def off(self) -> Price:
        """Return the price of taking its place away."""
        now = self.assign.get(self.topic)
        if now is None:
            return Price("", None, here=True)
        return self._compare(("", None), {t: p for t, p in self.assign.items() if t != self.topic}, None)

    def _compare(self, place: Placement, after: Assignment, there: Id | None) -> Price:
        touched = {self.cluster[at[0]] for at in (place, self.assign.get(self.topic)) if at and at[0] in self.cluster}
        conflicts: list[str] = []
        causes: Counter[tuple[Id, Id | None]] = Counter()
        was = [self._seat(at, self.assign) for at in touched]
        then = [self._seat(at, after) for at in touched]
        before, later = self._met(was), self._met(then)
        lost, won = before - later, later - before
        known = {finding.sentence for problem, _, assign in was for finding in check(problem, assign, None)}
        for problem, _, assign in then:
            conflicts += [f.sentence for f in check(problem, assign, None) if f.sentence not in known]
        attended = {key: topics for _, attend, _ in then for key, topics in attend.items()}
        for person, topic in lost:
            causes[topic, self._beside(after, topic, attended.get(person, ()))] += 1
        instead = self._instead(there, after)
        return Price(*place, len(won) - len(lost), "", tuple(conflicts), self._why(causes, after, won), instead)

    def _seat(self, at: int, assign: Assignment) -> tuple[Problem, Attendance, Assignment]:
        here = self.slots_of[at]
        inside = {t: place for t, place in assign.items() if self.cluster[place[0]] == at}
        key = frozenset(inside.items())
        if key not in self.seated:
            problem = self._part(here, inside)
            self.seated[key] = (problem, seat(problem, inside))
        return (*self.seated[key], inside)

    def _part(self, slots: tuple[Slot, ...], inside: Assignment) -> Problem:
        """Return the problem of these slots alone; its pins say nothing about a move by hand."""
        ids = {slot.id for slot in slots}
        topics = tuple(
            replace(
                self.topics[t],
                pinned_slot=None,
                pinned_room=None,
                slots=None if (only := self.topics[t].slots) is None else frozenset(only & ids),
            )
            for t in inside
        )
        supports = tuple(support for support in self.problem.supports if support.topic in inside)
        return replace(self.problem, slots=slots, topics=topics, supports=supports)

    def _met(self, seated: Iterable[tuple[Problem, Attendance, Assignment]]) -> set[Miss]:
        return {
            (person, topic)
            for _, attend, _ in seated
            for person, topics in attend.items()
            for topic in topics
            if person in self.wanting.get(topic, ())
        }

    def _beside(self, after: Assignment, topic: Id, attended: Iterable[Id]) -> Id | None:
        """Return what somebody attends at the time of a topic; None: they find no seat, or it has no place."""
        if topic not in after:
            return None
        here = self.cluster[after[topic][0]]
        return next((other for other in attended if self.cluster[after[other][0]] == here), None)

    def _why(self, causes: Counter[tuple[Id, Id | None]], after: Assignment, won: set[Miss]) -> str:
        parts = [self._cause(count, topic, beside, after) for (topic, beside), count in causes.most_common(_MOST_CAUSES)]
        if not parts:
            return ""
        rest = sum(causes.values()) - sum(count for _, count in causes.most_common(_MOST_CAUSES))
        listed = "; ".join(parts)
        told = gettext("%(causes)s, and %(count)s more.") % {"causes": listed, "count": rest} if rest else f"{listed}."
        gained = ngettext("%(count)s won elsewhere.", "%(count)s won elsewhere.", len(won)) % {"count": len(won)}
        return f"{told} {gained}" if won else told

    def _cause(self, count: int, topic: Id, beside: Id | None, after: Assignment) -> str:
        facts = {"count": count, "title": quoted(self.topics[topic].called)}
        if beside is not None:
            elsewhere = ngettext(
                "%(count)s who wants %(title)s would be in %(other)s",
                "%(count)s who want %(title)s would be in %(other)s",
                count,
            )
            return elsewhere % {**facts, "other": quoted(self.topics[beside].called)}
        if topic not in after:
            missed = ngettext(
                "%(count)s would miss %(title)s, which has no place then",
                "%(count)s would miss %(title)s, which has no place then",
                count,
            )
            return missed % facts
        full = ngettext("%(count)s would find no seat in %(title)s", "%(count)s would find no seat in %(title)s", count)
        return full % facts

    def _instead(self, there: Id | None, after: Assignment) -> str:
        if there is None:
            return ""
        named = {"title": quoted(self.topics[there].called)}
        if there in after:
            return gettext("Changes places with %(title)s.") % named
        return gettext("%(title)s loses its place.") % named


def clusters(slots: Iterable[Slot]) -> Mapping[Id, int]:
    """Return for each slot the number of its cluster: slots that share minutes, also by way of others, are in one."""
    found: dict[Id, int] = {}
    end, day, number = -1, None, 0
    for slot in sorted(slots, key=lambda s: (s.day, s.start)):
        if slot.day != day or slot.start >= end:
            number, end, day = number + 1, slot.end, slot.day
        end = max(end, slot.end)
        found[slot.id] = number
    return found
