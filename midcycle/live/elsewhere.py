"""The people and carets that other servers have in a pad.

Nothing on the bus is sure to arrive. So everybody is told again every few
seconds, and whoever is not told again is gone, perhaps with the server.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from midcycle.live.bus import Bus, Sighting
from midcycle.live.control import Present
from midcycle.live.member import Member
from midcycle.live.presence import Presence

_AT_ONCE = 200  # people in one message: NATS takes 1 MB
_MISSED = 3.5  # times that somebody may be missed


@dataclass(frozen=True)
class Copy:
    """One open copy of a pad: `name` is told to the others."""

    pad: str
    name: str


@dataclass(frozen=True)
class Reach:
    """How to tell the others, and after how many seconds everybody is told again."""

    bus: Bus
    loop: asyncio.AbstractEventLoop
    again: float


class Elsewhere:
    """Tells the other copies of a pad who is here, and adds to `Presence` who is there."""

    def __init__(
        self, copy: Copy, members: Mapping[int, Member], presence: Presence, reach: Reach, changed: Callable[[], None]
    ) -> None:
        """`members` are those of the copy; it changes. `changed` is called when `presence` may have news."""
        self._copy = copy
        self._members = members
        self._presence = presence
        self._bus, self._loop, self._again = reach.bus, reach.loop, reach.again
        self._changed = changed
        self._there: dict[int, tuple[str, float]] = {}  # client id to the copy it is at, and until when that counts
        self._went: list[int] = []
        self._stop = self._bus.watch(copy.pad, self._see)
        self._timer: asyncio.TimerHandle | None = None
        if self._bus.wide:
            self._bus.show(Sighting(copy.pad, copy.name, asks=True))
            self._timer = self._loop.call_later(self._again, self._tell_again)

    def went(self, client: int) -> None:
        """Take note of somebody who went from here."""
        self._went.append(client)

    def tell(self, joined: Iterable[Present], moved: Iterable[int]) -> None:
        """Tell the others what changed here."""
        gone, self._went = tuple(self._went), []
        if not self._bus.wide:
            return
        people = tuple(one for one in joined if one.client_id in self._members)
        looks = {client: self._presence.state(client) for client in moved if client in self._members}
        if people or gone or looks:
            self._show(people, looks, gone)

    def close(self) -> None:
        """Tell that nobody is here any more, and hear no more."""
        self._stop()
        if self._timer is not None:
            self._timer.cancel()
            self._show((), {}, tuple(self._members))

    def _tell_again(self) -> None:
        self._timer = self._loop.call_later(self._again, self._tell_again)
        self._show_all()
        now = self._loop.time()
        for client in [client for client, (_, until) in self._there.items() if until < now]:
            self._drop(client)
        self._changed()

    def _show_all(self) -> None:
        here = [member.present for member in self._members.values()]
        for first in range(0, len(here), _AT_ONCE):
            some = here[first : first + _AT_ONCE]
            looks = {one.client_id: state for one in some if (state := self._presence.state(one.client_id))}
            self._show(tuple(some), looks, ())

    def _show(self, people: tuple[Present, ...], looks: Mapping[int, str], gone: tuple[int, ...]) -> None:
        self._bus.show(Sighting(self._copy.pad, self._copy.name, people, looks, gone))

    def _see(self, sighting: Sighting) -> None:
        if sighting.sender == self._copy.name:
            return
        if sighting.asks:
            self._show_all()
        self._came(sighting)
        for client in sighting.gone:
            if self._is_at(client, sighting.sender):
                self._drop(client)
        for client, state in sighting.looks.items():
            if self._is_at(client, sighting.sender) and self._presence.state(client) != state:
                self._presence.look(client, state)
        self._changed()

    def _came(self, sighting: Sighting) -> None:
        until = self._loop.time() + self._again * _MISSED
        for one in sighting.people:
            if one.client_id in self._members:
                continue  # moved here, which the other does not know yet
            self._there[one.client_id] = (sighting.sender, until)
            if not self._presence.knows(one):
                self._presence.join(one)

    def _is_at(self, client: int, copy: str) -> bool:
        return client in self._there and self._there[client][0] == copy and client not in self._members

    def _drop(self, client: int) -> None:
        del self._there[client]
        if client not in self._members:
            self._presence.leave(client)
