"""Sentences and moments in the language that is active."""

from datetime import date, datetime

from midcycle.kernel.words import day_in_words, language, moment_in_words
from midcycle.registration.rules.sentences import told

__all__ = ["active_language", "day_told", "moment_told", "told"]


def moment_told(there: datetime) -> str:
    """Return a moment as people read it, such as `2 March 2027, 09:05`."""
    return moment_in_words(there)


def day_told(day: date) -> str:
    """Return a day as people read it, such as `2 March 2027`."""
    return day_in_words(day)


def active_language() -> str:
    """Return the language that is active, without its country."""
    return language()
