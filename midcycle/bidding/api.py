"""Calls for hosts, for machines: what is public, and nothing before it is."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from midcycle.bidding import queries
from midcycle.bidding.access import call_for, comparison_for
from midcycle.bidding.models import HostCall
from midcycle.meetups.access import meetup_for

router = Router(tags=["bidding"])
_ANYBODY = AnonymousUser()
_TABLE = {"description": "A row for each question", "content": {"text/csv": {"schema": {"type": "string"}}}}
_SAME = ("region", "earliest", "latest", "deadline", "timezone", "people", "chosen_how", "reasons", "dissent", "minutes")


class BidFieldOut(Schema):
    """A question of a bid. `kind`: line, text, number, choice, address, country, zone, days or rooms."""

    key: str
    section: str
    label: str
    kind: str
    needed: bool
    public: bool


class BidFieldsOut(Schema):
    """All questions of a bid, in their order."""

    items: list[BidFieldOut]


class CriterionOut(Schema):
    """What bids are judged by."""

    title: str
    explanation: str
    weight: int


class GroupMemberOut(Schema):
    """Somebody of the group that decides; `interests` is empty until they are declared."""

    name: str
    why: str
    interests: str
    linked: list[str]


class HostCallOut(Schema):
    """A call for hosts. `phase`: open, comparing or decided; `chosen` is the number of a bid."""

    phase: str
    region: str
    earliest: date
    latest: date
    deadline: datetime
    timezone: str
    people: int
    criteria: list[CriterionOut]
    group: list[GroupMemberOut]
    chosen_how: str
    keeper: str
    chosen: int | None
    reasons: str
    dissent: str
    minutes: str


class RoomOut(Schema):
    """A room that is offered."""

    name: str
    capacity: int | None
    layout: str
    equipment: str


class DaysOut(Schema):
    """Days that are offered."""

    starts_on: date
    ends_on: date


class BidOut(Schema):
    """A bid. `answers` are by the keys of the fields; rooms and days are apart. Costs are in minor units once it is decided."""

    number: int
    title: str
    is_chosen: bool
    handed_in_at: datetime
    answers: dict[str, str | int | None]
    rooms: list[RoomOut]
    days: list[DaysOut]
    currency: str
    costs: int | None
    covered_by_host: int | None


class BidsOut(Schema):
    """All bids that were handed in; empty until the deadline, when they are opened together."""

    items: list[BidOut]


@router.get("/host-call/fields", response=BidFieldsOut, summary="Questions of a bid")
def list_bid_fields(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - the library's signature
    """Return what every bid is asked."""
    return {"items": queries.field_rows()}


@router.get("/meetups/{slug}/host-call", response=HostCallOut, summary="Call for hosts")
def show_host_call(request: HttpRequest, slug: str) -> dict[str, Any]:  # noqa: ARG001 - the library's signature
    """Return the call for hosts of a meetup, once everybody knows of it."""
    now = timezone.now()
    call, standing = call_for(_ANYBODY, meetup_for(slug).slug, now=now)
    page = queries.call_page(call, standing, now=now)
    named = {name: getattr(call, name) for name in _SAME}
    keeper = str(call.keeper) if call.keeper else ""
    told = {"criteria": page.criteria, "group": page.members, "keeper": keeper, "chosen": call.chosen_id}
    return named | told | {"phase": page.phase}


@router.get("/meetups/{slug}/bids", response=BidsOut, summary="Bids of hosts")
def list_bids(request: HttpRequest, slug: str) -> dict[str, object]:  # noqa: ARG001 - the library's signature
    """Return the bids that were handed in, none before the deadline."""
    now = timezone.now()
    call, _ = call_for(_ANYBODY, meetup_for(slug).slug, now=now)
    return {"items": queries.public_bids(call) if _is_opened(call, now) else []}


def _is_opened(call: HostCall, now: datetime) -> bool:
    return call.phase(now) in {"comparing", "decided"}


@router.get(
    "/meetups/{slug}/bids/comparison",
    summary="Comparison of bids as CSV",
    openapi_extra={"responses": {"200": _TABLE}},
)
def compare_bids(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - the library's signature
    """Return the bids side by side in the keeper's words, once the deadline is past; costs once it is decided."""
    call, _ = comparison_for(_ANYBODY, meetup_for(slug).slug, now=timezone.now())
    return HttpResponse(queries.comparison_file(call), content_type="text/csv; charset=utf-8")
