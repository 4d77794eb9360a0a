"""Formats, kinds of slots and parts in a session. Pure."""

from collections.abc import Mapping
from typing import Final

from midcycle.topics.rules import FORMATS, Format

__all__ = ["FORMATS", "Format"]  # kept by topics, spoken of here

SLOT_KINDS: Final = ("session", "break", "plenary", "free")
SLOT_KIND_NAMES: Final[Mapping[str, str]] = {
    "session": "Sessions side by side",
    "plenary": "Everybody together",
    "break": "Break",
    "free": "Free time, protected",
}
# What a draft and a move by hand may fill. Free time is protected, and a break stays one.
HELD_KINDS: Final = frozenset({"session", "plenary"})

PARTS: Final = ("lead", "shadow", "note_taker", "publisher", "in_demand")
PART_NAMES: Final[Mapping[str, str]] = {
    "lead": "Lead",
    "shadow": "Shadow",
    "note_taker": "Note-taker",
    "publisher": "Publisher",
    "in_demand": "In demand",
}
# A draft never puts these people into two places at once.
NEEDED: Final = frozenset({"lead", "in_demand"})
# A finding is told for these; note-takers are found after a draft, by hand, so only a finding can help.
PRESENT: Final = NEEDED | {"note_taker"}

# What somebody says when they are asked whether they can be there.
ANSWERS: Final = ("waiting", "yes", "no", "swap")
ANSWER_NAMES: Final[Mapping[str, str]] = {
    "yes": "Yes, I can",
    "no": "No, I cannot at that time",
    "swap": "I can, and would rather swap",
}

LONGEST_TITLE: Final = 160
LONGEST_ABSTRACT: Final = 10_000

LONGEST_SESSION: Final = 4
"""Slots of the longest session."""
MOST_MICROPHONES: Final = 100

# The ways a room can be set, and which of them suit a format; for a format that is not here any does.
LAYOUTS: Final[Mapping[str, str]] = {
    "fishbowl": "Fishbowl",
    "circle": "Circle",
    "boardroom": "Boardroom",
    "classroom": "Classroom",
    "theatre": "Theatre",
}
SUITS: Final[Mapping[str, frozenset[str]]] = {
    "general_session": frozenset({"fishbowl", "circle", "theatre"}),
    "working_group": frozenset({"boardroom", "circle", "classroom"}),
    "birds_of_a_feather": frozenset({"boardroom", "circle", "fishbowl"}),
    "presentation": frozenset({"theatre", "classroom"}),
    "lightning": frozenset({"theatre", "classroom", "fishbowl"}),
}
# The sizes a format is good for, in people; the most is `Format.comfortable`.
FEWEST: Final[Mapping[str, int]] = {"general_session": 15, "working_group": 5, "birds_of_a_feather": 3}
WITHOUT_MICROPHONE: Final = 60
"""The most people who hear each other in one room without one."""

# The edge colour of a card, where its name is not that of the format.
LOOKS: Final[Mapping[str, str]] = {"general_session": "general", "birds_of_a_feather": "bof"}


def format_name(key: str) -> str:
    """Return what people call a format; the key itself when a later version wrote it."""
    return FORMATS[key].name if key in FORMATS else key.replace("_", " ")
