"""The fields of the registration form, in the language that is active."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any, Final

from django import forms
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from midcycle.meetups.rules import REGIONS
from midcycle.registration import rules
from midcycle.registration.rules.asking import YES_NO, Asked
from midcycle.registration.rules.needs import DIETS, LONGEST_ACCESS, LONGEST_FOOD
from midcycle.web.forms import AddressField, speak_plainly

MOST_CARDS: Final = 7  # more choices than these go into a list that opens


def in_words(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return words to choose from."""
    return [(key, gettext(word)) for key, word in words.items()]


def choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return words to choose from, and not to say, first."""
    return [("", gettext("Choose, if you like")), *in_words(words)]


def role_cards() -> list[tuple[str, SafeString]]:
    """Return the roles, each with a sentence."""
    card = '<span class="choice-title">{}</span> <span class="choice-text">{}</span>'
    return [(key, format_html(card, gettext(rules.ROLES[key]), gettext(rules.ROLE_TEXTS[key]))) for key in rules.ROLES]


# Answers beside which somebody can write what none of the choices says.
_IN_OWN_WORDS: Final = {"diet": "food", "heard_how": "heard_words"}
LONGEST_HEARD: Final = 160


def standard_fields(keys: Iterable[str]) -> dict[str, forms.Field]:
    """Return the fields of standard questions, in the order they are asked in; some take one more, for own words.

    They are made once for each language, as looking up their words takes longest, and each form gets a copy.
    """
    wanted = {*keys, *(own for key, own in _IN_OWN_WORDS.items() if key in keys)}
    return {key: deepcopy(field) for key, field in _made_in(get_language()).items() if key in wanted}


@lru_cache
def _made_in(_language: str | None) -> dict[str, forms.Field]:
    fields = {key: make() for key, make in _STANDARD.items()}
    speak_plainly(fields)
    return fields


def take_back(field: forms.Field) -> None:
    """Let an answer be taken back that nobody could unpress."""
    if isinstance(field.widget, forms.RadioSelect) and not field.widget.allow_multiple_selected:
        field.widget.choices = [*field.widget.choices, ("", gettext("I'd rather not say"))]


def offer(field: forms.Field, stored: str, word: str) -> None:
    """Let what is stored stay one of the choices, also when it is not on our list."""
    if isinstance(field, forms.ChoiceField) and stored and stored not in dict(_choices_of(field)):
        field.choices = [*_choices_of(field), (stored, word)]


class OwnField(forms.CharField):
    """An answer to a question of the organisers. The rules tell whether it is needed and what it may be, for all at once."""

    def validate(self, value: object) -> None:
        """Leave it to the rules: a question nobody sees is not needed."""

    def run_validators(self, value: object) -> None:
        """Leave it to the rules."""


class _Leading(forms.widgets.ChoiceWidget):
    """Marks the answers that make other questions appear with the numbers of those."""

    shows: Mapping[str, str]

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's signature
        """Return the option, marked."""
        option = super().create_option(*args, **kwargs)
        if numbers := self.shows.get(str(option["value"])):
            option["attrs"]["data-shows"] = numbers
        return option


class LeadingRadio(_Leading, forms.RadioSelect):
    """Answers side by side."""


class LeadingSelect(_Leading, forms.Select):
    """Answers in a list that opens."""


def own_field(asked: Asked, title: str, text: str, answers: list[tuple[str, str]], shows: Mapping[str, str]) -> OwnField:
    """Return the field of a question of the organisers; `shows` gives for an answer the numbers of what it makes appear."""
    return OwnField(
        label=title, help_text=conditional_escape(text), required=asked.required, widget=_widget(asked, answers, shows)
    )


def _widget(asked: Asked, answers: list[tuple[str, str]], shows: Mapping[str, str]) -> forms.Widget:
    if asked.kind == "number":
        return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    if asked.kind == "date":
        return forms.DateInput(attrs={"type": "date", "min": "1900-01-01", "max": "2100-12-31"})
    if asked.kind == "text":
        return forms.Textarea(attrs={"rows": 2})
    if len(answers) <= MOST_CARDS:
        radio = LeadingRadio(attrs={"class": "choices-inline"} if asked.kind == "yes_no" else None, choices=answers)
        radio.shows = shows
        return radio
    select = LeadingSelect(
        choices=[("", gettext("Choose one") if asked.required else gettext("Choose, if you like")), *answers]
    )
    select.shows = shows
    return select


def _choices_of(field: forms.ChoiceField) -> list[tuple[str, str]]:
    return [(str(value), label) for value, label in field.widget.choices]


def _is_yes(text: str) -> bool:
    return text == "yes"


def _name() -> forms.Field:
    return forms.CharField(
        label=gettext("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": no_name()},
    )  # fmt: skip


def no_name() -> str:
    """Return what is told to somebody without a name."""
    return gettext("Type a name people can call you by.")


def _email() -> forms.Field:
    return AddressField(
        label=gettext("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext("Your seat's link goes there. Only the organisers see it."),
    )  # fmt: skip


def _role() -> forms.Field:
    return forms.ChoiceField(
        label=gettext("What do you do?"), choices=role_cards(), widget=forms.RadioSelect,
        help_text=gettext("As you see it yourself. Nobody checks."),
        error_messages={"required": gettext("Choose what fits you best; the last one always does.")},
    )  # fmt: skip


def _one_of(label: str, words: Mapping[str, str]) -> forms.Field:
    return forms.ChoiceField(label=label, choices=choices(words), required=False)


def _yes_no(label: str, text: str = "") -> forms.Field:
    return forms.TypedChoiceField(
        label=label, help_text=text, choices=in_words(YES_NO), coerce=_is_yes, empty_value=None, required=False,
        widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
    )  # fmt: skip


def _organisation() -> forms.Field:
    return forms.CharField(
        label=gettext("For which organisation?"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip


def _heard_words() -> forms.Field:
    return forms.CharField(
        label=gettext("Or in your own words"), max_length=LONGEST_HEARD, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext("If none of these fits. The organisers read it."),
    )  # fmt: skip


def _photos() -> forms.Field:
    return _yes_no(
        gettext("May you be in pictures?"),
        gettext("If not, your badge says so, and pictures with you in them are not shown."),
    )


def _diet() -> forms.Field:
    return forms.MultipleChoiceField(
        label=gettext("What do you eat?"), choices=in_words(DIETS), required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
    )  # fmt: skip


def _food() -> forms.Field:
    return forms.CharField(
        label=gettext("Allergies, or what else a kitchen should know"), max_length=LONGEST_FOOD, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def _access() -> forms.Field:
    return forms.CharField(
        label=gettext("What do you need to take part?"), max_length=LONGEST_ACCESS, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext("A way without steps, captions, a quiet room, somebody who comes with you: whatever it is."),
    )  # fmt: skip


_STANDARD: Final[Mapping[str, Callable[[], forms.Field]]] = {
    "name": _name,
    "email": _email,
    "role": _role,
    "sector": lambda: _one_of(gettext("In which sector?"), rules.SECTORS),
    "organisation": _organisation,
    "region": lambda: _one_of(gettext("Where do you work?"), REGIONS),
    "first_time": lambda: _yes_no(gettext("Is this your first meetup with us?")),
    "on_list": lambda: _yes_no(gettext("Are you on the community's list?")),
    "heard_how": lambda: _one_of(gettext("How did you hear of this meetup?"), rules.HEARD),
    "heard_words": _heard_words,
    "photos": _photos,
    "diet": _diet,
    "food": _food,
    "access": _access,
}
