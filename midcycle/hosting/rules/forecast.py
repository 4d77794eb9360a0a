"""How many will come, told honestly from the answers. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

# Shares of those who said yes and then came: 75 of 110, 302 of 364 and 227 of 254 people at the three counts of the
# Kubernetes Contributor Summit in Seattle, December 2018 (kubernetes/community, events/2018/12-contributor-summit).
FEWEST_COME, USUALLY_COME, MOST_COME = 0.68, 0.83, 0.89

PACE = timedelta(days=14)  # the stretch of time over which the pace of answers is taken, and over which it fades
CALL_AHEAD_DAYS = 90.0  # while no date is set; the call for Manchester 2016 went out about three months ahead

# How much faster than its pace says a call can grow at most. Taken from the one case known: for Manchester 2016 some
# 20-30 people were expected three months ahead, 120 came (superuser.openinfra.dev, "Looking to OpenStack's future in
# Europe"). 25 fresh answers give 122 as the highest number.
MOST_GROWTH = 4.5

FEWEST_ANSWERS: Final = 5  # fewer tell nothing about those who will follow


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many people will come: most likely, at least and at most, with how that is computed in a few sentences."""

    likely: int
    low: int
    high: int
    reason: str


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
