"""The books of the meetup that is coming: invoices to those who pledged, a statement of the bank, and costs."""

from datetime import datetime, timedelta
from typing import Final

from midcycle.accounts.models import Person
from midcycle.engines.invoices import Line
from midcycle.funding import actions as funding
from midcycle.funding.models import Underwriter
from midcycle.invoicing import actions
from midcycle.invoicing.actions import IssuerDetails, Statement
from midcycle.invoicing.models import BankLine, Invoice
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
_PLEDGES: Final = (400_000, 250_000, 150_000)  # cents
_USUAL: Final = Line("", 1_000, 0, "E")
_STATEMENT: Final = """Datum;Name;Verwendungszweck;Betrag
{paid};{payer};{reference};4.000,00
{deposit};Example Yard;Deposit;-1.200,00
{lately};{late_payer};Transfer of today;2.500,00
"""


def keep_books(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Invoice the pledges, one of them still as a draft; book one payment, let one wait, and show everybody."""
    began = now - timedelta(weeks=5)
    actions.set_issuer(meetup, _ISSUER, by=by, now=began)
    payers = list(Underwriter.objects.filter(meetup=meetup, is_host=False).order_by("pk")[: len(_PLEDGES)])
    drafts = [_draft(payer, pledge, by=by, now=began) for payer, pledge in zip(payers, _PLEDGES, strict=True)]
    paid, late = (actions.issue(draft, seen=draft.version, by=by, now=began) for draft in drafts[:2])
    rows = _STATEMENT.format(
        paid=f"{now - timedelta(weeks=3):%d.%m.%Y}",
        payer=paid.name,
        reference=paid.reference,
        deposit=f"{now - timedelta(weeks=2):%d.%m.%Y}",
        lately=f"{now:%d.%m.%Y}",
        late_payer=late.name,
    )
    actions.take_statement(meetup, Statement("statement.csv", rows.encode()), by=by, now=now)
    _book(meetup, 400_000, paid, "", by=by, now=now)
    _book(meetup, -120_000, None, "Deposit for the rooms", by=by, now=now)
    actions.publish_money(meetup, is_public=True, by=by, now=now)


def _draft(payer: Underwriter, pledge: int, *, by: Person, now: datetime) -> Invoice:
    if not payer.pledged:
        details = funding.Details(
            name=payer.name,
            pledged=pledge,
            contact_email="bills@example.org",
            address="Made-up Road 7\n12345 Nowhere",
            country="DE",
        )
        funding.change_underwriter(payer, details, seen=payer.version, by=by, now=now)
    return actions.draft_for(payer, vat=_USUAL, by=by, now=now)


def _book(meetup: Meetup, amount: int, invoice: Invoice | None, text: str, *, by: Person, now: datetime) -> None:
    line = BankLine.objects.get(meetup=meetup, amount=amount)
    actions.book_line(line, invoice=invoice, account="" if invoice else "cost_venue", text=text, by=by, now=now)
