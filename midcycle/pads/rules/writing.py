"""Who may write in pads, and until when. Pure."""

from datetime import date
from typing import Final

WRITABLE_STAGES: Final = frozenset({"registration", "agenda", "on_site", "wrap_up"})
TENDING: Final = ("lead", "shadow", "note_taker", "publisher")  # parts in a session that look after its pad
MODERATING: Final = ("lead", "shadow")
TAKEN: Final = ("note_taker", "publisher")  # parts that one person takes up without being asked
LONGEST_GUEST: Final = 60
GUEST: Final = "guest:"  # begins the person id of somebody who is not signed in


def may_write_in(stage: str) -> bool:
    """Say whether pads of a meetup in this stage take text."""
    return stage in WRITABLE_STAGES


def is_over(today: date, ends_on: date | None, open_until: date | None) -> bool:
    """Say whether the last day on which everybody writes is over: that of the meetup, or the one its organisers chose.

    All days are those of the meetup's own time zone.
    """
    last = open_until or ends_on
    return last is not None and today > last


def who_writes(stage: str, *, over: bool, guests: bool) -> str:
    """Say in a sentence who writes in the pads of a meetup."""
    if not may_write_in(stage):
        return "Everybody reads."
    if over:
        return "Everybody reads. Who has a part in a session, and the organisers, still write."
    return "Everybody writes, everybody reads." if guests else "Whoever is signed in writes, everybody reads."
