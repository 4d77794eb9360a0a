"""Small problems of the format `midcycle-agenda/1` with everything in them, to be solved by the thousand."""

import random
from dataclasses import replace

from bench.tools.events import Size, event
from midcycle.engines.solver.instance import Guest, Hall, Instance, Spot, Stretch, Theme, Vote, Weights


def odd(seed: int) -> Instance:
    """Return a problem: every third a small event as they are, the others with rules that nobody would think of together."""
    rng = random.Random(f"odd {seed}")
    if seed % 3 == 0:
        slots = rng.randint(3, 8)
        rooms = rng.randint(2, 5)
        size = Size(rng.randint(10, 60), rng.randint(2, max(2, slots * rooms * 2 // 3)), rooms, slots, rng.randint(2, 8))
        made = event(size, seed, long=rng.choice((0.0, 0.15, 0.3)))
        return replace(made, weights=_weights(rng)) if rng.random() < 0.5 else made
    slots, rooms, people = rng.randint(1, 8), rng.randint(1, 5), rng.randint(1, 40)
    topics = rng.randint(1, max(1, slots * rooms * 3 // 4))
    strict = rng.random() * 0.2
    block = rng.randint(1, 4)
    wants = {(rng.randrange(people), rng.randrange(topics)): rng.choice((1, 1, 1, 2, 3, 9)) for _ in range(people * 6)}
    made = Instance(
        slots=tuple(Stretch(s // 4, s // block, f"{s}") for s in range(slots)),
        rooms=tuple(Hall(rng.choice((1, 3, 6, 15, 40)), _some(rng, slots, strict / 3)) for _ in range(rooms)),
        topics=tuple(_theme(rng, (slots, rooms, people), strict) for _ in range(topics)),
        people=tuple(_guest(rng, slots, strict) for _ in range(people)),
        votes=tuple(Vote(p, t, w) for (p, t), w in sorted(wants.items())),
        reserved=_some(rng, slots, strict / 3),
        weights=_weights(rng),
    )
    return replace(made, previous=_previous(made, rng)) if rng.random() < 0.4 else made


def _some(rng: random.Random, count: int, share: float) -> frozenset[int]:
    return frozenset(n for n in range(count) if rng.random() < share)


def _theme(rng: random.Random, sizes: tuple[int, int, int], strict: float) -> Theme:
    slots, rooms, people = sizes
    return Theme(
        track=rng.randrange(4),
        duration=rng.choice((1, 1, 1, 1, 1, 2, 2, 3, 4)) if rng.random() < 0.7 else 1,
        most=rng.choice((None, None, 2, 8, 25)),
        must=rng.random() < 0.45,
        fixed_slot=rng.randrange(slots) if rng.random() < strict / 2 else None,
        fixed_room=rng.randrange(rooms) if rng.random() < strict / 2 else None,
        slots=_some(rng, slots, 0.7) if rng.random() < strict else None,
        needed=tuple(rng.sample(range(people), min(people, rng.choice((0, 0, 1, 1, 2))))),
        volunteers=tuple(sorted(rng.sample(range(people), min(people, rng.choice((0, 1, 2, 4)))))),
        moderators=rng.choice((0, 1, 2, 2, 3)),
    )


def _guest(rng: random.Random, slots: int, strict: float) -> Guest:
    there = _some(rng, slots, 0.6) if rng.random() < strict else None
    return Guest(rng.random() < 0.4, lead=False, slots=there, most_moderations=rng.choice((0, 1, 1, 3)))


def _weights(rng: random.Random) -> Weights:
    small = (0, 0, 1, 4, 15, 2.5)
    given = [rng.choice(small) for _ in range(6)]
    return Weights(rng.choice((1, 10, 10, 10, 0.3)), *given)


def _previous(made: Instance, rng: random.Random) -> dict[int, Spot]:
    """Return an agenda that was out once; it need not be possible any more."""
    known = [t for t in range(len(made.topics)) if rng.random() < 0.8]
    return {t: Spot(rng.randrange(len(made.slots)), rng.randrange(len(made.rooms))) for t in known}
