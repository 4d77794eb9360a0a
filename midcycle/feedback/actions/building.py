"""Making the survey: which standard questions it asks, and the team's own. What was answered is never changed, only retired."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.feedback import queries
from midcycle.feedback.actions.surveys import begin_counting, locked_or_new
from midcycle.feedback.models import OwnQuestion, Survey, Tally
from midcycle.feedback.rules.asking import KINDS, MOST_CHOICES, MOST_OWN, Asked, rows_of, standard_questions
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import has_ink
from midcycle.meetups.models import Meetup
from midcycle.registration.rules.asking import Choice
from midcycle.registration.rules.editing import LONGEST_TITLE

_OVER: Final = gettext_noop("The survey is closed, so its questions stay as they are.")
_ANSWERED: Final = gettext_noop("People have answered this question, so it stays as it is. Retire it, and ask another one.")
_STANDARD_STAYS: Final = gettext_noop("The survey is open. Standard questions are chosen before that.")


@dataclass(frozen=True)
class Wanted:
    """A question as the team wants it. Texts by language."""

    kind: str
    titles: Mapping[str, str]
    choices: tuple[Choice, ...] = ()
    required: bool = False


@transaction.atomic
def set_standard(meetup: Meetup, off: Collection[str], *, by: Person, now: datetime) -> None:
    """Choose which standard questions are left out. Raises Refusal once the survey was opened: editions are compared."""
    survey = _changeable(meetup)
    if survey.was_opened:
        raise Refusal(gettext(_STANDARD_STAYS))
    survey.standard_off = [question.key for question in standard_questions() if question.key in off]
    survey.save(update_fields=["standard_off"])
    facts = {"off": survey.standard_off}
    journal.record("feedback.survey_made", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)


@transaction.atomic
def add_question(meetup: Meetup, wanted: Wanted, *, by: Person, now: datetime) -> OwnQuestion:
    """Ask one thing more, as the last; also while the survey is open. Raises Refusal when there are too many."""
    survey = _changeable(meetup)
    asked_now = OwnQuestion.objects.filter(survey=survey, is_retired=False)
    if asked_now.count() >= MOST_OWN:
        raise Refusal(gettext("A survey has %(most)s questions of your own at most. Retire one first.") % {"most": MOST_OWN})
    last = OwnQuestion.objects.filter(survey=survey).aggregate(last=Max("position"))["last"] or 0
    question = OwnQuestion.objects.create(survey=survey, position=last + 1, **_checked(wanted))
    if survey.is_open:
        begin_counting(survey, [queries.as_asked(question)])
    _record("question_added", question, by=by, now=now)
    return question


@transaction.atomic
def change_question(question: OwnQuestion, wanted: Wanted, *, by: Person, now: datetime) -> None:
    """Ask it in another way. Raises Refusal once somebody answered it, or it is retired or gone."""
    survey, locked = _locked(question)
    if locked.is_retired or _is_answered(locked):
        raise Refusal(gettext(_ANSWERED))
    fields = _checked(wanted)
    OwnQuestion.objects.filter(pk=locked.pk).update(**fields)
    if survey.is_open:
        changed = queries.as_asked(OwnQuestion.objects.get(pk=locked.pk))
        _count_anew(survey, changed)
    _record("question_changed", locked, by=by, now=now)


@transaction.atomic
def retire_question(question: OwnQuestion, *, by: Person, now: datetime) -> None:
    """Ask it no more; answers to it stay."""
    _, locked = _locked(question)
    OwnQuestion.objects.filter(pk=locked.pk).update(is_retired=True)
    _record("question_retired", locked, by=by, now=now)


@transaction.atomic
def remove_question(question: OwnQuestion, *, by: Person, now: datetime) -> None:
    """Take a question away nobody answered. Raises Refusal once somebody did."""
    survey, locked = _locked(question)
    if _is_answered(locked):
        raise Refusal(gettext(_ANSWERED))
    number = locked.pk
    Tally.objects.filter(survey=survey, question=locked.key).delete()
    locked.delete()
    journal.record("feedback.question_removed", at=now, meetup=survey.meetup_id, actor=by.pk, facts={"question": number})


@transaction.atomic
def move_question(question: OwnQuestion, by_places: int, *, by: Person, now: datetime) -> None:
    """Move a question up (-1) or down (1) by one place. Raises Refusal at the ends."""
    survey, locked = _locked(question)
    order = list(OwnQuestion.objects.filter(survey=survey, is_retired=False).order_by("position", "pk"))
    place = next((at for at, each in enumerate(order) if each.pk == locked.pk), None)
    if place is None or not 0 <= place + by_places < len(order):
        raise Refusal(gettext("It is at the end already."))
    order[place], order[place + by_places] = order[place + by_places], order[place]
    for position, each in enumerate(order, start=1):
        each.position = position
    OwnQuestion.objects.bulk_update(order, ["position"])
    _record("question_moved", locked, by=by, now=now)


def _changeable(meetup: Meetup) -> Survey:
    survey = locked_or_new(meetup)
    if survey.was_opened and not survey.is_open:
        raise Refusal(gettext(_OVER))
    return survey


def _locked(question: OwnQuestion) -> tuple[Survey, OwnQuestion]:
    """Return the survey, locked, so that nobody answers meanwhile, and the question as it is now."""
    survey = _changeable(question.survey.meetup)
    found = OwnQuestion.objects.filter(pk=question.pk, survey=survey).first()
    if found is None:
        raise Refusal(gettext("Somebody took this question away meanwhile."))
    return survey, found


def _is_answered(question: OwnQuestion) -> bool:
    """Say whether anybody met it, also who left it out: they were asked these words."""
    return Tally.objects.filter(survey=question.survey_id, question=question.key, count__gt=0).exists()


def _count_anew(survey: Survey, asked: Asked) -> None:
    Tally.objects.filter(survey=survey, question=asked.key).exclude(value__in=rows_of(asked)).delete()
    begin_counting(survey, [asked])


def _checked(wanted: Wanted) -> dict[str, Any]:
    """Return the fields of a question. Raises Refusal naming the field that is wrong."""
    if wanted.kind not in KINDS:
        raise Refusal(gettext("Choose one of the list."), field="kind")
    titles = {language: title for language, title in wanted.titles.items() if has_ink(title)}
    if not titles:
        raise Refusal(gettext("Write the question."), field="title_en")
    if any(len(title) > LONGEST_TITLE for title in titles.values()):
        raise Refusal(gettext("Shorten the question to %(most)s characters.") % {"most": LONGEST_TITLE}, field="title_en")
    choices = _choices(wanted)
    return {
        "kind": wanted.kind,
        "titles": titles,
        "choices": [{**asdict(choice), "titles": dict(choice.titles)} for choice in choices],
        "required": wanted.required,
    }


def _choices(wanted: Wanted) -> tuple[Choice, ...]:
    count = len(wanted.choices)
    if wanted.kind in {"one", "several"} and not 2 <= count <= MOST_CHOICES:
        few = gettext("Write two to %(most)s choices, one on each line.") % {"most": MOST_CHOICES}
        raise Refusal(few, field="choices_en")
    if wanted.kind == "scale" and count not in {0, 2}:
        raise Refusal(gettext("Write two lines, what 1 and what 5 means, or none."), field="choices_en")
    return wanted.choices if wanted.kind in {"one", "several", "scale"} else ()


def _record(deed: str, question: OwnQuestion, *, by: Person, now: datetime) -> None:
    meetup = question.survey.meetup_id
    journal.record(f"feedback.{deed}", at=now, meetup=meetup, actor=by.pk, facts={"question": question.pk})
