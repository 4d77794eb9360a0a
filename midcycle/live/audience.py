"""What the people in an open pad are told of each other."""

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from midcycle.engines.crdt import protocol
from midcycle.live import control
from midcycle.live.bus import Bus
from midcycle.live.elsewhere import Copy, Elsewhere, Reach
from midcycle.live.intake import MakeDocument
from midcycle.live.limits import Limits
from midcycle.live.member import Member
from midcycle.live.presence import Presence

_AWARENESS_EPOCH = datetime(2026, 1, 1, tzinfo=UTC).timestamp()


@dataclass(frozen=True)
class Means:
    """What open pads need from the process around them."""

    limits: Limits
    bus: Bus
    loop: asyncio.AbstractEventLoop  # for time and timers
    now: Callable[[], datetime]
    chance: random.Random
    make: MakeDocument


class Audience:
    """Gathers who came, who went and where carets are, and says it a few times a second."""

    def __init__(self, copy: Copy, members: Mapping[int, Member], means: Means) -> None:
        """`members` are those of the pad, by client id; it changes while they come and go."""
        self._members = members
        self._means = means
        self._presence = Presence(self._ticks)
        self._due = False
        reach = Reach(means.bus, means.loop, means.limits.people_again)
        self._elsewhere = Elsewhere(copy, members, self._presence, reach, self._later)

    def greet(self, member: Member) -> None:
        """Tell somebody who just came who they are and who is here, and later the others."""
        self._presence.join(member.present)
        if member.listens:
            member.say(control.hello(member.present, self._presence.everybody))
        self._later()

    def joined(self, member: Member) -> None:
        """Take note of somebody who came, or has a new name, colour or role."""
        self._presence.join(member.present)
        self._later()

    def left(self, member: Member) -> None:
        """Take note of somebody who went."""
        self._presence.leave(member.client_id)
        self._elsewhere.went(member.client_id)
        self._later()

    def looked(self, member: Member, caret: object) -> None:
        """Keep a member's caret; in a crowd only of those who type."""
        typing = self._means.loop.time() - member.typed_at < self._means.limits.typing
        if typing or not self._crowded:
            self._presence.move(member.client_id, caret)
            self._later()

    def show(self, member: Member) -> None:
        """Show a member all carets."""
        if self._presence.told:
            member.wire.send_bytes(protocol.looks(self._presence.told))

    def beat(self) -> None:
        """Give a sign of life, and the carets again."""
        self._presence.refresh()
        self._later()
        for member in self._members.values():
            member.say(control.BEAT)

    def close(self) -> None:
        """Tell other processes that nobody is here any more."""
        self._elsewhere.close()

    @property
    def _crowded(self) -> bool:
        return len(self._members) > self._means.limits.crowd

    def _later(self) -> None:
        if self._presence.news and not self._due:
            self._due = True
            self._means.loop.call_later(self._means.limits.looks_gap * (2 if self._crowded else 1), self._tell)

    def _tell(self) -> None:
        """Tell who came and went, and each member the carets of the others."""
        self._due = False
        joined, left = self._presence.take_people()
        if joined or left:
            text = control.people(joined, left)
            for member in self._members.values():
                member.say(text)
        carets = self._presence.take_carets()
        self._elsewhere.tell(joined, carets)
        frame = protocol.looks(carets.values())
        for member in self._members.values():
            if not member.level or member.behind is not None:
                continue
            if member.client_id not in carets:
                if carets:
                    member.wire.send_bytes(frame)
            elif len(carets) > 1:
                own = member.client_id
                member.wire.send_bytes(protocol.looks(e for c, e in carets.items() if c != own))

    def _ticks(self) -> int:
        """Tenths of seconds since 2026: grows over restarts and fits 32 bits until 2039."""
        return int((self._means.now().timestamp() - _AWARENESS_EPOCH) * 10)
