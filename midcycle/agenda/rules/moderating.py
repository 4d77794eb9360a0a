"""The parts people are asked to take in a session, and who should be named before it begins. Pure."""

from collections.abc import Collection, Mapping
from typing import Final

ASKED_PARTS: Final = ("lead", "shadow")
INVITE_STATES: Final = ("proposed", "asked", "confirmed", "declined")
INVITE_STATE_NAMES: Final[Mapping[str, str]] = {
    "proposed": "Proposed",
    "asked": "Asked, no answer yet",
    "confirmed": "Confirmed",
    "declined": "Declined",
}
# Without these a session should not begin. It may.
NAMED: Final[Mapping[str, str]] = {"lead": "a lead", "note_taker": "a note-taker", "publisher": "a publisher"}


def missing(parts: Collection[str]) -> tuple[str, ...]:
    """Return who is not named yet of those a session should not begin without, in words."""
    return tuple(words for part, words in NAMED.items() if part not in parts)
