"""The board as plain places, its version, and the moves that led to it."""

from dataclasses import dataclass

from midcycle.accounts.models import Person
from midcycle.agenda.models import Move, Placement
from midcycle.agenda.rules.deeds import done_by, done_by_you
from midcycle.agenda.rules.moves import Grid, Spot
from midcycle.journal.queries import newest_entry
from midcycle.meetups.models import Meetup


@dataclass(frozen=True)
class History:
    """The version of the board, and what this organiser could undo and do again, as sentences; empty for nothing."""

    version: int
    undo: str
    redo: str

    @property
    def undo_within(self) -> str:
        """What could be undone, as it stands within a sentence."""
        return self.undo[:1].lower() + self.undo[1:]

    @property
    def redo_within(self) -> str:
        """What could be done again, as it stands within a sentence."""
        return self.redo[:1].lower() + self.redo[1:]


MOST_TOLD = 100
# These happen to somebody's own agenda or beside the board, not to it.
ELSEWHERE = ("agenda.picked", "agenda.left_out", "agenda.search_begun", "agenda.search_stopped", "agenda.replan_begun")


def grid_of(meetup: Meetup) -> Grid:
    """Return where each placed session is; one query."""
    placements = Placement.objects.filter(session__meetup=meetup)
    return {p.session_id: Spot(p.slot_id, p.room_id, p.pinned, p.locked, p.reason) for p in placements}


def version_of(meetup: Meetup) -> int:
    """Return the version of the board: it grows with every deed that concerns the agenda; one query."""
    return newest_entry(meetup.pk, "agenda.", but=ELSEWHERE)


def history_of(meetup: Meetup, person: Person) -> History:
    """Return the version and what can be undone; three queries. Ask before the board itself: then nothing is missed."""
    version = version_of(meetup)
    last, following = last_move(meetup, person), next_move(meetup, person)
    return History(version, done_by_you(last.words if last else ""), done_by_you(following.words if following else ""))


def last_move(meetup: Meetup, person: Person | None) -> Move | None:
    """Return the move this person, or a machine, could take back."""
    return Move.objects.filter(meetup=meetup, by=person, state="done").order_by("-version").first()


def next_move(meetup: Meetup, person: Person | None) -> Move | None:
    """Return the move this person, or a machine, could make again."""
    return Move.objects.filter(meetup=meetup, by=person, state="undone").order_by("version").first()


def moves_since(meetup: Meetup, version: int, person: Person) -> tuple[str, ...]:
    """Return what others moved after a version, in sentences; the last three."""
    later = Move.objects.filter(meetup=meetup, version__gt=version).select_related("by").order_by("-version")[:20]
    told = [done_by(str(move.by or ""), move.words) for move in later if move.by_id != person.pk]
    return tuple(reversed(told[:3]))


def latest_moves(meetup: Meetup, version: int) -> tuple[Move, ...]:
    """Return what was done on the board after a version, with who did it, the newest first; one query."""
    return tuple(Move.objects.filter(meetup=meetup, version__gt=version).select_related("by").order_by("-version")[:MOST_TOLD])
