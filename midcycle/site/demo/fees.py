"""What a seat costs at the meetup that is coming: little, and less for who asks. Some have paid."""

from datetime import datetime, timedelta
from typing import Final

from midcycle.accounts.models import Person
from midcycle.invoicing import actions
from midcycle.invoicing.actions import Statement, Terms
from midcycle.invoicing.models import BankLine, Fee
from midcycle.kernel.money import amount_in_digits
from midcycle.meetups.models import Meetup

FEE: Final = 1_500
_REDUCED: Final = 500
_BEFORE: Final = timedelta(weeks=3)
_PAID: Final = 9
_ROW: Final = "{day:%d.%m.%Y};{name};{fee.reference};{amount}\n"


def load(meetup: Meetup, *, ada: Person, now: datetime) -> None:
    """Ask a small fee of those who hold a seat; book what some have paid, and let the last transfers wait for a yes."""
    asked_at = now - timedelta(weeks=5)
    pay_by = (meetup.starts_on or now.date()) - _BEFORE
    terms = Terms(
        is_on=True,
        currency="EUR",
        standard=FEE,
        pay_by=max(pay_by, now.date()),
        reduced=_REDUCED,
        reduced_for="Students, and whoever pays it alone",
        may_be_free=True,
        category="E",
    )
    actions.set_fees(meetup, terms, seen=0, by=ada, now=asked_at)
    actions.ask_holders(meetup, by=ada, now=asked_at)
    fees = list(Fee.objects.filter(meetup=meetup).select_related("seat").order_by("pk")[: _PAID + 6])
    for fee, kind in zip(fees[_PAID + 2 :], ("reduced", "free", "reduced"), strict=False):
        actions.choose_fee(fee, kind, now=now - timedelta(weeks=4))
    actions.waive_fee(fees[_PAID + 5], reason="Helps at the door", by=ada, now=now - timedelta(weeks=4))
    _pay(meetup, fees[: _PAID + 2], ada=ada, now=now)


def _pay(meetup: Meetup, fees: list[Fee], *, ada: Person, now: datetime) -> None:
    rows = "".join(
        _ROW.format(
            day=now - timedelta(weeks=2),
            name=fee.seat.name if fee.seat else "",
            fee=fee,
            amount=amount_in_digits(fee.amount, fee.currency),
        )
        for fee in fees
    )
    head = "Datum;Name;Verwendungszweck;Betrag\n"
    file = actions.take_statement(meetup, Statement("fees.csv", (head + rows).encode()), by=ada, now=now)
    for line, fee in zip(BankLine.objects.filter(file=file).order_by("pk"), fees[:_PAID], strict=False):
        actions.book_fee(line, fee, by=ada, now=now)
