"""Another bound on what a set of sessions is worth, for those that prices of seats value too high: pay people instead.

Everybody is paid something first, whatever runs; then a session counts what its seats and moderators bring above that. Any
payments give an upper bound (Lagrange); they are improved by steps along the slope (Polyak 1969).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

STEPS: Final = 80


@dataclass(frozen=True)
class Offer:
    """A session: the votes of those who could come, its seats for them, and what counts beside (rewards, votes of the needed).

    `pool` has its volunteers: person, whether experienced, and whether they are needed there. A pair and one moderator count.
    """

    votes: Mapping[int, int]
    seats: int
    beside: float
    pool: Sequence[tuple[int, bool, bool]]
    pair: float
    one: float


def paid(offers: Sequence[Offer], unit: float, bar: float) -> float:
    """Return the best bound found; a bound at or below the bar is good enough."""
    people = {person for offer in offers for person in (*offer.votes, *(p for p, _, needed in offer.pool if not needed))}
    pay = dict.fromkeys(people, 0.0)
    best, factor = math.inf, 1.0
    for _ in range(STEPS):
        now = unit * sum(pay.values()) + sum(_gain(offer, pay, unit) for offer in offers)
        factor = factor if now < best else 0.7 * factor
        best = min(best, now)
        slope = _slope(offers, pay)
        length = sum(x * x for x in slope.values())
        if best <= bar or not length:
            break
        size = factor * max(now - bar, 0.1) / (length * unit)
        pay = {person: max(0.0, pay[person] + size * slope[person]) for person in pay}
    return best


def _gain(offer: Offer, pay: Mapping[int, float], unit: float) -> float:
    above = sorted((vote - pay[p] for p, vote in offer.votes.items() if vote > pay[p]), reverse=True)
    return unit * sum(above[: max(0, offer.seats)]) + _led(offer, pay, unit) + offer.beside


def _led(offer: Offer, pay: Mapping[int, float], unit: float) -> float:
    cost = [math.inf, math.inf]
    for person, experienced, needed in offer.pool:
        lost = 0.0 if needed else unit * max(0.0, pay[person] - offer.votes.get(person, 0))
        cost[experienced] = min(cost[experienced], lost)
    return max(0.0, offer.one - min(cost), offer.pair - sum(cost))


def _slope(offers: Sequence[Offer], pay: Mapping[int, float]) -> dict[int, float]:
    """Return how often each person would be seated, less once."""
    slope = dict.fromkeys(pay, -1.0)
    for offer in offers:
        come = sorted((pay[p] - vote, p) for p, vote in offer.votes.items() if vote > pay[p])
        for _, person in come[: max(0, offer.seats)]:
            slope[person] += 1.0
    return {p: 0.0 if pay[p] <= 0 and x < 0 else x for p, x in slope.items()}
