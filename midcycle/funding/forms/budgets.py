"""What the team types into the balance, and what anybody tries there."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from midcycle.funding.actions import Choice, Quoted, Settings, Wanted
from midcycle.funding.forms.money import AmountField, CurrencyField, offered, read_amount, typed
from midcycle.funding.models import Budget, CostLine
from midcycle.funding.rules.balance import MOST, Plan
from midcycle.funding.rules.budgeting import (
    BASES,
    CERTAINTIES,
    LONGEST,
    MOST_NO_SHOW,
    MOST_ROOMS,
    PAYERS,
    PURPOSES,
    NotReadableError,
    Steps,
    parse_rate,
    parse_steps,
    steps_as_typed,
)
from midcycle.funding.rules.underwriting import LARGEST
from midcycle.web.forms import DayField, PlainForm


class TrialForm(PlainForm):
    """What is tried on the page of the balance; nothing of it is kept."""

    seats = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=MOST)
    fee = AmountField(gettext_lazy("Fee"), required=True)
    underwriting = AmountField(gettext_lazy("Underwriting"), required=True)
    no_show = forms.IntegerField(label=gettext_lazy("Do not come, of 100"), min_value=0, max_value=MOST_NO_SHOW)
    rooms = forms.IntegerField(label=gettext_lazy("Discussion rooms at once"), min_value=1, max_value=MOST_ROOMS)

    def __init__(self, present: Plan, currency: str, asked: Mapping[str, str] | None = None) -> None:
        """Start from the present choice; what is asked for may leave some of it out."""
        usual = trial_of(present, currency)
        super().__init__({**usual, **asked} if asked else None, initial=usual)
        self.present, self.currency = present, currency
        self.fields["fee"].label = gettext("Fee, %(currency)s") % {"currency": currency}
        self.fields["underwriting"].label = gettext("Underwriting, %(currency)s") % {"currency": currency}

    def clean(self) -> dict[str, Any]:
        """Read the amounts."""
        given = super().clean() or {}
        amounts = {name: read_amount(self, name, self.currency) for name in ("fee", "underwriting")}
        for name, amount in amounts.items():
            if not 0 <= amount <= LARGEST and name not in self.errors:
                self.add_error(name, gettext("Type an amount from zero on that can be kept here."))
        return {**given, **amounts}

    def plan(self) -> Plan:
        """Return what is tried; the present choice until something else can be read."""
        return Plan(**self.cleaned_data) if self.is_bound and self.is_valid() else self.present


class ScenarioForm(PlainForm):
    """A name for what is tried."""

    name = forms.CharField(
        label=gettext_lazy("Keep this as"),
        max_length=LONGEST["name"],
        error_messages={"required": gettext_lazy("Give it a name, such as: 200 seats, bigger hall.")},
    )


class SettingsForm(PlainForm):
    """The present choice and the terms."""

    currency = CurrencyField(gettext_lazy("Currency of the budget"))
    seats = forms.IntegerField(
        label=gettext_lazy("Seats"), min_value=1, max_value=MOST, help_text=gettext_lazy("The present choice.")
    )
    fee = AmountField(gettext_lazy("Fee"), help_text=gettext_lazy("What a seat costs whoever takes it. Blank is nothing."))
    reduced_share = forms.IntegerField(
        label=gettext_lazy("Seats at a reduced fee, of 100"),
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("For those who pay themselves."),
    )
    reduced_price = forms.IntegerField(label=gettext_lazy("The reduced fee, in percent of the fee"), min_value=0, max_value=100)
    no_show = forms.IntegerField(
        label=gettext_lazy("Do not come, of 100"),
        min_value=0,
        max_value=MOST_NO_SHOW,
        help_text=gettext_lazy("Of those with a seat. Their food is saved."),
    )
    rooms = forms.IntegerField(label=gettext_lazy("Discussion rooms at once"), min_value=1, max_value=MOST_ROOMS)
    comfort = forms.IntegerField(
        label=gettext_lazy("People in one discussion at most"),
        min_value=1,
        max_value=MOST,
        help_text=gettext_lazy("Above 35 few of them speak."),
    )
    reserve = forms.IntegerField(label=gettext_lazy("Reserve, in percent of the cost"), min_value=0, max_value=100)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, budget: Budget, data: Mapping[str, Any] | None = None) -> None:
        """Start from what is set."""
        known = {name: vars(budget)[name] for name in self.base_fields}
        super().__init__(data, initial={**known, "fee": typed(budget.fee, budget.currency)})

    def clean(self) -> dict[str, Any]:
        """Read the fee."""
        given = super().clean() or {}
        return {**given, "fee": read_amount(self, "fee", given.get("currency"))}

    def settings(self) -> Settings:
        """Return what is to be set."""
        return Settings(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class RateForm(PlainForm):
    """An exchange rate somebody read somewhere."""

    currency = CurrencyField(pgettext_lazy("one unit of a currency", "One"))
    rate = forms.CharField(
        label=gettext_lazy("is how many"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    on = DayField(label=gettext_lazy("As of"))
    source = forms.CharField(
        label=gettext_lazy("Who says so"),
        max_length=LONGEST["rate_source"],
        error_messages={"required": gettext_lazy("Say who says so.")},
    )

    def __init__(self, home: str, data: Mapping[str, Any] | None = None) -> None:
        """Say in which currency."""
        super().__init__(data, auto_id="id_rate_%s")
        self.fields["rate"].label = gettext("is how many %(currency)s") % {"currency": home}
        self.fields["currency"].initial = "USD" if home != "USD" else "EUR"

    def clean_rate(self) -> int:
        """Read the rate."""
        try:
            return parse_rate(self.cleaned_data["rate"])
        except NotReadableError as mistake:
            raise forms.ValidationError(str(mistake)) from None

    def quoted(self) -> Quoted:
        """Return the rate."""
        return Quoted(**self.cleaned_data)


class LineForm(PlainForm):
    """One cost line."""

    title = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=LONGEST["title"],
        error_messages={"required": gettext_lazy("Say what it is for.")},
    )
    purpose = forms.ChoiceField(label=gettext_lazy("Kind"), choices=offered(PURPOSES))
    basis = forms.ChoiceField(label=gettext_lazy("How it grows"), choices=offered(BASES))
    currency = CurrencyField()
    amount = AmountField(
        gettext_lazy("Amount"), help_text=gettext_lazy("Once, or for each person who comes. Leave it blank for steps.")
    )
    steps = forms.CharField(
        label=gettext_lazy("Steps"),
        required=False,
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "For steps alone, one on a line: from how many people on, and the whole amount then. Such as 101: 2,600."
        ),
    )
    payer = forms.ChoiceField(label=gettext_lazy("Who pays"), choices=offered(PAYERS))
    certainty = forms.ChoiceField(label=gettext_lazy("How well it is known"), choices=offered(CERTAINTIES))
    source = forms.CharField(
        label=gettext_lazy("Where the figure comes from"),
        max_length=LONGEST["source"],
        required=False,
        help_text=gettext_lazy("Such as: quote of 3 March, three lunches at last year's price."),
    )
    note = forms.CharField(label=gettext_lazy("Note for the team"), max_length=LONGEST["note"], required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, home: str, data: Mapping[str, Any] | None = None, *, line: CostLine | None = None) -> None:
        """Start from what is known of a line."""
        super().__init__(data, initial=line_as_typed(line) if line else {"currency": home})

    def clean(self) -> dict[str, Any]:
        """Read amount or steps."""
        given = super().clean() or {}
        currency, is_stepped = given.get("currency"), given.get("basis") == "stepped"
        amount = 0 if is_stepped else read_amount(self, "amount", currency)
        steps: Steps = ()
        if is_stepped and currency:
            try:
                steps = parse_steps(given.get("steps") or "", currency)
            except NotReadableError as mistake:
                self.add_error("steps", str(mistake))
        elif not is_stepped and not given.get("amount") and "amount" not in self.errors:
            self.add_error("amount", gettext("Type an amount; 0 if it costs nothing."))
        return {**given, "amount": amount, "steps": steps}

    def wanted(self) -> Wanted:
        """Return the line."""
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


def trial_of(plan: Plan, currency: str) -> dict[str, str]:
    """Return a plan as it stands in the fields."""
    return {
        "seats": str(plan.seats),
        "fee": typed(plan.fee, currency) or "0",
        "underwriting": typed(plan.underwriting, currency) or "0",
        "no_show": str(plan.no_show),
        "rooms": str(plan.rooms),
    }


def choice_of(plan: Plan) -> Choice:
    """Return what of a plan is chosen; underwriting is given by others."""
    return Choice(plan.seats, plan.fee, plan.no_show, plan.rooms)


def line_as_typed(line: CostLine) -> dict[str, object]:
    """Return a line as it stands in its fields."""
    names = ("title", "purpose", "basis", "currency", "payer", "certainty", "source", "note", "version")
    steps = tuple(sorted((step.start, step.amount) for step in line.steps.all()))
    return {
        **{name: vars(line)[name] for name in names},
        "amount": "" if line.basis == "stepped" else typed(line.amount, line.currency) or "0",
        "steps": steps_as_typed(steps, line.currency),
    }


def line_as_saved(line: CostLine) -> tuple[tuple[str, str], ...]:
    """Return what is saved now in words, for whoever typed something else at the same time."""
    said = line_as_typed(line)
    amount = said["steps"] if line.basis == "stepped" else said["amount"]
    return (
        (gettext("What for"), line.title),
        (gettext("Kind"), gettext(PURPOSES[line.purpose])),
        (gettext("How it grows"), gettext(BASES[line.basis])),
        (gettext("Amount"), f"{amount} {line.currency}"),
        (gettext("Who pays"), gettext(PAYERS[line.payer])),
        (gettext("How well it is known"), gettext(CERTAINTIES[line.certainty])),
        (gettext("Where the figure comes from"), line.source or gettext("nothing")),
        (gettext("Note"), line.note or gettext("nothing")),
    )


def settings_as_saved(budget: Budget) -> tuple[tuple[str, str], ...]:
    """Return what is set now in words, for whoever typed something else at the same time."""
    labels = {name: str(field.label) for name, field in SettingsForm.base_fields.items() if name != "version"}
    values = {name: str(vars(budget)[name]) for name in labels} | {"fee": typed(budget.fee, budget.currency) or "0"}
    return tuple((label, values[name]) for name, label in labels.items())
