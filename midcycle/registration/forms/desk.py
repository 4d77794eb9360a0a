"""What organisers type at their desk."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, pgettext

from midcycle.registration import rules
from midcycle.registration.forms.answers import named
from midcycle.registration.forms.fields import choices, in_words
from midcycle.web.forms import AddressField, PlainForm


def _states() -> list[tuple[str, str]]:
    """Return what a list of seats can be cut down to."""
    unopened = rules.UNOPENED, gettext("Letter not opened")
    return [("", pgettext("seats in any state", "All")), *in_words(rules.SEAT_STATE_NAMES), unopened]


class WalkInForm(PlainForm):
    """Somebody at the door who has no seat."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = AddressField(label=gettext_lazy("E-mail"), max_length=254)
    role = forms.ChoiceField(
        label=gettext_lazy("What do they do?"),
        choices=partial(choices, rules.ROLES),
        required=False,
        help_text=gettext_lazy("In their own words, if they like."),
    )

    def clean_name(self) -> str:
        """Return the name on one line; it must not be empty then."""
        return named(self.cleaned_data["name"])


class CapacityForm(PlainForm):
    """How many seats there are."""

    total = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=rules.MOST_SEATS)


class ReasonForm(PlainForm):
    """Why somebody's place is given back for them."""

    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=150, help_text=gettext_lazy("They read it in their letter and on their page.")
    )


class DeskFilter(PlainForm):
    """What the organiser looks for; anything odd is as if it were not asked."""

    q = forms.CharField(
        label=gettext_lazy("Name or address"), max_length=254, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(choices=_states, required=False)
    page = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)

    def asked(self) -> dict[str, Any]:
        """Return the arguments of the list."""
        self.full_clean()
        clean = self.cleaned_data
        return {"wanted": clean.get("q") or "", "state": clean.get("state") or "", "number": str(clean.get("page") or 1)}
