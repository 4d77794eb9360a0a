"""What people answer, how the team makes the survey, and what it counts and notes."""

from midcycle.feedback.forms.answering import AnswerForm, LinkForm
from midcycle.feedback.forms.building import QuestionForm, StandardForm
from midcycle.feedback.forms.desk import CounterForm, CountForm, HandsForm, RemarkForm
from midcycle.feedback.forms.paper import PaperEntry
from midcycle.feedback.forms.retrospective import LessonForm, OutcomeForm
from midcycle.feedback.forms.sessions import MarkForm

__all__ = [
    "AnswerForm",
    "CountForm",
    "CounterForm",
    "HandsForm",
    "LessonForm",
    "LinkForm",
    "MarkForm",
    "OutcomeForm",
    "PaperEntry",
    "QuestionForm",
    "RemarkForm",
    "StandardForm",
]
