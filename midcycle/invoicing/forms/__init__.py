"""What the treasurer types."""

from midcycle.invoicing.forms.bank import BookForm, MoneyForm, StatementForm
from midcycle.invoicing.forms.invoices import InvoiceForms, Usual
from midcycle.invoicing.forms.parties import IssuerForm

__all__ = ["BookForm", "InvoiceForms", "IssuerForm", "MoneyForm", "StatementForm", "Usual"]
