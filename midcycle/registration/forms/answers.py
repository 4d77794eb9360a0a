"""What people type to register, and when they change it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from midcycle.kernel.typed import one_line
from midcycle.meetups.rules import REGIONS, region_name
from midcycle.registration import rules
from midcycle.registration.actions import Answers
from midcycle.registration.models import Seat
from midcycle.web.forms import AddressField, PlainForm

_YES_NO: Final = (("yes", "Yes"), ("no", "No"))
_NO_NAME: Final = "Type a name people can call you by."
_NOT_SAID: Final = ("", "Choose, if you like")


def _is_yes(text: str) -> bool:
    return text == "yes"


def _role_card(key: str) -> SafeString:
    return format_html(
        '<span class="choice-title">{}</span> <span class="choice-text">{}</span>', rules.ROLES[key], rules.ROLE_TEXTS[key]
    )


def _role_cards() -> list[tuple[str, str]]:
    return [(key, _role_card(key)) for key in rules.ROLES]


def choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the words to choose from, and not to say, first."""
    return [_NOT_SAID, *words.items()]


def _yes_no_field(label: str, *more: tuple[str, str]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[*_YES_NO, *more],
        coerce=_is_yes,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
    )


class AnswersForm(PlainForm):
    """What people say about themselves."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _NO_NAME},
    )
    role = forms.ChoiceField(
        label="What do you do?",
        help_text="As you see it yourself. Nobody checks.",
        choices=_role_cards(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what fits you best; the last one always does."},
    )
    sector = forms.ChoiceField(label="In which sector?", choices=choices(rules.SECTORS), required=False)
    region = forms.ChoiceField(label="Where do you work?", choices=choices(REGIONS), required=False)
    first_time = _yes_no_field("Is this your first meetup with us?")
    on_list = _yes_no_field("Are you on the community's list?")
    heard_how = forms.ChoiceField(label="How did you hear of this meetup?", choices=choices(rules.HEARD), required=False)

    def clean_name(self) -> str:
        """Return the name on one line; it must not be empty then."""
        return named(self.cleaned_data["name"])

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


class ChangeForm(AnswersForm):
    """What somebody told us already. Every answer can be taken back: yes and no too, though nobody can unpress those."""

    first_time = _yes_no_field("Is this your first meetup with us?", ("", "I'd rather not say"))
    on_list = _yes_no_field("Are you on the community's list?", ("", "I'd rather not say"))

    def __init__(self, seat: Seat, data: Mapping[str, Any] | None = None) -> None:
        """Start from what was said; what is stored stays one of the choices, also when it is not on our list."""
        super().__init__(data, initial={name: getattr(seat, name) for name in ("name", *_ANSWERS)})
        self._group = seat.group
        _offer(self.fields["role"], _role_cards(), seat.role, rules.word_for(seat.role, rules.ROLES))
        _offer(self.fields["sector"], choices(rules.SECTORS), seat.sector, rules.word_for(seat.sector, rules.SECTORS))
        _offer(self.fields["region"], choices(REGIONS), seat.region, region_name(seat.region))
        _offer(self.fields["heard_how"], choices(rules.HEARD), seat.heard_how, rules.word_for(seat.heard_how, rules.HEARD))
        for name in ("first_time", "on_list"):
            self.initial[name] = {True: "yes", False: "no"}.get(self.initial[name], "")

    def answers(self) -> Answers:
        """Return what is said now, with the group that no form asks for."""
        return replace(super().answers(), group=self._group)


_ANSWERS: Final = ("role", "sector", "region", "first_time", "on_list", "heard_how")


def _offer(field: forms.Field, choices: list[tuple[str, str]], stored: str, word: str) -> None:
    if isinstance(field, forms.ChoiceField) and stored and stored not in dict(choices):
        field.choices = [*choices, (stored, word)]


def named(text: str) -> str:
    """Return a name on one line. Raises ValidationError when nothing of it is left."""
    name = one_line(text)
    if not name:
        raise forms.ValidationError(_NO_NAME)
    return name
