"""The deeds of registration, each in one transaction with its lines in the journal."""

from midcycle.registration.actions.asking import (
    Wanted,
    add_question,
    change_question,
    move_question,
    remove_question,
    set_languages,
    set_standard,
)
from midcycle.registration.actions.door import (
    check_in,
    join_queue,
    mark_no_shows,
    release_at_its_time,
    set_release,
    undo_check_in,
    walk_in,
)
from midcycle.registration.actions.drawing import draw_lots
from midcycle.registration.actions.echoing import cancel_echo, change_echo, erase_echo, set_echo_notice
from midcycle.registration.actions.erasing import erase_seat, forget_echoes
from midcycle.registration.actions.forgetting import forget_next, keep_figures
from midcycle.registration.actions.leaving import (
    GIVEN_BACK,
    accept_offer,
    cancel_for,
    cancel_seat,
    confirm,
    leave_waitlist,
    prove_address,
    set_notice,
)
from midcycle.registration.actions.limiting import set_quota
from midcycle.registration.actions.once import Answer, forget_keys, once
from midcycle.registration.actions.opening import (
    close_registration,
    forget_share,
    note_invented,
    open_registration,
    plan_seats,
    set_capacity,
    tell_share,
)
from midcycle.registration.actions.passing import (
    Colleague,
    accept_transfer,
    offer_transfer,
    register_colleagues,
    withdraw_transfer,
)
from midcycle.registration.actions.promoting import lapse_offers
from midcycle.registration.actions.ruling import allow_transfers, follow_region, set_line_rule
from midcycle.registration.actions.saying import Answers
from midcycle.registration.actions.taking import Origin, Registered, change_answers, register, take_seat
from midcycle.registration.rules.line import LineRule

__all__ = [
    "GIVEN_BACK",
    "Answer",
    "Answers",
    "Colleague",
    "LineRule",
    "Origin",
    "Registered",
    "Wanted",
    "accept_offer",
    "accept_transfer",
    "add_question",
    "allow_transfers",
    "cancel_echo",
    "cancel_for",
    "cancel_seat",
    "change_answers",
    "change_echo",
    "change_question",
    "check_in",
    "close_registration",
    "confirm",
    "draw_lots",
    "erase_echo",
    "erase_seat",
    "follow_region",
    "forget_echoes",
    "forget_keys",
    "forget_next",
    "forget_share",
    "join_queue",
    "keep_figures",
    "lapse_offers",
    "leave_waitlist",
    "mark_no_shows",
    "move_question",
    "note_invented",
    "offer_transfer",
    "once",
    "open_registration",
    "plan_seats",
    "prove_address",
    "register",
    "register_colleagues",
    "release_at_its_time",
    "remove_question",
    "set_capacity",
    "set_echo_notice",
    "set_languages",
    "set_line_rule",
    "set_notice",
    "set_quota",
    "set_release",
    "set_standard",
    "take_seat",
    "tell_share",
    "undo_check_in",
    "walk_in",
    "withdraw_transfer",
]
