"""Fields that several forms of this app have."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext, gettext_lazy

from midcycle.kernel.zones import countries_in_words
from midcycle.meetups.rules import REGIONS, region_name
from midcycle.series.rules.facts import FIRST_DAY, LAST_DAY
from midcycle.series.rules.regions import Region, name_of
from midcycle.web.forms import DayField, Label

NO_REGION: Final[list[tuple[str, Label]]] = [
    ("", gettext_lazy("Not known")),
    *((key, gettext_lazy(name)) for key, name in REGIONS.items()),
]


def day(label: Label, *, required: bool = False, help_text: Label = "") -> DayField:
    """Return a field for a day of an edition, which may be long ago."""
    return DayField(label=label, required=required, help_text=help_text, first=FIRST_DAY, last=LAST_DAY)


def web_address(label: Label, help_text: Label = "") -> forms.CharField:
    """Return a field for an address of the web, and no other that could do harm as a link."""
    said = gettext_lazy("Type an address such as https://example.org/.")
    validator = URLValidator(schemes=["http", "https"], message=said)
    return forms.CharField(
        label=label,
        required=False,
        max_length=300,
        help_text=help_text,
        validators=[validator],
        widget=forms.URLInput,
    )


def country_choices() -> list[tuple[str, str]]:
    """Return the countries to choose from."""
    return [("", gettext("Not known")), *countries_in_words().items()]


def region_choices(regions: Sequence[Region], stored: str = "") -> list[tuple[str, str]]:
    """Return the regions of the rule first, then our parts of the world; what is stored stays one of them."""
    choices = {"": gettext("Not known"), **{region.key: region.title for region in regions}}
    choices |= {key: region_name(key) for key in REGIONS}
    if stored not in choices:
        choices[stored] = name_of(stored, regions)
    return list(choices.items())


def offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    """Give a field its choices."""
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def file_field(label: Label, accept: str, help_text: Label) -> forms.FileField:
    """Return a field for a file."""
    return forms.FileField(label=label, help_text=help_text, widget=forms.FileInput(attrs={"accept": accept}))


def content(file: Any, most: int) -> bytes:  # noqa: ANN401 - an uploaded file of Django
    """Return what is in a file, one byte more than is allowed at most, so that the reader can refuse it."""
    data: bytes = file.read(most + 1)
    return data
