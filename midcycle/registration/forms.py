"""What people type to register, and organisers at their desk."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from midcycle.kernel.typed import one_line
from midcycle.meetups.rules import REGIONS
from midcycle.registration import rules
from midcycle.registration.actions import Answers
from midcycle.web.forms import AddressField, PlainForm

_YES_NO: Final = (("yes", "Yes"), ("no", "No"))
_NOT_SAID: Final = ("", "Choose, if you like")


def _is_yes(text: str) -> bool:
    return text == "yes"


def _role_card(key: str) -> SafeString:
    return format_html(
        '<span class="choice-title">{}</span> <span class="choice-text">{}</span>', rules.ROLES[key], rules.ROLE_TEXTS[key]
    )


def _choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [_NOT_SAID, *words.items()]


def _yes_no_field(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=_YES_NO,
        coerce=_is_yes,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
    )


class AnswersForm(PlainForm):
    """What people say about themselves."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    role = forms.ChoiceField(
        label="What do you do?",
        help_text="As you see it yourself. Nobody checks.",
        choices=[(key, _role_card(key)) for key in rules.ROLES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what fits you best; the last one always does."},
    )
    sector = forms.ChoiceField(label="In which sector?", choices=_choices(rules.SECTORS), required=False)
    region = forms.ChoiceField(label="Where do you work?", choices=_choices(REGIONS), required=False)
    first_time = _yes_no_field("Is this your first meetup with us?")
    on_list = _yes_no_field("Are you on the community's list?")
    heard_how = forms.ChoiceField(label="How did you hear of this meetup?", choices=_choices(rules.HEARD), required=False)

    def clean_name(self) -> str:
        """Return the name on one line; it must not be empty then."""
        return _named(self.cleaned_data["name"])

    def answers(self) -> Answers:
        """Return what was said, once the form is valid."""
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in _ANSWERS}
        return Answers(**said)


class SeatForm(AnswersForm):
    """Who comes, and what they say about themselves."""

    email = AddressField(
        label="E-mail",
        max_length=254,
        help_text="Your seat's link goes there. Only the organisers see it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("name", "email")


class WalkInForm(PlainForm):
    """Somebody at the door who has no seat."""

    name = forms.CharField(label="Name", max_length=120)
    email = AddressField(label="E-mail", max_length=254)
    role = forms.ChoiceField(
        label="What do they do?", choices=_choices(rules.ROLES), required=False, help_text="In their own words, if they like."
    )

    def clean_name(self) -> str:
        """Return the name on one line; it must not be empty then."""
        return _named(self.cleaned_data["name"])


class CapacityForm(PlainForm):
    """How many seats there are."""

    total = forms.IntegerField(label="Seats", min_value=1, max_value=rules.MOST_SEATS)


class DeskFilter(PlainForm):
    """What the organiser looks for; anything odd is as if it were not asked."""

    q = forms.CharField(label="Name", max_length=120, required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(choices=[("", "All"), *rules.SEAT_STATE_NAMES.items()], required=False)
    page = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)

    def asked(self) -> dict[str, str]:
        """Return the arguments of the list."""
        self.full_clean()
        clean = self.cleaned_data
        return {"wanted": clean.get("q") or "", "state": clean.get("state") or "", "number": str(clean.get("page") or 1)}


_ANSWERS: Final = ("role", "sector", "region", "first_time", "on_list", "heard_how")


def _named(text: str) -> str:
    name = one_line(text)
    if not name:
        raise forms.ValidationError("Type a name people can call you by.")
    return name
