"""An invoice of the table as the engine knows it."""

from datetime import date

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from midcycle.engines.invoices import Invoice as Written
from midcycle.engines.invoices import Line, Party, from_data
from midcycle.invoicing.models import Invoice, InvoiceLine, Issuer


def invoices_over_pledges(meetup: int) -> QuerySet[Invoice]:
    """Return the invoices over pledges that are drafts, or issued and not taken back as a whole."""
    taken_back = Coalesce(Sum("corrections__gross", filter=Q(corrections__state="issued")), 0)
    found = Invoice.objects.filter(meetup=meetup, underwriter__isnull=False, kind="invoice")
    return found.alias(taken_back=taken_back).filter(Q(state="draft") | Q(taken_back__lt=F("gross")))


def lines_of(invoice: Invoice) -> tuple[Line, ...]:
    """Return the lines in their order. One query."""
    rows = InvoiceLine.objects.filter(invoice=invoice).order_by("position")
    return tuple(Line(row.text, row.quantity, row.price, row.category, row.rate) for row in rows)


def seller_of(issuer: Issuer) -> Party:
    """Return the issuer as it stands on an invoice."""
    names = ("name", "street", "postcode", "city", "country", "vat_id", "tax_number", "register", "contact", "phone", "email")
    return Party(**{name: getattr(issuer, name) for name in names})


def as_written(invoice: Invoice) -> Written:
    """Return an invoice as it was issued, or as its draft stands, without number and days. At most one query."""
    if invoice.issued is not None:
        return from_data(invoice.issued)
    meetup = invoice.meetup
    served = (meetup.starts_on, meetup.ends_on) if meetup.starts_on and meetup.ends_on else None
    buyer = Party(
        invoice.name,
        invoice.street,
        invoice.postcode,
        invoice.city,
        invoice.country,
        vat_id=invoice.vat_id,
        email=invoice.email,
    )
    return Written(
        kind=invoice.kind,
        number="",
        issued_on=date.min,
        due_on=None,
        currency=invoice.currency,
        seller=seller_of(invoice.issuer),
        buyer=buyer,
        lines=lines_of(invoice),
        buyer_reference=invoice.buyer_reference,
        reason=invoice.reason,
        note=invoice.note,
        served=served,
    )
