"""Payments bound a set of sessions: never below what it is worth, and close to it."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from midcycle.engines.solver.payments import Offer, paid

votes = st.dictionaries(st.integers(0, 4), st.integers(1, 3), max_size=4)
pools = st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.just(False)), max_size=2, unique_by=lambda one: one[0])
offers = st.builds(Offer, votes, st.integers(0, 3), st.integers(-5, 5).map(float), pools, st.just(8.0), st.just(4.0))


def worth(sessions: list[Offer]) -> float:
    """Try every way to send people to sessions and to let volunteers lead where they are."""
    best = float("-inf")
    for where in product(range(-1, len(sessions)), repeat=5):
        total = sum(offer.beside for offer in sessions)
        for n, offer in enumerate(sessions):
            there = [p for p in range(5) if where[p] == n]
            kinds = {experienced for p, experienced, _ in offer.pool if p in there}
            lead = offer.pair if len(kinds) > 1 else offer.one if kinds else 0.0
            full = len(there) > offer.seats
            total += float("-inf") if full else 10.0 * sum(offer.votes.get(p, 0) for p in there) + lead
        best = max(best, total)
    return best


@given(st.lists(offers, min_size=1, max_size=2))
@settings(deadline=None, max_examples=60)
def test_the_bound_holds(sessions: list[Offer]) -> None:
    assert paid(sessions, 10.0, float("-inf")) >= worth(sessions) - 1e-6


def test_a_person_counts_once_and_a_full_session_only_its_seats() -> None:
    fans = dict.fromkeys(range(4), 1)
    both = [Offer(fans, 10, 0.0, (), 0.0, 0.0), Offer(fans, 10, 0.0, (), 0.0, 0.0)]
    assert paid(both, 10.0, 40.0) <= 40.5
    assert paid([Offer(fans, 3, 1.5, (), 0.0, 0.0)], 10.0, 0.0) == 31.5
