"""What an idea and an answer must say, and how many will come. Pure."""

from midcycle.hosting.rules.forecast import FEWEST_ANSWERS, Forecast, forecast
from midcycle.hosting.rules.idea import (
    CALL_STAGES,
    LONGEST,
    MOST_DAYS,
    MOST_PEOPLE,
    WAYS,
    ask_for_zone,
    days_are_over,
    fault_in_days,
    fault_in_idea,
    missing_for_registration,
    steps_to_registration,
)

__all__ = [
    "CALL_STAGES",
    "FEWEST_ANSWERS",
    "LONGEST",
    "MOST_DAYS",
    "MOST_PEOPLE",
    "WAYS",
    "Forecast",
    "ask_for_zone",
    "days_are_over",
    "fault_in_days",
    "fault_in_idea",
    "forecast",
    "missing_for_registration",
    "steps_to_registration",
]
