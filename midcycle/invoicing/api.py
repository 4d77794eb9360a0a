"""The money report for machines, once its team has published it."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from ninja import Router, Schema

from midcycle.invoicing.access import money_of
from midcycle.invoicing.queries import money as found
from midcycle.invoicing.rules.accounts import ACCOUNTS
from midcycle.kernel.money import CURRENCIES

router = Router(tags=["invoicing"])


class FigureOut(Schema):
    """What an account comes to, in minor units of the currency; income and costs are above zero."""

    account: str
    name: str
    amount: int


class MoneyOut(Schema):
    """What came in and what was paid in a currency, where it is, and what is left of it."""

    currency: str
    income: list[FigureOut]
    costs: list[FigureOut]
    standing: list[FigureOut]
    left: FigureOut


class MovementOut(Schema):
    """An entry behind a figure. `amount` is in decimal digits; `text` names no private person."""

    day: date
    what: str
    text: str
    amount: str


@router.get("/meetups/{slug}/money", response=list[MoneyOut], summary="The money report, once it is published")
def show_money(request: HttpRequest, slug: str) -> list[found.Report]:  # noqa: ARG001 - the library's signature
    """Return the money report of a meetup in each currency that was used."""
    meetup, _ = money_of(AnonymousUser(), slug)
    return found.money_report(meetup)


@router.get("/meetups/{slug}/money/{currency}/{account}", response=list[MovementOut], summary="The entries behind a figure")
def list_movements(
    request: HttpRequest,  # noqa: ARG001 - the library's signature
    slug: str,
    currency: str,
    account: str,
) -> list[dict[str, object]]:
    """Return the entries behind a figure of the money report, by day."""
    meetup, _ = money_of(AnonymousUser(), slug)
    if account not in ACCOUNTS or currency not in CURRENCIES:
        raise Http404
    rows = found.movements(meetup, account, currency)
    return [{"day": row.day, "what": row.what, "text": row.text, "amount": row.digits} for row in rows]
