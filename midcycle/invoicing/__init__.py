"""Invoices, the ledger they are posted to, what the bank says, and the public money report."""
