"""How a meetup's life is told. Pure."""

from dataclasses import dataclass
from datetime import date

from midcycle.meetups.rules import STAGE_NAMES, STAGES


@dataclass(frozen=True)
class Step:
    """One step of a meetup's life, as the page shows it."""

    name: str
    note: str
    is_done: bool
    is_current: bool


def life_of(stage: str, notes: dict[str, str]) -> tuple[Step, ...]:
    """Return the seven steps; notes belong to steps already reached."""
    reached = STAGES.index(stage)
    return tuple(
        Step(STAGE_NAMES[name], notes.get(name, "") if number <= reached else "", number < reached, number == reached)
        for number, name in enumerate(STAGES)
    )


def is_before(stage: str, other: str) -> bool:
    """Say whether a meetup in a stage has yet to reach the other one."""
    return STAGES.index(stage) < STAGES.index(other)


# What the organiser does in a stage, and what the button to the next one says.
NOW_DO = {
    "idea": "Spread the word and watch who would come, host and moderate.",
    "hosting": "Settle where and when, then open registration.",
    "registration": "People take seats and propose topics. When the time comes, build the agenda.",
    "agenda": "Set rooms and slots, draft the agenda, change it by hand, release it.",
    "on_site": "Check people in, keep the pads going, count hands in the wrap-up.",
    "wrap_up": "Collect feedback, write the report, publish it.",
    "archived": "Everything stays readable.",
}
MOVE_ON = {
    "hosting": "Look for a place",
    "registration": "Go on to registration",
    "agenda": "Go on to the agenda",
    "on_site": "We are on site",
    "wrap_up": "Go on to the wrap-up",
    "archived": "Archive this meetup",
}


# What a page of the desk is about, for the tasks that are shown beside it: by its name, else by its app.
_ABOUT = {
    "hosting:place": "place",
    "hosting": "interest",
    "bidding": "bids",
    "funding:underwriters": "underwriters",
    "funding:underwriter": "underwriters",
    "funding": "money",
    "invoicing": "invoices",
    "pages:team": "team",
    "planning:tasks": "all",
    "registration": "seats",
    "onsite": "door",
    "mailing": "letters",
    "topics": "topics",
    "agenda:rooms": "rooms",
    "agenda:moderators": "moderators",
    "agenda": "agenda",
    "pads": "pads",
    "feedback": "feedback",
    "report": "report",
}


def about_of(page: str) -> str:
    """Return what a page is about, `app:page` by its name; blank for one that has no tasks of its own."""
    return _ABOUT.get(page) or _ABOUT.get(page.partition(":")[0], "")


def seats_first(answers: int) -> str:
    """Return what an organiser does before people can register, and how many get a letter then."""
    step = "One step left before people can register: say how many seats there are, under Seats and waitlist."
    if not answers:
        return step
    return f"{step} {answers} {'person' if answers == 1 else 'people'} who answered the call will get a letter."


@dataclass(frozen=True)
class Readiness:
    """What a meetup has got, and the day it is at its place."""

    is_placed: bool
    has_seats: bool
    is_released: bool
    is_reported: bool
    milestones_left: int
    starts_on: date | None
    ends_on: date | None
    today: date


@dataclass(frozen=True)
class Planned:
    """What there is of an agenda: figures, and the newest release."""

    rooms: int
    slots: int
    sessions: int
    placed: int
    release: int | None


def next_deed(stage: str, ready: Readiness, planned: Planned) -> str:
    """Return the name of the page where an organiser goes on, empty when that is for them to say."""
    if stage == "hosting" and not ready.is_placed:
        return "place"
    if stage == "registration" and not ready.has_seats:
        return "seats"
    if stage != "agenda" or ready.is_released:
        return ""
    if not planned.rooms or not planned.slots:
        return "rooms"
    return "round" if planned.placed else "board"


def missing_before(stage: str, ready: Readiness) -> tuple[str, ...]:
    """Return, in sentences, what an organiser may have forgotten before the meetup reaches this stage. Nothing is forbidden."""
    starts, ends = ready.starts_on, ready.ends_on or ready.starts_on
    asked = {
        "registration": ((not ready.is_placed, "City and first day are not settled."),),
        "agenda": ((not ready.has_seats, "Nobody could register yet: there are no seats."),),
        "on_site": (
            (not ready.is_released, "The agenda is not released."),
            (starts is None, "The days are not settled."),
            (starts is not None and ready.today < starts, f"It starts on {_day(starts)}."),
            (ends is not None and ready.today > ends, f"It ended on {_day(ends)}."),
        ),
        "wrap_up": ((ends is not None and ready.today < ends, f"The last day is {_day(ends)}."),),
        "archived": ((not ready.is_reported, "The report is not published, and cannot be once the meetup is archived."),),
    }
    told = [sentence for is_missing, sentence in asked.get(stage, ()) if is_missing]
    if stage and ready.milestones_left:
        left = ready.milestones_left
        told.append("1 milestone of this stage is not done." if left == 1 else f"{left} milestones of this stage are not done.")
    return tuple(told)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""
