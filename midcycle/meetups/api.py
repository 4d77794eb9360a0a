"""Meetups for machines, and the token that opens one of them."""

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.security import HttpBearer

from midcycle.meetups import actions, queries
from midcycle.meetups.access import meetup_for, token_for
from midcycle.meetups.models import Meetup

router = Router(tags=["meetups"])


class TokenRequest(HttpRequest):
    """A request that came with a token; `auth` is the meetup it opens."""

    auth: Meetup


class Token(HttpBearer):
    """Opens a route to whoever sends a token of its meetup with this scope, before anything else of a request is read."""

    openapi_scheme = "bearer"
    openapi_description = "Made by `midcycle token SLUG --scope SCOPE`, for one meetup and one scope."

    def __init__(self, scope: str) -> None:
        """Take the scope that is needed."""
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Meetup:
        """Return the meetup. Raises what the gate raises."""
        if request.resolver_match is None:
            raise Http404
        found = token_for(token, request.resolver_match.kwargs["slug"], self.scope)
        actions.note_use(found, timezone.now().date())
        return found.meetup


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
