"""Which of several windows of days suits most people. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from midcycle.kernel.words import gettext, gettext_noop
from midcycle.meetups.rules import dates_in_words

# What somebody can say about a window of days.
SUITS: Final[Mapping[str, str]] = {
    "yes": gettext_noop("Yes"),
    "if_need_be": gettext_noop("If need be"),
    "no": gettext_noop("No"),
}
MOST_WINDOWS: Final = 12  # a phone shows no more of them in one go, and nobody answers more
LONGEST_WINDOW: Final = 31  # days


@dataclass(frozen=True, slots=True)
class Tally:
    """How many said what about a window; `number` is the window's own."""

    number: int
    starts_on: date
    ends_on: date
    yes: int = 0
    if_need_be: int = 0
    no: int = 0

    @property
    def can(self) -> int:
        """Return how many could come on these days."""
        return self.yes + self.if_need_be

    @property
    def days(self) -> str:
        """Return the days in words."""
        return dates_in_words(self.starts_on, self.ends_on, "")


def best_of(tallies: Sequence[Tally]) -> frozenset[int]:
    """Return the numbers of the windows that suit best: most people can, and of those most gladly. None while nobody can."""
    most = max(((tally.can, tally.yes) for tally in tallies), default=(0, 0))
    return frozenset(tally.number for tally in tallies if most[0] and (tally.can, tally.yes) == most)


def fault_in_window(starts_on: date, ends_on: date, others: Sequence[tuple[date, date]]) -> tuple[str, str] | None:
    """Return what is wrong with a window of days beside the others, as field and sentence; None when all is well."""
    if ends_on < starts_on:
        return "ends_on", gettext("The last day is before the first.")
    if (ends_on - starts_on).days >= LONGEST_WINDOW:
        said = gettext("A meetup lasts %(most)s days at most. Choose an earlier last day.")
        return "ends_on", said % {"most": LONGEST_WINDOW}
    if (starts_on, ends_on) in others:
        return "starts_on", gettext("These days are asked about already.")
    if len(others) >= MOST_WINDOWS:
        said = gettext("%(most)s choices are as many as people answer. Take one away first.")
        return "starts_on", said % {"most": MOST_WINDOWS}
    return None
