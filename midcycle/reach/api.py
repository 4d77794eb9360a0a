"""How people heard, for machines: the figures of the public page."""

from django.http import HttpRequest
from ninja import Router, Schema

from midcycle.reach.access import reached_for
from midcycle.reach.rules import Picture

router = Router(tags=["reach"])


class GroupOut(Schema):
    """A group of five people or more."""

    label: str
    count: int


class FlowOut(Schema):
    """So many people came by `origin` and answered `goal`."""

    origin: str
    goal: str
    count: int


class ReachOut(Schema):
    """How people heard, in groups of five and more. Flows that are not listed are too small to be told, or there are none.

    `ways` are the links people came by, `said` what they answered when they registered; `hands` and `began` are about those who
    came by an invitation that somebody passed on. `survey` is what `surveyed` people answered in the anonymous survey.
    """

    people: int
    ways: list[GroupOut]
    said: list[GroupOut]
    flows: list[FlowOut]
    hands: list[GroupOut]
    began: list[GroupOut]
    survey: list[GroupOut]
    surveyed: int


@router.get("/meetups/{slug}/reach", response=ReachOut, summary="How people heard")
def show_reach(request: HttpRequest, slug: str) -> Picture:  # noqa: ARG001 - the library's signature
    """Return the figures everybody sees once the team has published them; 404 before."""
    return Picture.from_facts(reached_for(slug).figures)
