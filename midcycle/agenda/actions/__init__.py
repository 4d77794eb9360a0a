"""The deeds of the agenda, each in one transaction with one line in the journal."""

from midcycle.agenda.actions.asking import answer, ask_round, freeze, thaw
from midcycle.agenda.actions.drafting import Drafted, draft
from midcycle.agenda.actions.erasing import erase_traces, forget_in_agenda
from midcycle.agenda.actions.history import redo, undo
from midcycle.agenda.actions.importing import Imported, import_schedule, undo_import
from midcycle.agenda.actions.keeping import bring_back, drop_draft, keep_draft
from midcycle.agenda.actions.moderating import (
    Offer,
    add_to_pool,
    answer_invite,
    ask_moderators,
    drop_proposal,
    keep_apart,
    leave_pool,
    let_together,
    propose_moderators,
    start_session,
    volunteer,
)
from midcycle.agenda.actions.picking import close_feed, open_feed, pick
from midcycle.agenda.actions.places import (
    add_room,
    add_slot,
    change_room,
    change_slot,
    fill_days,
    promise_free_time,
    remove_room,
    remove_slot,
)
from midcycle.agenda.actions.placing import Moved, lock, move, pin, place, unplace
from midcycle.agenda.actions.presence import set_presence, set_presence_of_address
from midcycle.agenda.actions.releasing import release
from midcycle.agenda.actions.replanning import be_away, put_replan, replan, shut_room
from midcycle.agenda.actions.searching import How, begin_search, begin_with, go_on, put_search, stop_search
from midcycle.agenda.actions.sessions import (
    add_session,
    bind_session,
    change_session,
    give_part,
    give_part_to_address,
    link_notes,
    remove_session,
    reshape_small_sessions,
    take_part_away,
)
from midcycle.agenda.actions.translating import translate_sessions

__all__ = [
    "Drafted",
    "How",
    "Imported",
    "Moved",
    "Offer",
    "add_room",
    "add_session",
    "add_slot",
    "add_to_pool",
    "answer",
    "answer_invite",
    "ask_moderators",
    "ask_round",
    "be_away",
    "begin_search",
    "begin_with",
    "bind_session",
    "bring_back",
    "change_room",
    "change_session",
    "change_slot",
    "close_feed",
    "draft",
    "drop_draft",
    "drop_proposal",
    "erase_traces",
    "fill_days",
    "forget_in_agenda",
    "freeze",
    "give_part",
    "give_part_to_address",
    "go_on",
    "import_schedule",
    "keep_apart",
    "keep_draft",
    "leave_pool",
    "let_together",
    "link_notes",
    "lock",
    "move",
    "open_feed",
    "pick",
    "pin",
    "place",
    "promise_free_time",
    "propose_moderators",
    "put_replan",
    "put_search",
    "redo",
    "release",
    "remove_room",
    "remove_session",
    "remove_slot",
    "replan",
    "reshape_small_sessions",
    "set_presence",
    "set_presence_of_address",
    "shut_room",
    "start_session",
    "stop_search",
    "take_part_away",
    "thaw",
    "translate_sessions",
    "undo",
    "undo_import",
    "unplace",
    "volunteer",
]
