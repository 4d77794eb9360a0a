"""The organisers' questions at their desk, and what a change of one does to answers given."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext

from midcycle.kernel.words import quoted
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Question, Seat, SeatAnswer
from midcycle.registration.queries.asking import AskedForm, as_asked, capacity_of, form_of, questions_of
from midcycle.registration.rules import editing
from midcycle.registration.rules.asking import ALWAYS_ASKED, QUESTION_KIND_NAMES, STANDARD_NAMES, Asked
from midcycle.registration.rules.languages import FIRST, LANGUAGES, text_in


@dataclass(frozen=True)
class QuestionRow:
    """A question in the list: what it asks, when it is shown, how many answered, and in which languages it is not there."""

    number: int
    title: str
    kind: str
    required: bool
    condition: str
    keep_days: int
    answered: int
    missing: tuple[str, ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class StandardRow:
    """A standard question: whether it is asked, whether that can be chosen, and how long its answer is kept."""

    key: str
    title: str
    is_asked: bool
    is_fixed: bool
    keep_days: int


@dataclass(frozen=True)
class QuestionsPage:
    """Everything a meetup asks. `people` registered already, and were promised how long answers are kept."""

    form: AskedForm
    rows: tuple[QuestionRow, ...]
    standard: tuple[StandardRow, ...]
    people: int


def questions_page(meetup: Meetup) -> QuestionsPage:
    """Return everything a meetup asks. Four queries, three without questions."""
    form = form_of(meetup)
    counts = dict(
        SeatAnswer.objects.filter(question__meetup=meetup).values_list("question_id").annotate(people=Count("pk")).order_by()
    )
    return QuestionsPage(
        form=form,
        rows=tuple(_row(form, place, counts) for place in range(len(form.questions))),
        standard=tuple(
            StandardRow(key, gettext(title), key in form.standard, key in ALWAYS_ASKED, form.keep[key])
            for key, title in STANDARD_NAMES.items()
        ),
        people=Seat.objects.filter(meetup=meetup).count(),
    )


def conditions_for(meetup: Meetup, number: int | None) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the answers a question can wait for, grouped by the question above that they belong to. One query."""
    questions = questions_of(meetup)
    by_number = {question.number: question for question in questions}
    grouped: dict[int, list[tuple[str, str]]] = {}
    for condition in editing.conditions_before(questions, number):
        asked = by_number[condition.number]
        title = editing.title_of_answer(asked, condition.value)
        grouped.setdefault(condition.number, []).append((f"{condition.number}:{condition.value}", title))
    return tuple((text_in(by_number[key].titles, FIRST)[0], tuple(answers)) for key, answers in grouped.items())


def losses_of(question: Question, after: Asked) -> tuple[editing.Loss, ...]:
    """Return what a change of a question does to the answers given. One query."""
    return editing.losses(asked_as(question), after, people_by_answer(question))


def asked_as(question: Question) -> Asked:
    """Return a question as the rules know it."""
    return as_asked([question])[0]


def waits_for(question: Question) -> tuple[str, ...]:
    """Return the titles of the questions that wait for an answer to this one. One query."""
    waiting = Question.objects.filter(shown_if=question).order_by("position")
    return tuple(text_in(each.titles, FIRST)[0] for each in waiting)


def people_by_answer(question: Question) -> dict[str, int]:
    """Return how many people gave each answer to a question. One query."""
    return dict(SeatAnswer.objects.filter(question=question).values_list("value").annotate(people=Count("pk")).order_by())


def languages_of(meetup: Meetup) -> tuple[str, ...]:
    """Return the languages the organisers write in, the first of them first."""
    capacity = capacity_of(meetup)
    known = [code for code in (capacity.asks.get("languages", ()) if capacity else ()) if code in LANGUAGES]
    return tuple(known) or (FIRST,)


def _row(form: AskedForm, place: int, counts: dict[int, int]) -> QuestionRow:
    question = form.questions[place]
    waits_for = next((each for each in form.questions if each.number == question.shown_if), None)
    condition = ""
    if waits_for is not None:
        answer = quoted(editing.title_of_answer(waits_for, question.shown_value))
        said = {"answer": answer, "question": quoted(form.text(waits_for.titles)[0])}
        condition = gettext("for %(answer)s to %(question)s") % said
    return QuestionRow(
        number=question.number,
        title=form.text(question.titles)[0],
        kind=gettext(QUESTION_KIND_NAMES[question.kind]),
        required=question.required,
        condition=condition,
        keep_days=question.keep_days,
        answered=counts.get(question.number, 0),
        missing=tuple(LANGUAGES[code] for code in form.own if not question.titles.get(code)),
        is_first=place == 0,
        is_last=place == len(form.questions) - 1,
    )
