"""Seats for machines."""

import json
import re
from dataclasses import fields
from datetime import datetime
from functools import partial
from typing import Annotated, Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from ninja import Query, Router, Schema
from pydantic import AfterValidator, ConfigDict, Field

from midcycle.kernel.typed import has_ink, one_line
from midcycle.meetups.access import meetup_for
from midcycle.meetups.api import Token, TokenRequest
from midcycle.meetups.models import Meetup
from midcycle.registration import actions, queries
from midcycle.registration.access import seat_of, way_of
from midcycle.registration.rules import ROLES, SeatState
from midcycle.web.api import Address, Refused, key_of
from midcycle.web.problems import answer_of
from midcycle.web.reading import Body

router = Router(tags=["seats"])

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,6})?")
_KEY: Final[dict[str, Any]] = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": False,
            "schema": {"type": "string", "minLength": 1, "maxLength": 257, "pattern": r'^"?[!#-+\--\[\]-~]+"?$'},
            "description": "A text of your own for this one request, such as a UUID. The same request again, within 7 days, is "
            "answered the same and done once; the key with another body answers 422.",
        }
    ]
}


def _name(text: str) -> str:
    name = one_line(text)
    if not has_ink(name):
        raise ValueError("A name has at least one visible character.")
    return name


def _role(text: str) -> str:
    if text and text not in ROLES:
        raise ValueError(f"Send one of {', '.join(ROLES)}, or leave it out.")
    return text


def _language(text: str) -> str:
    if text and _LANGUAGE.fullmatch(text) is None:
        raise ValueError("Send a language such as en or pt-BR, or leave it out.")
    return text


class SeatIn(Body):
    """Who comes, and what they say about themselves. `more` answers the organisers' own questions by their keys.

    What nobody asks is not kept: a program that sends more than that does not lose a registration by it.
    """

    model_config = ConfigDict(extra="ignore")

    email: Address
    name: Annotated[str, Field(max_length=120, json_schema_extra={"minLength": 1}), AfterValidator(_name)]
    role: Annotated[str, Field(max_length=30, json_schema_extra={"enum": ["", *ROLES]}), AfterValidator(_role)] = ""
    sector: Annotated[str, Field(max_length=60)] = ""
    region: Annotated[str, Field(max_length=60)] = ""
    group: Annotated[str, Field(max_length=80)] = ""
    heard_how: Annotated[str, Field(max_length=160)] = ""
    on_list: bool | None = None
    first_time: bool | None = None
    organisation: Annotated[str, Field(max_length=120)] = ""
    photos: bool | None = None
    language: Annotated[
        str, Field(max_length=10, json_schema_extra={"pattern": f"^({_LANGUAGE.pattern})?$"}), AfterValidator(_language)
    ] = ""
    diet: Annotated[str, Field(max_length=200)] = ""
    access: Annotated[str, Field(max_length=500)] = ""
    more: Annotated[dict[str, Annotated[str, Field(max_length=2000)]], Field(max_length=100)] = {}
    via: Annotated[
        str,
        Field(max_length=64, description="The link they came by: what its address has as `via`. Other text tells nothing."),
    ] = ""

    @property
    def digest(self) -> str:
        """Return what tells this body from any other that means something else, and nobody else what it says."""
        said = json.dumps(self.model_dump(), sort_keys=True)
        return salted_hmac("midcycle.keyed.take_seat", said, algorithm="sha256").hexdigest()


class PlaceOut(Schema):
    """What somebody got. `position` counts from 1 and is null for who does not wait, and before lots are drawn.

    `status_url` is as private as a ticket: it is for that person alone.
    """

    id: int
    state: SeatState
    position: int | None
    reason: str
    status_url: str


class SeatOut(Schema):
    """A seat, without the address of its person."""

    id: int
    arrival: int
    name: str
    organisation: str
    role: str
    sector: str
    region: str
    state: SeatState
    registered_at: datetime


class StandingOut(SeatOut):
    """A seat as it stands now, the place in line of somebody who waits, and the reason of its last move."""

    position: int | None
    reason: str

    @staticmethod
    def of(standing: queries.Standing) -> "StandingOut":
        """Return it as machines see it."""
        seat = {name: getattr(standing.seat, name) for name in SeatOut.model_fields}
        return StandingOut.model_construct(**seat, position=standing.position, reason=standing.reason)


class SeatsOut(Schema):
    """Seats in the order people came."""

    items: list[SeatOut]
    page: int
    page_size: int
    total: int


class WaitlistOut(Schema):
    """Those who wait, the next to get a seat first. The rule of the line is on the meetup's page."""

    items: list[StandingOut]
    page: int
    page_size: int
    total: int


class CountsOut(Schema):
    """How many seats there are and how many people stand where; held, offered and checked in are never more than there are."""

    capacity: int
    held: int
    waiting: int
    offered: int
    checked_in: int


class PageIn(Schema):
    """Which page of a list, from 1, and how many are on one."""

    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=500)] = 100


class SeatsIn(PageIn):
    """The same, and the one state that is looked for."""

    state: SeatState | None = None


@router.get("/meetups/{slug}/counts", response=CountsOut, summary="Count seats")
def show_counts(request: HttpRequest, slug: str) -> queries.Counts:  # noqa: ARG001 - the library's signature
    """Return figures alone, for everybody, as the page of the meetup shows them."""
    return queries.counts(meetup_for(slug))


@router.get("/meetups/{slug}/seats", response=SeatsOut, auth=Token("seats:read"), summary="List seats")
def list_seats(request: TokenRequest, slug: str, wanted: Query[SeatsIn]) -> dict[str, object]:  # noqa: ARG001 - the token names the meetup
    """Return a page of the seats, in the order people came; addresses are never told."""
    found = queries.seat_page(request.auth, state=wanted.state, page=wanted.page, size=wanted.page_size)
    return {"items": found.items, "total": found.total, "page": wanted.page, "page_size": wanted.page_size}


@router.get("/meetups/{slug}/waitlist", response=WaitlistOut, auth=Token("seats:read"), summary="The waitlist in its order")
def list_waitlist(request: TokenRequest, slug: str, wanted: Query[PageIn]) -> WaitlistOut:  # noqa: ARG001 - the same
    """Return a page of those who wait, each with the place in line and why they wait."""
    found = queries.line_page(request.auth, page=wanted.page, size=wanted.page_size)
    items = [StandingOut.of(one) for one in found.items]
    return WaitlistOut(items=items, total=found.total, page=wanted.page, page_size=wanted.page_size)


@router.post(
    "/meetups/{slug}/seats",
    response={200: PlaceOut, 201: PlaceOut, 409: Refused},
    auth=Token("seats:write"),
    summary="Take a seat",
    openapi_extra=_KEY,
)
def take_seat(request: TokenRequest, slug: str, body: SeatIn) -> HttpResponse:  # noqa: ARG001 - the same
    """Give somebody a seat or a place in the waitlist: 201. Who has one keeps it unchanged: 200."""
    now = timezone.now()
    key, deed = key_of(request), partial(_take_seat, request.auth, body, now)
    answer = deed() if key is None else actions.once(request.auth, key, body.digest, deed, now=now)
    return answer_of(answer.body, status=answer.status)


@router.get("/meetups/{slug}/seats/{int:number}", response=StandingOut, auth=Token("seats:read"), summary="One seat")
def show_seat(request: TokenRequest, slug: str, number: int) -> StandingOut:  # noqa: ARG001 - the same
    """Return how a seat stands."""
    return StandingOut.of(queries.standing(seat_of(request.auth, number)))


@router.delete(
    "/meetups/{slug}/seats/{int:number}",
    response={200: StandingOut, 409: Refused},
    auth=Token("seats:write"),
    summary="Give a seat back",
)
def cancel_seat(request: TokenRequest, slug: str, number: int) -> StandingOut:  # noqa: ARG001 - the same
    """Give a seat, or a place in the waitlist, back; the next in line gets what is free. Again is harmless."""
    seat = seat_of(request.auth, number)
    actions.cancel_seat(seat, now=timezone.now())
    return StandingOut.of(queries.standing(seat))


@router.post(
    "/meetups/{slug}/seats/{int:number}/check-in",
    response={200: StandingOut, 409: Refused},
    auth=Token("seats:write"),
    summary="Check somebody in",
)
def check_in(request: TokenRequest, slug: str, number: int) -> StandingOut:  # noqa: ARG001 - the same
    """Note that somebody is here, once the meetup is on site. Again is harmless."""
    seat = seat_of(request.auth, number)
    actions.check_in(seat, by=None, now=timezone.now())
    return StandingOut.of(queries.standing(seat))


@router.delete(
    "/meetups/{slug}/seats/{int:number}/check-in",
    response={200: StandingOut, 409: Refused},
    auth=Token("seats:write"),
    summary="Undo a check-in",
)
def undo_check_in(request: TokenRequest, slug: str, number: int) -> StandingOut:  # noqa: ARG001 - the same
    """Take a check-in back; the seat is held as before."""
    seat = seat_of(request.auth, number)
    actions.undo_check_in(seat, by=None, now=timezone.now())
    return StandingOut.of(queries.standing(seat))


def _take_seat(meetup: Meetup, body: SeatIn, now: datetime) -> actions.Answer:
    answers = actions.Answers(**{field.name: getattr(body, field.name) for field in fields(actions.Answers)})
    origin = actions.Origin(via=way_of(meetup.pk, body.via))
    taken = actions.take_seat(meetup, answers, email=body.email, name=body.name, now=now, origin=origin)
    if taken.fresh:
        status, position, reason = 201, taken.position, taken.reason
    else:
        standing = queries.standing(taken.seat)
        status, position, reason = 200, standing.position, standing.reason
    seat = taken.seat
    url = settings.MIDCYCLE.public_url_used + reverse("registration:status", args=[meetup.slug, seat.token])
    return actions.Answer(
        status, {"id": seat.pk, "state": seat.state, "position": position, "reason": reason, "status_url": url}
    )
