"""How a meetup's life is told. Pure."""

from dataclasses import dataclass
from datetime import date

from midcycle.kernel.words import day_in_words, gettext, gettext_noop, ngettext
from midcycle.meetups.rules import STAGES, stage_in_words


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
        Step(stage_in_words(name), notes.get(name, "") if number <= reached else "", number < reached, number == reached)
        for number, name in enumerate(STAGES)
    )


def is_before(stage: str, other: str) -> bool:
    """Say whether a meetup in a stage has yet to reach the other one."""
    return STAGES.index(stage) < STAGES.index(other)


# What the organiser does in a stage, and what the button to the next one says.
NOW_DO = {
    "idea": gettext_noop("Spread the word and watch who would come, host and moderate."),
    "hosting": gettext_noop("Settle where and when, then open registration."),
    "registration": gettext_noop("People take seats and propose topics. When the time comes, build the agenda."),
    "agenda": gettext_noop("Set rooms and slots, draft the agenda, change it by hand, release it."),
    "on_site": gettext_noop("Check people in, keep the pads going, count hands in the wrap-up."),
    "wrap_up": gettext_noop("Collect feedback, write the report, publish it."),
    "archived": gettext_noop("Everything stays readable."),
}
MOVE_ON = {
    "hosting": gettext_noop("Look for a place"),
    "registration": gettext_noop("Go on to registration"),
    "agenda": gettext_noop("Go on to the agenda"),
    "on_site": gettext_noop("We are on site"),
    "wrap_up": gettext_noop("Go on to the wrap-up"),
    "archived": gettext_noop("Archive this meetup"),
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
    step = gettext("One step left before people can register: say how many seats there are, under Seats and waitlist.")
    if not answers:
        return step
    told = ngettext(
        "%(count)s person who answered the call will get a letter.",
        "%(count)s people who answered the call will get a letter.",
        answers,
    )
    return f"{step} {told % {'count': answers}}"


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
    first, last = {"day": day_in_words(starts)}, {"day": day_in_words(ends)}
    asked = {
        "registration": ((not ready.is_placed, gettext("City and first day are not settled.")),),
        "agenda": ((not ready.has_seats, gettext("Nobody could register yet: there are no seats.")),),
        "on_site": (
            (not ready.is_released, gettext("The agenda is not released.")),
            (starts is None, gettext("The days are not settled.")),
            (starts is not None and ready.today < starts, gettext("It starts on %(day)s.") % first),
            (ends is not None and ready.today > ends, gettext("It ended on %(day)s.") % last),
        ),
        "wrap_up": ((ends is not None and ready.today < ends, gettext("The last day is %(day)s.") % last),),
        "archived": (
            (
                not ready.is_reported,
                gettext("The report is not published, and cannot be once the meetup is archived."),
            ),
        ),
    }
    told = [sentence for is_missing, sentence in asked.get(stage, ()) if is_missing]
    if stage and ready.milestones_left:
        left = ready.milestones_left
        still = ngettext("1 milestone of this stage is not done.", "%(count)s milestones of this stage are not done.", left)
        told.append(still % {"count": left})
    return tuple(told)
