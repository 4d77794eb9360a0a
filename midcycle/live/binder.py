"""Binds log rows into chapters while people type: in a thread and on a connection of its own, one pad after another."""

import asyncio
import logging
from collections.abc import Iterable

from midcycle.live.chapters import AT_LEAST
from midcycle.live.desk import Desk
from midcycle.live.openpad import OpenPad
from midcycle.live.store import StoreDown

log = logging.getLogger(__name__)


class Binder:
    """Call `look` now and then."""

    def __init__(self, desk: Desk) -> None:
        """`desk` must not be the one that commits."""
        self._desk = desk
        self._task: asyncio.Task[None] | None = None

    def look(self, pads: Iterable[OpenPad]) -> None:
        """Begin with the pad that has most rows to bind, unless one is being bound."""
        due = max(pads, key=_unbound, default=None)
        if due is not None and _unbound(due) >= AT_LEAST and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._bind(due))

    async def close(self) -> None:
        """Finish and give back the connection."""
        if self._task is not None:
            await self._task
        await self._desk.close()

    async def _bind(self, pad: OpenPad) -> None:
        upto, clocks = pad.snapshot
        try:
            bound = await self._desk.bind(pad.pad, upto, clocks)
        except StoreDown as error:
            log.warning("rows could not be bound: %s", error)
            return
        except Exception:
            log.exception("rows cannot be bound and stay as they are", extra={"fields": {"pad": pad.pad}})
            bound = 0
        # Where too few are left, or another process is at it, this begins again after some more rows.
        pad.bound = bound if bound and bound + AT_LEAST <= upto else upto


def _unbound(pad: OpenPad) -> int:
    return pad.snapshot[0] - pad.bound
