"""Commits for all pads together, and only then lets the pads speak.

While one commit is under way the next updates gather, so the busier it is the
more one commit carries. Who types after a pause is committed at once. While
people type without a break the time between commits follows from what the fullest
pad costs: a tenth of the processor, and more only where it would take longer than
people notice. Many pads are committed together and cost that much each, as long
as all take little more than half of a processor.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from midcycle.live.desk import Desk
from midcycle.live.limits import Limits
from midcycle.live.openpad import OpenPad
from midcycle.live.store import OUTDATED, Entry, StoreDown, StoreRefused
from midcycle.live.teller import Teller
from midcycle.live.wire import Close

log = logging.getLogger(__name__)

_TICK, _UNNOTICED = 0.002, 0.008  # seconds
_BUDGET, _MOST = 0.09, 0.55  # of a processor: for the fullest pad while nobody notices, and for all pads
_PATIENCE = 1.7  # times what the fullest pad costs, where that is more than people would notice
_RETRY_FIRST, _RETRY_MOST = 0.05, 2.0
_MOST_RESTORES = 50  # in a row: then the pad itself is at fault, not one client

T = TypeVar("T")
Drop = Callable[[OpenPad, Close, str], None]


class Writer:
    """One loop for all pads of the process."""

    def __init__(self, desk: Desk, limits: Limits, drop: Drop) -> None:
        self._desk = desk
        self._limits = limits
        self._drop = drop
        self._teller = Teller(desk)
        self._dirty: set[OpenPad] = set()
        self._wake = asyncio.Event()
        self._since: float | None = None  # when the oldest work came that is not committed
        self._committed_at = float("-inf")
        self._costs: dict[str, float] = {}  # processor seconds of the last commit and its frames, by pad
        self._closing = False

    def dirty(self, pad: OpenPad) -> None:
        """Note that `pad` has something to commit."""
        self._dirty.add(pad)
        if self._since is None:
            self._since = time.monotonic()
        self._wake.set()

    def waiting(self) -> float:
        """Give the seconds that the oldest work waits for its commit."""
        return 0.0 if self._since is None else time.monotonic() - self._since

    @property
    def cost(self) -> float:
        """Processor seconds of the last commit and its frames."""
        return sum(self._costs.values())

    def wanted_gap(self) -> float:
        """Give the seconds wanted between commits while people type without a break."""
        dearest = max(self._costs.values(), default=0.0)
        wanted = min(dearest / _BUDGET, _UNNOTICED + _PATIENCE * dearest)
        return max(_TICK, wanted, self.cost / _MOST, self._limits.commit_gap)

    async def run(self) -> None:
        """Work until `close`, then finish what is there."""
        while not self._closing or self._dirty:
            await self._wake.wait()
            if not self._closing:
                await asyncio.sleep(self._gap())
            self._wake.clear()
            await self._flush()

    async def catch_up(self, pad: OpenPad) -> None:
        """Give the pad the log rows that others have committed."""
        kept = await self._insist(lambda: self._desk.later(pad.pad, pad.upto))
        try:
            pad.learn(kept)
        except Exception:  # noqa: BLE001 - one pad must not stop the others
            self._fail(pad)

    def close(self) -> None:
        """Let `run` end once everything is committed."""
        self._closing = True
        self._wake.set()

    def _gap(self) -> float:
        since = time.monotonic() - self._committed_at
        return max(0.0, self.wanted_gap() - since)

    async def _flush(self) -> None:
        pads = sorted(self._dirty, key=lambda pad: pad.pad)  # one order for all processes: no deadlock
        self._dirty.clear()
        for pad in pads:
            if pad.broken:
                await self._restore(pad)
        await self._commit([pad for pad in pads if pad.waiting and pad.clean])
        await self._teller.count([pad for pad in pads if pad.ballot.waiting and pad.clean], self._insist)
        for pad in pads:
            if pad.late:
                await self.catch_up(pad)
        self._dirty.update(pad for pad in pads if pad.busy)
        if self._dirty:
            self._wake.set()
        else:
            self._since = None

    async def _commit(self, pads: list[OpenPad]) -> None:
        self._costs.clear()
        taken = [(pad, entry) for pad in pads if (entry := self._take(pad)) is not None]
        if not taken:
            return
        seqs = await self._append(taken)
        self._committed_at = time.monotonic()
        gaps = [pad for pad, seq in seqs if self._tell(pad, seq)]
        for pad in gaps:
            await self.catch_up(pad)

    async def _append(self, taken: list[tuple[OpenPad, Entry]]) -> list[tuple[OpenPad, int | None]]:
        """Commit all together; if the database refuses, each alone, and give up on a pad it refuses."""
        try:
            seqs = await self._insist(lambda: self._desk.append([entry for _, entry in taken]))
        except StoreRefused:
            if len(taken) == 1:
                self._fail(taken[0][0])
                return []
            return [seq for one in taken for seq in await self._append([one])]
        told = [(pad, seq) for (pad, _), seq in zip(taken, seqs, strict=True)]
        late = [pad for pad, seq in told if seq == OUTDATED]
        again = [(pad, entry) for pad in late if (entry := await self._again(pad)) is not None]
        return [one for one in told if one[0] not in late] + (await self._append(again) if again else [])

    async def _again(self, pad: OpenPad) -> Entry | None:
        """Hear whose names were taken away, and give the row as it is to be now."""
        names = await self._insist(lambda: self._desk.names(pad.pad))
        if names is None:
            self._drop(pad, Close.UNKNOWN, "unknown")
            return None
        pad.hear(names)
        return pad.row()

    def _take(self, pad: OpenPad) -> Entry | None:
        try:
            with self._counted(pad):
                return pad.take()
        except Exception:  # noqa: BLE001 - one pad must not stop the others
            self._fail(pad)
            return None

    def _tell(self, pad: OpenPad, seq: int | None) -> bool:
        """Let the pad speak; say whether rows of other processes are missing here."""
        if seq is None:
            self._drop(pad, Close.UNKNOWN, "unknown")
            return False
        try:
            with self._counted(pad):
                return pad.committed(seq)
        except Exception:  # noqa: BLE001 - one pad must not stop the others
            self._fail(pad)
            return False

    @contextmanager
    def _counted(self, pad: OpenPad) -> Iterator[None]:
        began = time.thread_time()
        yield
        self._costs[pad.pad] = self._costs.get(pad.pad, 0.0) + time.thread_time() - began

    async def _restore(self, pad: OpenPad) -> None:
        """Make a broken document anew, and give up on one that breaks every time."""
        kept = await self._insist(lambda: self._desk.load(pad.pad))
        if kept is None:
            self._drop(pad, Close.UNKNOWN, "unknown")
            return
        try:
            pad.restore(kept)
        except Exception:  # noqa: BLE001 - one pad must not stop the others
            self._fail(pad)
        if pad.restored > _MOST_RESTORES:
            self._drop(pad, Close.FAILED, "failed")

    def _fail(self, pad: OpenPad) -> None:
        """Close a pad that cannot go on; clients send again what was not acknowledged."""
        log.exception("a pad failed and is closed", extra={"fields": {"pad": pad.pad}})  # noqa: LOG004 - called while handling one
        self._drop(pad, Close.FAILED, "failed")

    async def _insist(self, call: Callable[[], Awaitable[T]]) -> T:
        """Try until the database does it: meanwhile nobody is told that anything is saved."""
        pause = _RETRY_FIRST
        while True:
            try:
                return await call()
            except StoreDown as error:
                log.error("the database is not reachable, trying again: %s", error)  # noqa: TRY400
            await asyncio.sleep(pause)
            pause = min(pause * 2, _RETRY_MOST)
