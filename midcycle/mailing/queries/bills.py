"""What letters about invoices and fees say."""

from collections.abc import Collection

from django.urls import reverse

from midcycle.invoicing.access import invoice_key
from midcycle.invoicing.models import Fee, Invoice, IssuerUse
from midcycle.kernel.banking import grouped
from midcycle.kernel.money import amount_in_words
from midcycle.kernel.typed import inert
from midcycle.kernel.words import day_in_words
from midcycle.mailing.queries.letters import draft_for
from midcycle.mailing.rules import Draft
from midcycle.registration.access import letter_key
from midcycle.registration.models import Seat

_LONGEST = 160


def bill_of(number: int) -> Invoice | None:
    """Return an issued invoice with an address to write to, and its meetup and issuer."""
    issued = Invoice.objects.select_related("meetup", "issuer").filter(pk=number, state="issued")
    return issued.exclude(email="").first()


def bill_draft(name: str, invoice: Invoice, owed: int, *, level: int = 0) -> Draft:
    """Return a letter about an invoice of which so much is owed, with the link to its PDF."""
    said = invoice.issued or {}
    seller, payee = said["seller"], said["payee"]
    path = reverse("invoicing:payer_pdf", args=[invoice.meetup.slug, invoice_key(invoice)])
    facts = {
        "number": invoice.number,
        "issuer": inert(seller["name"], _LONGEST),
        "contact": seller["email"] or inert(seller["name"], _LONGEST),
        "gross": amount_in_words(invoice.gross, invoice.currency),
        "owed": amount_in_words(owed, invoice.currency),
        "due": day_in_words(invoice.due_on),
        "iban": grouped(payee["iban"]),
        "reference": grouped(payee["reference"]),
        "level": level,
    }
    return draft_for(name, invoice.meetup, path=path, facts=facts)


def fees_of(numbers: Collection[int]) -> list[Fee]:
    """Return those of these fees that are open still, with whoever owes them."""
    found = Fee.objects.select_related("meetup", "seat__meetup", "seat__person")
    return list(found.filter(pk__in=[int(number) for number in numbers], state="open", seat__isnull=False).order_by("pk"))


def fee_draft(name: str, fee: Fee, seat: Seat, *, level: int) -> Draft:
    """Return a letter about a fee, with the link to the page that says how to pay it."""
    use = IssuerUse.objects.select_related("issuer").get(meetup=fee.meetup)
    path = f"{reverse('registration:status', args=[seat.meetup.slug, seat.token])}?letter={letter_key(seat)}"
    facts = {
        "name": inert(seat.name),
        "issuer": inert(use.issuer.name, _LONGEST),
        "amount": amount_in_words(fee.amount, fee.currency),
        "due": day_in_words(fee.due_on),
        "iban": grouped(use.issuer.iban),
        "reference": grouped(fee.reference),
        "has_choice": fee.reduced is not None or fee.may_be_free,
        "level": level,
    }
    return draft_for(name, fee.meetup, path=path, facts=facts)
