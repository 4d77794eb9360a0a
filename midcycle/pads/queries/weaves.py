"""All that was ever in a pad, as the history needs it: made from what is stored, and kept while nothing is typed."""

import json
from collections import OrderedDict
from functools import reduce
from threading import Lock
from typing import Final
from uuid import UUID

from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest

from midcycle.engines.crdt.chapters import Chapter as Told
from midcycle.engines.crdt.chapters import Row, joined, told, unpack
from midcycle.engines.crdt.document import Document
from midcycle.engines.crdt.weave import Weave, woven
from midcycle.pads.models import Chapter, Pad, Snapshot, Update

_MOST_KEPT: Final = 2_000_000  # characters in all, at 14 bytes each


def weave_of(pad: Pad) -> tuple[Weave, Told]:
    """Return all that was ever in a pad, and what its log tells. One query where it was made before, four otherwise."""
    head = head_of(pad)
    kept = _KEPT.find(pad.pk, head)
    if kept is not None:
        return kept
    whole, log = stored(pad)
    made = woven(whole, log), log
    _KEPT.keep(pad.pk, head, made)
    return made


def stored(pad: Pad) -> tuple[bytes, Told]:
    """Return the whole document as one update, and what its log tells. Three queries.

    The log first, then the chapters, then the snapshot: so what the live server moves meanwhile is not missed.
    """
    found = Update.objects.filter(pad=pad).order_by("seq").values_list("seq", "at", "authors", "body")
    rows = [Row(seq, round(at.timestamp() * 1000), tuple(json.loads(authors)), bytes(body)) for seq, at, authors, body in found]
    bodies = Chapter.objects.filter(pad=pad).order_by("first").values_list("body", flat=True)
    chapters = [unpack(bytes(body)) for body in bodies]
    snapshot = Snapshot.objects.filter(pad=pad).first()
    bound, upto = chapters[-1].seqs[-1] if chapters else 0, snapshot.upto if snapshot else 0
    document = Document(bytes(snapshot.state) if snapshot else None, [row.body for row in rows if row.seq > upto])
    return document.whole(), reduce(joined, [*chapters, told([row for row in rows if row.seq > bound], [])])


def head_of(pad: Pad) -> int:
    """Return the number of the last row of a pad's log, 0 when nothing was typed."""
    heads = Pad.objects.filter(pk=pad.pk).values_list(
        Greatest(Coalesce(Max("updates__seq"), 0), Coalesce(Max("snapshot__upto"), 0)), flat=True
    )
    return heads.first() or 0


class _Kept:
    """The weaves that were asked for last, as long as nothing was typed since."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._weaves: OrderedDict[UUID, tuple[int, tuple[Weave, Told]]] = OrderedDict()

    def find(self, pad: UUID, head: int) -> tuple[Weave, Told] | None:
        """Return what was kept of a pad if that is its last row."""
        with self._lock:
            at, found = self._weaves.get(pad, (-1, None))
            if at != head:
                return None
            self._weaves.move_to_end(pad)
            return found

    def keep(self, pad: UUID, head: int, made: tuple[Weave, Told]) -> None:
        """Keep a weave in place of those that were not asked for longest."""
        with self._lock:
            self._weaves.pop(pad, None)
            self._weaves[pad] = head, made
            while sum(len(weave) for _, (weave, _) in self._weaves.values()) > self._most:
                self._weaves.popitem(last=False)


_KEPT: Final = _Kept(_MOST_KEPT)
