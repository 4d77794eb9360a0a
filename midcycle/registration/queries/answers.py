"""What everybody answered to the organisers' own questions, counted."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.db.models import Count
from django.utils.translation import gettext

from midcycle.kernel.folding import Group
from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.models import SeatAnswer
from midcycle.registration.queries.asking import questions_of
from midcycle.registration.rules.asking import Asked, values_of
from midcycle.registration.rules.editing import title_of_answer
from midcycle.registration.rules.languages import FIRST, text_in

MOST_TEXTS = 200
_MOST_BARS = 12


@dataclass(frozen=True)
class AnswerCount:
    """How people answered one question: groups largest first, or texts without names, or a sentence about numbers."""

    title: str
    answered: int
    groups: tuple[Group, ...] = ()
    texts: tuple[str, ...] = ()
    sentence: str = ""


def answer_counts(meetup: Meetup) -> tuple[AnswerCount, ...]:
    """Return how those who come answered each question of the organisers. Two queries; small groups too: for the team."""
    questions = questions_of(meetup)
    counted: dict[int, Counter[str]] = {question.number: Counter() for question in questions}
    rows = SeatAnswer.objects.filter(seat__meetup=meetup, seat__state__in=rules.COMES).values("question_id", "value")
    for row in rows.annotate(people=Count("pk")).order_by():
        counted[row["question_id"]][row["value"]] += row["people"]
    return tuple(_counted(question, counted[question.number]) for question in questions)


def _counted(question: Asked, values: Counter[str]) -> AnswerCount:
    title, people = text_in(question.titles, FIRST)[0], values.total()
    if question.kind == "text":
        return AnswerCount(title, people, texts=tuple(sorted(values.elements(), key=str.casefold)[:MOST_TEXTS]))
    if question.kind == "number" and people:
        numbers = sorted(Decimal(value) for value in values.elements())
        middle = f"{median(numbers):f}"
        said = {"least": f"{numbers[0]:f}", "most": f"{numbers[-1]:f}", "middle": middle, "sum": f"{sum(numbers):f}"}
        told = gettext("From %(least)s to %(most)s, %(middle)s in the middle, %(sum)s together.") % said
        return AnswerCount(title, people, groups=_bars(question, values), sentence=told)
    return AnswerCount(title, people, groups=_bars(question, values))


def _bars(question: Asked, values: Counter[str]) -> tuple[Group, ...]:
    """Return each answer with its count: choices in their order, days and numbers in theirs where they are few."""
    if question.kind in {"number", "date"}:
        if len(values) > _MOST_BARS:
            return ()
        ordered = sorted(values, key=Decimal if question.kind == "number" else str)
        return tuple(Group(value, values[value]) for value in ordered)
    return tuple(Group(title_of_answer(question, value), values[value]) for value in values_of(question) if values[value])
