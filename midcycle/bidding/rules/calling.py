"""When a call for hosts opens, who sees it when, and what it must say first. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from midcycle.kernel.words import gettext

CALL_STATES: Final = ("draft", "open", "decided")
BID_STATES: Final = ("draft", "handed_in", "withdrawn")
STAGES_OF_A_CALL: Final = ("idea", "hosting")
MOST_CRITERIA: Final = 12
MOST_MEMBERS: Final = 9
FEWEST_MEMBERS: Final = 2
MOST_FIRST_DAYS: Final = 30
MOST_WINDOW: Final = timedelta(days=366)
MOST_MEETUP_DAYS: Final = 31
LONGEST: Final = {"about": 10_000, "chosen_how": 2_000, "title": 80, "explanation": 300, "why": 200}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What there is of a call before it opens."""

    region: str
    earliest: date | None
    latest: date | None
    deadline: datetime | None
    criteria: int
    members: int
    has_keeper: bool
    chosen_how: str
    stage: str


def missing_before_opening(call: Prepared, *, now: datetime) -> tuple[str, ...]:
    """Return, in sentences, what a call needs before it can open; empty when it can. Region and window come first."""
    checks = (
        (not call.region, gettext("Say the region first: who bids has to know where.")),
        (call.earliest is None or call.latest is None, gettext("Say the window first: the earliest and the latest day.")),
        (call.deadline is None, gettext("Set a deadline for bids.")),
        (call.deadline is not None and call.deadline <= now, gettext("The deadline is past. Set a later one.")),
        (call.criteria == 0, gettext("Name the criteria and their weights: they are public before the first bid.")),
        (call.members < FEWEST_MEMBERS, gettext("Name the group that decides, two people or more.")),
        (not call.has_keeper, gettext("Name a neutral person who keeps the comparison.")),
        (not call.chosen_how, gettext("Say how the people of the group were chosen.")),
        (call.stage not in STAGES_OF_A_CALL, gettext("This meetup has a place already.")),
    )
    return tuple(sentence for is_missing, sentence in checks if is_missing)


def fault_in_window(earliest: date | None, latest: date | None, deadline: date | None) -> tuple[str, str] | None:
    """Return the field of a window that is wrong and what to do; None when all is well."""
    if earliest is None or latest is None:
        return None
    if latest < earliest:
        return "latest", gettext("The latest day is before the earliest. Choose a later one.")
    if latest - earliest > MOST_WINDOW:
        return "latest", gettext("A window is a year at most. Choose an earlier day.")
    if deadline is not None and deadline >= earliest:
        return "deadline_day", gettext("Bids end before the window begins. Choose an earlier day.")
    return None


def phase_of(state: str, public_at: datetime | None, deadline: datetime | None, *, now: datetime) -> str:
    """Return where a call is: `draft`, `first` (for those who lost the last one), `open`, `comparing` or `decided`."""
    if state != "open" or public_at is None or deadline is None:
        return state
    if now >= deadline:
        return "comparing"
    return "first" if now < public_at else "open"


def fault_in_days(starts_on: date, ends_on: date, earliest: date | None, latest: date | None) -> str | None:
    """Return what is wrong with days that are offered; None when all is well."""
    if ends_on < starts_on:
        return gettext("The last day is before the first. Choose a later last day.")
    if (ends_on - starts_on).days >= MOST_MEETUP_DAYS:
        return gettext("A meetup lasts %(most)s days at most.") % {"most": MOST_MEETUP_DAYS}
    if (earliest and starts_on < earliest) or (latest and ends_on > latest):
        return gettext("These days are outside of the window of the call.")
    return None
