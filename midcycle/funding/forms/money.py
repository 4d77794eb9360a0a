"""Amounts as people type them."""

from collections.abc import Mapping
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy

from midcycle.kernel.money import CURRENCIES, NotAnAmountError, amount_in_words, parse_amount
from midcycle.web.forms import Label

CHOICES: Final = [(code, code) for code in CURRENCIES]
_CURRENCY: Final = gettext_lazy("Currency")


class CurrencyField(forms.ChoiceField):
    """A currency, by its three letters."""

    def __init__(self, label: Label = _CURRENCY, *, initial: str = "EUR") -> None:
        """Offer all there are."""
        super().__init__(label=label, choices=CHOICES, initial=initial)


class AmountField(forms.CharField):
    """An amount; which currency its form knows, so it is read by `read_amount`. Blank is nothing."""

    def __init__(self, label: Label, *, help_text: Label = "", required: bool = False) -> None:
        """Ask a phone for its keys with digits."""
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, max_length=40, required=required, help_text=help_text, widget=widget)


def offered(words: Mapping[str, str]) -> list[tuple[str, Label]]:
    """Return a table of words as choices, each in the language of whoever reads it."""
    return [(key, gettext_lazy(word)) for key, word in words.items()]


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
