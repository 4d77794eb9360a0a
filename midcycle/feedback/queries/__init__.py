"""The reads of feedback: what is asked, what came of it, and the data points made of that."""

from midcycle.feedback.queries.asking import (
    BuilderPage,
    SurveyForm,
    as_asked,
    builder_page,
    has_answered,
    is_met,
    language_of,
    questions_of,
    survey_form,
)
from midcycle.feedback.queries.desk import Desk, desk
from midcycle.feedback.queries.evidence import (
    RemarkList,
    answers_on_screen,
    data_points,
    hand_counts,
    hand_parts,
    questions_counted,
    remarks,
)
from midcycle.feedback.queries.paper import paper_sheet, typed_by
from midcycle.feedback.queries.results import Results, Texts, own_words, results, texts_page
from midcycle.feedback.queries.retrospective import LessonList, Retrospective, public_lessons, retrospective
from midcycle.feedback.queries.sessions import SessionsPage, held_last, session_figures, sessions_page, when_held
from midcycle.registration.queries import languages_of

__all__ = [
    "BuilderPage",
    "Desk",
    "LessonList",
    "RemarkList",
    "Results",
    "Retrospective",
    "SessionsPage",
    "SurveyForm",
    "Texts",
    "answers_on_screen",
    "as_asked",
    "builder_page",
    "data_points",
    "desk",
    "hand_counts",
    "hand_parts",
    "has_answered",
    "held_last",
    "is_met",
    "language_of",
    "languages_of",
    "own_words",
    "paper_sheet",
    "public_lessons",
    "questions_counted",
    "questions_of",
    "remarks",
    "results",
    "retrospective",
    "session_figures",
    "sessions_page",
    "survey_form",
    "texts_page",
    "typed_by",
    "when_held",
]
