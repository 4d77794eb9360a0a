"""How far a search for a better agenda is, in words and figures. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.engines.solver.translate import VOTE

SEARCH_KINDS: Final = ("draft", "few", "best")
SEARCH_STATES: Final = ("waiting", "running", "ended", "failed")
UNDER_WAY: Final = frozenset({"waiting", "running"})
SECONDS: Final = 60.0
MOST_TRIES: Final = 3
MOST_STEPS: Final = 240
LOST_AFTER: Final = 15.0
"""Seconds without a sign of life after which a search is taken up by another process."""


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a plan may be from the best: in points of the score, and as a share of it."""

    points: float
    share: float

    @property
    def is_closed(self) -> bool:
        """Tell whether the plan is proven to be the best there is."""
        return self.points <= 0

    @property
    def wishes(self) -> int:
        """How many wishes more another agenda could meet at the most."""
        return int(self.points // VOTE)

    @property
    def percent(self) -> str:
        """The share in words."""
        return f"{self.share:.1%}" if self.share >= 0.0005 else "less than 0.1%"


def gap_between(score: float, bound: float) -> Gap:
    """Return the gap between a score and a bound on every score."""
    points = max(0.0, bound - score)
    return Gap(points, points / max(1.0, abs(bound)))


def with_step(steps: Sequence[Sequence[float]], seconds: float, score: float, bound: float) -> list[list[float]]:
    """Return the steps with one more; of too many every second one is left out."""
    kept = [list(step) for step in steps]
    if len(kept) >= MOST_STEPS:
        kept = kept[::2]
    return [*kept, [round(seconds, 2), score, bound]]
