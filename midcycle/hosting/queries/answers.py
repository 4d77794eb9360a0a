"""Answers to a call, one by one."""

from dataclasses import dataclass
from datetime import datetime

from midcycle.accounts.models import Person
from midcycle.hosting.models import Call, Fit, Interest, WantedTopic
from midcycle.hosting.rules import Line, alike
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
    is_counted: bool


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
            is_counted=answer.confirmed_at is not None,
        )
        for answer in found
    )


def lines_of(call: Call) -> tuple[Line, ...]:
    """Return the topics people wrote into their answers, those that say the same as one, the most wanted first. One query."""
    rows = WantedTopic.objects.filter(interest__call=call).exclude(interest__confirmed_at=None).order_by("pk")
    return alike(list(rows.values_list("pk", "text", "is_hidden")))


def said_in(interest: Interest) -> dict[str, object]:
    """Return what an answer says, by the fields of its form; `dates` by the number of a window. Two queries."""
    topics = WantedTopic.objects.filter(interest=interest).order_by("pk").values_list("text", flat=True)
    return {
        "ways": interest.ways,
        "region": interest.region,
        "place": interest.place,
        "topics": "\n".join(topics),
        "dates": dict(Fit.objects.filter(interest=interest).values_list("window", "says")),
    }
