"""How many seats there are, for whom, and what past editions say."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.kernel.typed import one_line
from midcycle.meetups.rules import REGIONS
from midcycle.registration import rules
from midcycle.registration.rules import line
from midcycle.web.forms import PlainForm

_OF_ONE: Final = "organisation:"


def _whom() -> list[tuple[str, str]]:
    role, sector, region = gettext("Role: %(name)s"), gettext("Sector: %(name)s"), gettext("Region: %(name)s")
    return [
        ("organisation:*", gettext("Each organisation")),
        (_OF_ONE, gettext("One organisation, named below")),
        ("first_time:yes", gettext("People who come for the first time")),
        ("first_time:no", gettext("People who came before")),
        *((f"role:{key}", role % {"name": gettext(name)}) for key, name in rules.ROLES.items()),
        *((f"sector:{key}", sector % {"name": gettext(name)}) for key, name in rules.SECTORS.items()),
        *((f"region:{key}", region % {"name": gettext(name)}) for key, name in REGIONS.items()),
    ]


class LimitsForm(PlainForm):
    """Seats, people wanted, and what the room takes."""

    total = forms.IntegerField(label=gettext_lazy("Seats given out"), min_value=1, max_value=rules.MOST_SEATS)
    planned = forms.IntegerField(
        label=gettext_lazy("People wanted in the room"),
        min_value=1,
        max_value=rules.MOST_SEATS,
        required=False,
        help_text=gettext_lazy("Those there are chairs and lunch for. Some of those with a seat will not come."),
    )
    room = forms.IntegerField(
        label=gettext_lazy("Most the room takes"),
        min_value=1,
        max_value=rules.MOST_SEATS,
        required=False,
        help_text=gettext_lazy("There are never more seats than that, whatever else is set."),
    )


class QuotaForm(PlainForm):
    """Most seats for one kind of people."""

    whom = forms.ChoiceField(label=gettext_lazy("For whom"), choices=_whom)
    name = forms.CharField(
        label=gettext_lazy("Name of the organisation"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Only for one organisation. Case, spaces and full stops do not matter."),
    )
    most = forms.IntegerField(label=gettext_lazy("At most"), min_value=0, max_value=rules.MOST_SEATS)

    def clean(self) -> dict[str, Any]:
        """Check that one organisation has a name."""
        clean = super().clean() or {}
        if clean.get("whom") == _OF_ONE and not line.organisation_key(one_line(clean.get("name") or "")):
            self.add_error("name", gettext("Type the name of the organisation."))
        return clean

    def quota(self) -> tuple[str, str, int]:
        """Return kind, value and most, once the form is valid."""
        kind, _, value = self.cleaned_data["whom"].partition(":")
        return kind, value or one_line(self.cleaned_data["name"]), self.cleaned_data["most"]


class QuotaGoneForm(PlainForm):
    """Which quota goes."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in line.QUOTA_KINDS])
    value = forms.CharField(max_length=120)


class ShareForm(PlainForm):
    """How many of those with a seat came to an edition elsewhere."""

    label = forms.CharField(label=gettext_lazy("Which edition"), max_length=120)
    seats = forms.IntegerField(label=gettext_lazy("Had a seat"), min_value=1, max_value=rules.MOST_SEATS)
    came = forms.IntegerField(label=gettext_lazy("Came"), min_value=0, max_value=rules.MOST_SEATS)

    def clean_label(self) -> str:
        """Return the name on one line; something of it must be left."""
        label = one_line(self.cleaned_data["label"])
        if not label:
            raise forms.ValidationError(gettext("Type which edition it was."))
        return label


class WhatIfForm(PlainForm):
    """How many seats to look at; anything odd is as if it were not asked."""

    seats = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=rules.MOST_SEATS, required=False)

    def asked(self) -> int | None:
        """Return the number, None when there is none."""
        self.full_clean()
        number: int | None = self.cleaned_data.get("seats")
        return number
