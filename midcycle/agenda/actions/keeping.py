"""Drafts kept beside the board, to compare them and to bring one back."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext, ngettext

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import as_kept, hold, hold_board, note
from midcycle.agenda.actions.history import remember
from midcycle.agenda.models import Draft, Placement, Room, Session, Slot
from midcycle.agenda.queries.history import grid_of
from midcycle.agenda.rules import deeds
from midcycle.agenda.rules.moves import spot_of
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.kernel.words import quoted
from midcycle.meetups.models import Meetup

MOST_DRAFTS: Final = 6
"""As many as can be read beside each other."""


@transaction.atomic
def keep_draft(meetup: Meetup, name: str, *, by: Person | None, now: datetime) -> Draft:
    """Keep the board as it stands under a name. Raises Refusal without a place on it, for a name in use, or for too many."""
    hold(meetup)
    called, grid = one_line(name)[:60], grid_of(meetup)
    if not called:
        raise Refusal(gettext("Give the draft a name."), field="name")
    if not grid:
        raise Refusal(gettext("No session has a place yet, so there is nothing to keep."), field="name")
    names = list(Draft.objects.filter(meetup=meetup).values_list("name", flat=True))
    if called in names:
        raise Refusal(
            gettext("There is a draft %(name)s already. Choose another name.") % {"name": quoted(called)}, field="name"
        )
    if len(names) >= MOST_DRAFTS:
        raise Refusal(_full(), field="name")
    made = Draft.objects.create(meetup=meetup, name=called, grid={str(n): list(spot) for n, spot in grid.items()})
    note("agenda.draft_kept", meetup, by=by, now=now, facts={"draft": made.pk, "sessions": len(grid)})
    return made


def _full() -> str:
    full = ngettext(
        "There is %(count)s kept draft already. Drop it first.",
        "There are %(count)s kept drafts already. Drop one of them first.",
        MOST_DRAFTS,
    )
    return full % {"count": MOST_DRAFTS}


@transaction.atomic
def bring_back(draft: Draft, *, by: Person | None, now: datetime) -> int:
    """Put a kept draft onto the board, as one move that can be undone; return how many of its sessions could not go back.

    What is locked stays where it is. Sessions, slots and rooms that were removed meanwhile are left out.
    """
    meetup = draft.meetup
    hold_board(meetup)
    before = grid_of(meetup)
    locked = {number for number, spot in before.items() if spot.locked}
    taken = {spot.cell for spot in before.values() if spot.locked}
    slots = set(Slot.objects.filter(meetup=meetup).values_list("pk", flat=True))
    rooms = {None, *Room.objects.filter(meetup=meetup).values_list("pk", flat=True)}
    sessions = set(Session.objects.filter(meetup=meetup).values_list("pk", flat=True)) - locked
    Placement.objects.filter(session__meetup=meetup, locked=False).delete()
    wanted = {int(number): spot_of(plain) for number, plain in draft.grid.items()}
    kept = [
        Placement(session_id=n, slot_id=s.slot, room_id=s.room, pinned=s.pinned, locked=s.locked, reason=s.reason)
        for n, s in wanted.items()
        if s is not None and n in sessions and s.slot in slots and s.room in rooms and s.cell not in taken
    ]
    Placement.objects.bulk_create(kept)
    version = note("agenda.draft_brought_back", meetup, by=by, now=now, facts={"draft": draft.pk, "sessions": len(kept)})
    remember(meetup, before, as_kept(deeds.BROUGHT_BACK, draft.name), by=by, version=version)
    return len(set(wanted) - locked) - len(kept)


@transaction.atomic
def drop_draft(draft: Draft, *, by: Person | None, now: datetime) -> None:
    """Forget a kept draft; the board stays as it is."""
    hold(draft.meetup)
    note("agenda.draft_dropped", draft.meetup, by=by, now=now, facts={"draft": draft.pk})
    draft.delete()
