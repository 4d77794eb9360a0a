"""Bids as machines read them: what is public alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from midcycle.bidding.models import Bid, HostCall
from midcycle.bidding.queries.bids import sums_of
from midcycle.bidding.rules import FIELDS, SECTIONS


@dataclass(frozen=True)
class FieldRow:
    """A question of a bid."""

    key: str
    section: str
    label: str
    kind: str
    needed: bool
    public: bool


@dataclass(frozen=True)
class PublicBid:
    """A bid with its public answers; costs, in minor units, once it is decided."""

    number: int
    title: str
    is_chosen: bool
    handed_in_at: datetime | None
    answers: dict[str, str | int | None]
    rooms: list[dict[str, Any]]
    days: list[dict[str, str]]
    currency: str
    costs: int | None
    covered_by_host: int | None


def field_rows() -> tuple[FieldRow, ...]:
    """Return every question of a bid, in order."""
    return tuple(
        FieldRow(field.key, section.key, field.label, field.kind, field.needed, field.public)
        for section in SECTIONS
        for field in section.fields
    )


def public_bids(call: HostCall) -> tuple[PublicBid, ...]:
    """Return the bids of a call that were handed in. Two queries."""
    bids = list(Bid.objects.filter(call=call, state="handed_in").order_by("handed_in_at", "pk"))
    sums = sums_of(call, bids) if call.state == "decided" else {}
    return tuple(
        PublicBid(
            number=bid.pk,
            title=bid.title,
            is_chosen=bid.pk == call.chosen_id,
            handed_in_at=bid.handed_in_at,
            answers={key: bid.answers.get(key) for key, field in FIELDS.items() if field.public and field.kind not in _LISTS},
            rooms=[{"layout": "", "equipment": "", "capacity": None, **room} for room in bid.answers.get("rooms") or []],
            days=bid.answers.get("days") or [],
            currency=bid.currency,
            costs=sums[bid.pk].total if sums else None,
            covered_by_host=sums[bid.pk].by_host if sums else None,
        )
        for bid in bids
    )


_LISTS = frozenset({"rooms", "days"})
