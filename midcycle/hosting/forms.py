"""What people type about an idea, an answer and a place."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final
from zoneinfo import available_timezones

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from midcycle.hosting.actions import Answer, Said
from midcycle.hosting.models import Interest
from midcycle.hosting.rules import LONGEST, MOST_PEOPLE, WAYS, ask_for_zone
from midcycle.kernel.zones import countries, zones_of
from midcycle.meetups.actions import Place
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import REGIONS, region_name
from midcycle.web.forms import AddressField, PlainForm

_ANYWHERE: Final = [("", "Anywhere"), *REGIONS.items()]
_NOT_SAID: Final = [("", "I'd rather not say"), *REGIONS.items()]
_ZONES: Final = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_PLACE: Final = tuple(field.name for field in fields(Place))
_DAYS: Final = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31)))


class _DateInput(forms.DateInput):
    """The browser's own calendar, which speaks ISO 8601 whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class IdeaForm(PlainForm):
    """An idea and its call."""

    title = forms.CharField(
        label="Title",
        max_length=LONGEST["title"],
        help_text="Such as “Operators' meetup in the north”.",
        error_messages={"required": "Give the idea a title, such as where and for whom."},
    )
    summary = forms.CharField(
        label="A few words",
        max_length=LONGEST["summary"],
        required=False,
        help_text="Who should come, what you would talk about. Markdown works.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    region = forms.ChoiceField(label="Where in the world", choices=_ANYWHERE, required=False)
    channel = forms.CharField(
        label="Where you will post the call",
        max_length=LONGEST["channel"],
        required=False,
        help_text="A mailing list, a chat, a forum.",
    )
    guess_low = forms.IntegerField(
        label="First guess: at least so many people", min_value=0, max_value=MOST_PEOPLE, required=False
    )
    guess_high = forms.IntegerField(
        label="First guess: at most",
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        help_text="Shown beside the count, so that everybody sees how the guess did.",
    )

    def guess(self) -> tuple[int, int] | None:
        """Return the guess; one number alone stands for both."""
        low, high = self.cleaned_data["guess_low"], self.cleaned_data["guess_high"]
        if low is None and high is None:
            return None
        return (high if low is None else low, low if high is None else high)

    def idea(self) -> dict[str, str]:
        """Return what the idea says."""
        return {name: self.cleaned_data[name] for name in ("title", "summary", "region", "channel")}


class InterestForm(PlainForm):
    """What somebody says to a call, and from where."""

    ways = forms.MultipleChoiceField(
        label="Your answer",
        choices=list(WAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )
    region = forms.ChoiceField(label="Where in the world", choices=_NOT_SAID, required=False)
    place = forms.CharField(
        label="City or country", max_length=LONGEST["place"], required=False, help_text="Only the organisers see it."
    )

    def said(self) -> Said:
        """Return the answer."""
        ways = self.cleaned_data["ways"]
        return Said(
            would_come="would_come" in ways,
            could_host="could_host" in ways,
            could_moderate="could_moderate" in ways,
            region=self.cleaned_data["region"],
            place=self.cleaned_data["place"],
        )

    def answer(self) -> Answer:
        """Return the answer and who gives it; blank where the form does not ask."""
        return Answer(**self.said(), name=self.cleaned_data.get("name", ""), email=self.cleaned_data.get("email", ""))


class ChangeForm(InterestForm):
    """An answer that is there already."""

    def __init__(self, interest: Interest, data: Mapping[str, Any] | None = None) -> None:
        """Start from what was said."""
        super().__init__(data, initial={"ways": interest.ways, "region": interest.region, "place": interest.place})
        _offer(self.fields["region"], _NOT_SAID, (interest.region, region_name(interest.region)))


class StrangerInterestForm(InterestForm):
    """The same from somebody who is not signed in: no account is needed, only an address."""

    name = forms.CharField(
        label="Your name",
        max_length=LONGEST["name"],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Type the name others may call you by."},
    )
    email = AddressField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Type your address: the link to your answer goes there."},
        help_text="For the link to your answer, and for news of this meetup. Only the organisers see it.",
    )
    field_order = ("ways", "name", "email", "region", "place")


class PlaceForm(PlainForm):
    """Where and when."""

    region = forms.ChoiceField(label="Region", choices=_ANYWHERE, required=False)
    city = forms.CharField(label="City", max_length=80, required=False)
    country = forms.ChoiceField(label="Country", required=False)
    venue = forms.CharField(label="Venue", max_length=160, required=False, help_text="House and street.")
    starts_on = forms.DateField(label="First day", required=False, validators=_DAYS, widget=_DateInput)
    ends_on = forms.DateField(label="Last day", required=False, validators=_DAYS, widget=_DateInput)
    about_when = forms.CharField(
        label="About when", max_length=60, required=False, help_text="While no day is settled, such as “spring 2028”."
    )
    timezone = forms.ChoiceField(label="Time zone", required=False, help_text="The agenda is shown in it.")
    closes_call = forms.BooleanField(label="Close the call for interest", required=False)

    def __init__(self, meetup: Meetup, data: Mapping[str, Any] | None = None, *, call_is_open: bool) -> None:
        """Start from the place as it stands."""
        known = forms.model_to_dict(meetup, _PLACE)
        super().__init__(data, initial=known if meetup.starts_on else {**known, "timezone": ""})
        _offer(self.fields["region"], _ANYWHERE, (meetup.region, region_name(meetup.region)))
        _offer(self.fields["country"], [("", "Not settled"), *countries().items()], (meetup.country, meetup.country))
        zones = [("", "That of the country"), ("UTC", "UTC"), *_zones()]
        _offer(self.fields["timezone"], zones, (meetup.timezone, meetup.timezone))
        if not call_is_open:
            del self.fields["closes_call"]

    def clean(self) -> dict[str, Any]:
        """Find the time zone where the country leaves no doubt, and ask for it as soon as there is a day."""
        given = super().clean() or {}
        if not given.get("timezone") and not {"timezone", "country"} & self.errors.keys():
            zones = zones_of(given.get("country", ""))
            given["timezone"] = zones[0] if len(zones) == 1 else "UTC"
            if len(zones) != 1 and given.get("starts_on"):
                self.add_error("timezone", ask_for_zone(countries().get(given.get("country", ""), ""), zones))
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


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if zone.split("/")[0] in _ZONES]


def _offer(field: forms.Field, choices: list[tuple[str, str]], stored: tuple[str, str]) -> None:
    """Offer the choices; what is stored, given with its name, stays one of them, also when it is not on our list."""
    if isinstance(field, forms.ChoiceField):
        field.choices = choices if stored[0] in dict(choices) else [*choices, stored]
