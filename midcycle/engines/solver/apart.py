"""A first bound, at once and for any size: every session in its own room as if nobody wanted two things at the same time.

It is a transportation problem, sessions to rooms of some size, so its prices of topics are good ones to begin with.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from midcycle.engines.solver.columns import Kind, Prices
from midcycle.engines.solver.instance import Instance
from midcycle.engines.solver.master import ENDLESS, solver


def first_prices(instance: Instance, kinds: Sequence[Kind]) -> list[tuple[Prices, list[float]]]:
    """Return prices of topics and, for each kind of slot, the most it is worth beyond them; none for long sessions.

    The second ones know that nobody can attend more than there are slots: where many want more than that, they prove more.
    """
    if not kinds or any(theme.duration > 1 for theme in instance.topics):
        return []
    too_much = _too_much(instance, kinds)
    pays = [[0] * len(instance.people), too_much] if any(too_much) else [[0] * len(instance.people)]
    return [_priced(instance, kinds, pay) for pay in pays]


def _too_much(instance: Instance, kinds: Sequence[Kind]) -> list[int]:
    """Return for each person the weight of the best vote that there is no slot for: what a slot is worth to them."""
    found = []
    slots = [slot for kind in kinds for slot in kind.slots]
    for wants, guest in zip(instance.wants, instance.people, strict=True):
        there = len(slots) if guest.slots is None else sum(slot in guest.slots for slot in slots)
        found.append(0 if len(wants) <= there else sorted(wants.values(), reverse=True)[there])
    return found


def _priced(instance: Instance, kinds: Sequence[Kind], pay: Sequence[int]) -> tuple[Prices, list[float]]:
    """Return prices when each person is paid something in each slot, whatever runs."""
    halls = Counter(size for kind in kinds for size in kind.offers.ladder for _ in kind.slots)
    sizes = sorted(halls)
    extra = [0.0] * len(instance.topics)
    for kind in kinds:
        for n, (topic, _) in enumerate(kind.pieces):
            extra[topic] = max(extra[topic], kind.offers.bonus[n] + kind.offers.promise[n])
    worth = _worth(instance, range(len(instance.people)), sizes, pay) + np.array(extra)[:, None]
    topics = _solved(instance, worth, [halls[size] for size in sizes])
    tops = _tops(instance, kinds, topics, pay)
    return Prices(topics, tops, {}), tops


def _tops(instance: Instance, kinds: Sequence[Kind], prices: Sequence[float], pay: Sequence[int]) -> list[float]:
    found = []
    for kind in kinds:
        slot = kind.slots[0]
        here = [p for p, guest in enumerate(instance.people) if guest.slots is None or slot in guest.slots]
        ladder = sorted(set(kind.offers.ladder))
        topics = [topic for topic, _ in kind.pieces]
        worth = _worth(instance, here, ladder, pay)[topics]
        beside = np.array(kind.offers.bonus) + np.array(kind.offers.promise) - np.array([prices[t] for t in topics])
        best = np.maximum(0.0, (worth + beside[:, None]).max(axis=0))
        at = {size: float(best[n]) for n, size in enumerate(ladder)}
        paid = instance.weights.attend * sum(pay[p] for p in here)
        found.append(paid + sum(at[size] for size in kind.offers.ladder))
    return found


def _worth(instance: Instance, crowd: Sequence[int], sizes: Sequence[int], pay: Sequence[int]) -> np.ndarray:
    """Return the score each topic adds in rooms of each size to what the people of a crowd are paid."""
    here = set(crowd)
    weights: list[list[int]] = [[] for _ in instance.topics]
    own = [-sum(pay[p] for p in set(theme.needed)) for theme in instance.topics]
    needed = [set(theme.needed) for theme in instance.topics]
    for person, topic, weight in instance.votes:
        if person in needed[topic]:
            own[topic] += weight
        elif person in here and weight > pay[person]:
            weights[topic].append(weight - pay[person])
    table = np.zeros((len(instance.topics), len(sizes)))
    for t, mine in enumerate(weights):
        sums = [0, *accumulate(sorted(mine, reverse=True))]
        most = instance.topics[t].most
        seats = [(size if most is None else min(size, most)) - len(needed[t]) for size in sizes]
        table[t] = [own[t] + sums[max(0, min(n, len(mine)))] for n in seats]
    return instance.weights.attend * table


def _solved(instance: Instance, worth: np.ndarray, halls: Sequence[int]) -> list[float]:
    """Return the prices of topics of the transportation problem."""
    topics, sizes = worth.shape
    lp = solver()
    must = np.array([1.0 if theme.must else 0.0 for theme in instance.topics])
    nothing = np.array([], dtype=np.int32)
    least = np.concatenate([must, np.full(sizes, -ENDLESS)])
    most = np.concatenate([np.ones(topics), np.array(halls, dtype=float)])
    lp.addRows(topics + sizes, least, most, 0, nothing, nothing, np.array([]))
    count = topics * sizes
    index = np.empty(2 * count, dtype=np.int32)
    index[0::2] = np.repeat(np.arange(topics), sizes)
    index[1::2] = topics + np.tile(np.arange(sizes), topics)
    start = np.arange(0, 2 * count, 2, dtype=np.int32)
    lp.addCols(count, -worth.ravel(), np.zeros(count), np.ones(count), 2 * count, start, index, np.ones(2 * count))
    lp.run()
    dual = -np.asarray(lp.getSolution().row_dual)[:topics]
    return [float(x) if theme.must else max(0.0, float(x)) for x, theme in zip(dual, instance.topics, strict=True)]
