"""Sentences and moments in the language that is active."""

from datetime import date, datetime
from typing import Final

from django.utils import formats
from django.utils.translation import get_language, gettext

from midcycle.registration.rules.languages import FIRST
from midcycle.registration.rules.sentences import SENTENCES, taken_apart

_THEN: Final = ", then "


def told(sentence: str) -> str:
    """Return a sentence that was kept or raised in English as it reads in the language that is active."""
    if _is_english() or not sentence:
        return sentence
    template, words = taken_apart(sentence)
    return gettext(template) % {name: _word(name, word) for name, word in words.items()} if words else gettext(template)


def moment_told(there: datetime) -> str:
    """Return a moment as people read it, such as `2 March 2027, 09:05`."""
    return f"{day_told(there)}, {there:%H:%M}"


def day_told(day: date) -> str:
    """Return a day as people read it, such as `2 March 2027`."""
    return f"{day.day} {day:%B %Y}" if _is_english() else formats.date_format(day, "DATE_FORMAT")


def active_language() -> str:
    """Return the language that is active, without its country."""
    return (get_language() or FIRST).partition("-")[0]


def _is_english() -> bool:
    return active_language() == FIRST


def _word(name: str, word: str) -> str:
    if name == "groups":
        return gettext(_THEN).join(gettext(group) for group in word.split(_THEN))
    if name == "day":
        return day_told(datetime.strptime(word, "%d %B %Y").date())  # noqa: DTZ007 - a day, not a moment
    return told(word) if name in SENTENCES else word
