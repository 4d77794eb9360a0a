"""What an idea and an answer must say, which days suit, how people heard, and how many will come. Pure."""

from midcycle.hosting.rules.dates import MOST_WINDOWS, SUITS, Tally, best_of, fault_in_window
from midcycle.hosting.rules.forecast import FEWEST_ANSWERS, MOST_PAST, PACE, Edition, Forecast, Lesson, forecast
from midcycle.hosting.rules.idea import (
    CALL_STAGES,
    LONGEST,
    MOST_DAYS,
    MOST_PEOPLE,
    MOST_TOPICS,
    WAYS,
    ask_for_zone,
    days_are_over,
    fault_in_days,
    fault_in_idea,
    fault_in_topics,
    missing_for_registration,
    steps_to_registration,
    topics_in,
)
from midcycle.hosting.rules.meaning import MOST_IN_DISCUSSION, Meaning, what_it_means
from midcycle.hosting.rules.passing import SAID_IN_LINK, WAYS_IN, Reach, reach_of

__all__ = [
    "CALL_STAGES",
    "FEWEST_ANSWERS",
    "LONGEST",
    "MOST_DAYS",
    "MOST_IN_DISCUSSION",
    "MOST_PAST",
    "MOST_PEOPLE",
    "MOST_TOPICS",
    "MOST_WINDOWS",
    "PACE",
    "SAID_IN_LINK",
    "SUITS",
    "WAYS",
    "WAYS_IN",
    "Edition",
    "Forecast",
    "Lesson",
    "Meaning",
    "Reach",
    "Tally",
    "ask_for_zone",
    "best_of",
    "days_are_over",
    "fault_in_days",
    "fault_in_idea",
    "fault_in_topics",
    "fault_in_window",
    "forecast",
    "missing_for_registration",
    "reach_of",
    "steps_to_registration",
    "topics_in",
    "what_it_means",
]
