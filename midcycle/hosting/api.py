"""Calls for interest, for machines: figures only."""

from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from midcycle.hosting import queries
from midcycle.meetups.access import meetup_for

router = Router(tags=["hosting"])


class RegionOut(Schema):
    """How many answered from a region; regions with fewer than 5 are folded."""

    label: str
    count: int


class ForecastOut(Schema):
    """How many people will come, and how that is computed."""

    likely: int
    low: int
    high: int
    reason: str


class InterestOut(Schema):
    """How a call stands. There is no forecast before five people said they would come."""

    is_open: bool
    channel: str
    opened_at: datetime
    guess: tuple[int, int] | None
    answers: int
    come: int
    host: int
    moderate: int
    regions: list[RegionOut]
    forecast: ForecastOut | None


@router.get("/meetups/{slug}/interest", response=InterestOut, summary="Interest in an idea")
def show_interest(request: HttpRequest, slug: str) -> queries.CallSummary:  # noqa: ARG001 - the library's signature
    """Return the figures of the call of a meetup."""
    summary = queries.call_summary(meetup_for(slug), timezone.now())
    if summary is None:
        raise Http404
    return summary
