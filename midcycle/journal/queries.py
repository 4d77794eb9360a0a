"""What the journal holds."""

from dataclasses import dataclass

from django.db.models import Max

from midcycle.journal.models import Cursor, Entry


@dataclass(frozen=True)
class Lag:
    """How many entries a follower has yet to read."""

    follower: str
    behind: int


def lags(names: tuple[str, ...]) -> tuple[Lag, ...]:
    """Return the lag of each named follower, in positions."""
    last = Entry.objects.aggregate(last=Max("position"))["last"] or 0
    at = dict(Cursor.objects.filter(name__in=names).values_list("name", "position"))
    return tuple(Lag(name, last - at.get(name, 0)) for name in names)


def entries_of(meetup_id: int, kind: str | None = None) -> list[Entry]:
    """Return the entries of a meetup, oldest first."""
    entries = Entry.objects.filter(meetup=meetup_id).order_by("id")
    return list(entries.filter(kind=kind) if kind else entries)


def newest_entry(meetup_id: int, prefix: str, *, but: tuple[str, ...] = ()) -> int:
    """Return the number of the newest entry of a meetup of which the kind starts so; 0 when there is none; one query."""
    entries = Entry.objects.filter(meetup=meetup_id, kind__startswith=prefix).exclude(kind__in=but)
    return entries.order_by("-pk").values_list("pk", flat=True).first() or 0
