"""What is known of a room, what a draft has to keep for a session, and when somebody is there, as plain values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from midcycle.agenda.rules.spans import Window


@dataclass(frozen=True, slots=True)
class Fittings:
    """How a room stands, the seats of each layout that is known, and its microphones; None when nobody recorded them.

    It is shut in the `closed` slots; `walks` has the minutes to other rooms by their number.
    """

    layout: str = ""
    layouts: Mapping[str, int] = field(default_factory=dict)
    microphones: int | None = None
    closed: frozenset[int] = frozenset()
    walks: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many slots a session takes, whether it may be left out, and where every draft puts it: a slot, a room, or neither."""

    length: int = 1
    must: bool = False
    slot: int | None = None
    room: int | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """The slots somebody is away in, and their hours when they take part from afar."""

    away: frozenset[int] = frozenset()
    window: Window | None = None
