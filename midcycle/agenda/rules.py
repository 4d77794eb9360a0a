"""Formats, kinds of slots and parts in a session. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Format:
    """A way to hold a session: its name and the most people it stays comfortable for (None: as many as the room)."""

    name: str
    comfortable: int | None


FORMATS: Final[Mapping[str, Format]] = {
    "plenary": Format("Plenary", None),
    "general_session": Format("General session", None),
    "working_group": Format("Working group", 35),
    "lightning": Format("Lightning talks", None),
    "presentation": Format("Presentation", None),
    "birds_of_a_feather": Format("Birds of a feather", 25),
    "free_time": Format("Free time", None),
    "wrap_up": Format("Wrap-up", None),
}
SLOT_KINDS: Final = ("session", "break", "plenary", "free")
PARTS: Final = ("lead", "shadow", "note_taker", "publisher", "in_demand")
