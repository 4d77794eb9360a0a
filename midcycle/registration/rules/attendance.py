"""How many of those with a seat will come, learned from past editions. Pure.

Each past edition is one draw of a share from a beta distribution, which is fitted by moments and mixed with a prior worth one
edition (mean 0.85, spread 0.10); the number who come of `seats` is then beta-binomial (Skellam 1948). The interval is central.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma
from statistics import fmean
from typing import Final

PRIOR_MEAN: Final = 0.85
PRIOR_SPREAD: Final = 0.10
COVERED: Final = 0.9
MOST_CROWDED: Final = 0.05  # the chance taken that more come than were planned for
_SMALLEST_SPREAD: Final = 0.02


@dataclass(frozen=True)
class Share:
    """How many of those with a seat came to a past edition."""

    label: str
    seats: int
    came: int

    @property
    def percent(self) -> int:
        """Return the share in whole percent."""
        return round(100 * self.came / self.seats)


@dataclass(frozen=True)
class Attendance:
    """How many come of so many seats: the middle and an interval that holds nine times of ten."""

    seats: int
    low: int
    middle: int
    high: int


def expected(seats: int, past: Sequence[Share]) -> Attendance:
    """Return how many of those with a seat will come."""
    weights = _weights(seats, *_shape(past))
    tail = (1 - COVERED) / 2
    return Attendance(seats, _quantile(weights, tail), _quantile(weights, 0.5), _quantile(weights, 1 - tail))


def seats_to_give(planned: int, room: int, past: Sequence[Share]) -> int:
    """Return how many seats to give out so that more than `planned` come at most once in twenty times, within the room.

    Without a past edition nothing is known, and no seat is given twice.
    """
    if not past:
        return min(planned, room)
    shape = _shape(past)
    best = min(planned, room)
    while best < room and _quantile(_weights(best + 1, *shape), 1 - MOST_CROWDED) <= planned:
        best += 1
    return best


def _shape(past: Sequence[Share]) -> tuple[float, float]:
    shares = [share.came / share.seats for share in past]
    mean = fmean([PRIOR_MEAN, *shares])
    spread = fmean([PRIOR_SPREAD**2, *((share - mean) ** 2 for share in shares)])
    spread = min(max(spread, _SMALLEST_SPREAD**2), mean * (1 - mean) * 0.9)
    strength = mean * (1 - mean) / spread - 1
    return mean * strength, (1 - mean) * strength


def _weights(seats: int, alpha: float, beta: float) -> list[float]:
    """Return the chance of each number of people, 0 to `seats` (Skellam 1948, the beta-binomial distribution)."""
    fixed = lgamma(seats + 1) + lgamma(alpha + beta) - lgamma(seats + alpha + beta) - lgamma(alpha) - lgamma(beta)
    return [
        exp(fixed - lgamma(came + 1) - lgamma(seats - came + 1) + lgamma(came + alpha) + lgamma(seats - came + beta))
        for came in range(seats + 1)
    ]


def _quantile(weights: Sequence[float], share: float) -> int:
    total = 0.0
    for number, weight in enumerate(weights):
        total += weight
        if total >= share - 1e-12:
            return number
    return len(weights) - 1
