"""Several rushes at once over a real instance, and processes killed in the middle of them.

Everybody remembers what they were told at last; `aftermath` looks whether the database agrees.
"""

import asyncio
import math
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import uvloop

from tests.system.instance import PATIENCE, Instance, wait_until
from tests.system.lines import Answer, CutOffError, connected

KILLS = ("web worker", "web server", "worker", "whole tree", "whole tree", "nothing")
AGAIN_AFTER = 0.2
RECOVERED_AFTER = 15.0
HURRY = 1.0  # seconds until the kill comes even when there are not so many answers


@dataclass
class Told:
    """What somebody did at last, and how it stood then. The page that said so has the token."""

    deed: str
    state: str
    position: int | None
    token: str


@dataclass
class Person:
    """Somebody who wants a seat, and the last thing they were told."""

    email: str
    last: Told | None = None


@dataclass
class Rush:
    """A meetup with so many seats, who wants one, and the totals its organiser was told are saved."""

    slug: str
    seats: int
    token: str
    session: str
    people: list[Person]
    totals: list[int] = field(default_factory=list)


@dataclass
class Storm:
    """The instance everybody is at, which processes were killed, and whatever was wrong."""

    served: Instance
    rng: Random
    struck_at: float = -math.inf
    killed: list[str] = field(default_factory=list)
    answers: int = 0
    cut: int = 0
    wrong: list[str] = field(default_factory=list)
    _strike_at: int = 0
    _now: asyncio.Event | None = None

    async def kill(self, expected: int) -> None:
        """Kill something after so many answers, or fewer; now and then twice."""
        for _ in range(1 + (self.rng.random() < 0.2)):
            which, self._strike_at = self.rng.choice(KILLS), self.answers + self.rng.randrange(expected)
            self._now = asyncio.Event()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._now.wait(), HURRY)
            if which != "nothing":
                self.killed.append(which)
                self.struck_at = math.inf
                await asyncio.to_thread(self._strike, which)
                self.struck_at = time.monotonic()

    async def ask(self, request: bytes) -> Answer | None:
        """Send a request over a line of its own; None when it was cut off, which may happen for a while after a kill only."""
        try:
            line = await connected(self.served.port)
            answer = await asyncio.wait_for(line.ask(request), PATIENCE)
            line.close()
        except (CutOffError, OSError) as error:
            self.cut += 1
            if time.monotonic() - self.struck_at > RECOVERED_AFTER:
                self.wrong.append(f"cut off though nothing was killed: {error!r}")
            await asyncio.sleep(AGAIN_AFTER)
            return None
        self.answers += 1
        if self._now and self.answers >= self._strike_at:
            self._now.set()
        if answer.status >= 500:
            self.wrong.append(f"{request[:80]!r} {answer.status} {answer.body[:500]!r}")
        return answer

    async def insist(self, request: bytes) -> Answer:
        """Send a request until it is answered."""
        while True:
            answer = await self.ask(request)
            if answer is not None:
                return answer

    def _strike(self, which: str) -> None:
        if which == "whole tree":
            self.served.kill()
            self.served.start()
            return
        for process in self._processes(which):
            os.kill(process, signal.SIGKILL)
        wait_until(self.served.is_up)

    def _processes(self, which: str) -> list[int]:
        tree = children_of(self.served.process.pid)
        web = [child for child in tree if "midcycle.site.web" in command_of(child)]
        workers = [child for child in tree if command_of(child).endswith(" worker ")]
        served = [child for server in web for child in children_of(server) if "tracker" not in command_of(child)]
        return {"web server": web, "worker": workers, "web worker": served[:1]}[which]


def rage(storm: Storm, rushes: list[Rush], visits: Callable[[Storm, Rush], list]) -> None:
    """Let everybody of every rush do what they do, with the kill in the middle, until all have their answers."""

    async def everything() -> None:
        deeds = [deed for rush in rushes for deed in visits(storm, rush)]
        await asyncio.wait_for(asyncio.gather(*deeds, storm.kill(2 * len(deeds))), 4 * PATIENCE)
        await asyncio.to_thread(wait_until, storm.served.is_up)

    with ThreadPoolExecutor(1) as apart:  # a browser test in this process may have a loop of its own
        apart.submit(lambda: uvloop.run(everything())).result()


def children_of(process: int) -> list[int]:
    """Return the children of a process; one that is gone has none."""
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def command_of(process: int) -> str:
    """Return the command of a process, with a space after each part."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
