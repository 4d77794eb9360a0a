"""The books of the meetup that is coming: invoices to those who pledged, a statement of the bank, and a cost."""

from datetime import datetime, timedelta
from typing import Final

from midcycle.accounts.models import Person
from midcycle.engines.invoices import Line
from midcycle.funding.models import Underwriter
from midcycle.invoicing import actions
from midcycle.invoicing.actions import Details, IssuerDetails, Statement
from midcycle.invoicing.models import BankLine, Invoice
from midcycle.kernel.money import amount_in_digits
from midcycle.meetups.models import Meetup

_ISSUER: Final = IssuerDetails(
    name="Example Association of Operators",
    street="Invented Street 1",
    postcode="12345",
    city="Nowhere in Particular",
    country="DE",
    tax_number="17/123/12345",
    reason="No VAT is charged: small business, § 19 UStG",
    contact="Ada",
    phone="+49 30 1234567",
    email="money@example.org",
    iban="DE75512108001245126199",
    prefix="EA",
)
_STATEMENT: Final = """Datum;Name;Verwendungszweck;Betrag
{paid:%d.%m.%Y};{payer.name};{payer.reference};{amount}
{deposit:%d.%m.%Y};Example Yard;Deposit;-1200.00
{lately:%d.%m.%Y};{late.name};Transfer of today;{owed}
"""


def load(meetup: Meetup, *, ada: Person, now: datetime) -> None:
    """Invoice the pledges, one of them still as a draft; book one payment, let one wait, and show everybody."""
    began = now - timedelta(weeks=5)
    actions.set_issuer(meetup, _ISSUER, by=ada, now=began)
    pledged = Underwriter.objects.filter(meetup=meetup, is_host=False, currency="EUR", pledged__gt=0, state="thanked")
    drafts = [_draft(payer, ada=ada, now=began) for payer in pledged.order_by("pk")[:3]]
    payer, late = (actions.issue(draft, seen=draft.version, by=ada, now=began) for draft in drafts[:2])
    rows = _STATEMENT.format(
        paid=now - timedelta(weeks=3),
        deposit=now - timedelta(weeks=2),
        lately=now,
        payer=payer,
        late=late,
        amount=amount_in_digits(payer.gross, "EUR"),
        owed=amount_in_digits(late.gross, "EUR"),
    )
    actions.take_statement(meetup, Statement("statement.csv", rows.encode()), by=ada, now=now)
    paid, deposit, _ = BankLine.objects.filter(meetup=meetup).order_by("pk")
    actions.book_line(paid, invoice=payer, account="", text="", by=ada, now=now)
    actions.book_line(deposit, invoice=None, account="cost_venue", text="Deposit for the rooms", by=ada, now=now)
    actions.publish_money(meetup, is_public=True, by=ada, now=now)


def _draft(payer: Underwriter, *, ada: Person, now: datetime) -> Invoice:
    details = Details(
        name=payer.name,
        country="DE",
        currency="EUR",
        lines=(Line(f"Underwriting of {payer.meetup.title}", 1_000, payer.pledged, "E"),),
        street="Made-up Road 7",
        postcode="12345",
        city="Nowhere in Particular",
        email="bills@example.org",
        reason=_ISSUER.reason,
    )
    return actions.draft(payer.meetup, details, by=ada, now=now, underwriter=payer)
