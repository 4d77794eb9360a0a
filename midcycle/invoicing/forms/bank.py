"""Statements, and what is noted by hand."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.engines.statements import Columns
from midcycle.funding.forms.money import AmountField, CurrencyField, offered, read_amount
from midcycle.invoicing.actions import Noted
from midcycle.invoicing.forms.fields import LineField
from midcycle.invoicing.rules.accounts import CARDS, COSTS, INCOME
from midcycle.web.forms import DayField, PlainForm

_PUBLIC: Final = gettext_lazy("Everybody reads it once the money report is published. Name no person.")


class StatementForm(PlainForm):
    """A file of the bank."""

    file = forms.FileField(
        label=gettext_lazy("Statement"),
        help_text=gettext_lazy("CAMT.053, or CSV. 5 MB at most."),
        max_length=200,
    )
    currency = CurrencyField(gettext_lazy("Currency, where the file names none"))
    day = LineField(
        gettext_lazy("Column with the day"),
        60,
        required=False,
        help_text=gettext_lazy("Only for a CSV whose columns are not known."),
    )
    amount = LineField(gettext_lazy("Column with the amount"), 60, required=False)
    party = LineField(gettext_lazy("Column with the name"), 60, required=False)
    text = LineField(gettext_lazy("Column with the text"), 60, required=False)

    def columns(self) -> Columns:
        """Return the columns somebody named."""
        return Columns(**{name: self.cleaned_data[name] for name in ("day", "amount", "party", "text")})


class BookForm(PlainForm):
    """What a line of the bank was: an invoice that is paid, or a cost or an income."""

    invoice = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    fee = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    reference = LineField(gettext_lazy("Reference of a fee"), 60, required=False)
    account = forms.ChoiceField(choices=[("", ""), (CARDS, ""), *INCOME.items(), *COSTS.items()], required=False)
    text = LineField(gettext_lazy("What everybody may read about it"), 200, required=False)


class MoneyForm(PlainForm):
    """Money that moved on the bank account, noted without a statement."""

    account = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=[
            ("", gettext_lazy("Choose")),
            (gettext_lazy("Costs"), offered(COSTS)),
            (gettext_lazy("Income"), offered(INCOME)),
        ],
    )
    amount = AmountField(gettext_lazy("Amount"), required=True)
    currency = CurrencyField()
    day = DayField(label=gettext_lazy("Day"))
    text = LineField(gettext_lazy("What it was"), 200, required=False, help_text=_PUBLIC)

    def clean(self) -> dict[str, Any]:
        """Read the amount."""
        given = super().clean() or {}
        amount = read_amount(self, "amount", given.get("currency"))
        if given.get("amount") and "amount" not in self.errors and amount <= 0:
            self.add_error("amount", gettext("Type an amount above zero."))
        return {**given, "amount": amount}

    def noted(self) -> Noted:
        """Return what was typed."""
        return Noted(**{name: self.cleaned_data[name] for name in ("account", "amount", "currency", "day", "text")})
