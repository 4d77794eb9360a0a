"""Feedback for machines: a show of hands counted in the room."""

from django.utils import timezone
from ninja import Router, Schema

from midcycle.feedback import actions
from midcycle.feedback.models import HandCount
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
