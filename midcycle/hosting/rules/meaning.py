"""What a number of people means for the rooms. Pure."""

from dataclasses import dataclass
from typing import Final

from midcycle.hosting.rules.forecast import Forecast
from midcycle.kernel.words import gettext

# More people than this listen instead of talking. The figure of the community's own practice: working rooms of 20 to 40.
MOST_IN_DISCUSSION: Final = 35


@dataclass(frozen=True, slots=True)
class Meaning:
    """So many people, as few, likely or many; how many discussions at once they need, and how large each is then."""

    word: str
    people: int
    rooms: int
    in_each: int


def what_it_means(forecast: Forecast) -> tuple[Meaning, ...]:
    """Return what few, likely and many mean; one line for each number that differs."""
    said = [
        (gettext("If few come"), forecast.low),
        (gettext("Most likely"), forecast.likely),
        (gettext("If many come"), forecast.high),
    ]
    seen: dict[int, Meaning] = {}
    for word, people in said:
        seen.setdefault(people, _meaning(word, people))
    return tuple(seen.values())


def _meaning(word: str, people: int) -> Meaning:
    rooms = max(1, -(-people // MOST_IN_DISCUSSION))
    return Meaning(word, people, rooms, -(-people // rooms))
