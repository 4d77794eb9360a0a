"""Counts the votes of all open pads together: one look at the store, one commit."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from midcycle.live.desk import Desk
from midcycle.live.openpad import OpenPad
from midcycle.live.store import Choice, StoreRefused

log = logging.getLogger(__name__)

T = TypeVar("T")


class Insist(Protocol):
    """Tries until the database does it."""

    async def __call__(self, call: Callable[[], Awaitable[T]]) -> T:
        """Give what the call gives."""


class Teller:
    """The writer calls it after the text is committed, so that a vote for a new line finds it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def count(self, pads: Sequence[OpenPad], insist: Insist) -> None:
        """Read the votes where others may have changed them, then commit those that wait."""
        stale = [pad for pad in pads if pad.ballot.stale]
        if stale:
            found = await insist(lambda: self._desk.votes([pad.pad for pad in stale]))
            for pad in stale:
                pad.ballot.learn(found[pad.pad])
        taken = [(pad, choices) for pad in pads if (choices := pad.choices())]
        if taken:
            await self._commit(taken, insist)

    async def _commit(self, taken: Sequence[tuple[OpenPad, list[Choice]]], insist: Insist) -> None:
        """Commit all together; if the database refuses, each pad alone, and leave out what it refuses."""
        try:
            late = await insist(lambda: self._desk.choose([one for _, choices in taken for one in choices]))
        except StoreRefused:
            if len(taken) == 1:
                log.exception("the database refused votes", extra={"fields": {"pad": taken[0][0].pad}})
                taken[0][0].ballot.recount()
                return
            for one in taken:
                await self._commit([one], insist)
            return
        for pad, choices in taken:
            if pad.pad not in late:
                pad.ballot.counted(choices)
            elif again := await self._again(pad, choices, insist):
                await self._commit([(pad, again)], insist)

    async def _again(self, pad: OpenPad, choices: Sequence[Choice], insist: Insist) -> list[Choice]:
        """Hear whose names were taken away, and give the votes that still can be."""
        names = await insist(lambda: self._desk.names(pad.pad))
        if names is None:
            return []
        pad.hear(names)
        return pad.ballot.again(choices, names.rights)
