"""Calls for interest, for machines: figures, and answers of people who confirm them by a letter."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import AfterValidator, Field

from midcycle.hosting import actions, queries
from midcycle.hosting.access import call_for
from midcycle.hosting.queries import CallFigures, DateRow
from midcycle.hosting.rules import LONGEST, MOST_TOPICS, MOST_WINDOWS
from midcycle.kernel.typed import one_line
from midcycle.meetups.access import meetup_for
from midcycle.meetups.api import Token, TokenRequest
from midcycle.web.api import Address, Refused
from midcycle.web.reading import Body

router = Router(tags=["hosting"])
Number = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,17}$")]  # a name in JSON is text


class GroupOut(Schema):
    """How many of a kind answered; groups of fewer than 5 are folded."""

    label: str
    count: int


class LessonOut(Schema):
    """An earlier edition: how many had said so, what the same computation makes of it, and how many came."""

    label: str
    said: int
    is_early: Annotated[bool, Field(description="Whether they said so in the first 14 days, or in all.")]
    forecast: int
    came: int


class ForecastOut(Schema):
    """How many people will come, how that is computed, and what it learned from; with no lessons it is a prior."""

    likely: int
    low: int
    high: int
    reason: str
    lessons: list[LessonOut]


class MeaningOut(Schema):
    """How many discussions at once so many people need, and how many are in each."""

    people: int
    rooms: int
    in_each: int


class DateOut(Schema):
    """Days that are asked about, and how many said what about them."""

    number: int
    starts_on: date
    ends_on: date
    yes: int
    if_need_be: int
    no: int
    is_best: bool

    @staticmethod
    def of(row: DateRow) -> "DateOut":
        """Return a row as machines see it."""
        tally = row.tally
        return DateOut(
            number=tally.number,
            starts_on=tally.starts_on,
            ends_on=tally.ends_on,
            yes=tally.yes,
            if_need_be=tally.if_need_be,
            no=tally.no,
            is_best=row.is_best,
        )


class WantedTopicOut(Schema):
    """What so many people would talk about."""

    text: str
    people: int


class ReachOut(Schema):
    """How people heard; null where it would tell of fewer than 5."""

    ways: list[GroupOut]
    hands: list[GroupOut]
    invited: int | None
    passed_on: int | None
    longest: int


class InterestOut(Schema):
    """How a call stands. There is no forecast before five people said they would come."""

    is_open: bool
    channel: str
    opened_at: datetime
    guess: tuple[int, int] | None
    answers: Annotated[int, Field(description="Confirmed ones; others do not count.")]
    come: int
    host: int
    moderate: int
    underwrite: int
    regions: list[GroupOut]
    forecast: ForecastOut | None
    meaning: list[MeaningOut]
    dates: list[DateOut]
    topics: list[WantedTopicOut]
    reach: ReachOut

    @staticmethod
    def of(found: CallFigures) -> "InterestOut":
        """Return the figures as machines see them."""
        figures = asdict(found)
        summary = figures.pop("summary")
        return InterestOut.model_validate({**summary, **figures, "dates": [DateOut.of(row) for row in found.dates]})


class AnswerIn(Body):
    """What somebody says to a call. It counts once they confirm it by the link in the letter to `email`."""

    email: Address
    name: Annotated[str, Field(min_length=1, max_length=LONGEST["name"]), AfterValidator(one_line)]
    would_come: bool = False
    could_host: bool = False
    could_moderate: bool = False
    could_underwrite: bool = False
    region: Annotated[str, Field(max_length=LONGEST["region"])] = ""
    place: Annotated[str, Field(max_length=LONGEST["place"])] = ""
    topics: Annotated[list[Annotated[str, Field(max_length=LONGEST["topic"])]], Field(max_length=MOST_TOPICS)] = []
    dates: Annotated[
        dict[Number, Literal["yes", "if_need_be", "no"]],
        Field(max_length=MOST_WINDOWS, description="By the number of the days asked about."),
    ] = {}
    via: Annotated[
        str,
        Field(max_length=LONGEST["code"], description="How they heard: the code of an invitation, `poster` or `page`."),
    ] = ""


class AcceptedOut(Schema):
    """What happens next, the same whether the address is known or not."""

    detail: str


@router.get("/meetups/{slug}/interest", response=InterestOut, summary="Interest in an idea")
def show_interest(request: HttpRequest, slug: str) -> InterestOut:  # noqa: ARG001 - the library's signature
    """Return the figures of the call of a meetup."""
    call = call_for(meetup_for(slug).slug)  # a slug with a NUL in it is told apart before PostgreSQL sees it
    return InterestOut.of(queries.call_figures(call, timezone.now()))


@router.post(
    "/meetups/{slug}/interest",
    response={202: AcceptedOut, 409: Refused},
    auth=Token("interest:write"),
    summary="Answer a call",
)
def answer_call(request: TokenRequest, slug: str, said: AnswerIn) -> Status[AcceptedOut]:  # noqa: ARG001 - the token names the meetup
    """Take an answer to the call for somebody; a letter asks them to confirm it."""
    words = said.model_dump(exclude={"topics", "dates", "via"})
    topics, dates = "\n".join(map(one_line, said.topics)), {int(number): fit for number, fit in said.dates.items()}
    actions.answer(request.auth, **words, topics=topics, dates=dates, via=said.via, now=timezone.now())
    return Status(202, AcceptedOut(detail="A letter is on its way. The answer counts once it is confirmed by its link."))
