"""How many of those with a seat will come, learned from past editions. Pure.

Each past edition is one draw of a share from a beta distribution, which is fitted by moments and mixed with a prior worth one
edition (mean 0.85, spread 0.10); the number who come of `seats` is then beta-binomial (Skellam 1948). The interval is central.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, log
from statistics import fmean
from typing import Final

PRIOR_MEAN: Final = 0.85
PRIOR_SPREAD: Final = 0.10
COVERED: Final = 0.9
MOST_CROWDED: Final = 0.05  # the chance taken that more come than were planned for
_SMALLEST_SPREAD: Final = 0.02
_COUNTED_ONE_BY_ONE: Final = 3_000


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
    fits = min(planned, room)
    if not past or not fits:
        return fits
    if planned > _COUNTED_ONE_BY_ONE:  # there, only the share counts
        share = seats_to_give(_COUNTED_ONE_BY_ONE, 2 * _COUNTED_ONE_BY_ONE, past) / _COUNTED_ONE_BY_ONE
        return min(room, int(planned * share))
    shape = _shape(past)

    def is_safe(seats: int) -> bool:
        return _quantile(_weights(seats, *shape), 1 - MOST_CROWDED) <= planned

    step = 1
    while fits + step <= room and is_safe(fits + step):  # more seats never bring fewer people, so look in steps, then halve
        fits, step = fits + step, step * 2
    while step:
        if fits + step <= room and is_safe(fits + step):
            fits += step
        else:
            step //= 2
    return fits


def _shape(past: Sequence[Share]) -> tuple[float, float]:
    shares = [share.came / share.seats for share in past]
    mean = fmean([PRIOR_MEAN, *shares])
    spread = fmean([PRIOR_SPREAD**2, *((share - mean) ** 2 for share in shares)])
    spread = min(max(spread, _SMALLEST_SPREAD**2), mean * (1 - mean) * 0.9)
    strength = mean * (1 - mean) / spread - 1
    return mean * strength, (1 - mean) * strength


def _weights(seats: int, alpha: float, beta: float) -> list[float]:
    """Return the chance of each number of people, 0 to `seats` (Skellam 1948, the beta-binomial distribution).

    Each follows from the one before; in logarithms, so that none of a large number of seats is lost.
    """
    logs = [0.0]
    for came in range(seats):
        grows = (seats - came) * (came + alpha) / ((came + 1) * (seats - came - 1 + beta))
        logs.append(logs[-1] + log(grows))
    highest = max(logs)
    weights = [exp(each - highest) for each in logs]
    whole = fsum(weights)
    return [weight / whole for weight in weights]


def _quantile(weights: Sequence[float], share: float) -> int:
    total = 0.0
    for number, weight in enumerate(weights):
        total += weight
        if total >= share - 1e-12:
            return number
    return len(weights) - 1
