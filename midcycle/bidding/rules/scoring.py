"""Points of a group become one figure for each bid, which anybody can compute again. Pure, and exact: no floats."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from midcycle.kernel.words import ngettext

MOST_POINTS: Final = 5
MOST_WEIGHT: Final = 100
LONGEST_NOTE: Final = 500


@dataclass(frozen=True, slots=True)
class Given:
    """Points that a member gave a bid on a criterion, 0 to 5; each of the three by its number."""

    member: int
    bid: int
    criterion: int
    points: int


@dataclass(frozen=True, slots=True)
class Result:
    """How a bid did: mean points for each criterion that has any, and their weighted mean, 0 to 5; None without points."""

    bid: int
    means: Mapping[int, Fraction]
    total: Fraction | None
    rank: int


def results(bids: Sequence[int], weights: Mapping[int, int], given: Sequence[Given]) -> tuple[Result, ...]:
    """Return how each bid did, best first; equal ones share a rank.

    A criterion counts by its weight with the mean of the points members gave, so who may not score a bid, because of an
    interest, neither helps nor harms it. While a criterion of a bid has no points yet, the bid has no total.
    """
    points: dict[tuple[int, int], list[int]] = defaultdict(list)
    for one in given:
        points[one.bid, one.criterion].append(one.points)
    means = {key: Fraction(sum(said), len(said)) for key, said in points.items()}
    totals = {bid: _total({c: means[bid, c] for c in weights if (bid, c) in means}, weights) for bid in bids}
    rows = [
        Result(
            bid,
            {c: means[bid, c] for c in weights if (bid, c) in means},
            total,
            1 + sum(1 for other in totals.values() if (-1 if other is None else other) > (-1 if total is None else total)),
        )
        for bid, total in totals.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.rank))


def _total(means: Mapping[int, Fraction], weights: Mapping[int, int]) -> Fraction | None:
    whole = sum(weights.values())
    if not whole or len(means) < len(weights):
        return None
    return sum((means[c] * weight for c, weight in weights.items()), Fraction()) / whole


def fault_in_silence(members: int, silent: int) -> str | None:
    """Return why nothing can be decided yet: more than half of the group has not scored; None when enough have."""
    if 2 * silent <= members:
        return None
    scored = members - silent
    said = ngettext(
        "Only %(count)s of %(all)s in the group have scored. Half or more have to before anything is decided.",
        "Only %(count)s of %(all)s in the group have scored. Half or more have to before anything is decided.",
        scored,
    )
    return said % {"count": scored, "all": members}


def points_told(points: Fraction | None) -> str:
    """Return points with two decimals, half up; a dash where there are none."""
    if points is None:
        return "\N{EN DASH}"
    hundredths = (points.numerator * 200 + points.denominator) // (2 * points.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"
