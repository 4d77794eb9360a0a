"""The numbers a report tells and where each comes from. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

OVER_STAGES: Final = frozenset({"wrap_up", "archived"})
REPORTED_STAGES: Final = OVER_STAGES | {"on_site"}
NOT_YET: Final = "The report is drafted once the meetup is on site."


@dataclass(frozen=True)
class Path:
    """From the first question to the door, in people; None where nobody asked or counted.

    `channel` is where the first question was asked.
    """

    guess: tuple[int, int] | None = None
    interested: int | None = None
    announced: int | None = None
    seats: int | None = None
    asked: int = 0
    seated: int = 0
    waiting: int = 0
    came: int | None = None
    channel: str = ""


@dataclass(frozen=True)
class Figure:
    """A number of the report and where it comes from."""

    key: str
    value: int
    label: str
    origin: str


@dataclass(frozen=True)
class Value:
    """What stands for a name in a text, such as `120` or `30 %`, and the anchor of where it comes from."""

    text: str
    source: str


class Point(Protocol):
    """What is needed here of a data point."""

    @property
    def key(self) -> str: ...  # noqa: D102 - as its own class says
    @property
    def percent(self) -> str: ...  # noqa: D102


class Money(Protocol):
    """What is needed here of the money in one currency."""

    @property
    def currency(self) -> str: ...  # noqa: D102
    @property
    def came_in(self) -> str: ...  # noqa: D102
    @property
    def was_paid(self) -> str: ...  # noqa: D102
    @property
    def is_left(self) -> str: ...  # noqa: D102


def figures(path: Path) -> tuple[Figure, ...]:
    """Return the numbers a report opens with, the last first: who came, out of how many."""
    guessed = f" At first {guess_in_words(path.guess)} expected." if path.guess else ""
    raised = f" {path.announced} {were(path.announced)} announced at first." if path.announced not in (None, path.seats) else ""
    waited = f" {path.waiting} {were(path.waiting)} still waiting for a seat at the end." if path.waiting else ""
    seated = None if path.seated in (0, path.came) else path.seated
    known = (
        ("came", path.came, "person came" if path.came == 1 else "people came", "Checked in at the door, one by one."),
        ("seated", seated, "had a seat", "Registrations that got a seat and did not give it back."),
        ("seats", path.seats, "seats", f"What the organisers set as the capacity.{raised}"),
        ("asked", path.asked or None, "asked for a seat", f"All registrations, with those later cancelled.{waited}"),
        ("interested", path.interested, "said they would come", f"Answers to the call for interest.{guessed}"),
    )
    return tuple(Figure(key, value, label, origin) for key, value, label, origin in known if value is not None)


def may_write(stage: str) -> bool:
    """Say whether there is something to report in this stage of a meetup: before it is on site, nothing has happened."""
    return stage in REPORTED_STAGES


def values(
    path: Path, counts: Mapping[str, int], points: Iterable[Point] = (), money: Sequence[Money] = ()
) -> dict[str, Value]:
    """Return what can be taken up in a text by its name, in the order they are offered; what is not known is left out.

    `counts` are of sessions, days, rooms, moderators, pads and actions.
    """
    numbers = {
        "people": (path.came, "came"),
        "seats": (path.seats, "seats"),
        "announced": (path.announced, "seats"),
        "asked": (path.asked or None, "asked"),
        "seated": (path.seated or None, "came" if path.seated == path.came else "seated"),
        "waiting": (path.waiting or None, "asked"),
        "interested": (path.interested, "interested"),
    }
    found = {name: Value(str(number), source) for name, (number, source) in numbers.items() if number is not None}
    found |= {name: Value(str(count), _SOURCE_OF_COUNTS.get(name, "talked")) for name, count in counts.items() if count}
    found |= {point.key: Value(point.percent, point.key) for point in points}
    for each in money:
        for name, amount in (("income", each.came_in), ("costs", each.was_paid), ("left", each.is_left)):
            found[f"{name}_{each.currency.lower()}"] = Value(amount, "money")
    return found


_SOURCE_OF_COUNTS: Final = {"actions": "actions", "actions_done": "actions"}


def guess_in_words(guess: tuple[int, int]) -> str:
    """Return a guess with its verb: `20 to 30 people were`."""
    low, high = guess
    if low == high == 1:
        return "one person was"
    return f"{low if low == high else f'{low} to {high}'} people were"


def were(count: int | None) -> str:
    """Return the verb for so many."""
    return "was" if count == 1 else "were"
