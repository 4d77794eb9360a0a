"""Meetups that take registrations."""

from midcycle.meetups.models import Meetup
from midcycle.registration import actions
from midcycle.registration.actions import Answers
from midcycle.registration.models import Capacity, Seat
from tests.world import NOW, ada, placed

ANSWERS = Answers(role="operator", sector="public cloud", region="europe", heard_how="list", on_list=True, first_time=False)


def opened(total: int = 2, title: str = "Spring meetup", stage: str = "registration") -> Meetup:
    """Return a meetup of Ada's that is open with so many seats."""
    meetup = placed(title, stage)
    actions.open_registration(meetup, total=total, by=ada(), now=NOW)
    return meetup


def seated(meetup: Meetup, name: str, answers: Answers = ANSWERS, now=NOW) -> Seat:
    """Return the seat, or place in the waitlist, of somebody called so."""
    email = f"{name.lower()}@example.org"
    return actions.take_seat(meetup, answers, email=email, name=f"{name} Example", now=now).seat


def registered_again(meetup: Meetup, name: str, now=NOW) -> None:
    """Let a stranger type the address of somebody called so."""
    actions.register(meetup, ANSWERS, email=f"{name.lower()}@example.org", name="Mallory", now=now)


def crowd(meetup: Meetup, people: int, answers: Answers = ANSWERS) -> list[Seat]:
    """Return the seats of Guest1, Guest2, … in the order they came."""
    return [seated(meetup, f"Guest{number}", answers) for number in range(1, people + 1)]


def states(meetup: Meetup) -> dict[str, str]:
    """Return the first name and state of everybody, in the order they came."""
    rows = Seat.objects.filter(meetup=meetup).order_by("arrival").values_list("name", "state")
    return {name.split()[0]: state for name, state in rows}


def figures(meetup: Meetup) -> tuple[int, int, int]:
    """Return seats held by the counter, seats held by counting, and people waiting."""
    taken = Seat.objects.filter(meetup=meetup, state__in=("held", "offered", "checked_in")).count()
    waiting = Seat.objects.filter(meetup=meetup, state="waiting").count()
    return Capacity.objects.get(meetup=meetup).held, taken, waiting
