"""Invoices as data: sums and VAT, the XML of EN 16931, VAT ids, and what a code for a transfer says."""

from midcycle.engines.invoices.cii import FACTUR_X, XRECHNUNG, written
from midcycle.engines.invoices.epc import transfer_code
from midcycle.engines.invoices.model import CREDIT_NOTE, INVOICE, Invoice, Line, Party, Payee
from midcycle.engines.invoices.snapshot import as_data, from_data
from midcycle.engines.invoices.sums import Share, Sums, line_total, sums_of
from midcycle.engines.invoices.taxes import CATEGORIES, fault_in_taxes, needs_reason
from midcycle.engines.invoices.vat_ids import fault_in_vat_id
from midcycle.engines.invoices.xrechnung import is_routing_id, missing_for_xrechnung

__all__ = [
    "CATEGORIES", "CREDIT_NOTE", "FACTUR_X", "INVOICE", "XRECHNUNG", "Invoice", "Line", "Party", "Payee", "Share", "Sums",
    "as_data", "fault_in_taxes", "fault_in_vat_id", "from_data", "is_routing_id", "line_total", "missing_for_xrechnung",
    "needs_reason", "sums_of", "transfer_code", "written",
]  # fmt: skip
