"""Lines that are actions, the same line later, days, names, files for trackers. Pure."""

from midcycle.outcomes.rules.days import day_in, without_day
from midcycle.outcomes.rules.files import FILES, Item, TagItem, markdown
from midcycle.outcomes.rules.lines import Anchor, Known, Said, are_alike, day_of, followed, lines_in, words_in
from midcycle.outcomes.rules.names import (
    ASKED,
    CONFIRMED,
    DECLINED,
    DONE,
    DROPPED,
    FORGOTTEN_AFTER,
    LONGEST,
    MOST_TRACES,
    NOBODY,
    OPEN,
    STANDINGS,
    STATES,
    is_link,
)
from midcycle.outcomes.rules.people import candidates
from midcycle.outcomes.rules.topics import topic_of

__all__ = [
    "ASKED", "CONFIRMED", "DECLINED", "DONE", "DROPPED", "FILES", "FORGOTTEN_AFTER", "LONGEST", "MOST_TRACES", "NOBODY", "OPEN",
    "STANDINGS", "STATES", "Anchor", "Item", "Known", "Said", "TagItem", "are_alike", "candidates", "day_in", "day_of",
    "followed", "is_link", "lines_in", "markdown", "topic_of", "without_day", "words_in",
]  # fmt: skip
