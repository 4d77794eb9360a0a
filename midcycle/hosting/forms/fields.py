"""What several forms of this app share."""

from typing import Final

from django import forms

from midcycle.meetups.rules import REGIONS

ANYWHERE: Final = [("", "Anywhere"), *REGIONS.items()]


def offer(field: forms.Field, choices: list[tuple[str, str]], stored: tuple[str, str]) -> None:
    """Offer the choices; what is stored, given with its name, stays one of them, also when it is not on our list."""
    if isinstance(field, forms.ChoiceField):
        field.choices = choices if stored[0] in dict(choices) else [*choices, stored]
