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
from midcycle.feedback.actions.hands import Hands, count_hands, count_part, drop_hands, drop_remark, note_remark, set_part
from midcycle.feedback.actions.retrospective import Told, add_lesson, change_lesson, open_wrap_up, remove_lesson, take_up
from midcycle.feedback.actions.sessions import judge_session
from midcycle.feedback.actions.surveys import close_survey, open_survey

__all__ = [
    "Hands",
    "Told",
    "add_lesson",
    "add_question",
    "answer_survey",
    "ask_for_link",
    "change_lesson",
    "change_question",
    "close_survey",
    "count_hands",
    "count_part",
    "drop_hands",
    "drop_remark",
    "judge_session",
    "move_question",
    "note_remark",
    "open_survey",
    "open_wrap_up",
    "remove_lesson",
    "remove_question",
    "retire_question",
    "set_part",
    "set_standard",
    "take_up",
    "type_paper",
    "undo_paper",
]
