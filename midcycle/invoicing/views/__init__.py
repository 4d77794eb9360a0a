"""The pages of the treasurer, and the public money report."""

from midcycle.invoicing.views.bank import bank, bank_line
from midcycle.invoicing.views.deeds import credit, issued, letters, pledge, reminders
from midcycle.invoicing.views.files import payer_pdf, pdf, xml, xrechnung
from midcycle.invoicing.views.invoices import invoice, invoices, issuer, new_invoice
from midcycle.invoicing.views.ledger import entry, ledger, published
from midcycle.invoicing.views.money import money, money_csv, money_json, movements

__all__ = [
    "bank", "bank_line", "credit", "entry", "invoice", "invoices", "issued", "issuer", "ledger", "letters", "money",
    "money_csv", "money_json", "movements", "new_invoice", "payer_pdf", "pdf", "pledge", "published", "reminders", "xml",
    "xrechnung",
]  # fmt: skip
