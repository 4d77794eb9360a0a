"""Who writes the invoices."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from midcycle.invoicing.actions import IssuerDetails
from midcycle.invoicing.forms.fields import CountryField, LineField, bic_field, iban_field, vat_id_field
from midcycle.invoicing.models import Issuer
from midcycle.web.forms import AddressField, PlainForm

_NAMES: Final = tuple(IssuerDetails.__dataclass_fields__)


class IssuerForm(PlainForm):
    """The organisation that writes the invoices, as the law of its country wants it named."""

    name = LineField(
        gettext_lazy("Name of the organisation"), 160, help_text=gettext_lazy("As it is registered: it stands on each invoice.")
    )
    street = LineField(gettext_lazy("Street and number"), 160)
    postcode = LineField(gettext_lazy("Postcode"), 20, required=False)
    city = LineField(gettext_lazy("City"), 80)
    country = CountryField()
    vat_id = vat_id_field(gettext_lazy("If it has one. Needed for a reverse charge."))
    tax_number = LineField(gettext_lazy("Tax number"), 40, required=False, help_text=gettext_lazy("If it has no VAT id."))
    register = LineField(
        gettext_lazy("Number in a register"),
        60,
        required=False,
        help_text=gettext_lazy("Such as VR 12345, if it is registered."),
    )
    reason = LineField(
        gettext_lazy("Why no VAT is charged"),
        200,
        required=False,
        help_text=gettext_lazy("Small businesses and charities: the law, such as § 19 UStG."),
    )
    contact = LineField(gettext_lazy("Who answers questions"), 120, required=False)
    phone = LineField(gettext_lazy("Phone"), 40, required=False)
    email = AddressField(label=gettext_lazy("E-mail"), required=False)
    iban = iban_field()
    bic = bic_field()
    begins = forms.RegexField(
        r"\A[A-Za-z0-9/-]{0,10}\Z",
        label=gettext_lazy("What numbers begin with"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("The year and a count follow, without gaps: MC2027-0001."),
        error_messages={"invalid": gettext_lazy("Type letters, digits, - and / only.")},
    )

    @classmethod
    def of(cls, issuer: Issuer | None, data: Any = None) -> "IssuerForm":  # noqa: ANN401 - Django's own
        """Return the form with what is known."""
        known = {name: getattr(issuer, name) for name in _NAMES} if issuer else {}
        known["begins"] = known.get("prefix", "")
        return cls(data, initial=known)

    def details(self) -> IssuerDetails:
        """Return what was typed."""
        given = {**self.cleaned_data, "prefix": self.cleaned_data["begins"]}
        return IssuerDetails(**{name: given[name] for name in _NAMES})
