"""Who could lead a session and who could learn beside: proposals, never more than that. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final, TypeAlias

ASKED_PARTS: Final = ("lead", "shadow")
INVITE_STATES: Final = ("proposed", "asked", "confirmed", "declined")
INVITE_STATE_NAMES: Final[Mapping[str, str]] = {
    "proposed": "Proposed",
    "asked": "Asked, no answer yet",
    "confirmed": "Confirmed",
    "declined": "Declined",
}
# Without these a session should not begin. It may.
NAMED: Final[Mapping[str, str]] = {"lead": "a lead", "note_taker": "a note-taker", "publisher": "a publisher"}

_SWEEPS: Final = 20
_PAIR: Final = 1_000_000_000
_LEAD: Final = 1_000_000
_EXPERIENCED: Final = 10_000
_NEAR: Final = 100
_Place: TypeAlias = tuple[int, str]


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


@dataclass(frozen=True, slots=True)
class Proposal:
    """A volunteer for a part in a session, and why."""

    session: int
    person: int
    part: str
    why: str = ""


@dataclass
class _Pairs:
    """Two places of each session, filled as the search goes."""

    tasks: Mapping[int, Task]
    people: Mapping[int, Volunteer]
    shut: Mapping[int, frozenset[int]]
    load: Counter[int] = field(default_factory=Counter)
    chosen: dict[_Place, int] = field(default_factory=dict)
    sessions: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))


def propose(
    tasks: Iterable[Task], people: Iterable[Volunteer], *, busy: Mapping[int, Collection[int]] | None = None
) -> tuple[Proposal, ...]:
    """Return who could take the open parts, so that as many sessions as possible have somebody experienced beside somebody new.

    After pairs, sessions with a lead count; after those, people who support the topic, and even loads. Nobody is in two places
    at once, does more than they offered, or meets somebody they are kept apart from. `busy` has the times people are needed
    elsewhere. Greedy, then exchanged for as long as it gets better; the same input gives the same proposals.
    """
    known = {person.id: person for person in people}
    shut = {number: who.away | frozenset((busy or {}).get(number, ())) for number, who in known.items()}
    held = _Pairs({task.id: task for task in tasks}, known, shut)
    for task in held.tasks.values():
        held.load.update(person for person in (task.lead, task.shadow) if person is not None)
    places = [(number, part) for number in held.tasks for part in ASKED_PARTS if _given(held.tasks[number], part) is None]
    for _ in range(_SWEEPS):
        filled = [_improve(held, place) for place in places]
        swapped = [_exchange(held, here, there) for here, there in product(places, places)]
        if not any(filled) and not any(swapped):
            break
    return tuple(Proposal(s, person, part, _why(held, s, part, person)) for (s, part), person in sorted(held.chosen.items()))


def missing(parts: Collection[str]) -> tuple[str, ...]:
    """Return who is not named yet of those a session should not begin without, in words."""
    return tuple(words for part, words in NAMED.items() if part not in parts)


def _improve(held: _Pairs, place: _Place) -> bool:
    """Give a place to whoever adds most; tell whether that changed anything."""
    before, found, best = held.chosen.get(place), held.chosen.get(place), 0
    for person in held.people:
        gain = 0 if person == before else _gain(held, {place: person})
        if gain > best:
            best, found = gain, person
    _set(held, {place: found})
    return found != before


def _exchange(held: _Pairs, here: _Place, there: _Place) -> bool:
    """Let somebody go to another place, and whoever was there, or somebody free, take theirs; tell whether it got better."""
    mover, pushed = held.chosen.get(here), held.chosen.get(there)
    if mover is None or here == there:
        return False
    for other in (None, *held.people) if pushed is None else (pushed,):
        if other != mover and _gain(held, {here: other, there: mover}) > 0:
            _set(held, {here: other, there: mover})
            return True
    return False


def _gain(held: _Pairs, change: Mapping[_Place, int | None]) -> int:
    """Return what a change adds; less than nothing where it does not fit. Nothing is changed."""
    before = {place: held.chosen.get(place) for place in change}
    sessions = {number for number, _ in change}
    people = {person for person in (*before.values(), *change.values()) if person is not None}
    was = _worth(held, sessions, people)
    _set(held, dict.fromkeys(change))
    fits = True
    for place, person in change.items():
        fits = fits and (person is None or _fits(held, *place, person))
        _set(held, {place: person})
    gain = _worth(held, sessions, people) - was if fits else -1
    _set(held, before)
    return gain


def _set(held: _Pairs, change: Mapping[_Place, int | None]) -> None:
    """Fill places; while a change is tried somebody may be in one session twice."""
    for place in change:
        before = held.chosen.pop(place, None)
        if before is not None:
            held.load[before] -= 1
            held.sessions[before][place[0]] -= 1
    for place, person in change.items():  # only now: both places may be in one session
        if person is not None:
            held.chosen[place] = person
            held.load[person] += 1
            held.sessions[person][place[0]] += 1


def _fits(held: _Pairs, number: int, part: str, person: int) -> bool:
    task, who = held.tasks[number], held.people[person]
    if person in task.declined or held.load[person] >= who.most or not task.times.isdisjoint(held.shut[person]):
        return False
    beside = _in(held, number, "shadow" if part == "lead" else "lead")
    if beside is not None and (beside == person or not _get_on(who, beside, held.people.get(beside))):
        return False
    return all(n != number and task.times.isdisjoint(held.tasks[n].times) for n in +held.sessions[person])


def _get_on(who: Volunteer, beside: int, other: Volunteer | None) -> bool:
    if beside in who.apart or (other is not None and who.id in other.apart):
        return False
    return other is None or not who.languages or not other.languages or not who.languages.isdisjoint(other.languages)


def _worth(held: _Pairs, sessions: Collection[int], people: Collection[int]) -> int:
    """Return what these sessions and the loads of these people count: pairs, leads, experienced ones, then the rest."""
    worth = -sum(held.load[person] ** 2 for person in people)
    for number in sessions:
        lead, shadow = _in(held, number, "lead"), _in(held, number, "shadow")
        is_pair = _is_pair(held, lead, shadow)
        idle = (number, "shadow") in held.chosen and not is_pair  # nobody learns there
        near = sum(held.chosen.get((number, part)) in held.tasks[number].near for part in ASKED_PARTS)
        if lead is not None:
            worth += _LEAD + _EXPERIENCED * _experienced(held, lead)
        worth += _PAIR * is_pair + _NEAR * (near - 3 * idle)
    return worth


def _is_pair(held: _Pairs, lead: int | None, shadow: int | None) -> bool:
    if lead is None or shadow is None:
        return False
    return _experienced(held, lead) and not _experienced(held, shadow)


def _experienced(held: _Pairs, person: int) -> bool:
    """Somebody who leads without having volunteered chose to: that counts as experience."""
    return person not in held.people or held.people[person].is_experienced


def _given(task: Task, part: str) -> int | None:
    return task.lead if part == "lead" else task.shadow


def _in(held: _Pairs, number: int, part: str) -> int | None:
    given = _given(held.tasks[number], part)
    return held.chosen.get((number, part)) if given is None else given


def _why(held: _Pairs, number: int, part: str, person: int) -> str:
    who = held.people[person]
    times = f"led {who.led} session{'s' * (who.led != 1)} before" if who.led else "has not led before"
    beside = _in(held, number, "shadow" if part == "lead" else "lead")
    near = ", and wants this session" if person in held.tasks[number].near else ""
    if part == "shadow" and beside is not None and _is_pair(held, beside, person):
        return f"New beside somebody experienced{near}."
    return f"{times[0].upper()}{times[1:]}{near}."
