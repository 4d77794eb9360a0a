"""An invoice as it is typed: its head, and as many lines as are asked for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.engines.invoices import CATEGORIES, Line
from midcycle.funding.forms.money import AmountField, offered, read_amount, typed
from midcycle.invoicing.actions import Details
from midcycle.invoicing.forms.fields import CountryField, LineField, fault_in_reference, vat_id_field
from midcycle.invoicing.models import Invoice
from midcycle.invoicing.rules.accounts import INCOME
from midcycle.invoicing.rules.states import AS_INVOICED, BILLED, LONGEST, MOST_DAYS, MOST_LINES
from midcycle.invoicing.rules.wording import quantity_in_words, rate_in_words
from midcycle.web.forms import AddressField, PlainForm

_SPARE: Final = 2
_DECIMAL: Final = re.compile(r"(?P<whole>[0-9]{1,7})(?:[.,](?P<part>[0-9]{1,3}))?")
_HEAD: Final = (*AS_INVOICED, "reason", "note")


@dataclass(frozen=True)
class Usual:
    """What the issuer usually says of VAT: the category, the rate in hundredths of a per cent, and why there is none."""

    category: str
    rate: int
    reason: str


class HeadForm(PlainForm):
    """Who pays, in which currency, until when."""

    name = LineField(gettext_lazy("Name of the organisation"), 160, help_text=gettext_lazy("Who pays, as it is registered."))
    street = LineField(gettext_lazy("Street and number"), 160, required=False)
    postcode = LineField(gettext_lazy("Postcode"), 20, required=False)
    city = LineField(gettext_lazy("City"), 80, required=False)
    country = CountryField()
    vat_id = vat_id_field(gettext_lazy("Needed for a reverse charge."))
    email = AddressField(label=gettext_lazy("E-mail for invoices"), required=False)
    buyer_reference = LineField(
        gettext_lazy("Their reference"),
        60,
        required=False,
        help_text=gettext_lazy("An order number; for German authorities the Leitweg-ID."),
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=[(code, code) for code in BILLED], initial="EUR")
    days = forms.IntegerField(label=gettext_lazy("Days to pay"), min_value=0, max_value=MOST_DAYS, initial=14)
    income = forms.ChoiceField(label=gettext_lazy("What for"), choices=offered(INCOME), initial="income_underwriters")
    reason = LineField(
        gettext_lazy("Why no VAT is charged"), 200, required=False, help_text=gettext_lazy("For lines that are exempt.")
    )
    note = LineField(gettext_lazy("A note on the invoice"), 500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_buyer_reference(self) -> str:
        """Refuse a Leitweg-ID with wrong check digits."""
        reference: str = self.cleaned_data["buyer_reference"]
        fault = fault_in_reference(reference)
        if fault is not None:
            raise forms.ValidationError(fault)
        return reference


class LineForm(PlainForm):
    """One line; a line without a text and a price is no line."""

    text = LineField(gettext_lazy("What"), LONGEST, required=False)
    quantity = forms.CharField(label=gettext_lazy("Quantity"), required=False, max_length=12, initial="1")
    price = AmountField(gettext_lazy("Price of one"))
    category = forms.ChoiceField(label=gettext_lazy("VAT"), choices=offered(CATEGORIES), initial="S")
    rate = forms.CharField(label=gettext_lazy("Rate in %"), required=False, max_length=6)

    def __init__(self, *args: Any, currency: str = "EUR", **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        """Take the currency its price is in."""
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean(self) -> dict[str, Any]:
        """Read the numbers, each mistake beside its field."""
        given = super().clean() or {}
        if not given.get("text") and not given.get("price"):
            return {**given, "line": None}
        if "text" in given and not given["text"]:
            self.add_error("text", gettext("Say what is paid for."))
        quantity = self._decimal("quantity", given.get("quantity") or "1", 1_000, gettext("Type a quantity such as 1 or 2.5."))
        rate = self._decimal("rate", given.get("rate") or "0", 100, gettext("Type a rate such as 19 or 7.7."))
        price = read_amount(self, "price", self.currency)
        if price < 0:
            self.add_error("price", gettext("A price is not below zero. Take money back by a credit note."))
        if rate > 10_000:
            self.add_error("rate", gettext("Type a rate of 100 or less."))
        if "quantity" not in self.errors and quantity < 1:
            self.add_error("quantity", gettext("Type a quantity above zero."))
        return {**given, "line": None if self.errors else Line(given["text"], quantity, price, given["category"], rate)}

    def _decimal(self, field: str, text: str, parts: int, wrong: str) -> int:
        found = _DECIMAL.fullmatch(text.strip().removesuffix("%").strip())
        digits = len(str(parts)) - 1
        if not found or not text.isascii() or len(found["part"] or "") > digits:
            self.add_error(field, wrong)
            return 1
        return int(found["whole"]) * parts + int((found["part"] or "").ljust(digits, "0"))


class InvoiceForms:
    """The head and the lines of an invoice, as one form with the name of each line's fields in front."""

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        invoice: Invoice | None = None,
        lines: Sequence[Line] = (),
        usual: Usual | None = None,
    ) -> None:
        """Take what was typed, or what is known. Where only more lines are asked for, nothing typed is judged yet."""
        self.count = _count(data, len(lines))
        asks_more = data is not None and "more" in data
        judged = None if asks_more else data
        self.kept = {name: getattr(invoice, name) for name in AS_INVOICED} if invoice and invoice.corrects_id else {}
        currency = self.kept.get("currency") or (data or {}).get("currency") or (invoice.currency if invoice else "EUR")
        self.currency = currency if currency in BILLED else "EUR"
        self.head = HeadForm(judged, initial=_sent(data, "") if data and asks_more else _head_of(invoice, usual))
        for name in self.kept:
            del self.head.fields[name]
        if usual is None and lines:
            usual = Usual(lines[-1].category, lines[-1].rate, "")
        known = [_line_of(line, self.currency) for line in lines]
        self.lines = [
            LineForm(judged, prefix=f"line{at}", initial=_initial(data, at, known, usual), currency=self.currency)
            for at in range(self.count)
        ]

    def is_valid(self) -> bool:
        """Say whether all of it can be kept; tells what is wrong beside each field."""
        valid = [form.is_valid() for form in (self.head, *self.lines)]
        if all(valid) and not self._typed():
            self.lines[0].add_error("text", gettext("An invoice needs a line. Say what is paid for."))
            return False
        return all(valid)

    @property
    def version(self) -> int:
        """The version of the draft that was seen."""
        return self.head.cleaned_data.get("version") or 0

    def details(self) -> Details:
        """Return what was typed."""
        said = {**self.head.cleaned_data, **self.kept}
        return Details(lines=self._typed(), **{name: said[name] for name in _HEAD})

    def _typed(self) -> tuple[Line, ...]:
        return tuple(line for form in self.lines if (line := form.cleaned_data.get("line")) is not None)


def _initial(data: Mapping[str, str] | None, at: int, known: Sequence[dict[str, str]], usual: Usual | None) -> dict[str, str]:
    """Return what a line begins with: what was sent of it, the line that is known, or the VAT that is usual."""
    if data is not None:
        return _sent(data, f"line{at}-")
    if at < len(known):
        return known[at]
    return {"category": usual.category, "rate": rate_in_words(usual.rate) if usual.rate else ""} if usual else {}


def _sent(data: Mapping[str, str], start: str) -> dict[str, str]:
    return {key.removeprefix(start): data[key] for key in data if key.startswith(start)}


def _count(data: Mapping[str, str] | None, lines: int) -> int:
    """Return how many lines are shown: those there are and a few more, or as many as were sent and asked for."""
    if data is None:
        return min(MOST_LINES, lines + (_SPARE if lines else 3))
    sent = data.get("count", "")
    count = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 4 else 3
    return max(1, min(MOST_LINES, count + (5 if "more" in data else 0)))


def _head_of(invoice: Invoice | None, usual: Usual | None) -> dict[str, object]:
    if invoice is not None:
        return {name: getattr(invoice, name) for name in (*_HEAD, "version")}
    return {"reason": usual.reason} if usual else {}


def _line_of(line: Line, currency: str) -> dict[str, str]:
    return {
        "text": line.text,
        "quantity": quantity_in_words(line.quantity),
        "price": typed(line.price, currency) or "0",
        "category": line.category,
        "rate": rate_in_words(line.rate) if line.rate else "",
    }
