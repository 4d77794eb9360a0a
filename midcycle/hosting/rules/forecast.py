"""How many will come, told honestly from the answers and from how earlier editions went. Pure.

Two things are computed one after the other. First, from the answers alone: their pace, which fades, and the shares of those
who say yes and then come. Second, how far the same computation was off at earlier editions, as the logarithm of *came* over
*forecast then*: these are taken as draws of a normal distribution whose mean and spread nobody knows, with a prior worth one
edition for the mean (it was not off) and four for the spread (that of the first computation). The interval is the central
80 % of what that says about one edition more, a Student t distribution (Gelman et al., Bayesian Data Analysis, 3.3).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from midcycle.kernel.words import gettext, ngettext

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
MOST_PAST: Final = 50  # editions that are learned from

_WORTH_OF_MEAN, _WORTH_OF_SPREAD = 1, 4
_MOST_OFF: Final = math.log(10)  # whatever somebody types, an edition was off by a factor of ten at most
# The 0.9 quantile of Student's t for 4, 5, 6, … degrees of freedom; for more it hardly changes.
_T90: Final = (1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.350, 1.345, 1.341, 1.337, 1.333, 1.330, 1.328)
# How far the first computation's interval reaches on each side of its middle, as a logarithm: when nobody follows any more,
# and what is added while all are still to follow. Half of log(89/68), and of log(0.89 * 5.5 / 0.68) for the sum.
_CLOSED = math.log(MOST_COME / FEWEST_COME) / 2
_AHEAD_AFTER_14_DAYS = 1 - math.exp(-(CALL_AHEAD_DAYS - PACE.days) / PACE.days)
_OPEN = math.log(MOST_COME * (1 + MOST_GROWTH) / FEWEST_COME) / 2 - _CLOSED


@dataclass(frozen=True, slots=True)
class Edition:
    """How an earlier edition went: how many said "I'd come" in the first 14 days of its call and in all, how many came.

    What nobody knows is None; one of the two is known.
    """

    label: str
    early: int | None
    declared: int | None
    came: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learned from an edition: the forecast this computation would have made then, and how many came."""

    label: str
    said: int
    is_early: bool
    forecast: int
    came: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many people will come: most likely, at least and at most, with how that is computed in a few sentences.

    `lessons` is what it learned from; without any, `is_prior` says that it rests on other communities' figures alone.
    """

    likely: int
    low: int
    high: int
    reason: str
    lessons: tuple[Lesson, ...] = ()

    @property
    def is_prior(self) -> bool:
        """Say whether nothing was learned from earlier editions."""
        return not self.lessons


@dataclass(frozen=True, slots=True)
class _Reach:
    """What the answers alone say: how many would come, how many of them are new, how many follow, and for how long still."""

    said: int
    fresh: int
    still: float
    ahead: float

    @property
    def middle(self) -> float:
        return USUALLY_COME * (self.said + self.still)


def forecast(
    answered_at: Sequence[datetime],
    *,
    now: datetime,
    meets_on: date | None,
    opened_at: datetime | None = None,
    past: Sequence[Edition] = (),
) -> Forecast | None:
    """Return how many will come, from the times at which people said "I'd come"; None before five did.

    The answers of the last 14 days tell the pace. It fades by the factor e each 14 days, so until the day of the
    meetup up to as many answers again are to come as came in those 14 days (and up to 4.5 times as many in the best
    case, none in the worst). Of all who say yes, 83 of 100 come (68 in the worst case known, 89 in the best). So the
    range is wide while a call is young and closes as answers dry up. All times carry a time zone; `meets_on` is a
    day in the zone of `now`. More answers, or newer ones, never make a figure smaller.

    Earlier editions move these figures by how far they were off then, at the same age of their call (`opened_at` is when
    this one opened), and widen or close the range by how much they differ. More who came then never
    make the likely number smaller. Editions of which neither count is at least five teach nothing.
    """
    if len(answered_at) < FEWEST_ANSWERS:
        return None
    reach = _reach(answered_at, now, meets_on)
    lessons = tuple(lesson for lesson in (_lesson(each, now, opened_at) for each in past[:MOST_PAST]) if lesson)
    low, high = FEWEST_COME * reach.said, MOST_COME * (reach.said + MOST_GROWTH * reach.still)
    middle = reach.middle
    if lessons:
        centre, width = _learned([_off(lesson, now, opened_at) for lesson in lessons], reach.ahead)
        middle *= math.exp(centre)
        low, high = middle * math.exp(-width), middle * math.exp(width)
    return Forecast(_people(middle), _people(low), _people(high), _reason(reach, lessons), lessons)


def _reach(answered_at: Sequence[datetime], now: datetime, meets_on: date | None) -> _Reach:
    fresh = sum(1 for moment in answered_at if now - moment <= PACE)
    ahead = _share_still_ahead(now, meets_on)
    return _Reach(len(answered_at), fresh, fresh * ahead, ahead)


def _share_still_ahead(now: datetime, meets_on: date | None) -> float:
    """Return the part of a fading pace that falls before the day: 0 on the day, towards 1 long before."""
    days = CALL_AHEAD_DAYS if meets_on is None else float((meets_on - now.date()).days)
    return 1 - math.exp(-max(days, 0.0) / PACE.days)


def _lesson(edition: Edition, now: datetime, opened_at: datetime | None) -> Lesson | None:
    """Return what an edition teaches a call of this age: by its first 14 days while they are the nearer ones, else by all."""
    early, declared = _enough(edition.early), _enough(edition.declared)
    is_early = declared == 0 or (early > 0 and _youth(now, opened_at) >= 0.5)
    said = early if is_early else declared
    if edition.came < 1 or said == 0:
        return None
    then = USUALLY_COME * said * (1 + (_AHEAD_AFTER_14_DAYS if is_early else 0))
    return Lesson(edition.label, said, is_early, _people(then), edition.came)


def _enough(said: int | None) -> int:
    return said if said is not None and said >= FEWEST_ANSWERS else 0


def _youth(now: datetime, opened_at: datetime | None) -> float:
    """Return 1 in the first 14 days of a call, and less as it grows older, as its pace fades."""
    age = (now - opened_at) if opened_at is not None else timedelta()
    return math.exp(-max(0.0, (age - PACE) / PACE))


def _off(lesson: Lesson, now: datetime, opened_at: datetime | None) -> float:
    """Return how far the forecast was off, as a logarithm. What grew unforeseen after the first days has grown by the end."""
    off = max(-_MOST_OFF, min(_MOST_OFF, math.log(lesson.came / max(lesson.forecast, 1))))
    return off * _youth(now, opened_at) if lesson.is_early else off


def _learned(off: Sequence[float], ahead: float) -> tuple[float, float]:
    """Return how far the next forecast is off, and half the width of its interval, both as logarithms."""
    count = len(off)
    mean = math.fsum(off) / count
    worth = _WORTH_OF_MEAN + count
    centre = math.fsum(off) / worth
    freedom = _WORTH_OF_SPREAD + count
    usual = (_CLOSED + _OPEN * ahead) / (_T90[0] * math.sqrt(1 + 1 / _WORTH_OF_MEAN))
    squares = _WORTH_OF_SPREAD * usual**2
    squares += math.fsum((each - mean) ** 2 for each in off) + _WORTH_OF_MEAN * count / worth * mean**2
    spread = math.sqrt(squares / freedom * (1 + 1 / worth))
    return centre, _T90[min(freedom - _WORTH_OF_SPREAD, len(_T90) - 1)] * spread


def _people(expected: float) -> int:
    return math.floor(expected + 0.5)


def _reason(reach: _Reach, lessons: Sequence[Lesson]) -> str:
    shares = {"low": f"{100 * FEWEST_COME:.0f}", "high": f"{100 * MOST_COME:.0f}"}
    told = [_pace(reach), _follow(_people(reach.still))]
    told += [gettext("Of those who say so, %(low)s to %(high)s in 100 come.") % shares]
    told += [_moved(_people(reach.middle), len(lessons))] if lessons else []
    return " ".join(told)


def _pace(reach: _Reach) -> str:
    if reach.fresh:
        said = ngettext(
            "%(count)s person said they would come, %(fresh)s of them in the last %(days)s days.",
            "%(count)s people said they would come, %(fresh)s of them in the last %(days)s days.",
            reach.said,
        )
    else:
        said = ngettext(
            "%(count)s person said they would come, none of them in the last %(days)s days.",
            "%(count)s people said they would come, none of them in the last %(days)s days.",
            reach.said,
        )
    return said % {"count": reach.said, "fresh": reach.fresh, "days": PACE.days}


def _follow(still: int) -> str:
    if not still:
        return gettext("Hardly anybody else will say so.")
    return ngettext(
        "At this pace about %(count)s more will say so.", "At this pace about %(count)s more will say so.", still
    ) % {"count": still}


def _moved(middle: int, editions: int) -> str:
    return ngettext(
        "That makes %(people)s; %(count)s earlier edition moved it.",
        "That makes %(people)s; %(count)s earlier editions moved it.",
        editions,
    ) % {"people": middle, "count": editions}
