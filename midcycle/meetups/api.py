"""Meetups for machines."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from midcycle.meetups import queries
from midcycle.meetups.access import meetup_for
from midcycle.meetups.models import Meetup

router = Router(tags=["meetups"])


class MeetupOut(Schema):
    """One meetup, as everybody may see it."""

    slug: str
    title: str
    stage: str
    region: str
    city: str
    country: str
    venue: str
    starts_on: date | None
    ends_on: date | None
    timezone: str
    series: str | None

    @staticmethod
    def resolve_series(meetup: Meetup) -> str | None:
        """Return the slug of the series."""
        return meetup.series.slug if meetup.series else None


class MeetupsOut(Schema):
    """All meetups, soonest first."""

    items: list[MeetupOut]


@router.get("/meetups", response=MeetupsOut, summary="List meetups")
def list_meetups(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - the library's signature
    """Return every meetup of this instance."""
    return {"items": queries.all_meetups()}


@router.get("/meetups/{slug}", response=MeetupOut, summary="One meetup")
def show_meetup(request: HttpRequest, slug: str) -> Meetup:  # noqa: ARG001 - the library's signature
    """Return one meetup."""
    return meetup_for(slug)
