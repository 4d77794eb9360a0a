"""Amounts as people type them."""

from typing import Final

from django import forms

from midcycle.kernel.money import CURRENCIES, NotAnAmountError, amount_in_words, parse_amount
from midcycle.web.forms import Label

CHOICES: Final = [(code, code) for code in CURRENCIES]


class CurrencyField(forms.ChoiceField):
    """A currency, by its three letters."""

    def __init__(self, label: str = "Currency", *, initial: str = "EUR") -> None:
        """Offer all there are."""
        super().__init__(label=label, choices=CHOICES, initial=initial)


class AmountField(forms.CharField):
    """An amount; which currency its form knows, so it is read by `read_amount`. Blank is nothing."""

    def __init__(self, label: Label, *, help_text: Label = "", required: bool = False) -> None:
        """Ask a phone for its keys with digits."""
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, max_length=40, required=required, help_text=help_text, widget=widget)


def read_amount(form: forms.Form, field: str, currency: str | None) -> int:
    """Return what was typed into a field in minor units, 0 when blank; a mistake is told beside the field."""
    text = form.cleaned_data.get(field) or ""
    if not text or currency not in CURRENCIES:
        return 0
    try:
        return parse_amount(text, currency)
    except NotAnAmountError as mistake:
        form.add_error(field, str(mistake))
        return 0


def typed(amount: int, currency: str) -> str:
    """Return an amount as it stands in a field to be changed; blank for nothing."""
    return amount_in_words(amount, currency, name=False).replace("\u2212", "-") if amount else ""
