"""What organisers type about where and when."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.hosting.forms.fields import ANYWHERE, offer
from midcycle.hosting.rules import ask_for_zone
from midcycle.kernel.zones import countries_in_words, country_in_words, zones_by_name, zones_of
from midcycle.meetups.actions import Place
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import region_name
from midcycle.web.forms import DayField, PlainForm

_PLACE: Final = tuple(field.name for field in fields(Place))


class PlaceForm(PlainForm):
    """Where and when."""

    region = forms.ChoiceField(label=gettext_lazy("Region"), choices=ANYWHERE, required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=80, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    venue = forms.CharField(
        label=gettext_lazy("Venue"), max_length=160, required=False, help_text=gettext_lazy("House and street.")
    )
    starts_on = DayField(label=gettext_lazy("First day"), required=False)
    ends_on = DayField(label=gettext_lazy("Last day"), required=False)
    about_when = forms.CharField(
        label=gettext_lazy("About when"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("While no day is settled, such as “spring 2028”."),
    )
    timezone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), required=False, help_text=gettext_lazy("The agenda is shown in it.")
    )
    closes_call = forms.BooleanField(label=gettext_lazy("Close the call for interest"), required=False)

    def __init__(
        self,
        meetup: Meetup,
        data: Mapping[str, Any] | None = None,
        *,
        call_is_open: bool,
        proposed: Mapping[str, str] | None = None,
    ) -> None:
        """Start from the place as it stands, and from days that are proposed."""
        known = forms.model_to_dict(meetup, _PLACE)
        days = {name: day for name in ("starts_on", "ends_on") if (day := _day_in((proposed or {}).get(name, "")))}
        super().__init__(data, initial={**(known if meetup.starts_on else {**known, "timezone": ""}), **days})
        offer(self.fields["region"], ANYWHERE, (meetup.region, region_name(meetup.region)))
        offer(
            self.fields["country"],
            [("", gettext("Not settled")), *countries_in_words().items()],
            (meetup.country, meetup.country),
        )
        zones = [("", gettext("That of the country")), ("UTC", "UTC"), *zones_by_name()]
        offer(self.fields["timezone"], zones, (meetup.timezone, meetup.timezone))
        if not call_is_open:
            del self.fields["closes_call"]

    def clean(self) -> dict[str, Any]:
        """Find the time zone where the country leaves no doubt, and ask for it as soon as there is a day."""
        given = super().clean() or {}
        if not given.get("timezone") and not {"timezone", "country"} & self.errors.keys():
            zones = zones_of(given.get("country", ""))
            given["timezone"] = zones[0] if len(zones) == 1 else "UTC"
            if len(zones) != 1 and given.get("starts_on"):
                self.add_error("timezone", ask_for_zone(country_in_words(given.get("country", "")), zones))
        return given

    def wishes(self) -> dict[str, bool]:
        """Return what else is to happen: the second button of the form opens registration."""
        return {
            "closes_call": self.cleaned_data.get("closes_call", False),
            "opens_registration": self.data.get("then") == "registration",
        }

    def place(self) -> Place:
        """Return the place."""
        return Place(**{name: self.cleaned_data[name] for name in _PLACE})


def _day_in(text: str) -> date | None:
    """Return the day a link proposes; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
