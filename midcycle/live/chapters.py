"""How rows of the log that a snapshot has become a chapter: what a store decides before it exchanges one for the other."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from midcycle.engines.crdt import chapters
from midcycle.engines.crdt.chapters import Row
from midcycle.engines.crdt.lib0 import Malformed

FULL = 4096  # rows; a chapter with fewer is written anew with those that follow
AT_LEAST, AT_ONCE = 256, 512  # rows that wait before they are bound, and that are bound in one go


class Unproven(RuntimeError):  # noqa: N818 - reads as a fact
    """The snapshot lacks text of these rows, or they cannot be read: they stay as they are."""


class Changed(RuntimeError):  # noqa: N818 - reads as a fact
    """Somebody else bound these rows, or changed whose they are: nothing was done."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rows `first` to `last` as they are stored; `people` is a JSON list of person ids, `body` see `engines.crdt.chapters`."""

    first: int
    last: int
    people: str
    body: bytes


def bound(before: Chapter | None, rows: Sequence[Row], clocks: Mapping[int, int]) -> tuple[Chapter, bool]:
    """Bind rows into a chapter; say whether it takes the place of `before`, the last one there is.

    `clocks` count the characters per client id in the snapshot. Raises `Unproven` when it has not all of the rows.
    """
    goes_on = before is not None and before.last < rows[0].seq and rows[-1].seq - before.first < FULL
    people: list[str] = json.loads(before.people) if before and goes_on else []
    try:
        chapter = chapters.told(rows, people)
        if any(last > clocks.get(client, 0) for client, last in zip(chapter.came.clients, chapter.came.lasts, strict=True)):
            raise Unproven("The snapshot lacks text of the log.")
        if before and goes_on:
            chapter = chapters.joined(chapters.unpack(before.body), chapter)
    except Malformed as error:
        raise Unproven(str(error)) from error
    return Chapter(chapter.seqs[0], chapter.seqs[-1], json.dumps(people), chapters.pack(chapter)), goes_on
