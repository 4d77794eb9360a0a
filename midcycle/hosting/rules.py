"""What an idea and an answer must say, and how many will come, told honestly from the answers. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

# What somebody can answer to a call.
WAYS: Final[Mapping[str, str]] = {
    "would_come": "I'd come",
    "could_host": "I could host",
    "could_moderate": "I could moderate",
}
LONGEST: Final[Mapping[str, int]] = {"title": 160, "summary": 10_000, "region": 60, "channel": 160, "place": 120, "name": 120}
MOST_PEOPLE: Final = 100_000
MOST_DAYS: Final = 31

# Shares of those who said yes and then came: 75 of 110, 302 of 364 and 227 of 254 people at the three counts of the
# Kubernetes Contributor Summit in Seattle, December 2018 (kubernetes/community, events/2018/12-contributor-summit).
FEWEST_COME, USUALLY_COME, MOST_COME = 0.68, 0.83, 0.89

PACE = timedelta(days=14)  # the stretch of time over which the pace of answers is taken, and over which it fades
CALL_AHEAD_DAYS = 90.0  # while no date is set; the call for Manchester 2016 went out about three months ahead

# How much faster than its pace says a call can grow at most. Taken from the one case known: for Manchester 2016 some
# 20-30 people were expected three months ahead, 120 came (superuser.openinfra.dev, "Looking to OpenStack's future in
# Europe"). 25 fresh answers give 122 as the highest number.
MOST_GROWTH = 4.5

CALL_STAGES: Final = ("idea", "hosting")
"""Stages in which a call for interest takes answers; later, people register instead."""


FEWEST_ANSWERS: Final = 5  # fewer tell nothing about those who will follow


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many people will come: most likely, at least and at most, with how that is computed in a few sentences."""

    likely: int
    low: int
    high: int
    reason: str


def fault_in_idea(texts: Mapping[str, str], guess: tuple[int, int] | None) -> tuple[str, str] | None:
    """Return the field of an idea that is wrong and what to do about it; None when all is well."""
    if not texts["title"]:
        return "title", "Give the idea a title, such as where and for whom."
    for field, text in texts.items():
        if len(text) > LONGEST[field]:
            return field, f"Shorten this to {LONGEST[field]} characters."
    return _fault_in_guess(guess) if guess is not None else None


def _fault_in_guess(guess: tuple[int, int]) -> tuple[str, str] | None:
    low, high = guess
    if high < low:
        return "guess_high", "The second number is smaller than the first."
    if low < 0 or high > MOST_PEOPLE:
        return "guess_high", f"Guess 0 to {MOST_PEOPLE} people."
    return None


def fault_in_days(starts_on: date | None, ends_on: date | None) -> tuple[str, str] | None:
    """Return what is wrong with the days of a meetup, as field and sentence; None when all is well."""
    if starts_on and ends_on and (ends_on - starts_on).days >= MOST_DAYS:
        return "ends_on", f"A meetup lasts {MOST_DAYS} days at most. Choose an earlier last day."
    return None


def days_are_over(starts_on: date | None, ends_on: date | None, today: date) -> bool:
    """Say whether the last day of a meetup is past; one without a day is not over."""
    last = ends_on or starts_on
    return last is not None and last < today


def missing_for_registration(city: str, starts_on: date | None) -> tuple[str, str] | None:
    """Return what has to be known before people can register, as field and sentence; None when all is known."""
    if not city:
        return "city", "Say the city first: people decide by it."
    if starts_on is None:
        return "starts_on", "Say the first day first: people need it to register."
    return None


def steps_to_registration(stage: str) -> tuple[str, ...]:
    """Return the stages a meetup goes through to open registration; none when it is past that."""
    ahead = ("hosting", "registration")
    return {"idea": ahead, "hosting": ahead[1:]}.get(stage, ())


def forecast(answered_at: Sequence[datetime], *, now: datetime, meets_on: date | None) -> Forecast | None:
    """Return how many will come, from the times at which people said "I'd come"; None before five did.

    The answers of the last 14 days tell the pace. It fades by the factor e each 14 days, so until the day of the
    meetup up to as many answers again are to come as came in those 14 days (and up to 4.5 times as many in the best
    case, none in the worst). Of all who say yes, 83 of 100 come (68 in the worst case known, 89 in the best). So the
    range is wide while a call is young and closes as answers dry up. All times carry a time zone; `meets_on` is a
    day in the zone of `now`. More answers, or newer ones, never make a figure smaller.
    """
    said = len(answered_at)
    if said < FEWEST_ANSWERS:
        return None
    fresh = sum(1 for moment in answered_at if now - moment <= PACE)
    still = fresh * _share_still_ahead(now, meets_on)
    return Forecast(
        likely=_people(USUALLY_COME * (said + still)),
        low=_people(FEWEST_COME * said),
        high=_people(MOST_COME * (said + MOST_GROWTH * still)),
        reason=_reason(said, fresh, _people(still)),
    )


def _share_still_ahead(now: datetime, meets_on: date | None) -> float:
    """Return the part of a fading pace that falls before the day: 0 on the day, towards 1 long before."""
    days = CALL_AHEAD_DAYS if meets_on is None else float((meets_on - now.date()).days)
    return 1 - math.exp(-max(days, 0.0) / PACE.days)


def _people(expected: float) -> int:
    return math.floor(expected + 0.5)


def _reason(said: int, fresh: int, still: int) -> str:
    pace = f"{fresh or 'none'} of them in the last {PACE.days} days"
    follow = f"At this pace about {still} more will say so" if still else "Hardly anybody else will say so"
    shares = f"{100 * FEWEST_COME:.0f} to {100 * MOST_COME:.0f} in 100 come"
    return f"{said} people said they would come, {pace}. {follow}. Of those who say so, {shares}."


def ask_for_zone(country: str, zones: Sequence[str]) -> str:
    """Return the sentence that asks for a time zone, with the choices of the country while they are few."""
    if not zones:
        return "Choose the time zone of the place; every time of the agenda is in it."
    if len(zones) > 4:
        return f"{country} has {len(zones)} time zones. Choose that of the city."
    return f"{country} has more than one. Choose {', '.join(zones[:-1])} or {zones[-1]}."
