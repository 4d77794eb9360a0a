"""Feedback for machines: a show of hands counted in the room."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from midcycle.feedback import actions
from midcycle.feedback.models import HandCount
from midcycle.meetups.access import meetup_for_token
from midcycle.web.api import Bearer, Problem

router = Router(tags=["feedback"])


class HandsIn(Schema):
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


@router.post("/meetups/{slug}/hands", auth=Bearer(), response={200: HandsOut, 409: Problem}, summary="Count a show of hands")
def count_hands(request: HttpRequest, slug: str, hands: HandsIn) -> HandCount:
    """Keep a show of hands; the same question again replaces it. Scope `feedback:write`."""
    meetup = meetup_for_token(request.auth, slug, "feedback:write")  # type: ignore[attr-defined]  # set by the library
    return actions.count_hands(
        meetup, hands.question, yes=hands.yes, no=hands.no, asked=hands.asked, by=None, now=timezone.now()
    )
