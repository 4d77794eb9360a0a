"""Who could lead a session and who could learn beside: proposals, never more than that."""

import importlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

PARTS: Final = ("lead", "shadow")


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Somebody who would moderate at most `most` sessions. `led` counts earlier ones; `away` has times by number."""

    id: int
    led: int = 0
    most: int = 2
    away: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()

    @property
    def is_experienced(self) -> bool:
        """Whether they have led a session before."""
        return self.led > 0

    def gets_on(self, other: "Volunteer") -> bool:
        """Tell whether they may be in one session: not kept apart, and with a language in common if both said any."""
        if other.id in self.apart or self.id in other.apart:
            return False
        return not self.languages or not other.languages or not self.languages.isdisjoint(other.languages)


@dataclass(frozen=True, slots=True)
class Task:
    """A session to be moderated, at the `times` it takes (none while it has no place).

    `lead` and `shadow` are those it has; `near` are people who support its topic; who `declined` is not asked again.
    """

    id: int
    times: frozenset[int] = frozenset()
    lead: int | None = None
    shadow: int | None = None
    near: frozenset[int] = frozenset()
    declined: frozenset[int] = frozenset()

    def has(self, part: str) -> int | None:
        """Return who has a part already."""
        return self.lead if part == "lead" else self.shadow


@dataclass(frozen=True, slots=True)
class Proposal:
    """A volunteer for a part in a session, and why."""

    session: int
    person: int
    part: str
    why: str = ""


@dataclass
class Pool:
    """Who may do what: known people, what they have taken on, and when they cannot."""

    tasks: Mapping[int, Task]
    people: Mapping[int, Volunteer]
    load: Counter[int] = field(default_factory=Counter)
    shut: dict[int, frozenset[int]] = field(default_factory=dict)

    def experienced(self, person: int) -> bool:
        """Somebody who leads without having volunteered chose to: that counts as experience."""
        return person not in self.people or self.people[person].is_experienced

    def is_pair(self, lead: int | None, shadow: int | None) -> bool:
        """Tell whether somebody new learns beside somebody experienced."""
        if lead is None or shadow is None:
            return False
        return self.experienced(lead) and not self.experienced(shadow)

    def may(self, task: Task, part: str, who: Volunteer) -> bool:
        """Tell whether somebody can take an open part beside those who are there already."""
        if task.has(part) is not None or who.id in task.declined or not task.times.isdisjoint(self.shut[who.id]):
            return False
        beside = task.has("shadow" if part == "lead" else "lead")
        return beside is None or (beside != who.id and beside not in who.apart and who.gets_on(self._volunteer(beside)))

    def _volunteer(self, person: int) -> Volunteer:
        return self.people.get(person, Volunteer(person))


def propose(
    tasks: Iterable[Task],
    people: Iterable[Volunteer],
    *,
    busy: Mapping[int, Collection[int]] | None = None,
    seconds: float = 8.0,
) -> tuple[Proposal, ...]:
    """Return who could take the open parts, so that as many sessions as possible have somebody experienced beside somebody new.

    Of all proposals with the most such pairs, one with the most sessions that have a lead; of these, the most experienced
    leads; then people who support the topic, and even loads. Nobody is in two places at once, does more than they offered, or
    meets somebody they are kept apart from. `busy` has the times people are needed elsewhere. The same input gives the same
    proposals, unless `seconds` run out for one of the four goals: then the best found so far.
    """
    pool = _pool(tasks, people, busy or {})
    program = importlib.import_module("midcycle.engines.solver.mentoring")  # the libraries for programs take a while to load
    chosen: Mapping[tuple[int, str], int] = program.best_pairs(pool, seconds)
    return tuple(Proposal(s, person, part, _why(pool, chosen, s, part)) for (s, part), person in sorted(chosen.items()))


def _pool(tasks: Iterable[Task], people: Iterable[Volunteer], busy: Mapping[int, Collection[int]]) -> Pool:
    pool = Pool({task.id: task for task in tasks}, {person.id: person for person in people})
    taken: dict[int, set[int]] = defaultdict(set)
    for task in pool.tasks.values():
        for person in {task.lead, task.shadow} - {None}:
            taken[person or 0] |= task.times
            pool.load[person or 0] += 1
    pool.shut = {n: who.away | frozenset(busy.get(n, ())) | taken[n] for n, who in pool.people.items()}
    return pool


def _why(pool: Pool, chosen: Mapping[tuple[int, str], int], number: int, part: str) -> str:
    task, person = pool.tasks[number], chosen[number, part]
    who = pool.people[person]
    times = f"led {who.led} session{'s' * (who.led != 1)} before" if who.led else "has not led before"
    near = ", and wants this session" if person in task.near else ""
    if part == "shadow" and pool.is_pair(chosen.get((number, "lead"), task.lead), person):
        return f"New beside somebody experienced{near}."
    return f"{times[0].upper()}{times[1:]}{near}."
