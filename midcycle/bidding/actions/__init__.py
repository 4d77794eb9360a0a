"""The deeds of bidding."""

from midcycle.bidding.actions.calling import (
    Wanted,
    add_criterion,
    extend_deadline,
    name_keeper,
    name_member,
    open_call,
    prepare_call,
    remove_criterion,
    remove_member,
)
from midcycle.bidding.actions.deciding import Decision, Points, decide, declare, score
from midcycle.bidding.actions.forgetting import forget
from midcycle.bidding.actions.offering import (
    ChangedMeanwhile,
    hand_in,
    invite_editor,
    open_bid,
    remove_editor,
    save_section,
    take_back,
    withdraw_bid,
)
from midcycle.bidding.actions.sheets import add_cost, add_plan, remove_cost, remove_plan, set_currency
from midcycle.bidding.actions.talking import (
    answer,
    answer_mistake,
    ask,
    remove_question,
    report_mistake,
    write_cell,
)

__all__ = [
    "ChangedMeanwhile",
    "Decision",
    "Points",
    "Wanted",
    "add_cost",
    "add_criterion",
    "add_plan",
    "answer",
    "answer_mistake",
    "ask",
    "decide",
    "declare",
    "extend_deadline",
    "forget",
    "hand_in",
    "invite_editor",
    "name_keeper",
    "name_member",
    "open_bid",
    "open_call",
    "prepare_call",
    "remove_cost",
    "remove_criterion",
    "remove_editor",
    "remove_member",
    "remove_plan",
    "remove_question",
    "report_mistake",
    "save_section",
    "score",
    "set_currency",
    "take_back",
    "withdraw_bid",
    "write_cell",
]
