"""The usual milestones of a meetup. Pure.

The times are those of telco workshops that take notes in Etherpads, the only ones found written down
(wiki.lfnetworking.org, page 32211527); of a range the later bound is taken where the step is a beginning.
"""

from dataclasses import dataclass
from typing import Final

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
    Usual("hosting", "Dates, length and place are settled", "place", -26 * _WEEK, "More than six months before."),
    Usual("hosting", "The cost gap is known, and who is asked to close it", "underwriters", -24 * _WEEK),
    Usual("registration", "Topics are asked for", "topics", -12 * _WEEK, "Eight to twelve weeks before."),
    Usual(
        "registration",
        "Rooms are known: number, sizes, sound, power and catering",
        "rooms",
        -10 * _WEEK,
        "Eight to ten weeks before. Room sizes have to be known before the agenda is drafted.",
    ),
    Usual("registration", "Registration is open", "seats", -8 * _WEEK),
    Usual("agenda", "Topics are collected and have moderators", "moderators", -6 * _WEEK),
    Usual("agenda", "The agenda is reviewed and published", "agenda", -5 * _WEEK, "Five to eight weeks before."),
    Usual("agenda", "Pads are open, each session has a note-taker", "pads", -2 * _WEEK, "One to four weeks before."),
    Usual("agenda", "Numbers are final: food, badges, list for the house", "door", -1 * _WEEK),
    Usual("on_site", "Walk-through of the rooms, sound and screens tested", "rooms", -1),
    Usual("wrap_up", "Notes are put in order, each action has an owner", "pads", 1 * _WEEK),
    Usual("wrap_up", "The survey is closed and looked at together", "feedback", 2 * _WEEK),
    Usual("wrap_up", "The report is published, with what it cost", "report", 4 * _WEEK),
)
