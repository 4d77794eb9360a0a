"""Named states and the moves between them that are allowed."""

from collections.abc import Mapping
from typing import TypeVar

from midcycle.kernel.words import gettext

State = TypeVar("State", bound=str)


class IllegalMove(Exception):  # noqa: N818 - reads as a fact, not as a crash
    """A move that the table of legal moves does not have; the message can be shown to people."""


def check_move(table: Mapping[State, frozenset[State]], was: State, becomes: State) -> None:
    """Raise IllegalMove unless the table allows `was` to become `becomes`."""
    if becomes not in table.get(was, frozenset()):
        said = {"was": was.replace("_", " "), "becomes": becomes.replace("_", " ")}
        raise IllegalMove(gettext("What is %(was)s cannot become %(becomes)s.") % said)
