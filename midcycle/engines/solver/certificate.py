"""Check a proven bound without the solver: one pass over all slots at the stored prices.

If more was claimed than that proves, every set of sessions that is close enough to the bound is tried in every way.

For any prices, no plan is worth more than their sum plus, for each slot, the most that any set of sessions is worth beyond its
prices (Lagrange's bound). A plan above some value uses only sets that lose less than the bound's distance to that value.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from midcycle.engines.solver.instance import Certificate, Instance
from midcycle.engines.solver.pricing import Crowd, SlotPricer

ROUNDING = 1e-4


class OutOfTimeError(Exception):
    """The check took longer than it may."""


@dataclass(frozen=True)
class Verdict:
    """What was found: a bound proven here (None: no time), and whether it is what the certificate claims."""

    bound: float | None
    claimed: float
    by_prices: float | None

    @property
    def holds(self) -> bool:
        """Tell whether the claim was confirmed."""
        return self.bound is not None and self.bound <= self.claimed + 2 * ROUNDING


def verify_bound(instance: Instance, certificate: Certificate, over: Callable[[], bool]) -> Verdict:
    """Prove the certificate's bound again. `over` tells when to give up."""
    claimed = certificate.bound
    crowd = Crowd(instance)
    try:
        tops = [_top(crowd, slot, certificate, over) for slot in range(len(instance.slots))]
        bound = _constant(instance) + sum(_lawful(instance, certificate)) + sum(tops)
        if bound <= claimed + ROUNDING or certificate.links:
            return Verdict(bound, claimed, bound)
        if _closer(crowd, certificate, tops, bound - claimed - 2 * ROUNDING, over):
            return Verdict(claimed, claimed, bound)
        return Verdict(bound, claimed, bound)
    except OutOfTimeError:
        return Verdict(None, claimed, None)


def _lawful(instance: Instance, certificate: Certificate) -> list[float]:
    """Return the prices; that of a topic that may stay out is not below zero."""
    return [p if t.must else max(0.0, p) for p, t in zip(certificate.prices, instance.topics, strict=True)]


def _constant(instance: Instance) -> float:
    weights = instance.weights
    optional = sum(not theme.must for theme in instance.topics)
    return -weights.move_slot * len(instance.previous) - weights.unscheduled * optional


def _top(crowd: Crowd, slot: int, certificate: Certificate, over: Callable[[], bool]) -> float:
    """Return the most that any set is worth in the slot, or the stored number when none is worth more than that."""
    pricer = SlotPricer(crowd, slot, certificate)
    top = max(0.0, certificate.slots[slot])
    if pricer.ladder and pricer.apart() > top + ROUNDING / len(crowd.instance.slots):
        for _, worth in pricer.above(top):
            top = max(top, worth)
            _hurry(over)
    return top


def _closer(crowd: Crowd, certificate: Certificate, tops: Sequence[float], gap: float, over: Callable[[], bool]) -> bool:
    """Tell whether no plan is within the gap: every set that loses so little is tried in every way."""
    sets = []
    for slot, top in enumerate(tops):
        pricer = SlotPricer(crowd, slot, certificate)
        for parts, worth in pricer.above(top - gap) if pricer.ladder else ():
            sets.append((max(0.0, top - worth), 1 << slot, sum(1 << part.topic for part in parts)))
            _hurry(over)
    spare = [(max(0.0, certificate.prices[t]), 0, 1 << t) for t, theme in enumerate(crowd.instance.topics) if not theme.must]
    sets.extend(spare)
    topics = (1 << len(crowd.instance.topics)) - 1
    return not _covered(sorted(sets), topics, gap, tuple(tops), over)


def _covered(
    sets: list[tuple[float, int, int]], left: int, budget: float, tops: Sequence[float], over: Callable[[], bool]
) -> bool:
    """Tell whether sets cover what is left, each topic once and each slot at most once, within the budget of losses."""
    _hurry(over)
    if not left:
        return sum(tops) <= budget
    ways: dict[int, int] = {}
    least: dict[int, float] = {}
    by_slot = {1 << s: top for s, top in enumerate(tops) if top}
    for loss, slot, topics in sets:
        share, bits = loss / topics.bit_count(), topics
        by_slot[slot] = min(loss, by_slot.get(slot, 0.0))
        while bits:
            bit = bits & -bits
            ways[bit] = ways.get(bit, 0) + 1
            least[bit] = min(share, least.get(bit, math.inf))
            bits ^= bit
    if sum(ways) != left or max(sum(least.values()), sum(by_slot.values())) > budget:
        return False
    rarest = min(ways, key=ways.__getitem__)
    for loss, slot, topics in sets:
        if topics & rarest and loss <= budget:
            rest = budget - loss
            apart = [s for s in sets if not s[2] & topics and not s[1] & slot and s[0] <= rest]
            free = [0.0 if 1 << s == slot else top for s, top in enumerate(tops)]
            if _covered(apart, left & ~topics, rest, free, over):
                return True
    return False


def _hurry(over: Callable[[], bool]) -> None:
    if over():
        raise OutOfTimeError
