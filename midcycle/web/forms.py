"""Forms whose mistakes are told in our words: what to do next, not what a framework calls it."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy, gettext_noop

from midcycle.kernel.addresses import canonical
from midcycle.kernel.refusal import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Label = str | _StrPromise
else:
    Label = str  # or what becomes one in the language of whoever reads it

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
_LEARNT: Final = "speaks_plainly"
_MOST_KEPT: Final = 1_000
_kept: dict[Hashable, SafeString] = {}

_TEXT: Final = {
    "required": gettext_noop("Fill this in."),
    "max_length": gettext_noop("This is longer than %(limit_value)d characters. Shorten it."),
    "null_characters_not_allowed": gettext_noop("This has a character in it that cannot be kept. Type it anew."),
}
_WORDS: Final[tuple[tuple[type[forms.Field], Mapping[str, str]], ...]] = (
    (
        forms.EmailField,
        {
            "required": gettext_noop("Type an e-mail address."),
            "invalid": gettext_noop("Type an address such as name@example.org."),
        },
    ),
    (
        forms.IntegerField,
        {
            "required": gettext_noop("Type a number."),
            "invalid": gettext_noop("Type a whole number, in digits."),
            "min_value": gettext_noop("Type %(limit_value)s or more."),
            "max_value": gettext_noop("Type %(limit_value)s or less."),
        },
    ),
    (
        forms.DateField,
        {
            "required": gettext_noop("Choose a day."),
            "invalid": gettext_noop("Type a day such as 2027-03-31."),
            "min_value": gettext_noop("Choose %(limit_value)s or a later day."),
            "max_value": gettext_noop("Choose %(limit_value)s or an earlier day."),
        },
    ),
    (forms.TimeField, {"required": gettext_noop("Type a time."), "invalid": gettext_noop("Type a time such as 09:30.")}),
    (
        forms.FileField,
        {
            "required": gettext_noop("Choose a file."),
            "invalid": gettext_noop("Choose a file again."),
            "missing": gettext_noop("Choose a file again."),
            "empty": gettext_noop("This file is empty. Choose another one."),
            "max_length": gettext_noop("Give the file a shorter name."),
        },
    ),
    (forms.BooleanField, {"required": gettext_noop("Tick this to go on.")}),
    (
        forms.ModelChoiceField,
        {"required": gettext_noop("Choose one."), "invalid_choice": gettext_noop("Choose one of the list.")},
    ),
    (
        forms.ChoiceField,
        {
            "required": gettext_noop("Choose one."),
            "invalid_choice": gettext_noop("Choose one of the list."),
            "invalid_list": gettext_noop("Choose from the list."),
        },
    ),
)


class KeptField(forms.BoundField):
    """A field of a form. While it is blank it looks the same to everybody, so it is rendered once for all of them."""

    def as_field_group(self) -> SafeString:
        """Return the field with its label and hint as HTML."""
        looks = self._looks()
        try:
            return _kept[looks]
        except KeyError:
            return self._keep(looks)
        except TypeError:  # there is something in it that cannot be compared, or it is not the same to everybody
            return super().as_field_group()

    def _keep(self, looks: Hashable) -> SafeString:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        rendered = _kept[looks] = super().as_field_group()
        return rendered

    def _looks(self) -> Any:  # noqa: ANN401 - a key, or what cannot be one
        """Return all that the HTML depends on; a list, which finds nothing, when some of it is a visitor's own."""
        field, widget = self.field, self.field.widget
        if self.form.is_bound or self.value() not in (None, "") or isinstance(field, forms.ModelChoiceField):
            return []
        choices = tuple(widget.choices) if isinstance(widget, forms.widgets.ChoiceWidget) else ()
        said = self.label, self.help_text, field.required, field.disabled
        kinds = type(self.form), type(field), type(widget), _own(widget)
        return self.html_name, self.auto_id, said, kinds, tuple(widget.attrs.items()), choices, get_language()


def _own(widget: forms.Widget) -> str:
    """Return what a widget has of its own beside attributes and choices, such as what its answers make appear."""
    return repr({name: value for name, value in vars(widget).items() if name not in {"attrs", "choices"}})


class AddressField(forms.EmailField):
    """An e-mail address, in the one form it is kept in."""

    def clean(self, value: object) -> str:
        """Return the address; raises ValidationError when no letter could be sent there."""
        typed: str = super().clean(value)
        try:
            return canonical(typed) if typed else typed
        except Refusal as refusal:
            raise forms.ValidationError(gettext(refusal.message), code="invalid") from None


class DayInput(forms.DateInput):
    """The browser's own calendar, which speaks ISO 8601 whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        """Show days as ISO 8601 does."""
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that can be: of this century, where nothing else is said."""

    widget = DayInput

    def __init__(self, *, first: date = FIRST_DAY, last: date = LAST_DAY, **given: Any) -> None:  # noqa: ANN401 - Django's own
        """Take what a field takes, and between which days it is."""
        super().__init__(**given)
        self.validators += [MinValueValidator(first), MaxValueValidator(last)]


class PlainForm(forms.Form):
    """A form that says in plain words what is wrong; a field's own `error_messages` stand."""

    bound_field_class = KeptField

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        """Take what a form takes. The fields of the class learn their words once, before they are copied into the form."""
        speak_plainly(self.base_fields)
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Check what was typed, once every field the form has got knows its words."""
        speak_plainly(self.fields)
        super().full_clean()


def speak_plainly(fields: Mapping[str, forms.Field]) -> None:
    """Give fields our words, in whatever language is active then, wherever they still have the framework's."""
    for field in fields.values():
        if _LEARNT in vars(field):
            continue
        vars(field)[_LEARNT] = True
        for code, sentence in _words_for(field).items():
            if field.error_messages.get(code) == _of_framework(field, code):
                field.error_messages[code] = gettext_lazy(sentence)


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
