"""What letters about invoices say."""

from django.urls import reverse

from midcycle.invoicing.access import invoice_key
from midcycle.invoicing.models import Invoice
from midcycle.invoicing.queries.invoices import owed_on
from midcycle.invoicing.rules.wording import day_in_words
from midcycle.kernel.banking import grouped
from midcycle.kernel.money import amount_in_words
from midcycle.kernel.typed import inert
from midcycle.mailing.queries.letters import draft_for
from midcycle.mailing.rules import Draft

_LONGEST = 160


def bill_of(number: int) -> Invoice | None:
    """Return an issued invoice with an address to write to, and its meetup and issuer."""
    issued = Invoice.objects.select_related("meetup", "issuer").filter(pk=number, state="issued")
    return issued.exclude(email="").first()


def bill_draft(name: str, invoice: Invoice, *, level: int = 0) -> Draft | None:
    """Return a letter about an invoice, with the link to its PDF; None once nothing is owed any more."""
    owed = owed_on(invoice)
    if owed <= 0:
        return None
    said = invoice.issued or {}
    seller, payee = said["seller"], said["payee"]
    path = reverse("invoicing:payer_pdf", args=[invoice.meetup.slug, invoice_key(invoice)])
    facts = {
        "number": invoice.number,
        "issuer": inert(seller["name"], _LONGEST),
        "contact": seller["email"] or inert(seller["name"], _LONGEST),
        "gross": amount_in_words(invoice.gross, invoice.currency),
        "owed": amount_in_words(owed, invoice.currency),
        "due": day_in_words(invoice.due_on) if invoice.due_on else "",
        "iban": grouped(payee["iban"]),
        "reference": grouped(payee["reference"]),
        "level": level,
    }
    return draft_for(name, invoice.meetup, path=path, facts=facts)
