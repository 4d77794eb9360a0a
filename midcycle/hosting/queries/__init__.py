"""What the pages of calls read."""

from midcycle.hosting.queries.answers import AnswerRow, answer_of, answers_to
from midcycle.hosting.queries.stage import call_is_open, days_are_over, may_open_registration
from midcycle.hosting.queries.summary import CallSummary, call_summary

__all__ = [
    "AnswerRow",
    "CallSummary",
    "answer_of",
    "answers_to",
    "call_is_open",
    "call_summary",
    "days_are_over",
    "may_open_registration",
]
