"""What the treasurer types, and whoever pays a fee."""

from midcycle.invoicing.forms.bank import BookForm, MoneyForm, StatementForm
from midcycle.invoicing.forms.fees import BuyerForm, FeeTermsForm, KindForm, WaiveForm
from midcycle.invoicing.forms.invoices import InvoiceForms, Usual
from midcycle.invoicing.forms.parties import IssuerForm

__all__ = [
    "BookForm", "BuyerForm", "FeeTermsForm", "InvoiceForms", "IssuerForm", "KindForm", "MoneyForm", "StatementForm", "Usual",
    "WaiveForm",
]  # fmt: skip
