"""Numbers that are told from typing errors, and text on one line."""

from collections.abc import Callable
from typing import Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.engines.invoices import fault_in_vat_id, is_routing_id
from midcycle.kernel.banking import compact, is_bic, is_iban
from midcycle.kernel.typed import has_ink, one_line
from midcycle.kernel.zones import countries
from midcycle.web.forms import Label

_ROUTING_LIKE: Final = frozenset("0123456789-")


class LineField(forms.CharField):
    """Text on one line."""

    def __init__(self, label: Label, longest: int, *, required: bool = True, help_text: Label = "") -> None:
        """Say how long it may be."""
        super().__init__(label=label, max_length=longest, required=required, help_text=help_text)

    def clean(self, value: object) -> str:
        """Return the text on one line; what has nothing to see in it is blank."""
        said = one_line(super().clean(value))
        if not has_ink(said):
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return ""
        return said


class NumberField(forms.CharField):
    """A number with check digits, kept without blanks."""

    def __init__(self, label: Label, fault_in: Callable[[str], str | None], *, help_text: Label = "") -> None:
        """Take what says what is wrong with a compact number."""
        super().__init__(label=label, max_length=60, required=False, help_text=help_text)
        self.fault_in = fault_in

    def clean(self, value: object) -> str:
        """Return the compact number; raises ValidationError with what to do."""
        number = compact(super().clean(value))
        fault = self.fault_in(number) if number else None
        if fault is not None:
            raise forms.ValidationError(fault, code="invalid")
        return number


def vat_id_field(help_text: Label) -> NumberField:
    """Return a field for a VAT id."""
    return NumberField(gettext_lazy("VAT id"), fault_in_vat_id, help_text=help_text)


def iban_field() -> NumberField:
    """Return a field for an IBAN."""
    return NumberField(
        "IBAN", _fault_in_iban, help_text=gettext_lazy("Where the money goes. With it, invoices in EUR have a code to scan.")
    )


def bic_field() -> NumberField:
    """Return a field for a BIC."""
    return NumberField("BIC", _fault_in_bic, help_text=gettext_lazy("Only banks outside Europe ask for it."))


def _countries() -> list[tuple[str, str]]:
    return [("", gettext("Choose")), *countries().items()]


class CountryField(forms.ChoiceField):
    """A country, by its name."""

    def __init__(self) -> None:
        """Offer all there are."""
        super().__init__(label=gettext_lazy("Country"), choices=_countries)


def fault_in_reference(text: str) -> str | None:
    """Return what to do about a buyer's reference: one that looks like a Leitweg-ID must be one."""
    if text.count("-") in {1, 2} and set(text) <= _ROUTING_LIKE and text[-3:-2] == "-" and not is_routing_id(text):
        return gettext("The check digits of this Leitweg-ID are wrong. Compare it with the order.")
    return None


def _fault_in_iban(number: str) -> str | None:
    if is_iban(number):
        return None
    return gettext("This is no IBAN: its length or its check digits are wrong. Compare it digit by digit.")


def _fault_in_bic(number: str) -> str | None:
    return None if is_bic(number) else gettext("A BIC has 8 or 11 letters and digits, such as SOGEDEFFXXX.")
