"""An invoice in the words that paper has: a document of law, which is in English; so `bill_of` is called in that language."""

from datetime import date
from typing import Final

from midcycle.engines.documents import Bill, BillLine, Said
from midcycle.engines.invoices import CATEGORIES, CREDIT_NOTE, Invoice, Party, Sums, line_total, sums_of, transfer_code
from midcycle.engines.tickets import qr_modules
from midcycle.kernel import words
from midcycle.kernel.banking import grouped
from midcycle.kernel.money import amount_in_words
from midcycle.kernel.words import gettext, pgettext
from midcycle.kernel.zones import countries

_SHORT: Final = {"AE": "reverse charge", "E": "exempt", "O": "not subject"}


def bill_of(invoice: Invoice, xml: bytes) -> Bill:
    """Return what the paper of an invoice says; `xml` is the same invoice for machines."""
    sums = sums_of(invoice.lines)
    is_credit = invoice.kind == CREDIT_NOTE
    code = "" if is_credit else payment_code(invoice)
    return Bill(
        title=f"{'Credit note' if is_credit else 'Invoice'} {invoice.number}",
        day=invoice.issued_on,
        seller=_party(invoice.seller, is_seller=True),
        buyer=_party(invoice.buyer, is_seller=False),
        facts=_facts(invoice),
        lines=tuple(
            BillLine(
                line.text,
                quantity_in_words(line.quantity),
                amount_in_words(line.price, invoice.currency),
                vat_in_words(line.category, line.rate),
                amount_in_words(line_total(line), invoice.currency),
            )
            for line in invoice.lines
        ),
        totals=_totals(invoice, sums),
        notes=_notes(invoice, sums),
        payment=() if is_credit or not invoice.payee.reference else payment_facts(invoice),
        code=qr_modules(code) if code else (),
        xml=xml,
    )


def payment_code(invoice: Invoice, owed: int | None = None) -> str:
    """Return the text of the code for a transfer of all of it, or of what is still owed; blank where there can be none."""
    if invoice.currency != "EUR":
        return ""
    payee = invoice.payee
    amount = sums_of(invoice.lines).gross if owed is None else owed
    return transfer_code(invoice.seller.name, payee.iban, payee.bic, amount, payee.reference) or ""


def payment_facts(invoice: Invoice) -> tuple[Said, ...]:
    """Return what somebody needs to pay."""
    payee = invoice.payee
    facts = (
        (pgettext("whom to pay", "To"), invoice.seller.name),
        ("IBAN", grouped(payee.iban)),
        ("BIC", payee.bic),
        (gettext("Reference"), grouped(payee.reference)),
        (pgettext("when to pay", "Until"), day_in_words(invoice.due_on) if invoice.due_on else ""),
    )
    return tuple(Said(name, value) for name, value in facts if value)


def vat_in_words(category: str, rate: int) -> str:
    """Return the VAT of a line in a word or two."""
    return _SHORT.get(category) or f"{rate_in_words(rate)} %"


def rate_in_words(hundredths: int) -> str:
    """Return a rate without zeros nobody needs: `19`, `7.7`."""
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")


def quantity_in_words(thousandths: int) -> str:
    """Return a quantity without zeros nobody needs."""
    return f"{thousandths // 1_000}.{thousandths % 1_000:03d}".rstrip("0").rstrip(".")


def day_in_words(day: date) -> str:
    """Return a day such as `10 January 2027`, in the language that is active."""
    return words.day_in_words(day)


def _party(party: Party, *, is_seller: bool) -> tuple[str, ...]:
    lines = [party.name, party.street, f"{party.postcode} {party.city}".strip(), countries().get(party.country, party.country)]
    if party.vat_id:
        lines.append(f"VAT id {party.vat_id}")
    if is_seller:
        lines += [f"Tax number {party.tax_number}"] if party.tax_number else []
        lines += [party.register, party.email, party.phone]
    return tuple(line for line in lines if line)


def _facts(invoice: Invoice) -> tuple[Said, ...]:
    served = invoice.served
    facts = (
        ("Date", day_in_words(invoice.issued_on)),
        ("Corrects", f"{invoice.corrects[0]} of {day_in_words(invoice.corrects[1])}" if invoice.corrects else ""),
        ("Your reference", invoice.buyer_reference),
        ("Delivered", f"{day_in_words(served[0])} to {day_in_words(served[1])}" if served else ""),
    )
    return tuple(Said(name, value) for name, value in facts if value)


def _totals(invoice: Invoice, sums: Sums) -> tuple[Said, ...]:
    def said(amount: int) -> str:
        return amount_in_words(amount, invoice.currency)

    taxes = [
        Said(f"VAT {rate_in_words(share.rate)} % of {said(share.basis)}", said(share.tax))
        for share in sums.shares
        if share.category in {"S", "Z"}
    ]
    last = "Credited" if invoice.kind == CREDIT_NOTE else "To pay"
    return (Said("Net", said(sums.net)), *taxes, Said(last, said(sums.gross), is_strong=True))


def _notes(invoice: Invoice, sums: Sums) -> tuple[str, ...]:
    used = {share.category for share in sums.shares}
    reasons = [f"{CATEGORIES['AE']}."] if "AE" in used else []
    reasons += [f"{CATEGORIES['O']}."] if "O" in used else []
    reasons += [invoice.reason] if "E" in used else []
    return tuple(note for note in (*reasons, invoice.note) if note)
