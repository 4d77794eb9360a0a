"""How far a search for a better agenda is, in words and figures. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.engines.solver.translate import VOTE
from midcycle.kernel.words import gettext

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
    """How far a plan may be from the best: in points of the score, beside the wishes it meets."""

    points: float
    attended: int

    @property
    def is_closed(self) -> bool:
        """Tell whether the plan is proven to be the best there is."""
        return self.points <= 0

    @property
    def wishes(self) -> int:
        """How many wishes more another agenda could meet at the most."""
        return int(self.points // VOTE)

    @property
    def most(self) -> int:
        """How many wishes an agenda that places as many sessions can meet at the most."""
        return self.attended + self.wishes

    @property
    def percent(self) -> str:
        """What the best would meet more at the most, in words."""
        share = self.points / max(1.0, VOTE * self.attended)
        return f"{share:.1%}" if share >= 0.0005 else gettext("less than 0.1%")


def gap_between(score: float, bound: float, attended: int, wanted: int) -> Gap:
    """Return the gap between the score of a plan and a bound on every score; no plan meets more than all wishes."""
    return Gap(min(max(0.0, bound - score), float(VOTE * (wanted - attended))), attended)


def with_step(steps: Sequence[Sequence[float]], step: Sequence[float]) -> list[list[float]]:
    """Return the steps with one more; of too many every second one is left out."""
    kept = [list(step) for step in steps]
    if len(kept) >= MOST_STEPS:
        kept = kept[::2]
    return [*kept, list(step)]
