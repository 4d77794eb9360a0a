"""How open copies of one pad hear of each other's commits and people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from midcycle.live.control import Present
from midcycle.live.store import Author, Row


@dataclass(frozen=True, slots=True)
class News:
    """A log row that `sender`, an open pad, has committed, and who wrote for the first time.

    With `votes` it says that votes have changed, which are in the store; then the row has the number 0 and says nothing.
    """

    pad: str
    sender: str
    row: Row
    authors: Mapping[int, Author]
    votes: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """People and awareness states that are, or no longer are, at `sender`, an open pad; it may ask for those at the others."""

    pad: str
    sender: str
    people: tuple[Present, ...] = ()
    looks: Mapping[int, str] = field(default_factory=dict)
    gone: tuple[int, ...] = ()
    asks: bool = False


Hear = Callable[[News], None]
See = Callable[[Sighting], None]
T = TypeVar("T")


class Bus(Protocol):
    """May lose anything: who hears of a later row looks for the missing ones in the store, and people are told again.

    `wide` says whether there may be other processes, who must be told of people.
    """

    wide: bool

    def publish(self, news: News) -> None:
        """Tell all who follow the pad, the sender too."""

    def follow(self, pad: str, hear: Hear) -> Callable[[], None]:
        """Hear of a pad's news until the returned function is called."""

    def show(self, sighting: Sighting) -> None:
        """Tell all who watch the pad, the sender too."""

    def watch(self, pad: str, see: See) -> Callable[[], None]:
        """See the people of a pad until the returned function is called."""


class LocalBus:
    """The bus of one process: calls its followers at once."""

    wide = False

    def __init__(self) -> None:
        self._followers: dict[str, list[Hear]] = {}
        self._watchers: dict[str, list[See]] = {}

    def publish(self, news: News) -> None:
        """Tell all who follow the pad."""
        for hear in tuple(self._followers.get(news.pad, ())):
            hear(news)

    def follow(self, pad: str, hear: Hear) -> Callable[[], None]:
        """Hear of a pad's news until the returned function is called."""
        return _enter(self._followers, pad, hear)

    def show(self, sighting: Sighting) -> None:
        """Tell all who watch the pad."""
        for see in tuple(self._watchers.get(sighting.pad, ())):
            see(sighting)

    def watch(self, pad: str, see: See) -> Callable[[], None]:
        """See the people of a pad until the returned function is called."""
        return _enter(self._watchers, pad, see)


def _enter(table: dict[str, list[T]], pad: str, one: T) -> Callable[[], None]:
    table.setdefault(pad, []).append(one)

    def stop() -> None:
        table[pad].remove(one)
        if not table[pad]:
            del table[pad]

    return stop
