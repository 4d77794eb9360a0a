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
        kinds = _kinds([SlotPricer(crowd, slot, certificate) for slot in range(len(instance.slots))])
        tops = [0.0] * len(instance.slots)
        for kind in kinds:
            stored = min(max(0.0, certificate.slots[pricer.slot]) for pricer in kind)
            top = _top(kind[0], stored, over)
            for pricer in kind:
                tops[pricer.slot] = top
        proven = _constant(instance) + sum(_lawful(instance, certificate)) + sum(tops)
        bound = _rounded(proven, instance.step)
        if bound <= claimed + ROUNDING or certificate.links:
            return Verdict(bound, claimed, bound)
        if _closer(kinds, certificate, tops, proven - _next(claimed, instance.step), over):
            return Verdict(claimed, claimed, bound)
        return Verdict(bound, claimed, bound)
    except OutOfTimeError:
        return Verdict(None, claimed, None)


def _lawful(instance: Instance, certificate: Certificate) -> list[float]:
    """Return the prices; that of a topic that may stay out is not below zero."""
    return [p if t.must else max(0.0, p) for p, t in zip(certificate.prices, instance.topics, strict=True)]


def _rounded(bound: float, step: int) -> float:
    """Return the highest score at or below a bound."""
    return math.floor((bound + ROUNDING) / step) * step if step else bound


def _next(score: float, step: int) -> float:
    """Return the lowest score above one."""
    return _rounded(score, step) + step - ROUNDING if step else score + 2 * ROUNDING


def _constant(instance: Instance) -> float:
    weights = instance.weights
    optional = sum(not theme.must for theme in instance.topics)
    return -weights.move_slot * len(instance.previous) - weights.unscheduled * optional


def _kinds(pricers: Sequence[SlotPricer]) -> list[list[SlotPricer]]:
    """Put slots together that offer the same to the same people."""
    found: dict[object, list[SlotPricer]] = {}
    for pricer in pricers:
        found.setdefault((pricer.here, tuple(pricer.ladder), tuple(pricer.parts)), []).append(pricer)
    return list(found.values())


def _top(pricer: SlotPricer, stored: float, over: Callable[[], bool]) -> float:
    """Return the most that any set is worth in the slot, or the stored number when none is worth more than that."""
    top = stored
    if pricer.ladder and pricer.apart() > top + ROUNDING / len(pricer.instance.slots):
        for parts, worth in pricer.above(top):
            _hurry(over)
            if worth > top:
                top = max(top, min(worth, pricer.paid(parts, top)))
    return top


@dataclass(frozen=True)
class _Set:
    """Sessions that can run together, as bits, in which kind of slot (-1: a topic that stays out), and what that loses."""

    loss: float
    kind: int
    topics: int


def _closer(
    kinds: Sequence[Sequence[SlotPricer]],
    certificate: Certificate,
    tops: Sequence[float],
    gap: float,
    over: Callable[[], bool],
) -> bool:
    """Tell whether no plan is within the gap: every set that loses so little is tried in every way."""
    instance, sets = kinds[0][0].instance, []
    empty = [tops[kind[0].slot] for kind in kinds]
    for n, kind in enumerate(kinds):
        for parts, worth in kind[0].above(empty[n] - gap) if kind[0].ladder else ():
            sets.append(_Set(max(0.0, empty[n] - worth), n, sum(1 << part.topic for part in parts)))
            _hurry(over)
    optional = [t for t, theme in enumerate(instance.topics) if not theme.must]
    sets += [_Set(max(0.0, certificate.prices[t]), -1, 1 << t) for t in optional]
    sets.sort(key=lambda one: one.loss)
    cover = _Cover(empty, over)
    return not cover.exists(sets, (1 << len(instance.topics)) - 1, gap, [len(kind) for kind in kinds])


class _Cover:
    """A search for sets that cover each topic once, in the slots there are, within a budget of losses."""

    def __init__(self, empty: Sequence[float], over: Callable[[], bool]) -> None:
        self.empty, self.over = empty, over

    def exists(self, sets: list[_Set], left: int, budget: float, free: Sequence[int]) -> bool:
        _hurry(self.over)
        if not left:
            return sum(count * loss for count, loss in zip(free, self.empty, strict=True)) <= budget
        rarest = self._rarest(sets, left, budget, free)
        for one in sets if rarest else ():
            if one.topics & rarest and one.loss <= budget:
                rest = budget - one.loss
                then = [count - (kind == one.kind) for kind, count in enumerate(free)]
                apart = [s for s in sets if not s.topics & one.topics and s.loss <= rest and (s.kind < 0 or then[s.kind] > 0)]
                if self.exists(apart, left & ~one.topics, rest, then):
                    return True
        return False

    def _rarest(self, sets: list[_Set], left: int, budget: float, free: Sequence[int]) -> int:
        """Return the topic that the fewest sets cover, as a bit; 0 when what is left loses more than the budget."""
        ways: dict[int, int] = {}
        share: dict[int, float] = {}
        by_kind = list(self.empty)
        for one in sets:
            each, bits = one.loss / one.topics.bit_count(), one.topics
            if one.kind >= 0:
                by_kind[one.kind] = min(one.loss, by_kind[one.kind])
            while bits:
                bit = bits & -bits
                ways[bit] = ways.get(bit, 0) + 1
                share[bit] = min(each, share.get(bit, math.inf))
                bits ^= bit
        slots = sum(count * loss for count, loss in zip(free, by_kind, strict=True))
        if sum(ways) != left or max(sum(share.values()), slots) > budget:
            return 0
        return min(ways, key=ways.__getitem__)


def _hurry(over: Callable[[], bool]) -> None:
    if over():
        raise OutOfTimeError
