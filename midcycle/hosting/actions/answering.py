"""Answering a call, changing an answer, and taking it back."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from midcycle.accounts.actions import person_for
from midcycle.accounts.models import Person
from midcycle.hosting.models import Call, Interest
from midcycle.hosting.rules import CALL_STAGES, LONGEST
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups.models import Meetup


class Said(TypedDict):
    """What somebody says to a call, and from where."""

    would_come: bool
    could_host: bool
    could_moderate: bool
    region: str
    place: str


class Answer(Said):
    """What somebody says to a call, and who says it."""

    email: str
    name: str


@dataclass(frozen=True)
class Answered:
    """An answer, and whether it is the person's first."""

    interest: Interest
    fresh: bool


@transaction.atomic
def answer(meetup: Meetup, *, now: datetime, signed_in: Person | None = None, **said: Unpack[Answer]) -> Answered:
    """Answer a call, once for each person. Raises Refusal when the call is closed or the answer says nothing.

    Who is signed in answers for themselves, and again to change the answer; `email` and `name` are not looked at.
    Anyone else gives an address that nobody has checked. So when that address has answered before, nothing changes:
    the letter with the link to the answer goes out again.
    """
    call = _open_call_of(meetup)
    values = _values(said)
    person = signed_in or person_for(said["email"], name=one_line(said["name"]), now=now)
    defaults = {**values, "token": secrets.token_urlsafe(24), "answered_at": now}
    interest, fresh = Interest.objects.get_or_create(call=call, person=person, defaults=defaults)
    if fresh:
        _record("hosting.interest_answered", interest, meetup, now=now)
    elif signed_in is None:
        _record("hosting.answer_repeated", interest, meetup, now=now)
    else:
        _rewrite(interest, values, meetup, now=now)
    return Answered(interest, fresh)


@transaction.atomic
def change_answer(interest: Interest, *, now: datetime, **said: Unpack[Said]) -> None:
    """Say something else. Raises Refusal when the call is closed or the answer would say nothing."""
    meetup = _open_call_of(interest.call.meetup).meetup
    _rewrite(interest, _values(said), meetup, now=now)


@transaction.atomic
def withdraw_answer(interest: Interest, *, now: datetime) -> None:
    """Take an answer back; nothing of it is kept."""
    gone, _ = Interest.objects.filter(pk=interest.pk).delete()
    if gone:
        _record("hosting.interest_withdrawn", interest, interest.call.meetup, now=now)


def _open_call_of(meetup: Meetup) -> Call:
    call = Call.objects.select_related("meetup").filter(meetup=meetup, closed_at=None, meetup__stage__in=CALL_STAGES).first()
    if call is None:
        raise Refusal("This call is closed. Look at the meetup's page for what comes next.")
    return call


def _values(said: Said) -> Said:
    if not (said["would_come"] or said["could_host"] or said["could_moderate"]):
        raise Refusal("Choose at least one.", field="ways")
    return Said(
        would_come=said["would_come"],
        could_host=said["could_host"],
        could_moderate=said["could_moderate"],
        region=one_line(said["region"])[: LONGEST["region"]],
        place=one_line(said["place"])[: LONGEST["place"]],
    )


def _rewrite(interest: Interest, values: Said, meetup: Meetup, *, now: datetime) -> None:
    if Interest.objects.filter(pk=interest.pk).update(**values):
        interest.refresh_from_db()
        _record("hosting.interest_changed", interest, meetup, now=now)


def _record(kind: str, interest: Interest, meetup: Meetup, *, now: datetime) -> None:
    journal.record(kind, at=now, meetup=meetup.pk, actor=interest.person_id, facts={"interest": interest.pk})
