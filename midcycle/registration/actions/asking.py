"""Making the form: the organisers' questions, which standard ones are asked, in which languages, how long answers stay."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.registration.actions import ground
from midcycle.registration.models import Capacity, Question, Seat, SeatAnswer
from midcycle.registration.queries.asking import questions_of
from midcycle.registration.rules import editing
from midcycle.registration.rules.asking import ALWAYS_ASKED, KEEP_DAYS, MOST_QUESTIONS, Asked, Choice, values_of
from midcycle.registration.rules.keeping import LEAST_DAYS, MOST_DAYS, days_of, why_not_longer
from midcycle.registration.rules.languages import LANGUAGES

_GONE: Final = gettext_noop("This question was removed meanwhile.")


@dataclass(frozen=True)
class Wanted:
    """A question as the organisers want it. Titles and helps by language, the first language first."""

    kind: str
    titles: Mapping[str, str]
    helps: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    required: bool = False
    keep_days: int = 30
    condition: editing.Condition | None = None

    def as_asked(self, number: int, key: str) -> Asked:
        """Return the question as the rules know it."""
        return Asked(
            number=number,
            key=key,
            kind=self.kind,
            titles=self.titles,
            helps=self.helps,
            choices=self.choices if self.kind == "choice" else (),
            required=self.required,
            keep_days=self.keep_days,
            shown_if=self.condition.number if self.condition else None,
            shown_value=self.condition.value if self.condition else "",
        )


@transaction.atomic
def add_question(meetup: Meetup, wanted: Wanted, *, by: Person, now: datetime) -> Question:
    """Ask one thing more, after everything else. Raises Refusal."""
    capacity, questions = _locked(meetup)
    if len(questions) >= MOST_QUESTIONS:
        raise Refusal(
            gettext("A form has %(most)s questions of your own at most. Remove one first.") % {"most": MOST_QUESTIONS}
        )
    key = editing.key_for(next(iter(wanted.titles.values()), ""), [question.key for question in questions])
    _check_condition(questions, None, wanted)
    question = Question(meetup=meetup, key=key, position=len(questions) + 1)
    _put(question, wanted.as_asked(0, key))
    question.save()
    Capacity.objects.filter(pk=capacity.pk).update(has_questions=True)
    _record("question_added", question, by=by, now=now)
    return question


@transaction.atomic
def change_question(question: Question, wanted: Wanted, *, by: Person, now: datetime) -> Question:
    """Ask it otherwise; answers that are not possible any more are deleted. Raises Refusal."""
    _, questions = _locked(question.meetup)
    before = _found(questions, question)
    after = wanted.as_asked(before.number, before.key)
    _check_condition(questions, before.number, wanted)
    refused = editing.why_still_awaited(questions, after)
    if refused:
        raise Refusal(refused)
    given = SeatAnswer.objects.filter(question=question)
    longer = why_not_longer(after.keep_days, before.keep_days, people=given.count())
    if longer:
        raise Refusal(longer, field="keep_days")
    if before.kind != after.kind:
        deleted, _ = given.delete()
    else:
        deleted, _ = given.exclude(value__in=values_of(after)).delete() if after.kind == "choice" else (0, {})
    _put(question, after)
    question.save()
    _record("question_changed", question, by=by, now=now, deleted=deleted)
    return question


@transaction.atomic
def move_question(question: Question, by_places: int, *, by: Person, now: datetime) -> None:
    """Move a question up (-1) or down (1) by one place. Raises Refusal where it would stand before what it waits for."""
    _, questions = _locked(question.meetup)
    moved = _found(questions, question)
    refused = editing.why_not_moved(questions, moved.number, by_places)
    if refused:
        raise Refusal(refused)
    order = [each.number for each in questions]
    place = order.index(moved.number)
    order[place], order[place + by_places] = order[place + by_places], order[place]
    _number(order)
    _record("question_moved", question, by=by, now=now)


@transaction.atomic
def remove_question(question: Question, *, by: Person, now: datetime) -> int:
    """Ask it no more, and delete what was answered; return how many answers. Questions that waited for it are always shown."""
    capacity, questions = _locked(question.meetup)
    _found(questions, question)
    number = question.pk
    deleted, _ = SeatAnswer.objects.filter(question=number).delete()
    Question.objects.filter(shown_if=number).update(shown_if=None, shown_value="")
    Question.objects.filter(pk=number).delete()
    _number([each.number for each in questions if each.number != number])
    Capacity.objects.filter(pk=capacity.pk).update(has_questions=len(questions) > 1)
    _record("question_removed", question, by=by, now=now, deleted=deleted)
    return deleted


@transaction.atomic
def set_standard(meetup: Meetup, off: Collection[str], days: Mapping[str, int], *, by: Person, now: datetime) -> None:
    """Choose which standard questions are not asked, and how long each answer is kept. Raises Refusal."""
    capacity = ground.locked_or_new(meetup)
    people = Seat.objects.filter(meetup=meetup).count()
    for key, wanted in days.items():
        longer = why_not_longer(wanted, days_of(key, capacity.keep_days), people=people)
        if longer:
            raise Refusal(longer, field=f"days_{key}")
    kept = {key: wanted for key, wanted in days.items() if key in KEEP_DAYS and LEAST_DAYS <= wanted <= MOST_DAYS}
    capacity.keep_days = {key: wanted for key, wanted in kept.items() if wanted != KEEP_DAYS[key]}
    capacity.asks = {**capacity.asks, "off": sorted(set(off) & set(KEEP_DAYS) - ALWAYS_ASKED)}
    capacity.looked_over_at = None
    capacity.save(update_fields=["keep_days", "asks", "looked_over_at"])
    facts = {"off": capacity.asks["off"], "keep_days": capacity.keep_days}
    journal.record("registration.form_set", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)


@transaction.atomic
def set_languages(meetup: Meetup, languages: Sequence[str], *, by: Person, now: datetime) -> None:
    """Choose the languages the organisers write in, the first of them first. Texts in others are kept and not shown."""
    capacity = ground.locked_or_new(meetup)
    known = [language for language in dict.fromkeys(languages) if language in LANGUAGES]
    if not known:
        raise Refusal(gettext("Choose at least one language."), field="first")
    capacity.asks = {**capacity.asks, "languages": known}
    capacity.save(update_fields=["asks"])
    journal.record("registration.form_set", at=now, meetup=meetup.pk, actor=by.pk, facts={"languages": known})


def _locked(meetup: Meetup) -> tuple[Capacity, tuple[Asked, ...]]:
    """Return the capacity, locked, so that nobody answers meanwhile, and the questions as they are now."""
    return ground.locked_or_new(meetup), questions_of(meetup)


def _found(questions: Sequence[Asked], question: Question) -> Asked:
    found = next((each for each in questions if each.number == question.pk), None)
    if found is None:
        raise Refusal(gettext(_GONE))
    return found


def _check_condition(questions: Sequence[Asked], number: int | None, wanted: Wanted) -> None:
    if wanted.condition is not None and wanted.condition not in editing.conditions_before(questions, number):
        raise Refusal(
            gettext("A question can wait for an answer to a question above it. Choose one of these."), field="condition"
        )


def _put(question: Question, asked: Asked) -> None:
    question.kind, question.titles, question.helps = asked.kind, dict(asked.titles), dict(asked.helps)
    question.choices = [{**asdict(choice), "titles": dict(choice.titles)} for choice in asked.choices]
    question.required, question.keep_days = asked.required, asked.keep_days
    question.shown_if_id, question.shown_value = asked.shown_if, asked.shown_value


def _number(order: Sequence[int]) -> None:
    rows = {row.pk: row for row in Question.objects.filter(pk__in=order)}
    for position, number in enumerate(order, start=1):
        rows[number].position = position
    Question.objects.bulk_update(rows.values(), ["position"])


def _record(kind: str, question: Question, *, by: Person, now: datetime, deleted: int = 0) -> None:
    facts = {"question": question.pk, "answers_deleted": deleted}
    journal.record(f"registration.{kind}", at=now, meetup=question.meetup_id, actor=by.pk, facts=facts)
