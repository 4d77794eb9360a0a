"""Formats, kinds of slots and parts in a session. Pure."""

from collections.abc import Mapping
from typing import Final

from midcycle.kernel.words import ENGLISH, gettext, gettext_noop, language
from midcycle.topics.rules import FORMATS, Format

__all__ = ["FORMATS", "Format"]  # kept by topics, spoken of here

SLOT_KINDS: Final = ("session", "break", "plenary", "free")
SLOT_KIND_NAMES: Final[Mapping[str, str]] = {
    "session": gettext_noop("Sessions side by side"),
    "plenary": gettext_noop("Everybody together"),
    "break": gettext_noop("Break"),
    "free": gettext_noop("Free time, protected"),
}
# What a draft and a move by hand may fill. Free time is protected, and a break stays one.
HELD_KINDS: Final = frozenset({"session", "plenary"})

PARTS: Final = ("lead", "shadow", "note_taker", "publisher", "in_demand")
PART_NAMES: Final[Mapping[str, str]] = {
    "lead": gettext_noop("Lead"),
    "shadow": gettext_noop("Shadow"),
    "note_taker": gettext_noop("Note-taker"),
    "publisher": gettext_noop("Publisher"),
    "in_demand": gettext_noop("In demand"),
}
# A draft never puts these people into two places at once.
NEEDED: Final = frozenset({"lead", "in_demand"})
# A finding is told for these; note-takers are found after a draft, by hand, so only a finding can help.
PRESENT: Final = NEEDED | {"note_taker"}

# What somebody says when they are asked whether they can be there.
ANSWERS: Final = ("waiting", "yes", "no", "swap")
ANSWER_NAMES: Final[Mapping[str, str]] = {
    "yes": gettext_noop("Yes, I can"),
    "no": gettext_noop("No, I cannot at that time"),
    "swap": gettext_noop("I can, and would rather swap"),
}

LONGEST_TITLE: Final = 160
LONGEST_ABSTRACT: Final = 10_000

LONGEST_SESSION: Final = 4
"""Slots of the longest session."""
MOST_MICROPHONES: Final = 100

# The ways a room can be set, and which of them suit a format; for a format that is not here any does.
LAYOUTS: Final[Mapping[str, str]] = {
    "fishbowl": gettext_noop("Fishbowl"),
    "circle": gettext_noop("Circle"),
    "boardroom": gettext_noop("Boardroom"),
    "classroom": gettext_noop("Classroom"),
    "theatre": gettext_noop("Theatre"),
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

A_FORMAT: Final[Mapping[str, str]] = {
    "general_session": gettext_noop("a general session"),
    "working_group": gettext_noop("a working group"),
    "birds_of_a_feather": gettext_noop("a birds of a feather"),
}
"""How the formats that are good for some sizes only are called within a sentence."""

# The edge colour of a card, where its name is not that of the format.
LOOKS: Final[Mapping[str, str]] = {"general_session": "general", "birds_of_a_feather": "bof"}


def format_name(key: str) -> str:
    """Return what people call a format; the key itself when a later version wrote it."""
    return gettext(FORMATS[key].name) if key in FORMATS else key.replace("_", " ")


def a_format(key: str) -> str:
    """Return a format as something a sentence is about, such as `a working group`."""
    return gettext(A_FORMAT[key]) if key in A_FORMAT else format_name(key)


def format_within(key: str) -> str:
    """Return what people call a format, as it stands within a sentence."""
    return format_name(key).lower() if language() == ENGLISH else format_name(key)


def layout_within(key: str) -> str:
    """Return how a room is set, as it stands within a sentence."""
    name = gettext(LAYOUTS[key])
    return name.lower() if language() == ENGLISH else name
