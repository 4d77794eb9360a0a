"""Invented problems of the format `midcycle-agenda/1`: themes draw people, few topics draw many, rooms get smaller."""

import math
import random
from dataclasses import dataclass, replace

from midcycle.engines.solver.instance import Guest, Hall, Instance, Stretch, Theme, Vote, Weights

PER_DAY = 5


@dataclass(frozen=True)
class Size:
    """How large an event is, and how many votes a person has on average."""

    people: int
    topics: int
    rooms: int
    slots: int
    votes: int


SIZES = {
    "tiny": Size(30, 12, 3, 5, 5),
    "meetup": Size(120, 40, 5, 10, 8),
    "summit": Size(500, 120, 10, 20, 14),
    "conference": Size(2000, 300, 20, 20, 14),
    "congress": Size(5000, 600, 30, 30, 18),
}


def event(size: Size, seed: int, *, long: float = 0.0) -> Instance:
    """Invent an event; a share `long` of its topics takes two slots."""
    rng = random.Random(f"{size} {seed} {long}")
    themes = [rng.randrange(math.isqrt(size.topics) + 2) for _ in range(size.topics)]
    people = [_guest(rng, size) for _ in range(size.people)]
    wants = _wants(rng, size, themes)
    fans: list[list[int]] = [[] for _ in range(size.topics)]
    for person, mine in enumerate(wants):
        for topic in mine:
            fans[topic].append(person)
    topics, votes, busy = [], {(p, t): w for p, mine in enumerate(wants) for t, w in mine.items()}, set()
    for t in range(size.topics):
        theme, lead = _theme(rng, size, themes[t], fans[t], people, busy)
        votes[lead, t] = 3
        busy.add(lead)
        topics.append(replace(theme, duration=2 if rng.random() < long else 1))
    largest = max(range(size.topics), key=lambda t: len(fans[t]))
    topics[largest] = replace(topics[largest], fixed_slot=0, fixed_room=0, most=None, duration=1)
    return Instance(
        slots=tuple(_stretch(s) for s in range(size.slots)),
        rooms=_rooms(size),
        topics=tuple(topics),
        people=tuple(people),
        votes=tuple(Vote(p, t, w) for (p, t), w in sorted(votes.items())),
        weights=Weights(10, 8, 4, 0, 15, 4, 0),
    )


def _stretch(slot: int) -> Stretch:
    day, number = divmod(slot, PER_DAY)
    return Stretch(day, 2 * day + (number > 2), f"{day + 1}.{number + 1}")


def _guest(rng: random.Random, size: Size) -> Guest:
    slots = None
    if rng.random() < 0.1:
        early = rng.random() < 0.5
        slots = frozenset(s for s in range(size.slots) if (s % PER_DAY < 3) == early)
    return Guest(experienced=rng.random() < 0.35, slots=slots, most_moderations=3)


def _wants(rng: random.Random, size: Size, themes: list[int]) -> list[dict[int, int]]:
    pull = [math.exp(rng.gauss(0, 0.7)) for _ in themes]
    found = []
    for _ in range(size.people):
        liked = {theme: rng.uniform(0.4, 1) for theme in rng.sample(sorted(set(themes)), min(2, len(set(themes))))}
        odds = [p * (0.06 + liked.get(theme, 0.0)) for p, theme in zip(pull, themes, strict=True)]
        count = max(1, min(size.topics, int(rng.gammavariate(4, size.votes / 4))))
        eager = sorted(range(size.topics), key=lambda t: rng.expovariate(1) / odds[t])[:count]
        found.append({t: 2 if rng.random() < 0.15 else 1 for t in eager})
    return found


def _theme(
    rng: random.Random, size: Size, theme: int, fans: list[int], people: list[Guest], busy: set[int]
) -> tuple[Theme, int]:
    """Return a topic and who leads it: somebody who is there all the time, and leads nothing else if that can be."""
    always = [p for p in fans if people[p].slots is None] or [p for p in range(size.people) if people[p].slots is None]
    lead = min(always, key=lambda p: (p in busy, rng.random()))
    most = rng.choices((None, 35, 25), (0.5, 0.35, 0.15))[0]
    most = most if most is None or size.people <= 600 else most * 2
    pool = [p for p in fans if p != lead]
    helpers = tuple(sorted(rng.sample(pool, min(len(pool), rng.randint(2, 6)))))
    return Theme("", theme, 1, most, must=True, needed=(lead,), volunteers=helpers, moderators=2), lead


def _rooms(size: Size) -> tuple[Hall, ...]:
    first = max(40, int(size.people * (0.9 if size.people <= 600 else 0.35)))
    steps = max(1, size.rooms - 2)
    sizes = [first] + [round(max(30.0, 0.55 * first * (30 / (0.55 * first)) ** (r / steps))) for r in range(size.rooms - 1)]
    shut = frozenset(s for s in range(size.slots) if s // PER_DAY == 0 and s % PER_DAY > 2)
    return tuple(Hall(seats, shut if r == size.rooms - 1 and size.rooms > 4 else frozenset()) for r, seats in enumerate(sizes))
