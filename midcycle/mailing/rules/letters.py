"""When a letter is tried again, and how a text becomes a letter. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from midcycle.kernel.typed import lines, one_line

MOST_TRIES: Final = 8
_PAUSES: Final = (1, 5, 30, 120, 360, 720, 1440)  # minutes after the first, second, … try
_LONGEST_SUBJECT: Final = 200

# A link asked for again and again is sent once in this time, so that nobody's mailbox can be filled by a stranger.
LINK_EVERY: Final = timedelta(minutes=15)

# Whoever plays with somebody's address, registering and cancelling in turn, fills no mailbox.
MANY_LETTERS: Final = 6
MANY_WITHIN: Final = timedelta(hours=1)

# How the keys of letters begin that many get at once: those about one's own seat, or with a link somebody waits for, go first.
WAVES: Final = ("weekly:", "registration.opened:", "feedback.survey_opened:")

# What happened longer ago is history: a replayed or restored meetup writes to nobody.
NEWS_FOR: Final = timedelta(days=14)


@dataclass(frozen=True)
class Draft:
    """Subject, on one line, and body of a letter."""

    subject: str
    body: str


def pause_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries, counted from 1."""
    return timedelta(minutes=_PAUSES[min(tries, len(_PAUSES)) - 1])


def draft_of(text: str) -> Draft:
    """Return the letter a text is: its first line is the subject, the rest the body, with at most one empty line in a row."""
    subject, _, body = lines(text).partition("\n")
    paragraphs = [part.strip("\n") for part in body.split("\n\n")]
    return Draft(one_line(subject)[:_LONGEST_SUBJECT], "\n\n".join(part for part in paragraphs if part.strip()) + "\n")


def is_news(at: datetime, *, now: datetime) -> bool:
    """Say whether something that happened at that moment is still worth a letter."""
    return now - at <= NEWS_FOR


def link_turn(at: datetime) -> int:
    """Return the number of the stretch of LINK_EVERY a moment is in."""
    return int(at.timestamp() // LINK_EVERY.total_seconds())
