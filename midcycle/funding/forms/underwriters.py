"""What the team types about an underwriter."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy, pgettext

from midcycle.funding.actions import Details, Spoken
from midcycle.funding.forms.money import AmountField, CurrencyField, offered, read_amount, typed
from midcycle.funding.models import Underwriter
from midcycle.funding.rules.underwriting import FIRST_STATES, LONGEST, RECOGNITIONS, STATE_NAMES, WAYS
from midcycle.kernel.money import amount_in_words
from midcycle.kernel.zones import countries
from midcycle.web.forms import AddressField, DayField, PlainForm

_NAME: Final = {"required": gettext_lazy("Type the name as it should be thanked.")}
_FIRST: Final = {
    "asked": gettext_lazy("Asked: nothing is promised yet"),
    "pledged": gettext_lazy("Pledged: they promised"),
    "thanked": gettext_lazy("Thanked: named on the page at once"),
}


class AddForm(PlainForm):
    """One underwriter more, with what is known at first."""

    name = forms.CharField(label=gettext_lazy("Name of the organisation"), max_length=LONGEST["name"], error_messages=_NAME)
    state = forms.ChoiceField(
        label=gettext_lazy("Where it stands"),
        choices=[(state, _FIRST[state]) for state in FIRST_STATES],
        initial="asked",
    )
    pledged = AmountField(
        gettext_lazy("Amount"),
        help_text=gettext_lazy("What was asked for or promised. Leave it blank for a host who gives rooms."),
    )
    currency = CurrencyField()
    is_host = forms.BooleanField(label=gettext_lazy("It hosts us: the rooms are theirs"), required=False)
    is_operator = forms.BooleanField(label=gettext_lazy("It runs what we run"), required=False)

    def clean(self) -> dict[str, Any]:
        """Read the amount."""
        given = super().clean() or {}
        return {**given, "pledged": read_amount(self, "pledged", given.get("currency"))}

    def details(self) -> Details:
        """Return what is known."""
        return Details(**{name: value for name, value in self.cleaned_data.items() if name != "state"})


class UnderwriterForm(PlainForm):
    """All that is known of an underwriter."""

    name = forms.CharField(label=gettext_lazy("Name of the organisation"), max_length=LONGEST["name"], error_messages=_NAME)
    pledged = AmountField(gettext_lazy("Amount"), help_text=gettext_lazy("What was asked for or promised."))
    currency = CurrencyField()
    is_host = forms.BooleanField(label=gettext_lazy("It hosts us: the rooms are theirs"), required=False)
    is_operator = forms.BooleanField(label=gettext_lazy("It runs what we run"), required=False)
    recognitions = forms.MultipleChoiceField(
        label=gettext_lazy("How it is thanked"),
        choices=offered(RECOGNITIONS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("There are no booths: nothing else can be promised here."),
    )
    next_step = forms.CharField(label=gettext_lazy("Next step"), max_length=LONGEST["next_step"], required=False)
    next_on = DayField(label=gettext_lazy("By when"), required=False)
    owner = forms.TypedChoiceField(label=gettext_lazy("Who looks after it"), required=False, coerce=int, empty_value=None)
    contact_name = forms.CharField(label=gettext_lazy("Whom to write to"), max_length=LONGEST["contact_name"], required=False)
    contact_email = AddressField(label=gettext_lazy("Their e-mail"), required=False)
    address = forms.CharField(
        label=gettext_lazy("Postal address"),
        max_length=LONGEST["address"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("As it stands on letters and invoices, without name and country."),
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"), required=False, choices=[("", gettext_lazy("Not known")), *countries().items()]
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, row: Underwriter, data: Mapping[str, Any] | None = None, *, team: Sequence[tuple[int, str]]) -> None:
        """Start from what is known."""
        super().__init__(data, initial=_initial(row))
        self.row = row
        field = self.fields["owner"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("Nobody yet")), *team]

    def clean(self) -> dict[str, Any]:
        """Read the amount."""
        given = super().clean() or {}
        return {**given, "pledged": read_amount(self, "pledged", given.get("currency"))}

    def details(self) -> Details:
        """Return what is known."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "recognitions"}}
        return Details(**given, recognitions=frozenset(self.cleaned_data["recognitions"]))


class ContactForm(PlainForm):
    """Somebody spoke with them."""

    on = DayField(label=gettext_lazy("When"))
    whom = forms.CharField(label=gettext_lazy("With whom"), max_length=LONGEST["whom"], required=False)
    way = forms.ChoiceField(label=gettext_lazy("How"), choices=offered(WAYS))
    note = forms.CharField(label=gettext_lazy("What was said"), max_length=LONGEST["note"], required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date) -> None:
        """Offer today."""
        super().__init__(data, initial={"on": today, "way": "mail"})

    def spoken(self) -> Spoken:
        """Return what is to be noted."""
        return Spoken(**self.cleaned_data)


def as_saved(row: Underwriter) -> tuple[tuple[str, str], ...]:
    """Return what is saved now in words, for whoever typed something else at the same time."""
    thanks = ", ".join(gettext(RECOGNITIONS[one.kind]) for one in row.recognitions.order_by("kind"))
    parts = ((gettext("host"), row.is_host), (gettext("operator"), row.is_operator))
    said = (
        (gettext("Name"), row.name),
        (pgettext("where an underwriter stands", "State"), pgettext("of an underwriter", STATE_NAMES[row.state])),
        (gettext("Amount"), amount_in_words(row.pledged, row.currency)),
        (pgettext("what an underwriter is", "Part"), ", ".join(word for word, is_so in parts if is_so)),
        (gettext("How it is thanked"), thanks),
        (gettext("Next step"), " ".join(str(one) for one in (row.next_step, row.next_on or "") if one)),
        (gettext("Who looks after it"), str(row.owner or "")),
        (gettext("Whom to write to"), " ".join(part for part in (row.contact_name, row.contact_email) if part)),
        (gettext("Postal address"), ", ".join(part for part in (*row.address.split("\n"), row.country) if part)),
    )
    return tuple((label, value or gettext("nothing")) for label, value in said)


def _initial(row: Underwriter) -> dict[str, object]:
    names = ("name", "currency", "is_host", "is_operator", "next_step", "next_on", "contact_name", "contact_email", "address",
             "country", "version")  # fmt: skip
    known = {name: vars(row)[name] for name in names}
    kinds = [one.kind for one in row.recognitions.all()]
    return {**known, "pledged": typed(row.pledged, row.currency), "owner": row.owner_id or "", "recognitions": kinds}
