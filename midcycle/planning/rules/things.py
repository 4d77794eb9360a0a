"""What a task can be about, in the words of the desk, and how long things may be. Pure."""

from collections.abc import Mapping
from typing import Final

from midcycle.kernel.words import ENGLISH, gettext_noop, language, pgettext_noop

KINDS: Final[Mapping[str, str]] = {"milestone": gettext_noop("Milestone"), "task": gettext_noop("Task")}

# The things of the desk, each by the name it has there.
ABOUT: Final[Mapping[str, str]] = {
    "place": gettext_noop("Where and when"),
    "interest": gettext_noop("Interest"),
    "bids": gettext_noop("Bids"),
    "money": gettext_noop("Balance"),
    "underwriters": gettext_noop("Underwriters"),
    "invoices": gettext_noop("Invoices"),
    "team": gettext_noop("Team"),
    "seats": gettext_noop("Seats and waitlist"),
    "door": gettext_noop("Door"),
    "letters": gettext_noop("Letters"),
    "topics": gettext_noop("Topics"),
    "rooms": gettext_noop("Rooms and slots"),
    "moderators": gettext_noop("Moderators"),
    "agenda": gettext_noop("Agenda"),
    "pads": gettext_noop("Pads"),
    "feedback": gettext_noop("Feedback"),
    "report": gettext_noop("Report"),
}
SHOWN: Final[Mapping[str, str]] = {
    "open": pgettext_noop("tasks", "To do"),
    "mine": pgettext_noop("tasks", "Mine"),
    "overdue": pgettext_noop("tasks", "Overdue"),
    "done": pgettext_noop("tasks", "Done"),
    "all": pgettext_noop("tasks", "All"),
}
LONGEST: Final[Mapping[str, int]] = {
    "title": 160,
    "owner_name": 80,
    "notes": 10_000,
    "minutes_title": 120,
    "present": 4_000,
    "minutes": 40_000,
    "log": 300_000,  # of a MeetBot, of which only the points are kept
    "line": 1_000,
}
MOST_TASKS: Final = 1_000  # of a meetup
MOST_MINUTES: Final = 1_000  # of a meetup
MOST_DAYS: Final = 1_100  # from the first day of a meetup, before or after: three years


def within(name: str) -> str:
    """Return a name of ours as it stands within a sentence: English has it in small letters."""
    return name.lower() if language() == ENGLISH else name
