"""The deeds of calls for interest."""

from midcycle.hosting.actions.answering import Answer, Answered, Said, answer, change_answer, withdraw_answer
from midcycle.hosting.actions.opening import Idea, close_call, open_call
from midcycle.hosting.actions.settling import settle_place

__all__ = [
    "Answer",
    "Answered",
    "Idea",
    "Said",
    "answer",
    "change_answer",
    "close_call",
    "open_call",
    "settle_place",
    "withdraw_answer",
]
