"""What people type about an answer."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from midcycle.hosting.actions import Answer, Said
from midcycle.hosting.forms.fields import offer
from midcycle.hosting.models import Interest
from midcycle.hosting.rules import LONGEST, WAYS
from midcycle.meetups.rules import REGIONS, region_name
from midcycle.web.forms import AddressField, PlainForm

NOT_SAID: Final = [("", "I'd rather not say"), *REGIONS.items()]


class InterestForm(PlainForm):
    """What somebody says to a call, and from where."""

    ways = forms.MultipleChoiceField(
        label="Your answer",
        choices=list(WAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )
    region = forms.ChoiceField(label="Where in the world", choices=NOT_SAID, required=False)
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
        offer(self.fields["region"], NOT_SAID, (interest.region, region_name(interest.region)))


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
