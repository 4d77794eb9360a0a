"""What the search knows so far, shared by its threads: the best plan and its score, and the best proven bound."""

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor

from midcycle.engines.solver.columns import Link, Prices
from midcycle.engines.solver.instance import Agenda, Certificate, Instance, Spot
from midcycle.engines.solver.native.binding import Stop
from midcycle.engines.solver.score import Score, score

ROUNDING = 1e-4
"""How far sums of prices may be off."""


@dataclass(frozen=True)
class Progress:
    """The best plan after so many seconds, with its score and a proven bound on every plan's score."""

    seconds: float
    agenda: Agenda
    score: Score
    bound: float

    @property
    def is_best(self) -> bool:
        """Tell whether no plan can have a higher score."""
        return self.score.points >= self.bound and not self.score.breaches


class Board:
    """The shared knowledge. All scores are those of `score`; a plan that breaks a rule is kept while there is no other."""

    def __init__(self, instance: Instance, clock: Callable[[], float], end: float) -> None:
        """Begin with nothing but the sum of all votes as a bound."""
        self.instance, self.clock, self.began, self.end = instance, clock, clock(), end
        self.stop = Stop()
        self.changed = threading.Condition()
        self.agenda: Agenda | None = None
        self.score: Score | None = None
        self.step = instance.step
        self.bound = self.checked = self.rounded(most_of_all(instance))
        self.proof: tuple[Prices, tuple[float, ...]] = (everything(instance), (0.0,) * len(instance.slots))
        self.failed: list[Exception] = []

    def left(self) -> float:
        """Return the seconds left."""
        return max(0.0, self.end - self.clock())

    @property
    def over(self) -> bool:
        """Tell whether it is time to come to an end."""
        return bool(self.stop) or self.left() <= 0 or self.proven

    @property
    def proven(self) -> bool:
        """Tell whether the best plan is known to be the best there is."""
        return self.score is not None and not self.score.breaches and self.score.points >= self.bound - ROUNDING

    @property
    def points(self) -> float:
        """Return the best score, or minus infinity while no plan keeps the rules."""
        return self.score.points if self.score is not None and not self.score.breaches else float("-inf")

    def rounded(self, bound: float) -> float:
        """Return the highest score at or below a bound."""
        return floor((bound + ROUNDING) / self.step) * self.step if self.step else bound + ROUNDING

    def offer(self, agenda: Agenda) -> bool:
        """Keep a plan if it is better; tell whether it was."""
        found = score(self.instance, agenda)
        with self.changed:
            now = self.score
            better = now is None or _rank(found) > _rank(now)
            if better:
                self.agenda, self.score = agenda, found
                self.changed.notify_all()
        return better

    def prove(self, bound: float, proof: tuple[Prices, tuple[float, ...]] | None = None) -> bool:
        """Keep a bound if it is better, with the prices of topics and of slots that prove it; tell whether it was.

        Only what can be checked from the prices goes into the certificate.
        """
        bound = self.rounded(bound)
        with self.changed:
            better = bound < self.bound
            if proof is not None and bound < self.checked:
                self.checked, self.proof = bound, proof
            if better:
                self.bound = bound
                self.changed.notify_all()
        return better

    def progress(self) -> Progress | None:
        """Return the best plan with its certificate, and the bound."""
        with self.changed:
            if self.agenda is None or self.score is None:
                return None
            agenda = replace(self.agenda, certificate=self._certificate())
            return Progress(self.clock() - self.began, agenda, self.score, self.bound)

    def _certificate(self) -> Certificate:
        prices, slots = self.proof
        links = {f"{t} {start} {part}": price for (t, start, part), price in prices.links.items() if price}
        return Certificate(self.checked, tuple(prices.topics), slots, links)


def _rank(found: Score) -> tuple[int, float, int]:
    """Return what makes a plan better than another: rules kept, then points, then few moves."""
    return (-len(found.breaches), found.points, -found.moved_slot - found.moved_room)


def most_of_all(instance: Instance) -> float:
    """Return a score nobody can exceed: every vote attended, every session moderated, nothing moved."""
    weights = instance.weights
    moderated = max(weights.pair, weights.one_moderator) * len(instance.topics)
    return weights.attend * sum(vote.weight for vote in instance.votes) + moderated


def everything(instance: Instance) -> Prices:
    """Return prices that prove that: each topic costs what it brings when all who want it come.

    A session of several slots pays in each of them for its votes there.
    """
    weights, links = instance.weights, {}
    votes = Counter[int]()
    for vote in instance.votes:
        votes[vote.topic] += vote.weight
    topics = []
    for t, theme in enumerate(instance.topics):
        worth = weights.attend * votes[t] + max(weights.pair, weights.one_moderator)
        stays = weights.move_slot if t in instance.previous else 0.0
        topics.append(worth + stays + (0.0 if theme.must else weights.unscheduled))
        for start in instance.starts(t) if theme.duration > 1 else ():
            links.update({Link(t, start, part): -worth / theme.duration for part in range(1, theme.duration)})
    return Prices(topics, (), links)


def heavy(instance: Instance) -> float:
    """Return a score that outweighs everything else a plan can gain or lose together."""
    weights, topics = instance.weights, len(instance.topics)
    losses = weights.move_slot + weights.move_room + weights.unscheduled + weights.track_clash * len(instance.slots)
    return 1_000 + 2 * (most_of_all(instance) + losses * topics)


def spots_of(slots: Sequence[int], rooms: Sequence[int]) -> dict[int, Spot]:
    """Return the placements of lists with a slot and a room for each topic, -1 for none."""
    return {t: Spot(s, r) for t, (s, r) in enumerate(zip(slots, rooms, strict=True)) if s >= 0}


def spots_in(agenda: Agenda) -> Mapping[int, Spot]:
    """Return the placements of a plan."""
    return {t: Spot(seat.slot, seat.room) for t, seat in agenda.grid.items()}
