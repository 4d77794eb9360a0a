"""Which characters a document has, so that an update can be judged before it is applied.

Two things must never reach the CRDT. An update that builds on text which is
not there: Yjs would keep it pending, and an acknowledged text would stay
invisible. And an operation that cuts a surrogate pair in two: yrs then loses
count of its characters and panics later, on somebody else's honest update.
"""

import re
from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Mapping

from midcycle.engines.crdt.lib0 import LARGEST
from midcycle.engines.crdt.updates import Deletion, Item, Update, decode

FIRST_CLIENT = 1000  # client ids below it are ours: nobody is ever given one
# Ids that we give out take four bytes at most, so that none looks like a four-byte
# character: a document without one needs no search for surrogate pairs. Stock
# clients choose their own (Yjs 32 bits, yrs 53): theirs cost that search now and then.
LAST_HANDED = 2**28 - 1
LAST_CLIENT = LARGEST

_FOUR_BYTES = re.compile(rb"[\xf0-\xf4][\x80-\xbf]{3}")
_MOST_ROUNDS = 1000  # back and forth between client ids in one update; honest ones need a handful


class Unplaceable(ValueError):  # noqa: N818 - reads as a fact
    """The update builds on text that is not here, or cuts a character in two."""


class Ledger:
    """How many characters each client id has, and where surrogate pairs are."""

    def __init__(self, clocks: Mapping[int, int], whole: bytes) -> None:
        """Read the clocks of a document and the document written as one update."""
        self.clocks: dict[int, int] = {}
        self._lows: dict[int, array[int]] = {}
        if _FOUR_BYTES.search(whole):
            for client, items in decode(whole).runs.items():
                self._note(client, items)
        self.clocks = dict(clocks)

    def place(self, update: Update) -> None:
        """Count `update` in, or raise `Unplaceable` and stay as before."""
        clocks = self._placed(update)
        pairs = {(client, item.clock + low) for client, item in _each(update) for low in item.lows}
        for client, item in _each(update):
            self._refuse_cuts(client, item, pairs)
        for deletion in update.deletions:
            if deletion.clock + deletion.length > clocks.get(deletion.client, 0):
                raise Unplaceable("The update deletes text that is not here.")
            self._refuse_halves(deletion, pairs)
        for client, items in update.runs.items():
            self._note(client, items)
        self.clocks = clocks

    def _placed(self, update: Update) -> dict[int, int]:
        """Find the clocks afterwards, placing runs in whatever order they need each other."""
        clocks = dict(self.clocks)
        waiting = {client: deque(items) for client, items in update.runs.items() if items}
        for _ in range(_MOST_ROUNDS):
            placed = sum(_advance(client, items, clocks) for client, items in waiting.items())
            waiting = {client: items for client, items in waiting.items() if items}
            if not placed:
                break
        if waiting:
            raise Unplaceable("The update builds on text that is not here.")
        return clocks

    def _refuse_cuts(self, client: int, item: Item, pairs: set[tuple[int, int]]) -> None:
        known = self.clocks.get(client, 0)
        if item.end <= known:
            return
        cuts = [item.right] if item.right else []
        if item.origin:
            cuts.append((item.origin[0], item.origin[1] + 1))
        inside = known - item.clock in item.lows
        if inside or any(self._is_low(cut, pairs) for cut in cuts):
            raise Unplaceable("The update cuts a character in two.")

    def _refuse_halves(self, deletion: Deletion, pairs: set[tuple[int, int]]) -> None:
        ends = (deletion.clock, deletion.clock + deletion.length)
        if any(self._is_low((deletion.client, end), pairs) for end in ends):
            raise Unplaceable("The update deletes half a character.")

    def _is_low(self, cut: tuple[int, int], pairs: set[tuple[int, int]]) -> bool:
        known = self._lows.get(cut[0])
        if known:
            index = bisect_left(known, cut[1])
            if index < len(known) and known[index] == cut[1]:
                return True
        return cut in pairs

    def _note(self, client: int, items: tuple[Item, ...]) -> None:
        """Remember new surrogate pairs; a client's clocks only grow, so its array stays sorted."""
        known = self.clocks.get(client, 0)
        lows = [item.clock + low for item in items for low in item.lows]
        if lows:
            self._lows.setdefault(client, array("I")).extend(low for low in lows if low >= known)


def _each(update: Update) -> list[tuple[int, Item]]:
    return [(client, item) for client, items in update.runs.items() for item in items]


def _advance(client: int, items: deque[Item], clocks: dict[int, int]) -> int:
    """Place items from the front as long as it goes; return how many went."""
    before = len(items)
    while items:
        item, here = items[0], clocks.get(client, 0)
        needs = [need for need in (item.origin, item.right) if need is not None]
        if item.clock > here or any(clock >= clocks.get(who, 0) for who, clock in needs):
            break
        clocks[client] = max(here, item.end)
        items.popleft()
    return before - len(items)
