"""Named states and the moves between them that are allowed."""

from collections.abc import Mapping
from typing import TypeVar

State = TypeVar("State", bound=str)


class IllegalMove(Exception):  # noqa: N818 - reads as a fact, not as a crash
    """A move that the table of legal moves does not have; the message can be shown to people."""


def check_move(table: Mapping[State, frozenset[State]], was: State, becomes: State) -> None:
    """Raise IllegalMove unless the table allows `was` to become `becomes`."""
    if becomes not in table.get(was, frozenset()):
        raise IllegalMove(f"What is {was.replace('_', ' ')} cannot become {becomes.replace('_', ' ')}.")
