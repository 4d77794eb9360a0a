"""What several forms of this app share."""

from collections.abc import Sequence
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy

from midcycle.meetups.rules import REGIONS
from midcycle.web.forms import Label

ANYWHERE: Final[list[tuple[str, Label]]] = [
    ("", gettext_lazy("Anywhere")),
    *((key, gettext_lazy(name)) for key, name in REGIONS.items()),
]


def offer(field: forms.Field, choices: Sequence[tuple[str, Label]], stored: tuple[str, str]) -> None:
    """Offer the choices; what is stored, given with its name, stays one of them, also when it is not on our list."""
    if isinstance(field, forms.ChoiceField):
        field.choices = choices if stored[0] in dict(choices) else [*choices, stored]
