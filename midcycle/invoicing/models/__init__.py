"""Issuers, invoices and their papers, the ledger, and what the bank and the provider of card payments say."""

from midcycle.invoicing.models.bank import BankFile, BankLine
from midcycle.invoicing.models.cards import CardEvent, CardPayment, CardTry
from midcycle.invoicing.models.fees import Fee, FeeTerms
from midcycle.invoicing.models.invoices import Invoice, InvoiceLine, Paper, Reminder
from midcycle.invoicing.models.issuers import Issuer, IssuerUse, NumberRange
from midcycle.invoicing.models.ledger import LedgerEntry, MoneyReport, Posting

__all__ = [
    "BankFile", "BankLine", "CardEvent", "CardPayment", "CardTry", "Fee", "FeeTerms", "Invoice", "InvoiceLine", "Issuer",
    "IssuerUse", "LedgerEntry", "MoneyReport", "NumberRange", "Paper", "Posting", "Reminder",
]  # fmt: skip
