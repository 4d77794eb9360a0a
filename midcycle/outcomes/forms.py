"""What people say of actions and tags, and how they ask for lists; in those anything odd is as if it were not asked."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.outcomes.actions import Answer, Correction
from midcycle.outcomes.rules import LONGEST, STATES
from midcycle.web.forms import DayField, PlainForm

_ANSWERS: Final = (
    ("named", gettext_lazy("Yes, it is mine, and my name may stand beside it in public")),
    ("yes", gettext_lazy("Yes, it is mine, without my name in public")),
    ("no", gettext_lazy("No, it is not mine, or I cannot do it")),
    ("other", gettext_lazy("It is somebody else's")),
)
_STATES: Final = (
    ("open", gettext_lazy("Not done yet")),
    ("done", gettext_lazy("It is done")),
    ("dropped", gettext_lazy("It is given up")),
)


class OutcomesFilter(PlainForm):
    """Which actions are shown, and of those meant for whom."""

    show = forms.ChoiceField(choices=list(STATES.items()), required=False)
    meant = forms.CharField(max_length=LONGEST["meant_for"], required=False)

    def wanted(self) -> str:
        """Return the state, blank for all."""
        self.full_clean()
        return self.cleaned_data.get("show") or ""

    def whom(self) -> str:
        """Return for whom they are meant, blank for everybody."""
        self.full_clean()
        return self.cleaned_data.get("meant") or ""


class AnswerForm(PlainForm):
    """What somebody says who was asked whether an action is theirs."""

    said = forms.ChoiceField(label=gettext_lazy("Is it yours?"), choices=_ANSWERS, widget=forms.RadioSelect)
    to = forms.CharField(
        label=gettext_lazy("Whose is it?"),
        max_length=LONGEST["owner"],
        required=False,
        help_text=gettext_lazy("Only if it is somebody else's. First and last name, so that they can be asked."),
    )

    def answer(self) -> Answer:
        """Return the answer, once the form is valid."""
        said = self.cleaned_data["said"]
        return Answer("yes" if said == "named" else said, is_named=said == "named", to=self.cleaned_data["to"])


class StateForm(PlainForm):
    """Whether an action is done."""

    state = forms.ChoiceField(label=gettext_lazy("How does it stand?"), choices=_STATES, widget=forms.RadioSelect)


class TraceForm(PlainForm):
    """What became of something."""

    text = forms.CharField(label=gettext_lazy("What became of it"), max_length=LONGEST["text"], required=False)
    url = forms.CharField(
        label=gettext_lazy("Link"),
        max_length=LONGEST["url"],
        required=False,
        help_text=gettext_lazy("Such as the bug, the change or the page, from https:// on."),
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )


class FollowForm(TraceForm, StateForm):
    """How an action stands, and what became of it."""


class AskForm(PlainForm):
    """Who is asked whether an action is theirs."""

    person = forms.ChoiceField(
        label=gettext_lazy("Who may be meant?"),
        help_text=gettext_lazy("They get a letter, and their name is nowhere before they say yes."),
    )

    def __init__(
        self, meant: Sequence[tuple[int, str]], people: Sequence[tuple[int, str]], data: Mapping[str, Any] | None = None
    ) -> None:
        """Offer those whose name fits first, and then everybody of the meetup."""
        super().__init__(data)
        field = self.fields["person"]
        others = [(str(number), name) for number, name in people if number not in dict(meant)]
        fitting = [(str(number), name) for number, name in meant]
        named = [(gettext("The name fits"), fitting), (gettext("Everybody else"), others)]
        groups: list[Any] = named if fitting else others
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("Choose")), *groups]

    def number(self) -> int:
        """Return the number of the person, once the form is valid."""
        return int(self.cleaned_data["person"])


class CorrectForm(PlainForm):
    """What an action is to say instead of its line."""

    what = forms.CharField(label=gettext_lazy("What is to be done"), max_length=LONGEST["what"])
    due_on = DayField(label=gettext_lazy("Until when"), required=False)

    def correction(self) -> Correction:
        """Return what was typed, once the form is valid."""
        return Correction(self.cleaned_data["what"], self.cleaned_data["due_on"])


class SplitForm(PlainForm):
    """The second thing a line says."""

    what = forms.CharField(label=gettext_lazy("The second thing to do"), max_length=LONGEST["what"])


class MeantForm(PlainForm):
    """Whom something is meant for."""

    meant_for = forms.CharField(
        label=gettext_lazy("Who should know"),
        max_length=LONGEST["meant_for"],
        required=False,
        help_text=gettext_lazy("Such as the Nova developers. It stands beside it in public and in files."),
    )


class MergeForm(PlainForm):
    """The word a tag is to say the same as."""

    into = forms.CharField(
        label=gettext_lazy("Says the same as"),
        max_length=LONGEST["tag"],
        help_text=gettext_lazy("A tag of this meetup, or a better spelling."),
    )
