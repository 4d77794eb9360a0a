"""Answering without a name, on a screen and on paper."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random, SystemRandom
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, PositiveIntegerField, Q, Value, When
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.feedback import queries, rules
from midcycle.feedback.models import OwnWords, PaperForm, Slip, Survey, Tally
from midcycle.feedback.rules.asking import Answers, Asked, counted, read
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat

CLOSED: Final = gettext_noop("The survey is closed. Tell the organisers in your own way.")
CHAPTER: Final = 100  # texts; the fewest among which one that was just written is hidden, once there are as many
MOST_PAPER: Final = 5_000
_CHANCE: Final = SystemRandom()

Typed = Mapping[str, Sequence[str]]


@transaction.atomic
def answer_survey(seat: Seat, typed: Typed, *, now: datetime, chance: Random = _CHANCE) -> None:
    """Count a person's answers and mark that the seat has answered, with nothing that leads from one to the other.

    Every count of the survey is written anew, and a chapter of its texts in the order of their random keys: rows written in
    one transaction carry the same mark in some databases, and the order of rows can tell the order of answers. The journal
    keeps the day alone. Raises Refusal if the survey is closed, or was answered from this seat before.
    """
    survey = _open(seat.meetup_id)
    if not Seat.objects.filter(pk=seat.pk, state__in=rules.ASKED_SEATS).exists():
        raise Refusal(gettext("The survey is for people who have a seat."))
    questions = queries.questions_of(survey, with_retired=True)
    answers = _checked(questions, typed)
    if not Slip.objects.get_or_create(seat=seat)[1]:
        raise Refusal(gettext("You have answered already. Thank you!"))
    _count(survey, questions, answers, 1)
    _put(survey, answers.texts, chance)
    _tell("survey_answered", survey, now)


@transaction.atomic
def type_paper(meetup: Meetup, key: UUID, typed: Typed, *, by: Person, now: datetime, chance: Random = _CHANCE) -> bool:
    """Count a form on paper; say whether it is new, as one sent twice counts once. Raises Refusal if the survey is closed."""
    survey = _open(meetup.pk)
    if PaperForm.objects.filter(key=key).exists():
        return False
    if survey.on_paper >= MOST_PAPER:
        raise Refusal(gettext("%(most)s forms are typed in. More cannot be.") % {"most": MOST_PAPER})
    questions = queries.questions_of(survey, with_retired=True)
    answers = _checked(questions, typed, needs_all=False)
    said = sorted([question, value] for question, value in counted(questions, answers))
    texts = _put(survey, answers.texts, chance)
    PaperForm.objects.create(survey=survey, key=key, typed_by=by, said={"counted": said, "texts": texts})
    _count(survey, questions, answers, 1)
    Survey.objects.filter(pk=survey.pk).update(on_paper=F("on_paper") + 1)
    _tell("paper_typed", survey, now)
    return True


@transaction.atomic
def undo_paper(meetup: Meetup, *, by: Person, now: datetime) -> bool:
    """Take the form back that this person typed last; say whether there was one. Raises Refusal once the survey is closed."""
    survey = _open(meetup.pk)
    last = PaperForm.objects.filter(survey=survey, typed_by=by).order_by("-pk").first()
    if last is None:
        return False
    _add(survey, {(question, value) for question, value in last.said["counted"]}, -1)
    OwnWords.objects.filter(survey=survey, pk__in=last.said["texts"]).delete()
    last.delete()
    Survey.objects.filter(pk=survey.pk).update(on_paper=F("on_paper") - 1)
    _tell("paper_taken_back", survey, now)
    return True


@transaction.atomic
def ask_for_link(meetup: Meetup, email: str, *, now: datetime) -> None:
    """Have the link sent again to whoever has a seat with this address; nobody else hears whether there is one."""
    seat = Seat.objects.filter(meetup=meetup, person__email=email, state__in=rules.ASKED_SEATS).first()
    if seat is not None and Survey.objects.filter(meetup=meetup, is_open=True).exists():
        journal.record("feedback.link_asked", at=now, meetup=meetup.pk, facts={"seat": seat.pk})


def _open(meetup: int) -> Survey:
    """Return the survey while it is open, locked, so that it cannot be closed meanwhile. Raises Refusal."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("meetup").filter(meetup=meetup, is_open=True).first()
    if survey is None or survey.meetup.stage == "archived":
        raise Refusal(gettext(CLOSED))
    return survey


def _checked(questions: Sequence[Asked], typed: Typed, *, needs_all: bool = True) -> Answers:
    found = read(questions, typed, needs_all=needs_all)
    for field, sentence in found.faults.items():
        raise Refusal(sentence, field=field or None)
    return found.answers


def _count(survey: Survey, questions: Sequence[Asked], answers: Answers, step: int) -> None:
    _add(survey, set(counted(questions, answers)), step)


def _add(survey: Survey, said: set[tuple[str, str]], step: int) -> None:
    """Write every count anew, those that were said changed by a step."""
    cases = [When(Q(question=question, value=value), then=F("count") + Value(step)) for question, value in sorted(said)]
    Tally.objects.filter(survey=survey).update(count=Case(*cases, default=F("count"), output_field=PositiveIntegerField()))


def _put(survey: Survey, texts: Mapping[str, str], chance: Random) -> list[str]:
    """Keep texts in a chapter drawn at random, and write it anew, also when there is no text; return the keys of the new ones.

    A chapter never begins with one text alone: once it is twice as long as it has to be, half of it becomes a new one.
    """
    last = OwnWords.objects.filter(survey=survey).order_by("-chapter").values_list("chapter", flat=True).first() or 0
    chapter = chance.randrange(last + 1)
    kept = list(OwnWords.objects.filter(survey=survey, chapter=chapter))
    fresh = [OwnWords(survey=survey, question=question, chapter=chapter, text=text) for question, text in texts.items()]
    whole = kept + fresh
    if len(whole) >= 2 * CHAPTER:
        for each in chance.sample(whole, len(whole) // 2):
            each.chapter = last + 1
    OwnWords.objects.filter(survey=survey, chapter=chapter).delete()
    OwnWords.objects.bulk_create(sorted(whole, key=lambda each: each.pk))
    return [str(each.pk) for each in fresh]


def _tell(deed: str, survey: Survey, now: datetime) -> None:
    """Tell the journal the day and nothing else."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    journal.record(f"feedback.{deed}", at=day, meetup=survey.meetup_id)
