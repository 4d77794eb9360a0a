"""Binds log rows into chapters: in a thread and on a connection of its own, one pad after another, while nobody types in it.

Packing rows is plain computing beside the loop that shows people each other's keys: done while they type it would be felt.
"""

import asyncio
import logging
from collections.abc import Iterable

from midcycle.live.chapters import AT_LEAST
from midcycle.live.desk import Desk
from midcycle.live.openpad import OpenPad
from midcycle.live.store import StoreDown

_REST = 1.0  # seconds without a change before rows are bound
_MANY = 4096  # rows that are not left to wait for a rest
_BREATH = 0.02  # seconds between one go and the next
_LAST = 2.0  # seconds for what is left when the process ends

log = logging.getLogger(__name__)


class Binder:
    """Call `look` now and then."""

    def __init__(self, desk: Desk) -> None:
        """`desk` must not be the one that commits."""
        self._desk = desk
        self._task: asyncio.Task[None] | None = None
        self._until = float("inf")

    def look(self, pads: Iterable[OpenPad], now: float) -> None:
        """Begin with the pad that has most rows to bind, unless one is being bound. `now` is of the loop's clock."""
        if self._task is None or self._task.done():
            due = max((pad for pad in pads if _is_due(pad, now)), key=_unbound, default=None)
            self._task = None if due is None else asyncio.create_task(self._bind(due))

    def wants(self, pad: OpenPad) -> bool:
        """Whether rows of this pad are to be bound."""
        return _unbound(pad) >= AT_LEAST

    async def close(self, pads: Iterable[OpenPad]) -> None:
        """Bind what is left, as far as that goes quickly, and give back the connection."""
        until = asyncio.get_running_loop().time() + _LAST
        self._until = min(self._until, until)
        if self._task is not None:
            await self._task
        for pad in pads:
            if self.wants(pad):
                await self._bind(pad)
        await self._desk.close()

    async def _bind(self, pad: OpenPad) -> None:
        """Go on until too few are left, or another process is at it: then this begins again after some more rows."""
        loop, (upto, clocks) = asyncio.get_running_loop(), pad.snapshot
        bound = 0
        while loop.time() < self._until:
            try:
                bound = await self._desk.bind(pad.pad, upto, clocks)
            except StoreDown as error:
                log.warning("rows could not be bound: %s", error)
                return
            except Exception:
                log.exception("rows cannot be bound and stay as they are", extra={"fields": {"pad": pad.pad}})
                bound = 0
            if not bound or bound + AT_LEAST > upto:
                pad.bound = upto
                return
            pad.bound = bound
            await asyncio.sleep(_BREATH)


def _is_due(pad: OpenPad, now: float) -> bool:
    waiting = _unbound(pad)
    return waiting >= _MANY or (waiting >= AT_LEAST and pad.rests(now, _REST))


def _unbound(pad: OpenPad) -> int:
    return pad.snapshot[0] - pad.bound
