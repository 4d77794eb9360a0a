"""The invoice over a fee, with the address that whoever pays typed, and taking it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.engines.invoices import Line
from midcycle.invoicing.actions.booking import Deed, post
from midcycle.invoicing.actions.drafting import Details, draft, issuer_of
from midcycle.invoicing.actions.issuing import credit, issue
from midcycle.invoicing.models import Fee, Invoice
from midcycle.invoicing.rules import fees as rules
from midcycle.invoicing.rules.accounts import PAID, moves_of_invoice, turned
from midcycle.invoicing.rules.wording import day_in_words
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups

_ONCE: Final = gettext_noop("An invoice is written already.")


@dataclass(frozen=True)
class Buyer:
    """Whom an invoice is for, as checked by the form."""

    name: str
    country: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    vat_id: str = ""
    buyer_reference: str = ""


@transaction.atomic
def write_receipt(fee: Fee, buyer: Buyer, *, now: datetime) -> Invoice:
    """Issue the invoice over a fee, for whom its payer says; one that is paid says so.

    Raises Refusal for a fee that is neither open nor paid, for a second invoice, and once the meetup is archived.
    """
    meetups.check_changeable(fee.meetup_id)
    known = Fee.objects.select_for_update(of=("self",)).select_related("meetup", "seat__person").get(pk=fee.pk)
    if known.invoice_id is not None:
        raise Refusal(gettext(_ONCE))
    if known.state not in {rules.OPEN, rules.PAID} or known.seat is None:
        raise Refusal(gettext("Nothing is paid for this seat, so there is no invoice."))
    person = known.seat.person
    written = draft(known.meetup, _details(known, buyer, now=now), by=person, now=now)
    Fee.objects.filter(pk=known.pk).update(invoice=written)
    issued = issue(written, seen=written.version, by=person, now=now)
    if known.state == rules.PAID:
        settle(known, issued, by=person, now=now)
    return issued


def settle(fee: Fee, invoice: Invoice, *, by: Person | None, now: datetime) -> None:
    """Settle an invoice by what was paid before it was written. Part of a deed."""
    moves = turned(moves_of_invoice("income_fees", invoice.net, invoice.tax, is_credit=False))
    day = fee.paid_on or now.date()
    post(fee.meetup, Deed(PAID, day, invoice.number, invoice=invoice, fee=fee), moves, fee.currency, by=by, now=now)


def take_back(fee: Fee, *, by: Person | None, now: datetime) -> None:
    """Take back what is left of the invoice over a fee by a credit note, if there is one. Part of a deed."""
    if fee.invoice is None or is_taken_back(fee):
        return
    note = credit(fee.invoice, by=by, now=now)
    issue(note, seen=note.version, by=by, now=now)


def is_taken_back(fee: Fee) -> bool:
    """Say whether credit notes took back the invoice over a fee, or a part of it."""
    notes = Invoice.objects.filter(corrects=fee.invoice_id, state="issued") if fee.invoice_id else Invoice.objects.none()
    return bool(notes.aggregate(total=Sum("gross"))["total"])


def _details(fee: Fee, buyer: Buyer, *, now: datetime) -> Details:
    parts = rules.split(fee.amount, fee.rate)
    if parts is None or fee.seat is None:
        raise Refusal(gettext("No invoice comes to this amount. Write to the organisers."))
    today = now.astimezone(ZoneInfo(fee.meetup.timezone)).date()
    with translation.override(settings.LANGUAGE_CODE):  # as all of the paper
        paid_on = day_in_words(fee.paid_on) if fee.paid_on else ""
    is_paid = fee.state == rules.PAID and fee.paid_on is not None
    return Details(
        **vars(buyer),
        currency=fee.currency,
        lines=(Line(f"Attendance of {fee.meetup.title}"[:200], 1_000, parts.net, fee.category, fee.rate),),
        email=fee.seat.person.email,
        days=0 if is_paid else max(0, min(180, (fee.due_on - today).days)),
        income="income_fees",
        reason=issuer_of(fee.meetup).reason if fee.category == "E" else "",
        note=f"Paid on {paid_on}: nothing is left to pay." if is_paid else "",
    )
