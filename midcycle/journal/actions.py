"""Writing the journal, numbering it, and reading on from where a follower stopped.

Two transactions can become visible in another order than their ids. So ids are not the order of the journal:
`number_entries` gives each visible entry the next position, one process at a time, and followers go by position.
An entry that becomes visible late gets a late position and is never skipped.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from midcycle.journal.models import Cursor, Entry
from midcycle.kernel.wake import wake
from midcycle.web.prepared import insert

NUMBERING = "numbering"
Handler = Callable[[Entry], bool | None]


def record(
    kind: str, *, at: datetime, meetup: int | None = None, actor: int | None = None, facts: Mapping[str, object] | None = None
) -> Entry:
    """Add an entry in the caller's transaction and wake the worker once that commits."""
    entry = insert(Entry(kind=kind, at=at, meetup=meetup, actor=actor, facts=dict(facts or {})))
    transaction.on_commit(wake, robust=True)
    return entry


def record_all(entries: Sequence[Entry]) -> None:
    """Add many entries, in their order, in the caller's transaction and wake the worker once that commits."""
    Entry.objects.bulk_create(entries, batch_size=500)
    transaction.on_commit(wake, robust=True)


@transaction.atomic
def number_entries() -> int:
    """Give every visible entry without a position the next one; return how many there were."""
    Cursor.objects.get_or_create(name=NUMBERING)
    cursor = Cursor.objects.select_for_update().get(name=NUMBERING)
    fresh = list(Entry.objects.filter(position=None).order_by("id"))
    if not fresh:
        return 0
    last = Entry.objects.aggregate(last=Max("position"))["last"] or 0
    for number, entry in enumerate(fresh, start=last + 1):
        entry.position = number
    Entry.objects.bulk_update(fresh, ["position"], batch_size=500)
    cursor.position = last + len(fresh)
    cursor.save(update_fields=["position"])
    return len(fresh)


def read_on(name: str, handlers: Mapping[str, Handler], *, at_most: int = 200) -> int:
    """Let follower `name` handle its next entries, each in one transaction with its cursor; return how many it read.

    A handler that raises leaves the cursor before its entry, so that it is tried again. One that has much to do does a part
    of it and returns True: the transaction ends, others can write, and it is called with the same entry once more.
    """
    done = 0
    while done < at_most and _handle_next(name, handlers):
        done += 1
    return done


@transaction.atomic
def pass_over(name: str) -> None:
    """Let follower `name` go on after everything recorded so far, for a past that concerns nobody any more."""
    number_entries()
    last = Entry.objects.aggregate(last=Max("position"))["last"] or 0
    Cursor.objects.update_or_create(name=name, defaults={"position": last})


@transaction.atomic
def set_aside(name: str, handlers: Mapping[str, Handler]) -> int | None:
    """Let follower `name` skip the entry it would handle next; return the entry's number, None when there is none."""
    Cursor.objects.get_or_create(name=name)
    cursor = Cursor.objects.select_for_update().get(name=name)
    unread = Entry.objects.filter(position__gt=cursor.position, kind__in=list(handlers))
    entry = unread.order_by("position").first()
    if entry is None or entry.position is None:
        return None
    Cursor.objects.filter(name=name).update(position=entry.position)
    return entry.pk


@transaction.atomic
def _handle_next(name: str, handlers: Mapping[str, Handler]) -> bool:
    Cursor.objects.get_or_create(name=name)
    cursor = Cursor.objects.select_for_update().get(name=name)
    last = Entry.objects.aggregate(last=Max("position"))["last"] or 0
    unread = Entry.objects.filter(position__gt=cursor.position, position__lte=last, kind__in=list(handlers))
    entry = unread.order_by("position").first()
    goes_on = entry is not None and handlers[entry.kind](entry)
    reached = cursor.position if goes_on else (last if entry is None else entry.position)
    if reached != cursor.position:
        Cursor.objects.filter(name=name).update(position=reached)
    return entry is not None
