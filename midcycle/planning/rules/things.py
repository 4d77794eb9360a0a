"""What a task can be about, in the words of the desk, and how long things may be. Pure."""

from collections.abc import Mapping
from typing import Final

KINDS: Final[Mapping[str, str]] = {"milestone": "Milestone", "task": "Task"}

# The things of the desk, each by the name it has there.
ABOUT: Final[Mapping[str, str]] = {
    "place": "Where and when",
    "interest": "Interest",
    "bids": "Bids",
    "money": "Balance",
    "underwriters": "Underwriters",
    "invoices": "Invoices",
    "team": "Team",
    "seats": "Seats and waitlist",
    "door": "Door",
    "letters": "Letters",
    "topics": "Topics",
    "rooms": "Rooms and slots",
    "moderators": "Moderators",
    "agenda": "Agenda",
    "pads": "Pads",
    "feedback": "Feedback",
    "report": "Report",
}
SHOWN: Final[Mapping[str, str]] = {"open": "To do", "mine": "Mine", "overdue": "Overdue", "done": "Done", "all": "All"}
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
