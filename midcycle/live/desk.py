"""The store behind one thread, so that the event loop never waits for a disk."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import ParamSpec, TypeVar

from midcycle.engines.crdt.document import pack
from midcycle.live.store import Choice, Entry, Kept, Names, Snapshot, Store, Vote

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    """`Store` with awaits. Calls are done one after another, in order."""

    def __init__(self, store: Store, loop: asyncio.AbstractEventLoop) -> None:
        self._store = store
        self._loop = loop
        self._thread = ThreadPoolExecutor(1, "store")

    async def check(self) -> None:
        """Raise `StoreDown` unless the tables can be read."""
        await self._do(self._store.check)

    async def load(self, pad: str) -> Kept | None:
        """Read a pad."""
        return await self._do(self._store.load, pad)

    async def later(self, pad: str, seq: int) -> Kept:
        """Read what came after log row `seq`."""
        return await self._do(self._store.later, pad, seq)

    async def append(self, entries: Sequence[Entry]) -> list[int | None]:
        """Commit all in one transaction."""
        return await self._do(self._store.append, entries)

    async def save(self, snapshot: Snapshot) -> None:
        """Compress and replace a snapshot; `state` is still a plain update here. Commits do not wait for the compressing."""
        state = await self._loop.run_in_executor(None, pack, snapshot.state)
        await self._do(self._store.save, replace(snapshot, state=state))

    async def choose(self, choices: Sequence[Choice]) -> AbstractSet[str]:
        """Add and take away votes in one transaction; give the pads whose rights have changed meanwhile."""
        return await self._do(self._store.choose, choices)

    async def votes(self, pads: Sequence[str]) -> dict[str, AbstractSet[Vote]]:
        """Read the votes of each of these pads."""
        return await self._do(self._store.votes, pads)

    async def bind(self, pad: str, upto: int, clocks: Mapping[int, int]) -> int:
        """Bind the oldest rows into a chapter; give the last row that is in one."""
        return await self._do(self._store.bind, pad, upto, clocks)

    async def heads(self, pads: Sequence[str]) -> dict[str, int]:
        """Find the last seq of each existing pad."""
        return await self._do(self._store.heads, pads)

    async def rights(self, pads: Sequence[str]) -> dict[str, int]:
        """Read how often who may do what has changed, for each pad that exists."""
        return await self._do(self._store.rights, pads)

    async def names(self, pad: str) -> Names | None:
        """Read who writes under which client id of a pad."""
        return await self._do(self._store.names, pad)

    async def stale(self) -> list[str]:
        """Find pads with rows after their snapshot."""
        return await self._do(self._store.stale)

    async def close(self) -> None:
        """Finish and give back the connection."""
        await self._do(self._store.close)
        self._thread.shutdown()

    async def _do(self, deed: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._loop.run_in_executor(self._thread, lambda: deed(*args, **kwargs))
