"""What is asked after a meetup, how answers are read and summed up, and the data points made of them. Pure."""

from midcycle.feedback.rules.asking import Answers, Asked, in_order, read, standard_questions
from midcycle.feedback.rules.points import METHODS, DataPoint, Evidence, Method, data_points
from midcycle.feedback.rules.standard import (
    ASKED_SEATS,
    ASKING_STAGES,
    HANDS,
    LONGEST_QUESTION,
    LONGEST_REMARK,
    LONGEST_WORDS,
    OWN,
    REMARKS,
    SMALLEST,
    SURVEY,
    SURVEY_QUESTIONS,
    WORDS,
    Votes,
    fault_in_hands,
    fault_in_remark,
    may_open,
    most_hands,
    own_question,
)

__all__ = [
    "ASKED_SEATS", "ASKING_STAGES", "HANDS", "LONGEST_QUESTION", "LONGEST_REMARK", "LONGEST_WORDS", "METHODS", "OWN", "REMARKS",
    "SMALLEST", "SURVEY", "SURVEY_QUESTIONS", "WORDS", "Answers", "Asked", "DataPoint", "Evidence", "Method", "Votes",
    "data_points", "fault_in_hands", "fault_in_remark", "in_order", "may_open", "most_hands", "own_question", "read",
    "standard_questions",
]  # fmt: skip
