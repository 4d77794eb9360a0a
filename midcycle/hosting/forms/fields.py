"""What several forms of this app share."""

from datetime import date
from typing import Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from midcycle.meetups.rules import REGIONS

ANYWHERE: Final = [("", "Anywhere"), *REGIONS.items()]
DAYS: Final = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31)))


class DateInput(forms.DateInput):
    """The browser's own calendar, which speaks ISO 8601 whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def offer(field: forms.Field, choices: list[tuple[str, str]], stored: tuple[str, str]) -> None:
    """Offer the choices; what is stored, given with its name, stays one of them, also when it is not on our list."""
    if isinstance(field, forms.ChoiceField):
        field.choices = choices if stored[0] in dict(choices) else [*choices, stored]
