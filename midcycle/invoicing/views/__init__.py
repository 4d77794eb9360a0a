"""The pages of the treasurer, the public money report, and what somebody pays for a seat."""

from midcycle.invoicing.views.bank import bank, bank_line
from midcycle.invoicing.views.cards import card_back, card_events, card_return, own_card
from midcycle.invoicing.views.deeds import credit, issued, letters, pledge, reminders
from midcycle.invoicing.views.fees import asked, cost, fee_reminders, fee_terms, fees, waived
from midcycle.invoicing.views.files import payer_pdf, pdf, xml, xrechnung
from midcycle.invoicing.views.invoices import invoice, invoices, issuer, new_invoice
from midcycle.invoicing.views.ledger import entry, ledger, published
from midcycle.invoicing.views.money import money, money_csv, money_json, movements
from midcycle.invoicing.views.own_fee import own_fee, own_invoice

__all__ = [
    "asked", "bank", "bank_line", "card_back", "card_events", "card_return", "cost", "credit", "entry", "fee_reminders",
    "fee_terms", "fees", "invoice", "invoices", "issued", "issuer", "ledger", "letters", "money", "money_csv", "money_json",
    "movements", "new_invoice", "own_card", "own_fee", "own_invoice", "payer_pdf", "pdf", "pledge", "published", "reminders",
    "waived", "xml", "xrechnung",
]  # fmt: skip
