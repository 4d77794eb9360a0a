"""Seats for machines."""

from dataclasses import fields
from datetime import datetime
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import AfterValidator, Field

from midcycle.kernel.typed import one_line
from midcycle.meetups.access import meetup_for, meetup_for_token
from midcycle.registration import actions, queries
from midcycle.registration.models import Seat
from midcycle.registration.rules import ROLES
from midcycle.web.api import Address, Bearer, Problem

router = Router(tags=["seats"])


def _name(text: str) -> str:
    name = one_line(text)
    if not name:
        raise ValueError("a name has at least one visible character")
    return name


def _role(text: str) -> str:
    if text and text not in ROLES:
        raise ValueError(f"a role is one of: {', '.join(ROLES)}")
    return text


class SeatIn(Schema):
    """Who comes, and what they say about themselves."""

    email: Address
    name: Annotated[str, Field(max_length=120), AfterValidator(_name)]
    role: Annotated[str, Field(max_length=30), AfterValidator(_role)] = ""
    sector: Annotated[str, Field(max_length=60)] = ""
    region: Annotated[str, Field(max_length=60)] = ""
    group: Annotated[str, Field(max_length=80)] = ""
    heard_how: Annotated[str, Field(max_length=160)] = ""
    on_list: bool | None = None
    first_time: bool | None = None
    organisation: Annotated[str, Field(max_length=120)] = ""
    photos: bool | None = None
    language: Annotated[str, Field(max_length=10)] = ""
    diet: Annotated[str, Field(max_length=200)] = ""
    access: Annotated[str, Field(max_length=500)] = ""
    more: dict[str, str] = {}


class PlaceOut(Schema):
    """What somebody got; `position` counts from 1 and is null for those who do not wait."""

    state: str
    position: int | None
    status_url: str


class SeatOut(Schema):
    """One seat, without the address of its person."""

    arrival: int
    name: str
    state: str
    role: str
    sector: str
    region: str
    registered_at: datetime


class SeatsOut(Schema):
    """Every seat in the order people came."""

    items: list[SeatOut]


class SummaryOut(Schema):
    """How many seats there are and how many are taken."""

    total: int
    held: int
    free: int
    waiting: int
    checked_in: int
    is_open: bool
    announced: int | None


@router.get("/meetups/{slug}/seats/summary", response={200: SummaryOut, 404: Problem}, summary="Count seats")
def show_summary(request: HttpRequest, slug: str) -> queries.SeatSummary:  # noqa: ARG001 - the library's signature
    """Return figures alone, for everybody."""
    return queries.seat_summary(meetup_for(slug))


@router.get("/meetups/{slug}/seats", response={200: SeatsOut, 404: Problem}, auth=Bearer(), summary="List seats")
def list_seats(request: HttpRequest, slug: str) -> dict[str, list[Seat]]:
    """Return every seat. Scope `seats:read`."""
    return {"items": queries.all_seats(meetup_for_token(request.auth, slug, "seats:read"))}  # type: ignore[attr-defined]  # set by Bearer


@router.post(
    "/meetups/{slug}/seats",
    response={200: PlaceOut, 201: PlaceOut, 404: Problem, 409: Problem},
    auth=Bearer(),
    summary="Take a seat",
)
def take_seat(request: HttpRequest, slug: str, body: SeatIn) -> Status[PlaceOut]:
    """Give somebody a seat or a place in the waitlist: 201. Who has one keeps it unchanged: 200. Scope `seats:write`."""
    meetup = meetup_for_token(request.auth, slug, "seats:write")  # type: ignore[attr-defined]  # set by Bearer
    answers = actions.Answers(**{field.name: getattr(body, field.name) for field in fields(actions.Answers)})
    registered = actions.take_seat(meetup, answers, email=body.email, name=body.name, now=timezone.now())
    seat = registered.seat
    url = settings.MIDCYCLE.public_url_used + reverse("registration:status", args=[slug, seat.token])
    place = PlaceOut(state=seat.state, position=queries.position_of(seat), status_url=url)
    return Status(201 if registered.fresh else 200, place)
