"""The deeds of the agenda, each in one transaction with one line in the journal."""

from midcycle.agenda.actions.asking import answer, ask_round, freeze, thaw
from midcycle.agenda.actions.drafting import Drafted, draft
from midcycle.agenda.actions.history import redo, undo
from midcycle.agenda.actions.keeping import bring_back, drop_draft, keep_draft
from midcycle.agenda.actions.picking import pick
from midcycle.agenda.actions.places import (
    add_room,
    add_slot,
    change_room,
    change_slot,
    fill_days,
    remove_room,
    remove_slot,
)
from midcycle.agenda.actions.placing import Moved, lock, move, pin, place, unplace
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
    "Moved",
    "add_room",
    "add_session",
    "add_slot",
    "answer",
    "ask_round",
    "bring_back",
    "change_room",
    "change_session",
    "change_slot",
    "draft",
    "drop_draft",
    "fill_days",
    "freeze",
    "give_part",
    "give_part_to_address",
    "keep_draft",
    "link_notes",
    "lock",
    "move",
    "pick",
    "pin",
    "place",
    "redo",
    "release",
    "remove_room",
    "remove_session",
    "remove_slot",
    "take_part_away",
    "thaw",
    "undo",
    "unplace",
]
