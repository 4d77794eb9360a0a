"""A call and its answers in figures."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from midcycle.accounts.models import Person
from midcycle.hosting import rules
from midcycle.hosting.models import Call, Interest
from midcycle.hosting.rules import CALL_STAGES, Forecast, forecast, steps_to_registration
from midcycle.kernel.folding import Group, fold
from midcycle.meetups.access import Visitor
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import region_name

ELSEWHERE = "elsewhere or not said"


@dataclass(frozen=True)
class CallSummary:
    """How a call stands. `regions` are folded, largest first; `guess` is what the organiser first expected.

    `own` is what the visitor said, in words.
    """

    slug: str
    is_open: bool
    channel: str
    opened_at: datetime
    guess: tuple[int, int] | None
    answers: int
    come: int
    host: int
    moderate: int
    regions: tuple[Group, ...]
    forecast: Forecast | None
    own: tuple[str, ...]


@dataclass(frozen=True)
class AnswerRow:
    """One answer, as the organisers see it."""

    name: str
    email: str
    ways: tuple[str, ...]
    region: str
    place: str
    answered_at: datetime


def call_summary(meetup: Meetup, now: datetime, visitor: Person | None = None) -> CallSummary | None:
    """Return how the call of a meetup stands at `now`; None when nobody was asked. Two queries."""
    call = Call.objects.filter(meetup=meetup).first()
    if call is None:
        return None
    answers = list(Interest.objects.filter(call=call))
    regions = Counter(region_name(answer.region) or ELSEWHERE for answer in answers)
    return CallSummary(
        slug=meetup.slug,
        is_open=call.closed_at is None and meetup.stage in CALL_STAGES,
        channel=call.channel,
        opened_at=call.opened_at,
        guess=None if call.guess_low is None or call.guess_high is None else (call.guess_low, call.guess_high),
        answers=len(answers),
        come=sum(answer.would_come for answer in answers),
        host=sum(answer.could_host for answer in answers),
        moderate=sum(answer.could_moderate for answer in answers),
        regions=fold(regions, other=ELSEWHERE),
        forecast=forecast([answer.answered_at for answer in answers if answer.would_come], now=now, meets_on=meetup.starts_on),
        own=next((answer.said for answer in answers if visitor and answer.person_id == visitor.pk), ()),
    )


def answer_of(call: Call, visitor: Visitor) -> Interest | None:
    """Return the answer of somebody signed in, if there is one."""
    return Interest.objects.filter(call=call, person=visitor).first() if isinstance(visitor, Person) else None


def answers_to(call: Call) -> tuple[AnswerRow, ...]:
    """Return every answer to a call, for its organisers alone: those who could host first, then the newest. One query."""
    found = Interest.objects.filter(call=call).select_related("person").order_by("-could_host", "-answered_at", "-pk")
    return tuple(
        AnswerRow(
            name=str(answer.person),
            email=answer.person.email,
            ways=answer.said,
            region=region_name(answer.region),
            place=answer.place,
            answered_at=answer.answered_at,
        )
        for answer in found
    )


def call_is_open(meetup: Meetup) -> bool:
    """Say whether the call of a meetup takes answers."""
    return Call.objects.filter(meetup=meetup, closed_at=None, meetup__stage__in=CALL_STAGES).exists()


def days_are_over(meetup: Meetup, now: datetime) -> bool:
    """Say whether the last day of a meetup is past where it is held."""
    return rules.days_are_over(meetup.starts_on, meetup.ends_on, now.astimezone(ZoneInfo(meetup.timezone)).date())


def may_open_registration(meetup: Meetup) -> bool:
    """Say whether registration is still ahead."""
    return bool(steps_to_registration(meetup.stage))
