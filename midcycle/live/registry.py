"""All open pads of the process: opens, saves, watches and forgets them."""

import asyncio
import logging
from collections.abc import Callable

from midcycle.engines.crdt.document import Poisoned
from midcycle.kernel.tickets import PadTicket
from midcycle.live.audience import Means
from midcycle.live.binder import Binder
from midcycle.live.desk import Desk
from midcycle.live.openpad import OpenPad
from midcycle.live.rights import look_up
from midcycle.live.store import Snapshot, Store, StoreDown, StoreRefused
from midcycle.live.wire import Close
from midcycle.live.writer import Writer

log = logging.getLogger(__name__)

_ROUND = 0.5  # seconds between looks at all pads

Admit = Callable[[str], PadTicket]


class Registry:
    """Start it inside the event loop it belongs to."""

    def __init__(self, store: Store, means: Means, admit: Admit) -> None:
        """`admit` reads a ticket's text or raises `BadTicket`."""
        self.means = means
        self.limits = means.limits
        self.admit = admit
        self._desk = Desk(store, means.loop)
        self._binder = Binder(Desk(store.twin(), means.loop))
        self._writer = Writer(self._desk, means.limits, self._drop)
        self._pads: dict[str, OpenPad] = {}
        self._loading: dict[str, asyncio.Task[OpenPad | None]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._polled = self._beaten = self._asked = means.loop.time()
        self._draining = False

    async def start(self) -> None:
        """Begin. Raises `StoreDown` if the tables cannot be read."""
        await self._desk.check()
        loop = self.means.loop
        self._tasks = [loop.create_task(self._writer.run()), loop.create_task(self._watch())]

    @property
    def pads(self) -> tuple[OpenPad, ...]:
        """All open pads."""
        return tuple(self._pads.values())

    @property
    def commit_cost(self) -> float:
        """Processor seconds of the last commit and its frames."""
        return self._writer.cost

    @property
    def gap(self) -> float:
        """Seconds wanted between commits."""
        return self._writer.wanted_gap()

    @property
    def waiting(self) -> float:
        """Seconds that the oldest work waits for its commit."""
        return self._writer.waiting()

    def healthy(self) -> bool:
        """Whether commits get through and nothing has died."""
        alive = not any(task.done() for task in self._tasks)
        return alive and self._writer.waiting() < self.limits.unsaved

    async def open(self, pad: str) -> OpenPad | None:
        """Give the pad, kept open until its `join` is called; None if there is no such pad.

        Raises `StoreDown`, or `Poisoned` where its content cannot be read.
        """
        found = self._pads.get(pad)
        if found is None:
            found = await asyncio.shield(self._load(pad))
        if found is not None:
            found.expected += 1
        return found

    async def drain(self) -> None:
        """Commit what is there, write the snapshots, send everybody away with 1012."""
        self._draining = True
        self._writer.close()
        writing, watching = self._tasks
        watching.cancel()
        done, _ = await asyncio.wait([writing], timeout=self.limits.drain)
        if done:
            await self._save(at_once=True)
        else:
            log.error("the database did not take the last changes in time")
            writing.cancel()
        pads = tuple(self._pads.values())
        for pad in pads:
            self._drop(pad, Close.RESTART, "restart")
        await self._binder.close(pads)
        if done:
            await self._desk.close()

    def _load(self, pad: str) -> asyncio.Task[OpenPad | None]:
        if pad not in self._loading:
            task = self.means.loop.create_task(self._read(pad))
            self._loading[pad] = task
            task.add_done_callback(lambda _: self._loading.pop(pad))
        return self._loading[pad]

    async def _read(self, pad: str) -> OpenPad | None:
        kept = await self._desk.load(pad)
        if kept is None:
            return None
        opened = OpenPad(pad, kept, self.means, self._writer.dirty)
        self._pads[pad] = opened
        return opened

    def _drop(self, pad: OpenPad, code: Close, reason: str) -> None:
        if self._pads.get(pad.pad) is pad:
            del self._pads[pad.pad]
        pad.close(code, reason)

    async def _watch(self) -> None:
        await self._recover()
        while True:
            await asyncio.sleep(_ROUND)
            try:
                await self._round(self.means.loop.time())
            except StoreDown as error:
                log.warning("the database is not reachable: %s", error)

    async def _recover(self) -> None:
        """Open pads that an unclean end left with an old snapshot, so that readers get all text."""
        try:
            for pad in await self._desk.stale():
                await self._load(pad)
        except Exception:
            log.exception("not every pad could be brought up to date")

    async def _round(self, now: float) -> None:
        await self._save()
        self._binder.look(self._pads.values(), now)
        for pad in tuple(self._pads.values()):
            self._look_after(pad, now)
        if now - self._beaten >= self.limits.beat:
            self._beaten = now
            for pad in self._pads.values():
                pad.beat()
        if now - self._asked >= self.limits.rights:
            self._asked = now
            await look_up(self._desk, {pad: found.rights for pad, found in self._pads.items()})
            await self._hear_names()
        if now - self._polled >= self.limits.poll:
            self._polled = now
            await self._poll()

    async def _hear_names(self) -> None:
        """Read whose names were taken away in pads whose rights have changed."""
        for pad in [pad for pad in self._pads.values() if pad.rights.unheard]:
            names = await self._desk.names(pad.pad)
            if names is not None:
                pad.hear(names)

    def _look_after(self, pad: OpenPad, now: float) -> None:
        if pad.idle(now) and not self._binder.wants(pad):
            self._drop(pad, Close.RESTART, "idle")
        high, longest = self.limits.high_water, self.limits.stalled
        for member in tuple(pad.members.values()):
            if member.expires <= now:
                member.refuse("ticket")
            elif member.stalled(now, high_water=high, longest=longest):
                member.refuse("slow")

    async def _save(self, *, at_once: bool = False) -> None:
        now = self.means.loop.time()
        for pad in tuple(self._pads.values()):
            if pad.due(now, at_once=at_once or not pad.members):
                await self._save_one(pad)

    async def _save_one(self, pad: OpenPad) -> None:
        try:
            content = pad.content()
        except Poisoned:
            pad.broke()
            return
        try:
            await self._desk.save(Snapshot(pad.pad, content.upto, content.whole, content.text, self.means.now()))
            pad.saved(content)
        except (StoreDown, asyncio.CancelledError):
            pad.unsaved()
            raise
        except StoreRefused:  # tried again with the next change; the log has it all
            log.exception("the database refused a snapshot", extra={"fields": {"pad": pad.pad}})

    async def _poll(self) -> None:
        """See what others wrote into the log, and which pads are gone."""
        pads = dict(self._pads)
        heads = await self._desk.heads(list(pads)) if pads else {}
        votes = await self._desk.votes(list(pads)) if pads else {}
        for name, those in votes.items():
            pads[name].ballot.learn(those)
        for name, pad in pads.items():
            if name not in heads:
                self._drop(pad, Close.UNKNOWN, "unknown")
            elif heads[name] > pad.upto and not pad.closed:
                await self._writer.catch_up(pad)
