"""The order of the line, quotas, and who a free seat goes to. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from midcycle.kernel.words import gettext, gettext_noop, ngettext
from midcycle.registration.rules.sentences import THEN, told

LINE_RULES: Final = ("first_come", "groups", "lottery")
LINE_RULE_NAMES: Final[Mapping[str, str]] = {
    "first_come": gettext_noop("First come, first served"),
    "groups": gettext_noop("Groups, one after the other"),
    "lottery": gettext_noop("Drawn by lot"),
}
GROUPS: Final[Mapping[str, str]] = {
    "operators": gettext_noop("people who operate, or expect to"),
    "first_timers": gettext_noop("people who come for the first time"),
    "host_region": gettext_noop("people of the host's region"),
}
QUOTA_KINDS: Final = ("role", "sector", "organisation", "first_time", "region")
EACH: Final = "*"  # the value of a quota that holds for each organisation

MOST_NOTICE: Final = 60
MOST_OFFER_HOURS: Final = 24 * 14
CONFIRM_HOURS: Final = 72  # for somebody a colleague registered
# Those who come after the draw stand behind those who were drawn.
AFTER_THE_DRAW: Final = 1_000_000_000

_OPERATES: Final = frozenset({"operator", "expects_to_operate"})
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")
_LAST_HOURS: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Claim:
    """What counts about a person when seats are given. `first_time` is None when not said."""

    role: str
    sector: str
    organisation_key: str
    region: str
    first_time: bool | None


@dataclass(frozen=True)
class LineRule:
    """The published rule of a waitlist: its kind, who is served first, when lots are drawn, how long an offer stands."""

    rule: str = "first_come"
    groups: tuple[str, ...] = ()
    draw_at: datetime | None = None
    offer_hours: int = 0


def organisation_key(name: str) -> str:
    """Return the name as it is compared: without case, accents, spaces and punctuation (`ACME, Inc.` is `acmeinc`)."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return _NOT_A_LETTER.sub("", "".join(letter for letter in letters if not unicodedata.combining(letter)))[:120]


def counted_as(claim: Claim) -> dict[str, str]:
    """Return for each kind of quota what the person counts as; kinds about which nothing was said are missing."""
    values = {
        "role": claim.role,
        "sector": claim.sector,
        "organisation": claim.organisation_key,
        "first_time": {True: "yes", False: "no", None: ""}[claim.first_time],
        "region": claim.region,
    }
    return {kind: value for kind, value in values.items() if value}


def rank_of(rule: str, groups: Sequence[str], claim: Claim, host_region: str) -> int:
    """Return the number of the first group the person is in, from 0; those in none come last."""
    if rule != "groups":
        return 0
    belongs = {
        "operators": claim.role in _OPERATES,
        "first_timers": claim.first_time is True,
        "host_region": bool(host_region) and claim.region == host_region,
    }
    return next((number for number, group in enumerate(groups) if belongs.get(group)), len(groups))


def notice_left(starts_on: date | None, today: date) -> int | None:
    """Return how many days are left until the meetup, None when nobody knows."""
    return None if starts_on is None else max(0, (starts_on - today).days)


def offer_ends(now: datetime, hours: int, starts_at: datetime | None) -> datetime:
    """Return when an offer lapses: after its hours, or an hour before the meetup, but never at once."""
    ends = now + timedelta(hours=hours)
    if starts_at is None:
        return ends
    return max(min(ends, starts_at - _LAST_HOURS), now + _LAST_HOURS)


def line_text(rule: str, groups: Sequence[str], draw_text: str, offer_hours: int) -> tuple[str, ...]:
    """Return the published rule of a waitlist, in sentences, in English: told in other languages where they are shown."""
    texts = {
        "first_come": "Who registered first is served first.",
        "groups": f"First {_then(groups)}. Within each group, who registered first is served first. "
        "What people say of themselves counts; nobody checks.",
        "lottery": f"Free seats are drawn by lot {draw_text}. Everybody who has registered by then has the same chance; "
        "who comes later stands behind them.",
    }
    offered = f"A free seat is offered for {hours_text(offer_hours)}; if it is not taken by then, it goes to the next."
    return (texts[rule], offered if offer_hours else "A free seat goes to the next in line at once.")


def hours_text(hours: int) -> str:
    """Return a length of time in English, such as `2 days` or `36 hours`."""
    if hours % 24 == 0:
        return "1 day" if hours == 24 else f"{hours // 24} days"
    return "1 hour" if hours == 1 else f"{hours} hours"


def why_not_this_rule(
    rule: str, groups: Sequence[str], draw_at: datetime | None, *, now: datetime, starts_at: datetime | None = None
) -> tuple[str, str] | None:
    """Return the field and why this rule cannot be, None when it can."""
    if rule == "groups" and not groups:
        return "groups", gettext("Choose at least one group that is served first.")
    if rule == "lottery" and (draw_at is None or draw_at <= now):
        return "draw_at", gettext("Choose when the lots are drawn, in the future.")
    if rule == "lottery" and draw_at and starts_at and draw_at >= starts_at:
        return "draw_at", gettext("The meetup begins before that. Choose a time before its first day.")
    return None


def why_passed_over(days: int, left: int | None, *, is_at_door: bool, is_released: bool) -> str | None:
    """Return why somebody who waits could not come in time, None when they could. `left` is how many days there are."""
    if is_at_door:
        return None
    if is_released:
        return gettext("seats of those who did not come go to people at the door")
    if left is not None and days > left:
        both = ngettext(
            "needs %(notice)s of notice, and 1 day is left", "needs %(notice)s of notice, and %(count)s days are left", left
        )
        return both % {"notice": told(days_text(days)), "count": left}
    return None


def moved(before: Sequence[int], after: Sequence[int]) -> tuple[int, int]:
    """Return how many stand further in front in the second order of the same people than in the first, and further behind."""
    was = {each: place for place, each in enumerate(before)}
    shifts = [place - was[each] for place, each in enumerate(after)]
    return sum(shift < 0 for shift in shifts), sum(shift > 0 for shift in shifts)


def days_text(number: int) -> str:
    """Return a number of days in English."""
    return "1 day" if number == 1 else f"{number} days"


def _then(groups: Sequence[str]) -> str:
    return THEN.join([*(GROUPS[group] for group in groups), "everybody else"])
