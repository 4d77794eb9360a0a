"""Costs, plans, who writes a bid too, and questions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.bidding.rules import LONGEST_LABEL, Line
from midcycle.engines.pictures import read_sheet
from midcycle.kernel.money import CURRENCIES, NotAnAmountError, parse_amount
from midcycle.kernel.refusal import Refusal
from midcycle.web.forms import AddressField, PlainForm


class CurrencyForm(PlainForm):
    """In which currency costs are."""

    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=[(name, name) for name in CURRENCIES])


class CostForm(PlainForm):
    """One line of the sheet of costs."""

    label = forms.CharField(label=gettext_lazy("What for"), max_length=LONGEST_LABEL)
    amount = forms.CharField(
        label=gettext_lazy("Amount"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    per_person = forms.BooleanField(label=gettext_lazy("For each person"), required=False)
    by_host = forms.BooleanField(label=gettext_lazy("The host covers it"), required=False)

    def __init__(self, currency: str, data: Mapping[str, Any] | None = None) -> None:
        """Read amounts in a currency."""
        super().__init__(data)
        self._currency = currency
        self.fields["amount"].label = gettext("Amount in %(currency)s") % {"currency": currency}

    def clean_amount(self) -> int:
        """Return the amount in minor units."""
        try:
            return parse_amount(self.cleaned_data["amount"], self._currency)
        except NotAnAmountError as error:
            raise forms.ValidationError(str(error)) from None

    def line(self) -> Line:
        """Return the line."""
        said = self.cleaned_data
        return Line(said["amount"], said["per_person"], said["by_host"])


class PlanForm(PlainForm):
    """A floor plan."""

    title = forms.CharField(label=gettext_lazy("What it shows"), max_length=80)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PNG, JPEG, WebP or PDF, at most 5 MB. Pictures are written anew, without what a camera adds."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,application/pdf"}),
    )

    def clean(self) -> dict[str, Any]:
        """Look what the file is."""
        clean: dict[str, Any] = super().clean() or {}
        if clean.get("file") is not None:
            try:
                clean["sheet"] = read_sheet(clean["file"].read())
            except Refusal as refusal:
                self.add_error("file", refusal.message)
        return clean


class EditorForm(PlainForm):
    """Somebody who is to write the bid too."""

    email = AddressField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("They get a letter, and sign in with this address."),
    )


class TextForm(PlainForm):
    """A question or an answer."""

    text = forms.CharField(label=gettext_lazy("Your question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Mapping[str, Any] | None = None, *, label: str = "", prefix: str = "") -> None:
        """Call the text by what it is; a prefix keeps several apart on a page."""
        super().__init__(data, prefix=prefix or None)
        if label:
            self.fields["text"].label = label
