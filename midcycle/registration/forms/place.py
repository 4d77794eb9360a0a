"""What somebody types on the page of their seat."""

from typing import Final

from django import forms

from midcycle.kernel.addresses import canonical
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.registration.actions import Colleague
from midcycle.registration.actions.passing import MOST_COLLEAGUES
from midcycle.registration.forms.answers import AnswersForm, named
from midcycle.registration.rules.line import MOST_NOTICE
from midcycle.web.forms import AddressField, PlainForm

_LINE: Final = "Write each on a line of its own, such as: Ida Okafor, ida@example.org"


class NoticeForm(PlainForm):
    """How many days before the meetup somebody needs to know."""

    days = forms.IntegerField(
        label="Days of notice I need",
        min_value=0,
        max_value=MOST_NOTICE,
        help_text="When fewer days than that are left, seats go to others, and your place in line stays.",
    )


class TransferForm(PlainForm):
    """Who is to have the seat."""

    name = forms.CharField(label="Their name", max_length=120)
    email = AddressField(label="Their e-mail", max_length=254, help_text="They get a letter with a link, and decide.")

    def clean_name(self) -> str:
        """Return the name on one line; it must not be empty then."""
        return named(self.cleaned_data["name"])


class TakeOverForm(AnswersForm):
    """What somebody says of themselves who takes over a seat."""


class ColleaguesForm(PlainForm):
    """Colleagues, one on each line."""

    colleagues = forms.CharField(
        label="Your colleagues",
        max_length=4000,
        help_text=f"{_LINE}. Up to {MOST_COLLEAGUES}.",
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": _LINE},
    )

    def clean_colleagues(self) -> tuple[Colleague, ...]:
        """Return each with name and address. Raises ValidationError that says which line is wrong."""
        found = [_colleague(number, line) for number, line in enumerate(_written(self.cleaned_data["colleagues"]), start=1)]
        if len(found) > MOST_COLLEAGUES:
            raise forms.ValidationError(f"These are {len(found)}. One person can register {MOST_COLLEAGUES} colleagues.")
        return tuple(found)


def _written(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _colleague(number: int, line: str) -> Colleague:
    """Return whom a line such as `Ida Okafor, ida@example.org` or `Ida Okafor <ida@example.org>` names."""
    words = one_line(line.replace("<", " ").replace(">", " ").replace(",", " ").replace(";", " ")).split()
    addresses = [word for word in words if "@" in word]
    name = " ".join(word for word in words if "@" not in word)[:120]
    try:
        address = canonical(addresses[0]) if len(addresses) == 1 else ""
    except Refusal:
        address = ""
    if not address or not name:
        raise forms.ValidationError(f"Line {number} has no name or no address. {_LINE}.")
    return Colleague(name, address)
