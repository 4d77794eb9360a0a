"""Who may answer the survey, and which counts and remarks belong to a meetup."""

import re
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac

from midcycle.accounts.models import Person
from midcycle.agenda.models import Session, SessionPart
from midcycle.feedback.models import HandCount, HandPart, Lesson, OwnQuestion, Remark, Survey
from midcycle.feedback.rules import ASKED_SEATS
from midcycle.meetups.access import Visitor, may_organise, meetup_for
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat

Row = TypeVar("Row")


def survey_for(meetup: Meetup) -> Survey:
    """Return the survey of a meetup. Raises Http404 until it was opened."""
    return _found(Survey.objects.filter(meetup=meetup, was_opened=True).first())


def key_of(seat: Seat) -> str:
    """Return the text that opens the survey for a seat, and nothing else of it: the seat's own token cannot be worked out."""
    return f"{seat.pk}-{salted_hmac('midcycle.survey', seat.token, algorithm='sha256').hexdigest()[:32]}"


def seat_for(slug: str, key: str) -> Seat:
    """Return the seat whose survey the key opens, if its holder is asked for feedback. Raises Http404 for anything else."""
    number, _, _ = key.partition("-")
    if re.fullmatch(r"[0-9]{1,18}", number, re.ASCII) is None:
        raise Http404
    asked = Seat.objects.filter(meetup__slug=slug, meetup__survey__was_opened=True, state__in=ASKED_SEATS)
    seat = _found(asked.select_related("meetup__survey", "meetup__capacity").filter(pk=number).first())
    if not constant_time_compare(key, key_of(seat)):
        raise Http404
    return seat


def own_seat(visitor: Visitor, meetup: Meetup) -> Seat | None:
    """Return the visitor's seat if its holder is asked for feedback."""
    if not isinstance(visitor, Person):
        return None
    return Seat.objects.filter(meetup=meetup, person=visitor, state__in=ASKED_SEATS).first()


def hand_count_for(meetup: Meetup, number: int) -> HandCount:
    """Return a show of hands of this meetup. Raises Http404 for any other number."""
    return _found(HandCount.objects.filter(meetup=meetup, pk=number).first())


def may_count(visitor: Visitor, meetup: Meetup) -> bool:
    """Say whether somebody may count hands: the team, and whoever has a part in a session."""
    if may_organise(visitor, meetup):
        return True
    return isinstance(visitor, Person) and SessionPart.objects.filter(session__meetup=meetup, person=visitor).exists()


def counter_for(visitor: Visitor, slug: str) -> tuple[Meetup, Person]:
    """Return the meetup and the visitor who may count hands there. Raises Http404 for anyone else."""
    meetup = meetup_for(slug)
    if not isinstance(visitor, Person) or not may_count(visitor, meetup):
        raise Http404
    return meetup, visitor


def sees_figures(visitor: Visitor, session: Session) -> bool:
    """Say whether somebody sees how a session was: the team, and whoever has a part in it."""
    if may_organise(visitor, session.meetup):
        return True
    return isinstance(visitor, Person) and SessionPart.objects.filter(session=session, person=visitor).exists()


def lesson_for(meetup: Meetup, number: int) -> Lesson:
    """Return an entry of this meetup's retrospective. Raises Http404 for any other number."""
    return _found(Lesson.objects.select_related("meetup", "owner").filter(meetup=meetup, pk=number).first())


def handed_on_to(meetup: Meetup) -> QuerySet[Lesson]:
    """Return what earlier editions of the same series handed on and no edition took up yet."""
    handed_on = Lesson.objects.filter(carried=True, taken_up_in=None, meetup__series=meetup.series_id)
    earlier = Q(meetup__starts_on__lt=meetup.starts_on) if meetup.starts_on else Q(meetup__starts_on__isnull=False)
    rows = handed_on.filter(earlier).exclude(meetup=meetup) if meetup.series_id else handed_on.none()
    return rows.select_related("meetup", "owner").order_by("-meetup__starts_on", "pk")


def handed_on_for(meetup: Meetup, number: int) -> Lesson:
    """Return an entry an earlier edition of the same series handed on, and nobody took up. Raises Http404 for any other."""
    return _found(handed_on_to(meetup).filter(pk=number).first())


def part_for(count: HandCount, number: int) -> HandPart:
    """Return a part of this show of hands. Raises Http404 for any other number."""
    return _found(HandPart.objects.select_related("hands").filter(hands=count, pk=number).first())


def question_for(meetup: Meetup, number: int) -> OwnQuestion:
    """Return a question of this meetup's survey. Raises Http404 for any other number."""
    return _found(OwnQuestion.objects.select_related("survey__meetup").filter(survey__meetup=meetup, pk=number).first())


def remark_for(meetup: Meetup, number: int) -> Remark:
    """Return a remark of this meetup. Raises Http404 for any other number."""
    return _found(Remark.objects.filter(meetup=meetup, pk=number).first())


def _found(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row
