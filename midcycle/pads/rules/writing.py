"""Who may write in pads, and until when. Pure."""

from datetime import date
from typing import Final

from midcycle.kernel.words import gettext

WRITABLE_STAGES: Final = frozenset({"registration", "agenda", "on_site", "wrap_up"})
TENDING: Final = ("lead", "shadow", "note_taker", "publisher")  # parts in a session that look after its pad
MODERATING: Final = ("lead", "shadow")
TAKEN: Final = ("note_taker", "publisher")  # parts that one person takes up without being asked
LONGEST_GUEST: Final = 60
GUEST: Final = "guest:"  # begins the person id of somebody who is not signed in
MARK_OF_GUESTS: Final = " (guest)"  # behind their names, which anybody can type


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
        return gettext("Everybody reads.")
    if over:
        return gettext("Everybody reads. Who has a part in a session, and the organisers, still write.")
    if guests:
        return gettext("Everybody writes, everybody reads.")
    return gettext("Whoever is signed in writes, everybody reads.")


def name_of_writer(person: str, name: str) -> str:
    """Return how a name under which somebody writes is told: what says that a guest is one is kept in English."""
    typed = name.removesuffix(MARK_OF_GUESTS)
    return gettext("%(name)s (guest)") % {"name": typed} if person.startswith(GUEST) and typed != name else name
