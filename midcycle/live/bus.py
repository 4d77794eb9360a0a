"""How open copies of one pad hear of each other's commits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

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


Hear = Callable[[News], None]


class Bus(Protocol):
    """May lose news: who hears of a later row looks for the missing ones in the store."""

    def publish(self, news: News) -> None:
        """Tell all who follow the pad, the sender too."""

    def follow(self, pad: str, hear: Hear) -> Callable[[], None]:
        """Hear of a pad's news until the returned function is called."""


class LocalBus:
    """The bus of one process: calls its followers at once."""

    def __init__(self) -> None:
        self._followers: dict[str, list[Hear]] = {}

    def publish(self, news: News) -> None:
        """Tell all who follow the pad."""
        for hear in tuple(self._followers.get(news.pad, ())):
            hear(news)

    def follow(self, pad: str, hear: Hear) -> Callable[[], None]:
        """Hear of a pad's news until the returned function is called."""
        self._followers.setdefault(pad, []).append(hear)

        def stop() -> None:
            self._followers[pad].remove(hear)
            if not self._followers[pad]:
                del self._followers[pad]

        return stop
