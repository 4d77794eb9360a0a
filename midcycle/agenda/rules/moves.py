"""What a move on the board changes, and whether it can still be done or taken back. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

MOVE_STATES: Final = ("done", "undone", "dropped", "undo")
"""Done and undone moves can be taken back and done again; a dropped one no more; an undo only tells of itself."""


class Spot(NamedTuple):
    """Where a session is, and what keeps it there. JSON keeps it as a list in this order."""

    slot: int
    room: int | None
    pinned: bool = False
    locked: bool = False
    reason: str = ""

    @property
    def cell(self) -> tuple[int, int | None]:
        """The slot and the room."""
        return self.slot, self.room


Grid: TypeAlias = Mapping[int, Spot]
Change: TypeAlias = tuple[int, Spot | None, Spot | None]
"""A session, where it was and where it is; None: without a place."""


def difference(before: Grid, after: Grid) -> tuple[Change, ...]:
    """Return what changed between two states of the board, by session."""
    numbers = sorted({*before, *after})
    return tuple((n, before.get(n), after.get(n)) for n in numbers if before.get(n) != after.get(n))


def backwards(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return the changes that take these back."""
    return tuple((number, after, before) for number, before, after in changes)


def hindrance(now: Grid, changes: Sequence[Change]) -> int | None:
    """Return a session that somebody else moved since, or that is in the way now; None when the changes can be made."""
    moving = {number for number, _, _ in changes}
    taken = {spot.cell: number for number, spot in now.items() if number not in moving and spot.room is not None}
    for number, before, after in changes:
        here = now.get(number)
        if (here and here.cell) != (before and before.cell):
            return number
        if after is not None and after.cell != (before and before.cell) and after.cell in taken:
            return taken[after.cell]
    return None


def touches(changes: Sequence[Change], session: int, cell: tuple[int, int | None] | None) -> bool:
    """Say whether the changes moved this session, or put something into this cell."""
    for number, before, after in changes:
        moved = (before and before.cell) != (after and after.cell)
        if moved and (number == session or (cell is not None and after is not None and after.cell == cell)):
            return True
    return False


def to_plain(changes: Sequence[Change]) -> list[list[object]]:
    """Return changes as values JSON knows; `from_plain` is the way back."""
    return [[number, _plain(before), _plain(after)] for number, before, after in changes]


def from_plain(plain: Sequence[tuple[int, object, object]]) -> tuple[Change, ...]:
    """Return the changes `to_plain` wrote."""
    return tuple((number, spot_of(before), spot_of(after)) for number, before, after in plain)


def spot_of(plain: object) -> Spot | None:
    """Return the spot JSON kept as a list."""
    return Spot(*plain) if isinstance(plain, list) else None


def _plain(spot: Spot | None) -> list[object] | None:
    return None if spot is None else list(spot)
