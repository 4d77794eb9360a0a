"""What somebody types on the page of their seat."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from midcycle.kernel.addresses import canonical
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.registration.actions import Colleague
from midcycle.registration.actions.passing import MOST_COLLEAGUES
from midcycle.registration.forms.answers import AnswersForm, named
from midcycle.registration.rules.line import MOST_NOTICE
from midcycle.web.forms import AddressField, PlainForm

_LINE: Final = gettext_noop("Write each on a line of its own, such as: Ida Okafor, ida@example.org.")
_UP_TO: Final = gettext_noop("Up to %(number)s.")


class NoticeForm(PlainForm):
    """How many days before the meetup somebody needs to know."""

    days = forms.IntegerField(
        label=gettext_lazy("Days of notice I need"),
        min_value=0,
        max_value=MOST_NOTICE,
        help_text=gettext_lazy("When fewer days than that are left, seats go to others, and your place in line stays."),
    )


class TransferForm(PlainForm):
    """Who is to have the seat."""

    name = forms.CharField(label=gettext_lazy("Their name"), max_length=120)
    email = AddressField(
        label=gettext_lazy("Their e-mail"),
        max_length=254,
        help_text=gettext_lazy("They get a letter with a link, and decide."),
    )

    def clean_name(self) -> str:
        """Return the name on one line; it must not be empty then."""
        return named(self.cleaned_data["name"])


class TakeOverForm(AnswersForm):
    """What somebody says of themselves who takes over a seat."""


class ColleaguesForm(PlainForm):
    """Colleagues, one on each line."""

    colleagues = forms.CharField(
        label=gettext_lazy("Your colleagues"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy(_LINE)},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        """Say how many there may be."""
        super().__init__(*args, **kwargs)
        self.fields["colleagues"].help_text = f"{gettext(_LINE)} {gettext(_UP_TO) % {'number': MOST_COLLEAGUES}}"

    def clean_colleagues(self) -> tuple[Colleague, ...]:
        """Return each with name and address. Raises ValidationError that says which line is wrong."""
        found = [_colleague(number, line) for number, line in enumerate(_written(self.cleaned_data["colleagues"]), start=1)]
        if len(found) > MOST_COLLEAGUES:
            told = gettext("These are %(people)s. One person can register %(number)s colleagues.")
            raise forms.ValidationError(told % {"people": len(found), "number": MOST_COLLEAGUES})
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
        told = gettext("Line %(number)s has no name or no address.") % {"number": number}
        raise forms.ValidationError(f"{told} {gettext(_LINE)}")
    return Colleague(name, address)
