"""Fields that several forms of this app have."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator

from midcycle.kernel.zones import countries
from midcycle.meetups.rules import REGIONS
from midcycle.series.rules.facts import FIRST_DAY, LAST_DAY
from midcycle.series.rules.regions import Region, name_of

NO_REGION: Final = [("", "Not known"), *REGIONS.items()]


class DayInput(forms.DateInput):
    """The browser's own calendar, which speaks ISO 8601 whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        """Show days as ISO 8601 does."""
        super().__init__(format="%Y-%m-%d")


def day(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """Return a field for a day that can be."""
    validators = (MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY))
    return forms.DateField(label=label, required=required, help_text=help_text, validators=validators, widget=DayInput)


def web_address(label: str, help_text: str = "") -> forms.CharField:
    """Return a field for an address of the web, and no other that could do harm as a link."""
    said = {"invalid": "Type an address such as https://example.org/."}
    validator = URLValidator(schemes=["http", "https"], message=said["invalid"])
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
    return [("", "Not known"), *countries().items()]


def region_choices(regions: Sequence[Region], stored: str = "") -> list[tuple[str, str]]:
    """Return the regions of the rule first, then our parts of the world; what is stored stays one of them."""
    choices = {"": "Not known", **{region.key: region.name for region in regions}, **dict(REGIONS)}
    if stored not in choices:
        choices[stored] = name_of(stored, regions)
    return list(choices.items())


def offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    """Give a field its choices."""
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def file_field(label: str, accept: str, help_text: str) -> forms.FileField:
    """Return a field for a file, with our words for what may be wrong."""
    return forms.FileField(
        label=label,
        help_text=help_text,
        widget=forms.FileInput(attrs={"accept": accept}),
        error_messages={
            "required": "Choose a file.",
            "invalid": "Choose a file again.",
            "missing": "Choose a file again.",
            "empty": "This file is empty. Choose another one.",
            "max_length": "Give the file a shorter name.",
        },
    )


def content(file: Any, most: int) -> bytes:  # noqa: ANN401 - an uploaded file of Django
    """Return what is in a file, one byte more than is allowed at most, so that the reader can refuse it."""
    data: bytes = file.read(most + 1)
    return data
