"""What an idea and an answer must say, and what registration needs to know. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from midcycle.kernel.typed import has_ink, one_line
from midcycle.kernel.words import gettext, gettext_noop

# What somebody can answer to a call.
WAYS: Final[Mapping[str, str]] = {
    "would_come": gettext_noop("I'd come"),
    "could_host": gettext_noop("I could host"),
    "could_moderate": gettext_noop("I could moderate"),
    "could_underwrite": gettext_noop("I could underwrite"),
}
LONGEST: Final[Mapping[str, int]] = {
    "title": 160,
    "summary": 10_000,
    "region": 60,
    "channel": 160,
    "place": 120,
    "name": 120,
    "topic": 120,
    "code": 16,
    "label": 120,
}
MOST_PEOPLE: Final = 100_000
MOST_DAYS: Final = 31
MOST_TOPICS: Final = 5  # in one answer

CALL_STAGES: Final = ("idea", "hosting")
"""Stages in which a call for interest takes answers; later, people register instead."""


def fault_in_idea(texts: Mapping[str, str], guess: tuple[int, int] | None) -> tuple[str, str] | None:
    """Return the field of an idea that is wrong and what to do about it; None when all is well."""
    if not texts["title"]:
        return "title", gettext("Give the idea a title, such as where and for whom.")
    for field, text in texts.items():
        if len(text) > LONGEST[field]:
            return field, gettext("Shorten this to %(most)s characters.") % {"most": LONGEST[field]}
    return _fault_in_guess(guess) if guess is not None else None


def _fault_in_guess(guess: tuple[int, int]) -> tuple[str, str] | None:
    low, high = guess
    if high < low:
        return "guess_high", gettext("The second number is smaller than the first.")
    if low < 0 or high > MOST_PEOPLE:
        return "guess_high", gettext("Guess 0 to %(most)s people.") % {"most": MOST_PEOPLE}
    return None


def topics_in(text: str) -> tuple[str, ...]:
    """Return the topics somebody typed, one a line, each once, without what marks a line of a list."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        words = one_line(line).lstrip("-*•").strip()
        if has_ink(words):
            found.setdefault(words.casefold(), words)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Line:
    """What one person or several would talk about; `number` is that of the first who wrote it."""

    number: int
    text: str
    people: int
    is_hidden: bool


def alike(rows: Sequence[tuple[int, str, bool]]) -> tuple[Line, ...]:
    """Return lines given by number, text and whether they are hidden, those that say the same as one, the most wanted first.

    What is hidden once stays hidden, whoever writes it again.
    """
    groups: dict[str, list[tuple[int, str, bool]]] = {}
    for row in rows:
        groups.setdefault(row[1].casefold(), []).append(row)
    lines = [Line(same[0][0], same[0][1], len(same), any(hidden for *_, hidden in same)) for same in groups.values()]
    return tuple(sorted(lines, key=lambda line: (-line.people, line.text.casefold())))


def fault_in_topics(topics: Sequence[str]) -> str | None:
    """Return what is wrong with the topics of an answer; None when all is well."""
    if len(topics) > MOST_TOPICS:
        return gettext("Name %(most)s topics at most, one a line.") % {"most": MOST_TOPICS}
    if any(len(topic) > LONGEST["topic"] for topic in topics):
        return gettext("Shorten each topic to %(most)s characters.") % {"most": LONGEST["topic"]}
    return None


def fault_in_days(starts_on: date | None, ends_on: date | None) -> tuple[str, str] | None:
    """Return what is wrong with the days of a meetup, as field and sentence; None when all is well."""
    if starts_on and ends_on and (ends_on - starts_on).days >= MOST_DAYS:
        said = gettext("A meetup lasts %(most)s days at most. Choose an earlier last day.")
        return "ends_on", said % {"most": MOST_DAYS}
    return None


def days_are_over(starts_on: date | None, ends_on: date | None, today: date) -> bool:
    """Say whether the last day of a meetup is past; one without a day is not over."""
    last = ends_on or starts_on
    return last is not None and last < today


def missing_for_registration(city: str, starts_on: date | None) -> tuple[str, str] | None:
    """Return what has to be known before people can register, as field and sentence; None when all is known."""
    if not city:
        return "city", gettext("Say the city first: people decide by it.")
    if starts_on is None:
        return "starts_on", gettext("Say the first day first: people need it to register.")
    return None


def steps_to_registration(stage: str) -> tuple[str, ...]:
    """Return the stages a meetup goes through to open registration; none when it is past that."""
    ahead = ("hosting", "registration")
    return {"idea": ahead, "hosting": ahead[1:]}.get(stage, ())


def ask_for_zone(country: str, zones: Sequence[str]) -> str:
    """Return the sentence that asks for a time zone, with the choices of the country while they are few."""
    if not zones:
        return gettext("Choose the time zone of the place; every time of the agenda is in it.")
    if len(zones) > 4:
        told = {"country": country, "number": len(zones)}
        return gettext("%(country)s has %(number)s time zones. Choose that of the city.") % told
    choices = {"country": country, "zones": ", ".join(zones[:-1]), "last": zones[-1]}
    return gettext("%(country)s has more than one. Choose %(zones)s or %(last)s.") % choices
