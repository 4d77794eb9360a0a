"""Schulze's method for rankings with "no opinion" and equal places (Schulze 2011, Social Choice and Welfare 36). Pure.

The strength of a topic over another is how many rank both and prefer it (winning votes); who ranked only one of them says
nothing about the two. A path is as strong as its weakest step, and a topic beats another when its strongest path to it is
stronger than the one back.
"""

from collections.abc import Iterable, Mapping, Sequence

Ballot = Mapping[int, int]
"""The place of each topic somebody ranked, the lowest first; equal places are equal."""


def defeats(topics: Sequence[int], ballots: Iterable[Ballot]) -> dict[int, int]:
    """Return how many topics beat each: sorting by it keeps to every defeat, as the relation is transitive.

    Topics are reached from each other as ever weaker steps are allowed, sets of topics being bits of whole numbers: whoever
    reaches first wins. The work grows with topics x (steps that join something new), not with the cube of the topics.
    """
    number = {topic: at for at, topic in enumerate(topics)}
    reaches = [1 << at for at in range(len(topics))]
    reached = list(reaches)
    beaten = [0] * len(topics)
    for steps in _by_strength(number, ballots):
        before = list(reaches)
        for winner, loser in steps:
            _join(reaches, reached, winner, loser)
        for at, now in enumerate(reaches):
            for other in _bits(now & ~before[at] & ~reached[at]):
                beaten[other] += 1
    return {topic: beaten[at] for topic, at in number.items()}


def _by_strength(number: Mapping[int, int], ballots: Iterable[Ballot]) -> list[list[tuple[int, int]]]:
    """Return the steps from a topic to one it wins against, those of the same strength together, the strongest first."""
    preferred: dict[tuple[int, int], int] = {}
    for ballot in ballots:
        ranked = sorted((place, number[topic]) for topic, place in ballot.items() if topic in number)
        for at, (place, one) in enumerate(ranked):
            for later, other in ranked[at + 1 :]:
                if later > place:
                    preferred[one, other] = preferred.get((one, other), 0) + 1
    steps: dict[int, list[tuple[int, int]]] = {}
    for (one, other), strength in preferred.items():
        if strength > preferred.get((other, one), 0):
            steps.setdefault(strength, []).append((one, other))
    return [steps[strength] for strength in sorted(steps, reverse=True)]


def _join(reaches: list[int], reached: list[int], winner: int, loser: int) -> None:
    """Let whatever reaches `winner` reach whatever `loser` reaches."""
    if reaches[winner] >> loser & 1:
        return
    sources, targets = reached[winner], reaches[loser]
    for source in _bits(sources):
        reaches[source] |= targets
    for target in _bits(targets):
        reached[target] |= sources


def _bits(mask: int) -> list[int]:
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
