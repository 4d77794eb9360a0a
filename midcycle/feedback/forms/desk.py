"""What the organisers count and note."""

import uuid
from collections.abc import Container, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.feedback.actions import Hands
from midcycle.feedback.rules import HANDS, LONGEST_QUESTION, LONGEST_REMARK, REMARKS, own_question
from midcycle.web.forms import PlainForm

_OTHER: Final = "other"
_MOST: Final = 100_000  # what a number field takes at all; the rules ask for far less


class CountForm(PlainForm):
    """How many hands went up."""

    yes = forms.IntegerField(label=gettext_lazy("Hands for yes"), min_value=0, max_value=_MOST)
    no = forms.IntegerField(label=gettext_lazy("Hands for no"), min_value=0, max_value=_MOST)


class HandsForm(CountForm):
    """A question asked in the room, and how many hands went up."""

    asked = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=LONGEST_QUESTION,
        required=False,
        help_text=gettext_lazy("Only for another question."),
    )

    def __init__(self, counted: Container[str], data: Mapping[str, Any] | None = None) -> None:
        """Offer the questions not `counted` yet; one that was sent stays, so that it can be told beside it."""
        super().__init__(data, auto_id="hands_%s")
        sent = self.data.get("question")
        known = [(key, gettext(words)) for key, words in HANDS.items() if key not in counted or key == sent]
        choices = [*known, (_OTHER, gettext("Another question, in your own words"))]
        self.fields["question"] = forms.ChoiceField(label=gettext("What was asked?"), choices=choices)
        self.order_fields(("question", "asked", "yes", "no"))

    def question_asked(self) -> tuple[str, str]:
        """Return the key of the question and what was asked, blank for a known question; once the form is valid."""
        question: str = self.cleaned_data["question"]
        asked: str = self.cleaned_data["asked"]
        return (own_question(asked), asked) if question == _OTHER else (question, "")


class CounterForm(CountForm):
    """What a moderator counts on a phone. Its key is the page's own, so that a count sent twice counts once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    question = forms.ChoiceField(
        label=gettext_lazy("What was asked?"),
        choices=[*((key, gettext_lazy(words)) for key, words in HANDS.items()), (_OTHER, gettext_lazy("Another question"))],
    )
    asked = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=LONGEST_QUESTION,
        required=False,
        help_text=gettext_lazy("Only for another question."),
    )
    field_order = ("key", "question", "asked", "yes", "no")

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Begin at none."""
        super().__init__(data, initial={"key": uuid.uuid4(), "yes": 0, "no": 0}, use_required_attribute=False)

    def hands(self) -> Hands:
        """Return what was counted, once the form is valid."""
        said = self.cleaned_data
        own = said["question"] == _OTHER
        question = own_question(said["asked"]) if own else said["question"]
        return Hands(question, said["yes"], said["no"], said["asked"] if own else "")


class RemarkForm(PlainForm):
    """Something said in the wrap-up."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=[(key, gettext_lazy(name)) for key, name in REMARKS.items()]
    )
    text = forms.CharField(
        label=gettext_lazy("In one or two sentences"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Without names. It is shown on the report."),
    )
