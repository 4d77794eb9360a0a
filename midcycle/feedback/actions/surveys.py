"""Opening the survey of a meetup, and closing it for good."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.feedback import queries, rules
from midcycle.feedback.models import OwnWords, PaperForm, Slip, Survey, Tally
from midcycle.feedback.rules.asking import Asked, rows_of
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup


@transaction.atomic
def open_survey(meetup: Meetup, *, by: Person, now: datetime) -> Survey:
    """Open the survey. Raises Refusal before the meetup and once figures were shown."""
    survey = locked_or_new(meetup)
    if survey.is_open:
        return survey
    if not rules.may_open(meetup.stage):
        raise Refusal(gettext("The survey asks people who came. Open it when the meetup is on site or in its wrap-up."))
    if Tally.objects.filter(survey=survey, count__gt=0).exists() or OwnWords.objects.filter(survey=survey).exists():
        raise Refusal(gettext("Figures of this survey were shown, so it stays closed. Ask by a show of hands instead."))
    questions = queries.questions_of(survey)
    if not questions:
        raise Refusal(gettext("The survey asks nothing. Choose a standard question, or write one."))
    begin_counting(survey, questions)
    survey.is_open = survey.was_opened = True
    survey.save(update_fields=["is_open", "was_opened"])
    journal.record("feedback.survey_opened", at=now, meetup=meetup.pk, actor=by.pk)
    return survey


@transaction.atomic
def close_survey(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Close the survey, which shows its figures. A survey that is closed stays so.

    Who answered is forgotten, and how many is kept, so that whoever asks to be forgotten later changes no figure. Forms on
    paper are forgotten one by one.
    """
    survey = Survey.objects.select_for_update().filter(meetup=meetup, is_open=True).first()
    if survey is None:
        return
    slips = Slip.objects.filter(seat__meetup=meetup)
    survey.is_open, survey.on_screen = False, slips.count()
    survey.save(update_fields=["is_open", "on_screen"])
    slips.delete()
    PaperForm.objects.filter(survey=survey).delete()
    journal.record("feedback.survey_closed", at=now, meetup=meetup.pk, actor=by.pk)


def locked_or_new(meetup: Meetup) -> Survey:
    """Return the survey of a meetup, locked, made if there is none. Raises Refusal once the meetup is archived."""
    meetups.check_changeable(meetup.pk)
    Survey.objects.get_or_create(meetup=meetup)
    return Survey.objects.select_for_update().get(meetup=meetup)


def begin_counting(survey: Survey, questions: Iterable[Asked]) -> None:
    """Make the rows that answers to these questions are counted in; those there are stay."""
    rows = [Tally(survey=survey, question=question.key, value=value) for question in questions for value in rows_of(question)]
    Tally.objects.bulk_create(rows, ignore_conflicts=True)
