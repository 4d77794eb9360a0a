"""Issuers, invoices and their papers, the ledger, and what the bank says."""

from midcycle.invoicing.models.bank import BankFile, BankLine
from midcycle.invoicing.models.fees import Fee, FeeTerms
from midcycle.invoicing.models.invoices import Invoice, InvoiceLine, Paper, Reminder
from midcycle.invoicing.models.issuers import Issuer, IssuerUse, NumberRange
from midcycle.invoicing.models.ledger import LedgerEntry, MoneyReport, Posting

__all__ = [
    "BankFile", "BankLine", "Fee", "FeeTerms", "Invoice", "InvoiceLine", "Issuer", "IssuerUse", "LedgerEntry", "MoneyReport",
    "NumberRange", "Paper", "Posting", "Reminder",
]  # fmt: skip
