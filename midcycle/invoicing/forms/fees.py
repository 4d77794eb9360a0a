"""What a seat costs, and the address on the invoice of somebody who pays it."""

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.engines.invoices import CATEGORIES
from midcycle.funding.forms.money import AmountField, offered, read_amount, typed
from midcycle.invoicing.actions import Buyer, Terms
from midcycle.invoicing.forms.fields import CountryField, LineField, fault_in_reference, vat_id_field
from midcycle.invoicing.models import FeeTerms
from midcycle.invoicing.rules.fees import FEE_KINDS, VAT_OF_FEES
from midcycle.invoicing.rules.states import BILLED
from midcycle.invoicing.rules.wording import rate_in_words
from midcycle.kernel.money import MOST
from midcycle.web.forms import DayField, PlainForm

_RATE: Final = re.compile(r"(?P<whole>[0-9]{1,2})(?:[.,](?P<part>[0-9]{1,2}))?", re.ASCII)
_YEARS: Final = 3


class FeeTermsForm(PlainForm):
    """What a seat costs those who get one from now on."""

    is_on = forms.BooleanField(label=gettext_lazy("A seat costs something"), required=False)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=[(code, code) for code in BILLED], initial="EUR")
    standard = AmountField(gettext_lazy("Standard fee"), required=True, help_text=gettext_lazy("What is paid, with VAT in it."))
    reduced = AmountField(gettext_lazy("Reduced fee"), help_text=gettext_lazy("Leave it blank if there is none."))
    reduced_for = LineField(
        gettext_lazy("Who pays the reduced fee"),
        200,
        required=False,
        help_text=gettext_lazy("Such as: students, and who pays alone."),
    )
    may_be_free = forms.BooleanField(
        label=gettext_lazy("Whoever could not come otherwise comes free"),
        required=False,
        help_text=gettext_lazy("They choose it themselves. Nobody asks why."),
    )
    pay_by = DayField(
        label=gettext_lazy("To be paid until"), help_text=gettext_lazy("Whoever gets a seat later has seven days.")
    )
    takes_cards = forms.BooleanField(
        label=gettext_lazy("Cards are taken, too"),
        required=False,
        help_text=gettext_lazy(
            "By all who owe a fee. The money comes to the account at Stripe of whoever runs this server: ask them first."
        ),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("VAT"), choices=offered({code: CATEGORIES[code] for code in VAT_OF_FEES}), initial="O"
    )
    rate = forms.CharField(label=gettext_lazy("Rate in %"), required=False, max_length=6)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own
        today: date,
        cards: frozenset[str] = frozenset(),
        **kwargs: Any,  # noqa: ANN401 - Django's own
    ) -> None:
        """Take the day it is, so that nothing was to be paid before it, and the currencies in which cards can be taken."""
        super().__init__(*args, **kwargs)
        self.today, self.cards = today, cards
        if not cards:
            del self.fields["takes_cards"]

    @classmethod
    def of(
        cls,
        known: FeeTerms | None,
        data: Any = None,  # noqa: ANN401 - Django's own
        *,
        today: date,
        cards: frozenset[str] = frozenset(),
    ) -> "FeeTermsForm":
        """Return the form with what is known."""
        if known is None:
            return cls(data, initial={"version": 0}, today=today, cards=cards)
        names = ("is_on", "currency", "reduced_for", "may_be_free", "pay_by", "takes_cards", "category", "version")
        amounts = {name: typed(getattr(known, name) or 0, known.currency) for name in ("standard", "reduced")}
        rate = rate_in_words(known.rate) if known.rate else ""
        return cls(
            data, initial={name: getattr(known, name) for name in names} | amounts | {"rate": rate}, today=today, cards=cards
        )

    def clean(self) -> dict[str, Any]:
        """Read the amounts and the rate, each mistake beside its field."""
        given = super().clean() or {}
        standard = self._amount("standard", given)
        reduced = self._amount("reduced", given)
        if reduced and standard and reduced >= standard:
            self.add_error("reduced", gettext("Type less than the standard fee, or leave it blank."))
        pay_by = given.get("pay_by")
        if pay_by and given.get("is_on") and not self.today <= pay_by <= date(self.today.year + _YEARS, 12, 31):
            self.add_error("pay_by", gettext("Choose a day to come, within three years."))
        takes_cards = given.get("takes_cards", self.initial.get("takes_cards", False))
        if self.cards and takes_cards and given.get("currency") not in self.cards:
            self.add_error("takes_cards", gettext("Cards cannot be charged in this currency here."))
        rest = {"standard": standard, "reduced": reduced or None, "rate": self._rate(given), "takes_cards": takes_cards}
        return {**given, **rest}

    def terms(self) -> Terms:
        """Return what was typed."""
        return Terms(**{name: self.cleaned_data[name] for name in Terms.__dataclass_fields__})

    def _amount(self, field: str, given: dict[str, Any]) -> int:
        amount = read_amount(self, field, given.get("currency"))
        if given.get(field) and field not in self.errors and not 0 < amount <= MOST // 1_000_000:
            wrong = gettext("Type an amount above zero.") if amount <= 0 else gettext("Type a smaller amount.")
            self.add_error(field, wrong)
        return max(0, amount)

    def _rate(self, given: dict[str, Any]) -> int:
        said = (given.get("rate") or "").strip().removesuffix("%").strip()
        if given.get("category") != "S":
            return 0
        found = _RATE.fullmatch(said)
        rate = int(found["whole"]) * 100 + int((found["part"] or "").ljust(2, "0")) if found else 0
        if not rate:
            self.add_error("rate", gettext("Type a rate such as 19 or 7.7."))
        return rate


class KindForm(PlainForm):
    """Which of the fees somebody pays."""

    kind = forms.ChoiceField(choices=offered(FEE_KINDS))


class WaiveForm(PlainForm):
    """Why nothing is asked of somebody, for the team."""

    reason = LineField(gettext_lazy("Why"), 200, required=False)


class BuyerForm(PlainForm):
    """Whom the invoice over a fee is for."""

    name = LineField(gettext_lazy("Name, or the organisation that pays"), 160)
    street = LineField(gettext_lazy("Street and number"), 160, required=False)
    postcode = LineField(gettext_lazy("Postcode"), 20, required=False)
    city = LineField(gettext_lazy("City"), 80, required=False)
    country = CountryField()
    vat_id = vat_id_field(gettext_lazy("Of the organisation, if it has one."))
    buyer_reference = LineField(
        gettext_lazy("Their reference"), 60, required=False, help_text=gettext_lazy("Such as an order number.")
    )

    def clean_buyer_reference(self) -> str:
        """Refuse a Leitweg-ID with wrong check digits."""
        reference: str = self.cleaned_data["buyer_reference"]
        fault = fault_in_reference(reference)
        if fault is not None:
            raise forms.ValidationError(fault)
        return reference

    def buyer(self) -> Buyer:
        """Return what was typed."""
        return Buyer(**{name: self.cleaned_data[name] for name in Buyer.__dataclass_fields__})
