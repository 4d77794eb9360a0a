"""The numbers a report tells and where each comes from. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from midcycle.kernel.words import gettext, gettext_noop, ngettext

OVER_STAGES: Final = frozenset({"wrap_up", "archived"})
REPORTED_STAGES: Final = OVER_STAGES | {"on_site"}
AS_TOLD: Final = gettext_noop("As the sources tell it.")
NOT_YET: Final = gettext_noop("The report is drafted once the meetup is on site.")
NOT_COUNTED: Final = gettext_noop(
    "This is counted once, when all have come. Move the meetup on to “wrap-up” first: the button is on the desk."
)


@dataclass(frozen=True)
class Path:
    """From the first question to the door, in people; None where nobody asked or counted.

    `channel` is where the first question was asked. `is_told`: nobody was counted here, sources tell how many there were.
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
    is_told: bool = False

    @property
    def told_asked(self) -> int:
        """How many asked for a seat; 0 where sources tell only how many came, and as many had to be invented."""
        return 0 if self.is_told and self.asked == self.came else self.asked


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
    seated = None if path.seated in (0, path.came) else path.seated
    known = (
        ("came", path.came, _came_words(path.came), gettext("Checked in at the door, one by one.")),
        ("seated", seated, gettext("had a seat"), gettext("Registrations that got a seat and did not give it back.")),
        ("seats", path.seats, gettext("seats"), _with(gettext("What the organisers set as the capacity."), _announced(path))),
        (
            "asked",
            path.told_asked or None,
            gettext("asked for a seat"),
            _with(gettext("All registrations, with those later cancelled."), _waited(path)),
        ),
        (
            "interested",
            path.interested,
            gettext("said they would come"),
            _with(gettext("Answers to the call for interest."), guessed(path.guess) if path.guess else ""),
        ),
    )
    return tuple(
        Figure(key, value, label, gettext(AS_TOLD) if path.is_told else origin)
        for key, value, label, origin in known
        if value is not None
    )


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
        "asked": (path.told_asked or None, "asked"),
        "seated": (path.seated or None, "came" if path.seated == path.came else "seated"),
        "waiting": (path.waiting or None, "asked"),
        "interested": (path.interested, "interested"),
    }
    found = {name: Value(str(number), source) for name, (number, source) in numbers.items() if number is not None}
    found |= {
        name: Value(str(count), _SOURCE_OF_COUNTS.get(name, "talked"))
        for name, count in counts.items()
        if count and name != "learning"
    }
    found |= {point.key: Value(point.percent, point.key) for point in points}
    for each in money:
        for name, amount in (("income", each.came_in), ("costs", each.was_paid), ("left", each.is_left)):
            found[f"{name}_{each.currency.lower()}"] = Value(amount, "money")
    return found


_SOURCE_OF_COUNTS: Final = {"actions": "actions", "actions_done": "actions", "pictures": "pictures"}


def guessed(guess: tuple[int, int]) -> str:
    """Return the sentence about a guess, such as that at first 20 to 30 people were expected."""
    low, high = guess
    if low == high:
        return ngettext("At first one person was expected.", "At first %(count)s people were expected.", low) % {"count": low}
    return gettext("At first %(low)s to %(high)s people were expected.") % {"low": low, "high": high}


def _told(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the counts a text can take up; how many learned to moderate is a data point only."""
    return [(name, count) for name, count in counts.items() if count and name != "learning"]


def _came_words(came: int | None) -> str:
    return ngettext("person came", "people came", came or 0)


def _announced(path: Path) -> str:
    if path.announced is None or path.announced == path.seats:
        return ""
    told = ngettext("%(count)s was announced at first.", "%(count)s were announced at first.", path.announced)
    return told % {"count": path.announced}


def _waited(path: Path) -> str:
    if not path.waiting:
        return ""
    told = ngettext(
        "%(count)s was still waiting for a seat at the end.",
        "%(count)s were still waiting for a seat at the end.",
        path.waiting,
    )
    return told % {"count": path.waiting}


def _with(sentence: str, more: str) -> str:
    return f"{sentence} {more}" if more else sentence
