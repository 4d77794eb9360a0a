"""What comes next: the region and the window that the rule and the summits known leave, and why. Pure.

The window lies before the next summit by as long as editions used to, three weeks more or less; without a history ten weeks,
as between Manchester (February 2016) and the summit of April. It stays inside the time between two summits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from midcycle.kernel.words import day_in_words, gettext, ngettext
from midcycle.series.rules.months import later
from midcycle.series.rules.regions import Region, region_of
from midcycle.series.rules.rotation import Edition, Rule, Summit, in_order

USUAL_LEAD: Final = 70  # days
_LEAST_LEAD: Final = 28
_SLACK: Final = timedelta(weeks=3)
_USUAL_GAP: Final = 6  # months
_AHEAD: Final = timedelta(weeks=16)  # a host needs some months
_AFTER_SUMMIT: Final = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Choice:
    """A region, whether the rule leaves it, and why or why not. `last_on` is when an edition was there last."""

    region: Region
    is_left: bool
    reasons: tuple[str, ...]
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The region to propose next, None where nothing is left or nothing was asked; all choices; the window and why."""

    region: Region | None
    choices: tuple[Choice, ...]
    earliest: date
    latest: date
    reasons: tuple[str, ...]
    summit: Summit | None
    lacks: tuple[str, ...]


def propose(editions: Sequence[Edition], rule: Rule | None, summits: Sequence[Summit], *, today: date) -> Proposal:
    """Return what the rule leaves for the edition after the last one that has a day."""
    dated = [edition for edition in in_order(editions) if edition.starts_on]
    last = dated[-1] if dated else None
    begun = max([today, *([last.ends_on or last.starts_on or today] if last else [])])
    earliest, latest, reasons, summit = _window(dated, rule, summits, begun=begun, today=today)
    choices = _choices(dated, rule, summit)
    left = [choice for choice in choices if choice.is_left]
    return Proposal(
        region=left[0].region if left else None,
        choices=choices,
        earliest=earliest,
        latest=latest,
        reasons=reasons,
        summit=summit,
        lacks=_lacks(rule, summit, choices),
    )


def _choices(dated: Sequence[Edition], rule: Rule | None, summit: Summit | None) -> tuple[Choice, ...]:
    """Return the regions of the rule: those it leaves first, and of those the one that waited longest."""
    if rule is None:
        return ()
    last = dated[-1] if dated else None
    found = [_choice(region, dated, last, rule, summit) for region in rule.regions]
    turn = {region.key: place for place, region in enumerate(rule.regions)}
    return tuple(sorted(found, key=lambda choice: (not choice.is_left, choice.last_on or date.min, turn[choice.region.key])))


def _choice(region: Region, dated: Sequence[Edition], last: Edition | None, rule: Rule, summit: Summit | None) -> Choice:
    there = [edition for edition in dated if region_of(edition.region, rule.regions, edition.country) == region]
    against = []
    if rule.opposes_summit and summit and region_of(summit.region, rule.regions, summit.country) == region:
        named = gettext("The next summit, %(city)s, is in this region.") % {"city": summit.name}
        against.append(named if summit.name else gettext("The next summit is there."))
    if rule.never_twice and last and there and there[-1] == last:
        was = gettext("The last edition, %(edition)s, was in this region.")
        is_now = gettext("The last edition, %(edition)s, is in this region.")
        against.append((was if last.is_over else is_now) % {"edition": last.name})
    last_on = there[-1].starts_on if there else None
    return Choice(region, not against, tuple(against) or (_waited(there[-1] if there else None),), last_on)


def _waited(last: Edition | None) -> str:
    if last is None or last.starts_on is None:
        return gettext("No edition was there yet.")
    told = {"month": day_in_words(last.starts_on, "month"), "edition": last.name}
    return gettext("Last there in %(month)s, with %(edition)s.") % told


def _window(
    dated: Sequence[Edition], rule: Rule | None, summits: Sequence[Summit], *, begun: date, today: date
) -> tuple[date, date, tuple[str, ...], Summit | None]:
    lead, told = _lead(dated)
    floor, why = _floor(dated, rule, begun=begun, today=today)
    coming = sorted((summit for summit in summits if summit.on and summit.on > begun), key=lambda summit: summit.on or begun)
    for summit in coming:
        on = summit.on or begun
        latest = min(on - lead + _SLACK, on - timedelta(days=_LEAST_LEAD))
        before = max((each.on for each in coming if each.on and each.on < on), default=None)
        earliest = max(floor, on - lead - _SLACK, before + _AFTER_SUMMIT if before else floor)
        if earliest <= latest:
            said = f"{_following(summit, on)} {told}"
            return earliest, latest, (said, *([why] if earliest == floor else [])), summit
    earliest = max(floor, _after(dated, today))
    return earliest, earliest + 2 * _SLACK, (why,), None


def _following(summit: Summit, on: date) -> str:
    month = day_in_words(on, "month")
    if not summit.name:
        return gettext("The summit that follows is one in %(month)s.") % {"month": month}
    return gettext("The summit that follows is %(city)s in %(month)s.") % {"city": summit.name, "month": month}


def _lead(dated: Sequence[Edition]) -> tuple[timedelta, str]:
    """Return how long before its summit an edition usually is."""
    leads = [
        (edition.summit.on - edition.starts_on).days
        for edition in dated
        if edition.starts_on and edition.summit.on and edition.summit.on > edition.starts_on
    ]
    if not leads:
        weeks = USUAL_LEAD // 7
        said = ngettext(
            "The window is about %(count)s week before it.", "The window is about %(count)s weeks before it.", weeks
        )
        return timedelta(days=USUAL_LEAD), said % {"count": weeks}
    usual = max(_LEAST_LEAD, min(round(median(leads)), 200))
    said = ngettext(
        "The window is about %(weeks)s weeks before it, as it was for %(count)s edition so far.",
        "The window is about %(weeks)s weeks before it, as it was for %(count)s editions so far.",
        len(leads),
    )
    return timedelta(days=usual), said % {"weeks": round(usual / 7), "count": len(leads)}


def _floor(dated: Sequence[Edition], rule: Rule | None, *, begun: date, today: date) -> tuple[date, str]:
    """Return the first day that can be, and why."""
    soonest = today + _AHEAD
    last = dated[-1] if dated else None
    if last and last.starts_on and rule and rule.least_gap:
        after = later(last.starts_on, rule.least_gap)
        if after > soonest:
            said = ngettext(
                "Not before %(day)s: the rule asks for %(count)s month after %(edition)s.",
                "Not before %(day)s: the rule asks for %(count)s months after %(edition)s.",
                rule.least_gap,
            )
            return after, said % {"day": day_in_words(after), "count": rule.least_gap, "edition": last.name}
    first, weeks = max(soonest, begun + timedelta(days=1)), _AHEAD.days // 7
    said = ngettext(
        "Not before %(day)s: hosts need %(count)s week to get ready.",
        "Not before %(day)s: hosts need %(count)s weeks to get ready.",
        weeks,
    )
    return first, said % {"day": day_in_words(first), "count": weeks}


def _after(dated: Sequence[Edition], today: date) -> date:
    last = dated[-1].starts_on if dated else None
    return later(last, _USUAL_GAP) if last else today


def _lacks(rule: Rule | None, summit: Summit | None, choices: Sequence[Choice]) -> tuple[str, ...]:
    said = []
    if rule is None:
        said.append(gettext("There is no rule yet, so no region can be proposed."))
    elif not rule.regions:
        said.append(gettext("The rule names no regions to choose from."))
    elif not any(choice.is_left for choice in choices):
        said.append(gettext("The rule leaves no region. Decide on one all the same and make it an exception, with its reason."))
    if rule and rule.opposes_summit and (summit is None or not summit.region):
        said.append(
            gettext("No summit after that is known with its region. Add it to the calendar; the proposal may change then.")
        )
    return tuple(said)
