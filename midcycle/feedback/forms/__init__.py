"""What people answer, how the team makes the survey, and what it counts and notes."""

from midcycle.feedback.forms.answering import AnswerForm, LinkForm
from midcycle.feedback.forms.building import QuestionForm, StandardForm
from midcycle.feedback.forms.desk import CountForm, HandsForm, RemarkForm
from midcycle.feedback.forms.paper import PaperEntry

__all__ = ["AnswerForm", "CountForm", "HandsForm", "LinkForm", "PaperEntry", "QuestionForm", "RemarkForm", "StandardForm"]
