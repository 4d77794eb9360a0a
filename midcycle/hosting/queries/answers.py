"""Answers to a call, one by one."""

from dataclasses import dataclass
from datetime import datetime

from midcycle.accounts.models import Person
from midcycle.hosting.models import Call, Interest
from midcycle.meetups.access import Visitor
from midcycle.meetups.rules import region_name


@dataclass(frozen=True)
class AnswerRow:
    """One answer, as the organisers see it."""

    name: str
    email: str
    ways: tuple[str, ...]
    region: str
    place: str
    answered_at: datetime


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
