"""Meetups people came to, and what they answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from midcycle.feedback import actions
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration import actions as registration
from midcycle.registration.models import Seat
from tests.world import NOW, ada, placed


@dataclass(frozen=True)
class Came:
    """A meetup and the seats of those who came, in the order of their names: Guest 1, Guest 2, …"""

    meetup: Meetup
    seats: tuple[Seat, ...]


def said(heard_how: str = "", *, free_time: str = "", words: str = "", **yes_no: bool) -> dict[str, list[str]]:
    """Return answers to the standard questions as they are typed; what is not given is left out."""
    typed = {"heard_how": heard_how, "free_time": free_time, "words": words}
    typed |= {question: "yes" if answer else "no" for question, answer in yes_no.items()}
    return {question: [value] for question, value in typed.items() if value}


def held(people: int, *answers: registration.Answers, title: str = "Spring meetup") -> Came:
    """Return a meetup in registration with so many seats held; guest n gives answer n, or the last one, or none."""
    meetup = placed(title)
    registration.open_registration(meetup, total=people, by=ada(), now=NOW)
    said = [*answers, *[answers[-1] if answers else registration.Answers()] * people][:people]
    taken = [
        registration.take_seat(meetup, said[n - 1], email=f"guest{n}@example.org", name=f"Guest {n}", now=NOW).seat
        for n in range(1, people + 1)
    ]
    return Came(meetup, tuple(taken))


def came(people: int, *answers: registration.Answers, title: str = "Spring meetup") -> Came:
    """Return a meetup in its wrap-up to which so many people came."""
    world = held(people, *answers, title=title)
    for stage in ("agenda", "on_site"):
        meetups.move_to_stage(world.meetup, ada(), stage, now=NOW)
    for seat in world.seats:
        registration.check_in(seat, by=ada(), now=NOW)
    meetups.move_to_stage(world.meetup, ada(), "wrap_up", now=NOW)
    return world


def answered(*answers: Mapping[str, Sequence[str]], people: int = 0, close: bool = True) -> Came:
    """Return a meetup whose first guests gave these answers to the survey."""
    world = came(people or len(answers))
    actions.open_survey(world.meetup, by=ada(), now=NOW)
    for seat, typed in zip(world.seats, answers, strict=False):
        actions.answer_survey(seat, typed, now=NOW)
    if close:
        actions.close_survey(world.meetup, by=ada(), now=NOW)
    return world
