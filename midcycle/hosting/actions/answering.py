"""Answering a call, confirming and changing an answer, and taking it back."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.actions import forget_all_unless_needed, person_for
from midcycle.accounts.models import Person
from midcycle.hosting.models import Call, Fit, Interest, WantedTopic, Window
from midcycle.hosting.rules import CALL_STAGES, LONGEST, SAID_IN_LINK, SUITS, WAYS, fault_in_topics, topics_in
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups.models import Meetup

UNCONFIRMED_FOR: Final = timedelta(days=30)
_FURTHEST: Final = 1_000  # hands; what is longer is counted as that


class Said(TypedDict):
    """What somebody says to a call, and from where.

    `topics` is text with a topic on each line, `dates` a key of `SUITS` for each number of a window. What is not there stays
    as it is.
    """

    would_come: bool
    could_host: bool
    could_moderate: bool
    could_underwrite: NotRequired[bool]
    region: str
    place: str
    topics: NotRequired[str]
    dates: NotRequired[Mapping[int, str]]


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
def answer(
    meetup: Meetup, *, now: datetime, signed_in: Person | None = None, via: str = "", **said: Unpack[Answer]
) -> Answered:
    """Answer a call, once for each person. Raises Refusal when the call is closed or the answer says nothing.

    Who is signed in answers for themselves, and again to change the answer; `email` and `name` are not looked at.
    Anyone else gives an address that nobody has checked: the answer counts when the link in the letter to it is opened. So
    when that address has a confirmed answer, nothing changes, and the letter with the link goes out again; one that nobody
    confirmed is replaced. `via` is what the link said they came by: the code of an invitation, `poster` or `page`.
    """
    call = _open_call_of(meetup)
    values = _values(said)
    person = signed_in or person_for(said["email"], name=one_line(said["name"]), now=now)
    fixed = {"token": secrets.token_urlsafe(24), "answered_at": now, **_heard(call, via)}
    defaults = {**values, **fixed, **(_confirmed(now) if signed_in else {})}
    interest, fresh = Interest.objects.get_or_create(call=call, person=person, defaults=defaults)
    if signed_in is not None:
        _count(interest, now=now)
    if fresh:
        _keep_more(interest, said)
        _record("hosting.interest_answered", interest, now=now)
    elif signed_in is not None:
        _rewrite(interest, said, now=now)
        _record("hosting.interest_changed", interest, now=now)
    else:
        if interest.confirmed_at is None:
            _rewrite(interest, said, now=now)
        _record("hosting.answer_repeated", interest, now=now)
    return Answered(interest, fresh)


@transaction.atomic
def confirm_answer(interest: Interest, *, now: datetime) -> bool:
    """Count an answer from now on, as its person is known to have given it; return whether it was not counted before.

    Whoever answered in time may confirm until registration opens.
    """
    counted = _count(interest, now=now)
    if counted:
        _record("hosting.interest_confirmed", interest, now=now)
    return counted


@transaction.atomic
def change_answer(interest: Interest, *, now: datetime, **said: Unpack[Said]) -> None:
    """Say something else; whoever does counts from now on. Raises Refusal when the call is closed or nothing would be said."""
    _open_call_of(interest.call.meetup)
    counted = _count(interest, now=now)
    if _rewrite(interest, said, now=now) or counted:
        _record("hosting.interest_confirmed" if counted else "hosting.interest_changed", interest, now=now)


@transaction.atomic
def withdraw_answer(interest: Interest, *, now: datetime) -> None:
    """Take an answer back; nothing of it is kept. Who came by its invitation stays counted as such."""
    gone = Interest.objects.filter(pk=interest.pk)
    if gone.exists():
        gone.delete()
        _record("hosting.interest_withdrawn", interest, now=now)


@transaction.atomic
def forget_unconfirmed(*, now: datetime) -> int:
    """Delete answers that nobody confirmed within 30 days; return how many. One query while there are none."""
    old = Interest.objects.filter(confirmed_at=None, answered_at__lte=now - UNCONFIRMED_FOR)
    found = list(old.values_list("call__meetup", "person"))
    meetups = [meetup for meetup, _ in found]
    if found:
        old.delete()
        forget_all_unless_needed([person for _, person in found])
    for number in sorted(set(meetups)):
        facts = {"answers": meetups.count(number)}
        journal.record("hosting.unconfirmed_forgotten", at=now, meetup=number, facts=facts)
    return len(meetups)


def _open_call_of(meetup: Meetup) -> Call:
    call = Call.objects.select_related("meetup").filter(meetup=meetup, closed_at=None, meetup__stage__in=CALL_STAGES).first()
    if call is None:
        raise Refusal(gettext("This call is closed. Look at the meetup's page for what comes next."))
    return call


def _values(said: Said) -> dict[str, bool | str]:
    """Return what goes into the row of an answer. Raises Refusal when it says nothing, or too much."""
    chosen: dict[str, bool | str] = {way: bool(said.get(way)) for way in WAYS}
    if not any(chosen.values()):
        raise Refusal(gettext("Choose at least one."), field="ways")
    fault = fault_in_topics(topics_in(said.get("topics", "")))
    if fault is not None:
        raise Refusal(fault, field="topics")
    region, place = (one_line(said["region"])[: LONGEST["region"]], one_line(said["place"])[: LONGEST["place"]])
    return {**chosen, "region": region, "place": place}


def _heard(call: Call, via: str) -> dict[str, object]:
    """Return how somebody heard of a call, as the link they followed says; a code that nobody has tells nothing."""
    if via in SAID_IN_LINK:
        return {"came_by": via}
    before = Interest.objects.filter(call=call, code=via).exclude(confirmed_at=None).first() if _may_be_code(via) else None
    if before is None:
        return {}
    return {"came_by": "invitation", "hands": min(before.hands + 1, _FURTHEST), "heard_through": before}


def _count(interest: Interest, *, now: datetime) -> bool:
    if not interest.is_waiting:
        return False
    values = _confirmed(now)
    if not Interest.objects.filter(pk=interest.pk, confirmed_at=None).update(**values):
        return False
    interest.refresh_from_db(fields=list(values))
    return True


def _confirmed(now: datetime) -> dict[str, object]:
    """Return what a confirmed answer has: the moment, and the code of the invitation its person can pass on."""
    return {"confirmed_at": now, "code": secrets.token_urlsafe(9)}


def _may_be_code(via: str) -> bool:
    return 0 < len(via) <= LONGEST["code"] and "\x00" not in via


def _rewrite(interest: Interest, said: Said, *, now: datetime) -> bool:
    """Write an answer anew where it is still there. Whoever confirmed keeps the day they answered."""
    values = _values(said)
    if Interest.objects.select_for_update().filter(pk=interest.pk).first() is None:
        return False
    if interest.confirmed_at is None:
        Interest.objects.filter(pk=interest.pk).update(**values, answered_at=now)
    else:
        Interest.objects.filter(pk=interest.pk).update(**values)
    interest.refresh_from_db()
    _keep_more(interest, said)
    return True


def _keep_more(interest: Interest, said: Said) -> None:
    """Keep which days suit and what somebody would talk about; what is not said stays as it is."""
    if "dates" in said:
        _keep_dates(interest, said["dates"])
    if "topics" in said:
        wanted, topics = topics_in(said["topics"]), WantedTopic.objects.filter(interest=interest)
        there = set(topics.values_list("text", flat=True))
        topics.exclude(text__in=wanted).delete()
        WantedTopic.objects.bulk_create(WantedTopic(interest=interest, text=text) for text in wanted if text not in there)


def _keep_dates(interest: Interest, dates: Mapping[int, str]) -> None:
    """Keep which windows suit; one that is asked about no more is left out."""
    asked = Window.objects.filter(call=interest.call_id).values_list("pk", flat=True)
    said = {number: dates[number] for number in asked if dates.get(number) in SUITS}
    Fit.objects.filter(interest=interest).exclude(window__in=said).delete()
    Fit.objects.bulk_create(
        [Fit(interest=interest, window_id=number, says=says) for number, says in said.items()],
        update_conflicts=True,
        unique_fields=["interest", "window"],
        update_fields=["says"],
    )


def _record(kind: str, interest: Interest, *, now: datetime) -> None:
    facts = {"interest": interest.pk}
    journal.record(kind, at=now, meetup=interest.call.meetup_id, actor=interest.person_id, facts=facts)
