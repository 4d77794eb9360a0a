"""The deeds of calls for interest."""

from midcycle.hosting.actions.answering import (
    Answer,
    Answered,
    Said,
    answer,
    change_answer,
    confirm_answer,
    forget_unconfirmed,
    withdraw_answer,
)
from midcycle.hosting.actions.asking import ask_about_days, drop_days, show_line
from midcycle.hosting.actions.learning import forget_edition, note_turnout, tell_edition
from midcycle.hosting.actions.opening import Idea, close_call, open_call
from midcycle.hosting.actions.settling import settle_place

__all__ = [
    "Answer",
    "Answered",
    "Idea",
    "Said",
    "answer",
    "ask_about_days",
    "change_answer",
    "close_call",
    "confirm_answer",
    "drop_days",
    "forget_edition",
    "forget_unconfirmed",
    "note_turnout",
    "open_call",
    "settle_place",
    "show_line",
    "tell_edition",
    "withdraw_answer",
]
