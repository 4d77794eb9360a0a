"""Feedback for machines: a show of hands counted in the room, and what a closed survey came to."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from midcycle.feedback import actions, queries
from midcycle.feedback.models import HandCount
from midcycle.feedback.queries import Results
from midcycle.meetups.access import meetup_for
from midcycle.meetups.api import Token, TokenRequest
from midcycle.web.api import Refused
from midcycle.web.reading import Body

router = Router(tags=["feedback"])


class HandsIn(Body):
    """A show of hands. `question` is `on_list`, `first_time`, `free_time_enough`, `come_again`, or `own:` and a short name."""

    question: str
    yes: int
    no: int
    asked: str = ""


class HandsOut(Schema):
    """A show of hands as it is kept."""

    question: str
    asked: str
    yes: int
    no: int


@router.post(
    "/meetups/{slug}/hands",
    response={200: HandsOut, 409: Refused},
    auth=Token("feedback:write"),
    summary="Count a show of hands",
)
def count_hands(request: TokenRequest, slug: str, hands: HandsIn) -> HandCount:  # noqa: ARG001 - the token names the meetup
    """Keep a show of hands; the same question again replaces it."""
    return actions.count_hands(
        request.auth, hands.question, yes=hands.yes, no=hands.no, asked=hands.asked, by=None, now=timezone.now()
    )


class AnsweredOut(Schema):
    """An answer and how many gave it. `told` says it in words where the figure itself is not shown."""

    label: str
    count: int
    told: str


class SummaryOut(Schema):
    """What a question came to. `state` is `shown`, `few`, `hidden` or `not_asked`; no group of one to four people is in it."""

    key: str
    asked: str
    kind: str
    state: str
    answered: int | None
    left_out: int | None
    mean: str
    answers: list[AnsweredOut]


class ResultsOut(Schema):
    """What a survey came to; nothing before it is closed. `people` is null while fewer than five answered."""

    is_closed: bool
    people: int | None
    questions: list[SummaryOut]
    not_asked: list[SummaryOut]


@router.get("/meetups/{slug}/survey", response=ResultsOut, summary="What a closed survey came to")
def show_survey(request: HttpRequest, slug: str) -> Results:  # noqa: ARG001 - the library's signature
    """Return the folded figures everybody sees, question by question."""
    return queries.results(meetup_for(slug), public=True)
