"""Counts of people by group, without giving small groups away."""

from collections.abc import Mapping
from dataclasses import dataclass

SMALLEST = 5  # the smallest count that may be shown; usual in official statistics (Eurostat and OECD use 3 to 5)


@dataclass(frozen=True, slots=True)
class Group:
    """A group that may be shown, with its number of people."""

    label: str
    count: int


def fold(groups: Mapping[str, int], smallest: int = SMALLEST, other: str = "others") -> tuple[Group, ...]:
    """Return the groups that may be shown, largest first and the folded ones last, as one group named `other`.

    Groups below `smallest` are folded together. While their sum would still tell the size of one of them to somebody
    who knows the total and this rule, the next smallest groups are folded with them, those of one size all at once
    (secondary suppression, as in official statistics). Empty groups are left out, and a group that is itself named
    `other` is always folded. People who cannot be hidden among `smallest` are not shown: too few give an empty tuple.
    Raises ValueError for counts below 0.
    """
    if any(count < 0 for count in groups.values()):
        raise ValueError("A group cannot have fewer than 0 people.")
    present = [Group(label, count) for label, count in groups.items() if count]
    kept = [group for group in present if group.count >= smallest and group.label != other]
    while kept and _gives_away(_rest(present, kept), smallest):
        next_smallest = min(group.count for group in kept)
        kept = [group for group in kept if group.count > next_smallest]
    kept.sort(key=lambda group: (-group.count, group.label))
    hidden = sum(_rest(present, kept))
    return (*kept, Group(other, hidden)) if hidden >= smallest else tuple(kept)


def _rest(present: list[Group], kept: list[Group]) -> list[int]:
    return [group.count for group in present if group not in kept]


def _gives_away(folded: list[int], smallest: int) -> bool:
    """Return whether the sum is small, or can only be made of groups that are all 1 or all just below `smallest`."""
    hidden = sum(folded)
    return bool(folded) and (hidden < smallest or hidden in (len(folded), len(folded) * (smallest - 1)))
