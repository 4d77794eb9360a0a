"""What releases changed, what the next one would change, and whom it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from midcycle.agenda.models import Pick, Release, SessionPart
from midcycle.agenda.queries.released import agenda_of, released_agenda
from midcycle.agenda.queries.rows import rows_of
from midcycle.agenda.rules import values
from midcycle.agenda.rules.changes import Change, changes
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Support

MOST: Final = 20
"""So many releases are told of, the newest."""


@dataclass(frozen=True)
class ReleaseChanges:
    """A release and what it changed; the first one changed nothing."""

    number: int
    released_at: datetime
    note: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Concerned:
    """Whom changes concern: who has a part in a session, and who has it in their own agenda; by session."""

    parts: dict[int, frozenset[int]]
    agendas: dict[int, frozenset[int]]


def changelog(meetup: Meetup) -> tuple[ReleaseChanges, ...]:
    """Return the newest releases with what each changed, the newest first; one query."""
    facts = ("number", "released_at", "note", "grid")
    rows = list(Release.objects.filter(meetup=meetup).order_by("-number").values_list(*facts)[: MOST + 1])
    told = [
        ReleaseChanges(number, at, note, changes(values.from_plain(older[3]), values.from_plain(grid)))
        for (number, at, note, grid), older in pairwise(rows)
    ]
    first = [ReleaseChanges(number, at, note, ()) for number, at, note, _ in rows[-1:] if len(rows) <= MOST]
    return (*told, *first)


def changes_in(meetup: Meetup, number: int) -> tuple[Change, ...]:
    """Return what a release changed; nothing in the first; one query."""
    grids = dict(Release.objects.filter(meetup=meetup, number__in=(number - 1, number)).values_list("number", "grid"))
    if len(grids) < 2:
        return ()
    return changes(values.from_plain(grids[number - 1]), values.from_plain(grids[number]))


def changes_to_come(meetup: Meetup) -> tuple[Change, ...]:
    """Return what releasing the board now would change; nothing before the first release."""
    old = released_agenda(meetup)
    return () if old is None else changes(old, agenda_of(rows_of(meetup)))


def concerned_by(meetup: Meetup, changed: Iterable[Change]) -> Concerned:
    """Return whom changes concern, by session; three queries.

    Who has a part in it; and who has it in their own agenda: supports its topic and did not leave it out, or picked it.
    """
    numbers = {change.session for change in changed}
    picks = Pick.objects.filter(session__meetup=meetup, session__in=numbers).values_list("session", "person", "wanted")
    chosen = {(session, person): wanted for session, person, wanted in picks}
    supports = Support.objects.filter(topic__meetup=meetup, topic__session__in=numbers)
    own = dict.fromkeys(supports.values_list("topic__session", "person"), True) | chosen
    parts = SessionPart.objects.filter(session__meetup=meetup, session__in=numbers).values_list("session", "person")
    return Concerned(_by_session(parts), _by_session(pair for pair, wanted in own.items() if wanted))


def _by_session(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for session, person in pairs:
        found.setdefault(session, set()).add(person)
    return {session: frozenset(people) for session, people in found.items()}
