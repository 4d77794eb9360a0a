"""What people type about an answer."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_lazy

from midcycle.hosting.actions import Answer, Said
from midcycle.hosting.forms.fields import offer
from midcycle.hosting.rules import LONGEST, MOST_TOPICS, SUITS, WAYS
from midcycle.meetups.rules import REGIONS, region_name
from midcycle.web.forms import AddressField, Label, PlainForm

NOT_SAID: Final[list[tuple[str, Label]]] = [
    ("", gettext_lazy("I'd rather not say")),
    *((key, gettext_lazy(name)) for key, name in REGIONS.items()),
]
_MOST_TYPED: Final = 2 * MOST_TOPICS * LONGEST["topic"]
_DATES: Final = "dates_"


def _topics() -> str:
    said = gettext("One topic on each line, %(most)s at most. Everybody sees them, without your name.")
    return said % {"most": MOST_TOPICS}


_how_many_topics = lazy(_topics, str)


class InterestForm(PlainForm):
    """What somebody says to a call, and from where; with a question for each window of days, given by number and in words."""

    ways = forms.MultipleChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[(way, gettext_lazy(said)) for way, said in WAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )
    region = forms.ChoiceField(label=gettext_lazy("Where in the world"), choices=NOT_SAID, required=False)
    place = forms.CharField(
        label=gettext_lazy("City or country"),
        max_length=LONGEST["place"],
        required=False,
        help_text=gettext_lazy("Only the organisers see it."),
    )
    topics = forms.CharField(
        label=gettext_lazy("What would you talk about?"),
        max_length=_MOST_TYPED,
        required=False,
        help_text=_how_many_topics(),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order: Sequence[str] = ("ways", "dates", "region", "place", "topics")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        windows: Sequence[tuple[int, str]] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask about these windows of days as well, where `dates` stands in the order of the fields."""
        super().__init__(data, initial=dict(initial or {}))
        self._windows = windows
        for number, days in windows:
            self.fields[f"{_DATES}{number}"] = forms.ChoiceField(
                label=gettext("Does %(days)s suit you?") % {"days": days},
                choices=[(key, gettext(name)) for key, name in SUITS.items()],
                required=False,
                widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
            )
        asked = [f"{_DATES}{number}" for number, _ in windows]
        self.order_fields([name for field in self.field_order for name in (asked if field == "dates" else [field])])

    def said(self) -> Said:
        """Return the answer."""
        ways = self.cleaned_data["ways"]
        return Said(
            would_come="would_come" in ways,
            could_host="could_host" in ways,
            could_moderate="could_moderate" in ways,
            could_underwrite="could_underwrite" in ways,
            region=self.cleaned_data["region"],
            place=self.cleaned_data["place"],
            topics=self.cleaned_data["topics"],
            dates={number: self.cleaned_data[f"{_DATES}{number}"] for number, _ in self._windows},
        )

    def answer(self) -> Answer:
        """Return the answer and who gives it; blank where the form does not ask."""
        return Answer(**self.said(), name=self.cleaned_data.get("name", ""), email=self.cleaned_data.get("email", ""))


class ChangeForm(InterestForm):
    """An answer that is there already: `known` holds its values by field, and `dates` by the number of a window."""

    def __init__(
        self, known: Mapping[str, Any], data: Mapping[str, Any] | None = None, *, windows: Sequence[tuple[int, str]] = ()
    ) -> None:
        """Start from what was said."""
        dates = {f"{_DATES}{number}": says for number, says in known["dates"].items()}
        super().__init__(data, windows=windows, initial={**known, **dates})
        offer(self.fields["region"], NOT_SAID, (known["region"], region_name(known["region"])))


class StrangerInterestForm(InterestForm):
    """The same from somebody who is not signed in: no account is needed, only an address."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=LONGEST["name"],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Type the name others may call you by.")},
    )
    email = AddressField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Type your address: the link to your answer goes there.")},
        help_text=gettext_lazy(
            "We send a letter there; your answer counts once you open its link. Only the organisers see the address."
        ),
    )
    field_order = ("ways", "name", "email", "dates", "region", "place", "topics")
