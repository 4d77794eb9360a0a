"""The deeds of feedback: asking, answering without a name, counting hands, and noting what was said."""

from midcycle.feedback.actions.answering import answer_survey, ask_for_link, type_paper, undo_paper
from midcycle.feedback.actions.building import (
    add_question,
    change_question,
    move_question,
    remove_question,
    retire_question,
    set_standard,
)
from midcycle.feedback.actions.hands import count_hands, drop_hands, drop_remark, note_remark
from midcycle.feedback.actions.surveys import close_survey, open_survey

__all__ = [
    "add_question",
    "answer_survey",
    "ask_for_link",
    "change_question",
    "close_survey",
    "count_hands",
    "drop_hands",
    "drop_remark",
    "move_question",
    "note_remark",
    "open_survey",
    "remove_question",
    "retire_question",
    "set_standard",
    "type_paper",
    "undo_paper",
]
