"""Anonymous answers, hands counted in the room, and what people said."""

from midcycle.feedback.models.hands import HandCount, HandPart, Remark
from midcycle.feedback.models.retrospective import Lesson
from midcycle.feedback.models.sessions import SessionTally
from midcycle.feedback.models.survey import OwnQuestion, OwnWords, PaperForm, Slip, Survey, Tally

__all__ = [
    "HandCount",
    "HandPart",
    "Lesson",
    "OwnQuestion",
    "OwnWords",
    "PaperForm",
    "Remark",
    "SessionTally",
    "Slip",
    "Survey",
    "Tally",
]
