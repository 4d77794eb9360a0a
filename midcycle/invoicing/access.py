"""Who may see and write invoices. What is not there and what is not allowed look the same: 404."""

from typing import Final

from django.core import signing
from django.http import Http404

from midcycle.accounts.models import Person
from midcycle.invoicing.models import BankLine, CardPayment, Fee, Invoice, Issuer, LedgerEntry, MoneyReport
from midcycle.kernel.banking import compact
from midcycle.meetups.access import Visitor, may_organise, meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup, Organiser
from midcycle.registration.access import own_place_for
from midcycle.registration.models import Seat

_PAYER: Final = "midcycle.invoicing.payer"


def invoice_for(visitor: Visitor, slug: str, number: int) -> Invoice:
    """Return an invoice of a meetup the visitor organises. Raises Http404."""
    meetup = organised_meetup_for(visitor, slug)
    kept = Invoice.objects.select_related("meetup", "issuer", "corrects", "underwriter")
    invoice = kept.filter(pk=number, meetup=meetup).first()
    if invoice is None:
        raise Http404
    return invoice


def invoice_key(invoice: Invoice) -> str:
    """Return the key that opens the PDF of an issued invoice to whoever pays it."""
    return signing.dumps([invoice.meetup_id, invoice.pk], salt=_PAYER)


def invoice_by_key(slug: str, key: str) -> Invoice:
    """Return the issued invoice a key opens. Raises Http404."""
    try:
        named = signing.loads(key, salt=_PAYER)
    except signing.BadSignature:
        raise Http404 from None
    meetup = meetup_for(slug)
    invoice = Invoice.objects.filter(pk=named[1], meetup=meetup, state="issued").first() if named[0] == meetup.pk else None
    if invoice is None:
        raise Http404
    return invoice


def issuer_to_adopt(person: Person, number: str) -> Issuer:
    """Return the issuer with this number of a meetup the person organises. Raises Http404."""
    theirs = Organiser.objects.filter(person=person).values("meetup")
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    issuer = Issuer.objects.filter(pk=pk, uses__meetup__in=theirs).first()
    if issuer is None:
        raise Http404
    return issuer


def entry_for(visitor: Visitor, slug: str, number: int) -> LedgerEntry:
    """Return an entry of the ledger of a meetup the visitor organises. Raises Http404."""
    meetup = organised_meetup_for(visitor, slug)
    entry = LedgerEntry.objects.select_related("meetup").filter(pk=number, meetup=meetup).first()
    if entry is None:
        raise Http404
    return entry


def bank_line_for(visitor: Visitor, slug: str, number: int) -> BankLine:
    """Return a line of the bank of a meetup the visitor organises. Raises Http404."""
    meetup = organised_meetup_for(visitor, slug)
    line = BankLine.objects.select_related("meetup").filter(pk=number, meetup=meetup).first()
    if line is None:
        raise Http404
    return line


def money_of(visitor: Visitor, slug: str) -> tuple[Meetup, bool]:
    """Return a meetup and whether everybody may read its money; where only the team may, it is 404 for others."""
    meetup = meetup_for(slug)
    is_public = MoneyReport.objects.filter(meetup=meetup, published_at__isnull=False).exists()
    if not is_public and not may_organise(visitor, meetup):
        raise Http404
    return meetup, is_public


def fee_for(visitor: Visitor, slug: str, number: int) -> Fee:
    """Return a fee of a meetup the visitor organises. Raises Http404."""
    meetup = organised_meetup_for(visitor, slug)
    fee = Fee.objects.select_related("meetup", "seat", "invoice").filter(pk=number, meetup=meetup).first()
    if fee is None:
        raise Http404
    return fee


def fee_by_reference(visitor: Visitor, slug: str, reference: str) -> Fee:
    """Return the fee with this reference that waits for money, of a meetup the visitor organises. Raises Http404."""
    meetup = organised_meetup_for(visitor, slug)
    fee = Fee.objects.filter(meetup=meetup, reference=compact(reference), state__in=("open", "due_back")).first()
    if fee is None:
        raise Http404
    return fee


def card_payment_for(visitor: Visitor, slug: str, number: int) -> CardPayment:
    """Return a payment by card for a fee of a meetup the visitor organises. Raises Http404."""
    meetup = organised_meetup_for(visitor, slug)
    payment = CardPayment.objects.filter(pk=number, fee__meetup=meetup).first()
    if payment is None:
        raise Http404
    return payment


def seat_with_fees_for(visitor: Visitor, slug: str, token: str) -> tuple[Meetup, Seat | None]:
    """Return the meetup of a seat that a personal link opens, and the seat if the address is known to be theirs.

    Whoever typed a known address sees no more than that. Raises Http404 for any other text, and where seats cost nothing.
    """
    found, seat = own_place_for(visitor, slug, token)
    if not found.meetup.has_fees:
        raise Http404
    return found.meetup, seat


def own_fee_of(seat: Seat) -> Fee:
    """Return the latest fee of a seat. Raises Http404 where nothing was asked."""
    fee = Fee.objects.filter(seat=seat).select_related("meetup").order_by("-pk").first()
    if fee is None:
        raise Http404
    return fee
