"""The deeds of the agenda, each in one transaction with one line in the journal."""

from midcycle.agenda.actions.drafting import Drafted, draft
from midcycle.agenda.actions.importing import Imported, import_schedule, undo_import
from midcycle.agenda.actions.picking import close_feed, open_feed, pick
from midcycle.agenda.actions.places import (
    add_room,
    add_slot,
    change_room,
    change_slot,
    fill_days,
    remove_room,
    remove_slot,
)
from midcycle.agenda.actions.placing import Moved, move, pin, place, unplace
from midcycle.agenda.actions.releasing import release
from midcycle.agenda.actions.sessions import (
    add_session,
    change_session,
    give_part,
    give_part_to_address,
    link_notes,
    remove_session,
    take_part_away,
)

__all__ = [
    "Drafted",
    "Imported",
    "Moved",
    "add_room",
    "add_session",
    "add_slot",
    "change_room",
    "change_session",
    "change_slot",
    "close_feed",
    "draft",
    "fill_days",
    "give_part",
    "give_part_to_address",
    "import_schedule",
    "link_notes",
    "move",
    "open_feed",
    "pick",
    "pin",
    "place",
    "release",
    "remove_room",
    "remove_session",
    "remove_slot",
    "take_part_away",
    "undo_import",
    "unplace",
]
