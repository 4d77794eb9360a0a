"""Asking, answering without a name, counting hands, and noting what was said."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Case, Expression, F, Q, Value, When

from midcycle.accounts.models import Person
from midcycle.feedback import rules
from midcycle.feedback.models import HandCount, OwnWords, Remark, Slip, Survey, Tally
from midcycle.feedback.rules import SurveyAnswers, Votes
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat


@transaction.atomic
def open_survey(meetup: Meetup, *, by: Person, now: datetime) -> Survey:
    """Open the survey. Raises Refusal before the meetup and once figures were shown."""
    Survey.objects.get_or_create(meetup=meetup)
    survey = Survey.objects.select_for_update().get(meetup=meetup)
    if survey.is_open:
        return survey
    if not rules.may_open(meetup.stage):
        raise Refusal("The survey asks people who came. Open it when the meetup is on site or in its wrap-up.")
    if Tally.objects.filter(survey=survey, count__gt=0).exists() or OwnWords.objects.filter(survey=survey).exists():
        raise Refusal("Figures of this survey were shown, so it stays closed. Ask by a show of hands instead.")
    rows = [Tally(survey=survey, question=q, value=v) for q, values in rules.SURVEY.items() for v in values]
    Tally.objects.bulk_create(rows, ignore_conflicts=True)
    survey.is_open = True
    survey.save(update_fields=["is_open"])
    journal.record("feedback.survey_opened", at=now, meetup=meetup.pk, actor=by.pk)
    return survey


@transaction.atomic
def close_survey(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Close the survey, which shows its figures. A survey that is closed stays so."""
    survey = Survey.objects.select_for_update().filter(meetup=meetup, is_open=True).first()
    if survey is None:
        return
    survey.is_open = False
    survey.save(update_fields=["is_open"])
    journal.record("feedback.survey_closed", at=now, meetup=meetup.pk, actor=by.pk)


@transaction.atomic
def answer_survey(seat: Seat, answers: SurveyAnswers, *, now: datetime) -> None:
    """Count a person's answers and mark that the seat has answered, with nothing that leads from one to the other.

    Every count and every text of the survey is written anew, those texts in the order of their random keys: rows written
    in one transaction carry the same mark in some databases, and the order of rows can tell the order of answers. The
    journal keeps the day alone. Raises Refusal if the survey is closed, or was answered from this seat before.
    """
    survey = Survey.objects.select_for_update().filter(meetup=seat.meetup_id, is_open=True).first()
    if survey is None or seat.meetup.stage == "archived":
        raise Refusal("The survey is closed. Tell the organisers in your own way.")
    if not Seat.objects.filter(pk=seat.pk, state__in=rules.ASKED_SEATS).exists():
        raise Refusal("The survey is for people who have a seat.")
    answers = SurveyAnswers(**{**vars(answers), "words": lines(answers.words)})
    if fault := rules.fault_in_answers(answers):
        raise Refusal(fault[1], field=fault[0])
    if not Slip.objects.get_or_create(seat=seat)[1]:
        raise Refusal("You have answered already. Thank you!")
    Tally.objects.filter(survey=survey).update(count=F("count") + _added(answers.chosen))
    _shake(survey, answers.words)
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    journal.record("feedback.survey_answered", at=day, meetup=seat.meetup_id)


@transaction.atomic
def count_hands(  # noqa: PLR0913 - two numbers, what was asked, who counted, when, and whether anew
    meetup: Meetup, question: str, *, yes: int, no: int, asked: str = "", by: Person | None, now: datetime, again: bool = True
) -> HandCount:
    """Keep a show of hands; counting again replaces it. `by` is None when a machine's token counted.

    `question` is a key of `rules.HANDS`, where `asked` may tell the words used, or `own:` and a short name together with
    what was `asked`. Raises Refusal if something is wrong with it, or it was counted before and `again` is False.
    """
    meetups.check_changeable(meetup.pk)
    asked = one_line(asked)
    people = Seat.objects.filter(meetup=meetup, state__in=rules.ASKED_SEATS).count()
    if fault := rules.fault_in_hands(question, asked, Votes(yes, no), people):
        raise Refusal(fault[1], field=fault[0])
    words = asked or rules.HANDS[question]
    keep = HandCount.objects.update_or_create if again else HandCount.objects.get_or_create
    count, fresh = keep(meetup=meetup, question=question, defaults={"asked": words, "yes": yes, "no": no})
    if not (fresh or again):
        field = "asked" if question.startswith(rules.OWN) else "question"
        raise Refusal(f"Already counted: {count.yes} and {count.no}. Change it above.", field=field)
    facts = {"hands": count.pk, "yes": yes, "no": no}
    journal.record("feedback.hands_counted", at=now, meetup=meetup.pk, actor=by.pk if by else None, facts=facts)
    return count


@transaction.atomic
def drop_hands(count: HandCount, *, by: Person, now: datetime) -> None:
    """Take a show of hands away. Raises Refusal once the meetup is archived."""
    meetups.check_changeable(count.meetup_id)
    number, meetup = count.pk, count.meetup_id
    count.delete()
    journal.record("feedback.hands_dropped", at=now, meetup=meetup, actor=by.pk, facts={"hands": number})


@transaction.atomic
def note_remark(meetup: Meetup, kind: str, text: str, *, by: Person, now: datetime) -> Remark:
    """Keep what was said in the wrap-up: `asked_for`, `reported` or `lesson`."""
    meetups.check_changeable(meetup.pk)
    text = lines(text)
    if fault := rules.fault_in_remark(kind, text):
        raise Refusal(fault[1], field=fault[0])
    remark = Remark.objects.create(meetup=meetup, kind=kind, text=text)
    journal.record("feedback.remark_noted", at=now, meetup=meetup.pk, actor=by.pk, facts={"remark": remark.pk})
    return remark


@transaction.atomic
def drop_remark(remark: Remark, *, by: Person, now: datetime) -> None:
    """Take a remark away. Raises Refusal once the meetup is archived."""
    meetups.check_changeable(remark.meetup_id)
    number, meetup = remark.pk, remark.meetup_id
    remark.delete()
    journal.record("feedback.remark_dropped", at=now, meetup=meetup, actor=by.pk, facts={"remark": number})


def _added(chosen: Mapping[str, str]) -> Expression:
    cases = [When(Q(question=question, value=value), then=Value(1)) for question, value in chosen.items()]
    return Case(*cases, default=Value(0))


def _shake(survey: Survey, words: str) -> None:
    texts = list(OwnWords.objects.filter(survey=survey))
    OwnWords.objects.filter(survey=survey).delete()
    if words:
        texts.append(OwnWords(survey=survey, text=words))
    OwnWords.objects.bulk_create(sorted(texts, key=lambda each: each.pk))
