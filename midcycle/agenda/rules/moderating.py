"""The parts people are asked to take in a session, and who should be named before it begins. Pure."""

from collections.abc import Collection, Mapping
from typing import Final

from midcycle.kernel.words import gettext, gettext_noop, pgettext_noop

ASKED_PARTS: Final = ("lead", "shadow")
INVITE_STATES: Final = ("proposed", "asked", "confirmed", "declined")
INVITE_STATE_NAMES: Final[Mapping[str, str]] = {
    "proposed": pgettext_noop("of somebody asked to moderate", "Proposed"),
    "asked": pgettext_noop("of somebody asked to moderate", "Asked, no answer yet"),
    "confirmed": pgettext_noop("of somebody asked to moderate", "Confirmed"),
    "declined": pgettext_noop("of somebody asked to moderate", "Declined"),
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
