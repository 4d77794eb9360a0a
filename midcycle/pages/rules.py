"""How a meetup's life is told. Pure."""

from dataclasses import dataclass

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


def seats_first(answers: int) -> str:
    """Return what an organiser does before people can register, and how many get a letter then."""
    step = "One step left before people can register: say how many seats there are, under Seats and waitlist."
    if not answers:
        return step
    return f"{step} {answers} {'person' if answers == 1 else 'people'} who answered the call will get a letter."
