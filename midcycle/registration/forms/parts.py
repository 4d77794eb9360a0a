"""The registration form cut into parts, each with how long its answers are kept."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django import forms
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.translation import gettext

from midcycle.kernel.words import quoted
from midcycle.registration.queries import AskedForm
from midcycle.registration.rules.asking import YES_NO, Asked
from midcycle.registration.rules.editing import title_of_answer
from midcycle.registration.rules.languages import direction_of

OWN: Final = "more-"
_WHO: Final = ("name", "email", "role")
_ABOUT: Final = ("sector", "organisation", "region", "first_time", "on_list", "heard_how", "heard_words")
_HERE: Final = ("photos",)
_NEEDS: Final = ("diet", "food", "access")


@dataclass(frozen=True)
class Line:
    """A field, which way it is read where that is not the way of the page, and what makes it appear.

    `shown_by` holds the numbers of all answers it waits for; `condition` says the nearest one to browsers that hide nothing.
    """

    field: BoundField
    direction: str = ""
    shown_by: str = ""
    condition: str = ""


@dataclass(frozen=True)
class Part:
    """Fields that belong together. A folded one opens by itself once there is something in it."""

    title: str
    text: str
    kept: str
    lines: tuple[Line, ...]
    is_folded: bool = False
    is_open: bool = False


@dataclass(frozen=True)
class Waiting:
    """What appears by which answer: for each question the numbers it waits for, for each answer the numbers it shows."""

    shown_by: Mapping[int, tuple[int, ...]]
    shows: Mapping[tuple[int, str], tuple[int, ...]]

    def by(self, question: Asked) -> str:
        """Return the numbers of all answers a question waits for."""
        return " ".join(str(number) for number in self.shown_by.get(question.number, ()))

    def shown(self, question: Asked) -> dict[str, str]:
        """Return for each answer to a question the numbers of what it makes appear."""
        return {
            value: " ".join(str(number) for number in numbers)
            for (asked, value), numbers in self.shows.items()
            if asked == question.number
        }


def waiting_in(questions: Sequence[Asked]) -> Waiting:
    """Return the numbers of questions that wait for an answer. One whose own condition waits for another waits for both."""
    shown_by: dict[int, tuple[int, ...]] = {}
    shows: dict[tuple[int, str], tuple[int, ...]] = {}
    known = {question.number for question in questions}
    for question in questions:
        if question.shown_if in known and question.shown_if is not None:
            number, leads = len(shown_by) + 1, (question.shown_if, question.shown_value)
            shown_by[question.number] = (number, *shown_by.get(question.shown_if, ()))
            shows[leads] = (*shows.get(leads, ()), number)
    return Waiting(shown_by, shows)


def answers_in(question: Asked, asked: AskedForm) -> list[tuple[str, str]]:
    """Return the answers there are to a question, in the visitor's language."""
    if question.kind == "yes_no":
        language = asked.text(question.titles)[1]
        return [(value, in_language(title_of_answer(question, value, language), language, asked)) for value in YES_NO]
    return [(choice.value, in_language(*asked.text(choice.titles), asked)) for choice in question.choices]


def in_language(text: str, language: str, asked: AskedForm) -> str:
    """Return a text of the organisers, marked with its language where that is not the one of the page."""
    return text if language == asked.written_in or not text else format_html('<span lang="{}">{}</span>', language, text)


def parts_of(form: forms.Form, asked: AskedForm) -> tuple[Part, ...]:
    """Return the form in its parts, without those that ask nothing; says beside fields how long an answer is kept."""
    own = _own_lines(form, asked)
    here = [*own, *_lines(form, _HERE)]
    needs = _lines(form, _NEEDS)
    days = {
        **asked.keep,
        "food": asked.keep["diet"],
        "heard_words": asked.keep["heard_how"],
        **{f"{OWN}{each.key}": each.keep_days for each in asked.questions},
    }
    private = gettext("Only the organisers of this meetup see this, on a page of its own. It is in no other list.")
    parts = (
        _part("", "", _lines(form, _WHO), days),
        _part(gettext("About you"), "", _lines(form, _ABOUT), days),
        _part(gettext("For this meetup"), "", here, days),
        _part(gettext("What you eat and need"), private, needs, days, is_folded=True),
    )
    return tuple(part for part in parts if part.lines)


def _part(title: str, text: str, lines: Sequence[Line], days: Mapping[str, int], *, is_folded: bool = False) -> Part:
    """Return a part that says once how long most of its answers are kept, and beside the others what is different."""
    counted = Counter(days[line.field.name] for line in lines)
    usual = counted.most_common(1)[0][0] if counted else 0
    for line in lines:
        if days[line.field.name] != usual:
            told = _kept_sentence(days[line.field.name])
            line.field.help_text = format_html("{} {}", line.field.help_text, told) if line.field.help_text else told
    kept = _kept_sentence(usual) if len(counted) == 1 else _others_sentence(usual)
    is_open = any(line.field.errors or line.field.value() for line in lines)
    return Part(title, text, kept, tuple(lines), is_folded, is_folded and is_open)


def _others_sentence(days: int) -> str:
    if days == 1:
        return gettext("Everything else is deleted the day after the meetup.")
    return gettext("Everything else is deleted %(days)s days after the meetup.") % {"days": days}


def _kept_sentence(days: int) -> str:
    if days == 1:
        return gettext("Deleted the day after the meetup.")
    return gettext("Deleted %(days)s days after the meetup.") % {"days": days}


def _lines(form: forms.Form, names: Iterable[str]) -> list[Line]:
    return [Line(form[name]) for name in names if name in form.fields]


def _own_lines(form: forms.Form, asked: AskedForm) -> list[Line]:
    waiting, by_number = waiting_in(asked.questions), {each.number: each for each in asked.questions}
    found = []
    for question in asked.questions:
        direction = direction_of(asked.text(question.titles)[1])
        leads = by_number.get(question.shown_if or 0)
        found.append(
            Line(
                form[f"{OWN}{question.key}"],
                direction if direction != asked.direction else "",
                waiting.by(question),
                _condition(question, leads, asked) if leads else "",
            )
        )
    return found


def _condition(question: Asked, leads: Asked, asked: AskedForm) -> str:
    answer = title_of_answer(leads, question.shown_value, asked.language)
    told = gettext("Only if you answered %(answer)s to %(question)s.")
    return told % {"answer": quoted(answer), "question": quoted(asked.text(leads.titles)[0])}
