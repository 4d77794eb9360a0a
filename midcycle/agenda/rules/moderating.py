"""The parts people are asked to take in a session, and who should be named before it begins. Pure."""

from collections.abc import Collection, Mapping
from typing import Final

from midcycle.kernel.words import gettext, gettext_noop

ASKED_PARTS: Final = ("lead", "shadow")
INVITE_STATES: Final = ("proposed", "asked", "confirmed", "declined")
INVITE_STATE_NAMES: Final[Mapping[str, str]] = {
    "proposed": gettext_noop("Proposed"),
    "asked": gettext_noop("Asked, no answer yet"),
    "confirmed": gettext_noop("Confirmed"),
    "declined": gettext_noop("Declined"),
}
# Without these a session should not begin. It may.
NAMED: Final[Mapping[str, str]] = {
    "lead": gettext_noop("a lead"),
    "note_taker": gettext_noop("a note-taker"),
    "publisher": gettext_noop("a publisher"),
}


def missing(parts: Collection[str]) -> tuple[str, ...]:
    """Return who is not named yet of those a session should not begin without, in words."""
    return tuple(gettext(words) for part, words in NAMED.items() if part not in parts)
