"""Whether new characters lie between the neighbours they name.

A character says after which one it was typed, and before which one. Yjs puts characters that were typed at the same
time in the same order everywhere, provided that the first of both stands before the second. Where a crafted update
turns them round, the order depends on what came first, and people see different texts.
"""

from collections.abc import Iterator, Mapping

from midcycle.engines.crdt.updates import Update

Id = tuple[int, int]  # client id and clock


class Order:
    """Finds those characters of updates whose place must be looked at, which costs a walk through the document."""

    def __init__(self) -> None:
        self._ends: dict[int, tuple[int, Id | None]] = {}  # where a client id typed last, and before what

    def doubts(self, update: Update, known: Mapping[int, int]) -> Iterator[tuple[Id, Id, Id]]:
        """Give characters that are not `known` between their neighbours; call it for each update in turn.

        Who goes on typing behind an own character has the same one ahead: only the first is doubted.
        """
        for client, items in update.runs.items():
            for item in items:
                if item.end <= known.get(client, 0):
                    continue
                goes_on = item.origin == (client, item.clock - 1) and self._ends.get(client) == (item.clock, item.right)
                if item.origin and item.right and not goes_on:
                    yield item.origin, (client, item.clock), item.right
                self._ends[client] = item.end, item.right
