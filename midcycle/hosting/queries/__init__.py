"""What the pages of calls read."""

from midcycle.hosting.queries.answers import AnswerRow, answer_of, answers_to, lines_of, said_in
from midcycle.hosting.queries.past import EditionRow, counted_elsewhere, edition_rows, past_editions
from midcycle.hosting.queries.poster import frame_of, link_to, poster, scan_code
from midcycle.hosting.queries.stage import call_is_open, days_are_over, may_open_registration
from midcycle.hosting.queries.summary import (
    CallFigures,
    CallSummary,
    DateRow,
    call_figures,
    call_summary,
    date_rows,
    summary_of,
    wanted_topics,
    windows_of,
)

__all__ = [
    "AnswerRow",
    "CallFigures",
    "CallSummary",
    "DateRow",
    "EditionRow",
    "answer_of",
    "answers_to",
    "call_figures",
    "call_is_open",
    "call_summary",
    "counted_elsewhere",
    "date_rows",
    "days_are_over",
    "edition_rows",
    "frame_of",
    "lines_of",
    "link_to",
    "may_open_registration",
    "past_editions",
    "poster",
    "said_in",
    "scan_code",
    "summary_of",
    "wanted_topics",
    "windows_of",
]
