"""Give the sessions that run together their rooms: the most wanted one the largest room."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

STEPS = (40, 400)
"""How often the search may turn back: first in order of wants, then in order of time. Sessions of one slot never need it."""


class Spot(NamedTuple):
    """A session that wants a room: its slot, the room it is tied to, and whether by both pins."""

    slot: int
    room: int | None
    settled: bool


def fit(
    spots: Sequence[Spot],
    rooms: Sequence[Sequence[int]],
    near: Sequence[Collection[int]],
    start: Sequence[int],
) -> list[int] | None:
    """Return a room for each spot, or None when they do not fit.

    For each slot, `rooms` lists the open rooms, best first, `near` the slots that share time with it (itself too)
    and `start` when it begins. Spots are served in their order, tied ones first; settled ones are never questioned.
    """
    found: dict[int, int] = {}
    used = [0] * len(rooms)
    for i, spot in enumerate(spots):
        if spot.settled and spot.room is not None:
            found[i] = spot.room
            used[spot.slot] |= 1 << spot.room
    waiting = sorted((i for i in range(len(spots)) if i not in found), key=lambda i: spots[i].room is None)
    in_time = sorted(waiting, key=lambda i: (spots[i].room is None, start[spots[i].slot]))
    for order, steps in zip((waiting, in_time), STEPS, strict=True):
        chosen = _search([spots[i] for i in order], rooms, near, list(used), steps)
        if chosen is not None:
            found.update(zip(order, chosen, strict=True))
            return [found[i] for i in range(len(spots))]
    return None


def _search(
    spots: Sequence[Spot],
    rooms: Sequence[Sequence[int]],
    near: Sequence[Collection[int]],
    used: list[int],
    steps: int,
) -> list[int] | None:
    """Take rooms one spot after the other; where none is left, turn back and let the one before take its next."""
    choices = [rooms[spot.slot] if spot.room is None else (spot.room,) for spot in spots]
    chosen: list[int] = []
    after = [0] * (len(spots) + 1)
    while len(chosen) < len(spots):
        here = len(chosen)
        taken = 0
        for slot in near[spots[here].slot]:
            taken |= used[slot]
        step = _next(choices[here], after[here], taken)
        if step is not None:
            chosen.append(choices[here][step])
            used[spots[here].slot] |= 1 << chosen[-1]
            after[here], after[here + 1] = step + 1, 0
        elif not chosen or not steps:
            return None
        else:
            used[spots[here - 1].slot] ^= 1 << chosen.pop()
            steps -= 1
    return chosen


def _next(choices: Sequence[int], begin: int, taken: int) -> int | None:
    for i in range(begin, len(choices)):
        if not taken >> choices[i] & 1:
            return i
    return None
