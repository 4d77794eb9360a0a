"""The balance for machines, once its team has published it."""

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja import Field, Router, Schema

from midcycle.funding import queries
from midcycle.funding.access import balance_for

router = Router(tags=["funding"])


class TermsOut(Schema):
    """What holds whatever is tried: shares in percent, and how many people one discussion has at most."""

    reserve: int
    reduced_share: int
    reduced_price: int
    comfort: int


class RateOut(Schema):
    """What one of a currency is in that of the balance, in decimal digits."""

    currency: str
    rate: str
    on: date
    source: str


class StepOut(Schema):
    """From how many people on a line costs what."""

    people: int
    amount: int


class LineOut(Schema):
    """A cost line. `amount` is for all (`fixed`) or a head (`per_head`), in minor units of `currency`; else see `steps`."""

    title: str
    purpose: str
    basis: str
    payer: str
    currency: str
    amount: int
    steps: list[StepOut]
    certainty: str
    source: str


class StretchOut(Schema):
    """Numbers of seats with which nothing is missing."""

    low: int = Field(alias="from")
    high: int = Field(alias="to")


class ChoiceOut(Schema):
    """What one choice comes to. `missing` is below zero when money is left; `enough_fee` is null when no fee is enough."""

    name: str
    seats: int
    fee: int
    underwriting: int
    no_show: int
    rooms: int
    people: int
    cost: int
    reserve: int
    fees: int
    missing: int
    balanced: list[StretchOut]
    enough_fee: int | None
    people_per_room: int


class BalanceOut(Schema):
    """A balance. The first of `choices` is the present one; amounts are minor units of `currency`."""

    currency: str
    terms: TermsOut
    rates: list[RateOut]
    lines: list[LineOut]
    choices: list[ChoiceOut]


@router.get("/meetups/{slug}/balance", response=BalanceOut, by_alias=True, summary="Published balance")
def show_balance(request: HttpRequest, slug: str) -> Mapping[str, object]:  # noqa: ARG001 - the library's signature
    """Return cost lines, rates and what each choice comes to. Not found before the team publishes it."""
    return queries.as_data(queries.book_of(balance_for(AnonymousUser(), slug).meetup))
