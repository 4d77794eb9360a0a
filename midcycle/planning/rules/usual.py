"""The usual milestones of a meetup. Pure.

The times are those of telco workshops that take notes in Etherpads, the only ones found written down
(wiki.lfnetworking.org, page 32211527); of a range the later bound is taken where the step is a beginning.
"""

from dataclasses import dataclass
from typing import Final

from midcycle.kernel.words import gettext, gettext_noop

_WEEK: Final = 7


@dataclass(frozen=True)
class Usual:
    """A milestone: the stage it belongs to, the thing it is about, how many days from the first day, and why then."""

    stage: str
    title: str
    about: str
    days: int
    notes: str = ""


USUAL: Final = (
    Usual(
        "hosting",
        gettext_noop("Dates, length and place are settled"),
        "place",
        -26 * _WEEK,
        gettext_noop("More than six months before."),
    ),
    Usual("hosting", gettext_noop("The cost gap is known, and who is asked to close it"), "underwriters", -24 * _WEEK),
    Usual(
        "registration",
        gettext_noop("Topics are asked for"),
        "topics",
        -12 * _WEEK,
        gettext_noop("Eight to twelve weeks before."),
    ),
    Usual(
        "registration",
        gettext_noop("Rooms are known: number, sizes, sound, power and catering"),
        "rooms",
        -10 * _WEEK,
        gettext_noop("Eight to ten weeks before. Room sizes have to be known before the agenda is drafted."),
    ),
    Usual("registration", gettext_noop("Registration is open"), "seats", -8 * _WEEK),
    Usual("agenda", gettext_noop("Topics are collected and have moderators"), "moderators", -6 * _WEEK),
    Usual(
        "agenda",
        gettext_noop("The agenda is reviewed and published"),
        "agenda",
        -5 * _WEEK,
        gettext_noop("Five to eight weeks before."),
    ),
    Usual(
        "agenda",
        gettext_noop("Pads are open, each session has a note-taker"),
        "pads",
        -2 * _WEEK,
        gettext_noop("One to four weeks before."),
    ),
    Usual("agenda", gettext_noop("Numbers are final: food, badges, list for the house"), "door", -1 * _WEEK),
    Usual("on_site", gettext_noop("Walk-through of the rooms, sound and screens tested"), "rooms", -1),
    Usual("wrap_up", gettext_noop("Notes are put in order, each action has an owner"), "pads", 1 * _WEEK),
    Usual("wrap_up", gettext_noop("The survey is closed and looked at together"), "feedback", 2 * _WEEK),
    Usual("wrap_up", gettext_noop("The report is published, with what it cost"), "report", 4 * _WEEK),
)
_TITLES: Final = frozenset(usual.title for usual in USUAL)
_NOTES: Final = frozenset(usual.notes for usual in USUAL if usual.notes)


def title_in_words(title: str) -> str:
    """Return the title of a task for whoever reads it: a usual one in their language, one that somebody typed as it is."""
    return gettext(title) if title in _TITLES else title


def notes_in_words(notes: str) -> str | None:
    """Return the notes of a usual milestone in the language that is active; None for notes that somebody typed."""
    return gettext(notes) if notes in _NOTES else None
