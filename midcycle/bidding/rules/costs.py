"""What a bid costs for so many people, and what of that the host covers. Pure; amounts are whole minor units."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MOST_LINES: Final = 60
LONGEST_LABEL: Final = 160
MOST_PER_LINE: Final = 10**12


@dataclass(frozen=True, slots=True)
class Line:
    """One cost: an amount once, or for each person; and whether the host covers it."""

    amount: int
    per_person: bool
    by_host: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """What it costs in all, what the host covers, and the gap that is left for the meetup to fill."""

    total: int
    by_host: int

    @property
    def gap(self) -> int:
        """Return what is left for the meetup."""
        return self.total - self.by_host


def sum_for(lines: Sequence[Line], people: int) -> Sum:
    """Return what these lines come to for so many people."""
    amounts = [(line.amount * people if line.per_person else line.amount, line.by_host) for line in lines]
    return Sum(sum(amount for amount, _ in amounts), sum(amount for amount, by_host in amounts if by_host))
