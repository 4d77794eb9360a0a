"""Forms whose mistakes are told in our words: what to do next, not what a framework calls it."""

from collections.abc import Mapping
from typing import Final

from django import forms

from midcycle.kernel.addresses import canonical
from midcycle.kernel.refusal import Refusal

_TEXT: Final = {
    "required": "Fill this in.",
    "max_length": "This is longer than %(limit_value)d characters. Shorten it.",
    "null_characters_not_allowed": "This has a character in it that cannot be kept. Type it anew.",
}
_WORDS: Final[tuple[tuple[type[forms.Field], Mapping[str, str]], ...]] = (
    (forms.EmailField, {"required": "Type an e-mail address.", "invalid": "Type an address such as name@example.org."}),
    (
        forms.IntegerField,
        {
            "required": "Type a number.",
            "invalid": "Type a whole number, in digits.",
            "min_value": "Type %(limit_value)s or more.",
            "max_value": "Type %(limit_value)s or less.",
        },
    ),
    (
        forms.DateField,
        {
            "required": "Choose a day.",
            "invalid": "Type a day such as 2027-03-31.",
            "min_value": "Choose %(limit_value)s or a later day.",
            "max_value": "Choose %(limit_value)s or an earlier day.",
        },
    ),
    (forms.TimeField, {"required": "Type a time.", "invalid": "Type a time such as 09:30."}),
    (forms.BooleanField, {"required": "Tick this to go on."}),
    (forms.ModelChoiceField, {"required": "Choose one.", "invalid_choice": "Choose one of the list."}),
    (
        forms.ChoiceField,
        {"required": "Choose one.", "invalid_choice": "Choose one of the list.", "invalid_list": "Choose from the list."},
    ),
)


class AddressField(forms.EmailField):
    """An e-mail address, in the one form it is kept in."""

    def clean(self, value: object) -> str:
        """Return the address; raises ValidationError when no letter could be sent there."""
        typed: str = super().clean(value)
        try:
            return canonical(typed) if typed else typed
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message, code="invalid") from None


class PlainForm(forms.Form):
    """A form that says in plain words what is wrong; a field's own `error_messages` stand."""

    def full_clean(self) -> None:
        """Check what was typed, once every field the form has got knows its words."""
        speak_plainly(self.fields)
        super().full_clean()


def speak_plainly(fields: Mapping[str, forms.Field]) -> None:
    """Give fields our words wherever they still have the framework's."""
    for field in fields.values():
        for code, sentence in _words_for(field).items():
            if field.error_messages.get(code) == _of_framework(field, code):
                field.error_messages[code] = sentence


def _words_for(field: forms.Field) -> Mapping[str, str]:
    own = next((words for kind, words in _WORDS if isinstance(field, kind)), {})
    return {**_TEXT, **own}


def _of_framework(field: forms.Field, code: str) -> object:
    """Return the class's own words, None where a validator of Django would speak."""
    for kind in type(field).__mro__:
        words = getattr(kind, "default_error_messages", {})
        if code in words:
            return words[code]
    return None
