"""A form on paper, typed in: a digit for each answer ticked."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from midcycle.feedback.queries import SurveyForm
from midcycle.feedback.rules.asking import LONGEST, WRITTEN, Asked, from_digits
from midcycle.kernel.refusal import Refusal
from midcycle.web.forms import PlainForm


class PaperEntry(PlainForm):
    """One paper. Its key is the page's own, so that a form sent twice counts once."""

    paper = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, asked: SurveyForm, data: QueryDict | None = None) -> None:
        """Ask for what is on paper, in its order."""
        super().__init__(data, initial={"paper": uuid.uuid4()}, auto_id="paper_%s", use_required_attribute=False)
        self._asked = asked
        for number, question in enumerate(asked.questions, start=1):
            self.fields[question.key] = _field(number, question, asked, is_first=number == 1)

    def clean(self) -> dict[str, Any]:
        """Tell beside each field which digits there are."""
        for question in self._asked.questions:
            try:
                self._read(question)
            except Refusal as refusal:
                self.add_error(question.key, refusal.message)
        return self.cleaned_data

    def typed(self) -> Mapping[str, list[str]]:
        """Return the answers, once the form is valid."""
        return {question.key: self._read(question) for question in self._asked.questions}

    def _read(self, question: Asked) -> list[str]:
        said: str = self.cleaned_data.get(question.key) or ""
        return [said] if question.kind in WRITTEN else from_digits(question, said)


def _field(number: int, question: Asked, asked: SurveyForm, *, is_first: bool) -> forms.Field:
    label = f"{number}. {asked.title(question)[0]}"
    attrs: dict[str, Any] = {"autocomplete": "off"} | ({"autofocus": True} if is_first else {})
    if question.kind in WRITTEN:
        lines = {**attrs, "rows": 2}
        widget: forms.Widget = forms.Textarea(attrs=lines) if question.kind == "long" else forms.TextInput(attrs=attrs)
        return forms.CharField(label=label, max_length=LONGEST[question.kind], required=False, widget=widget)
    told = " · ".join(f"{digit} {question.label(value)}" for digit, value in enumerate(question.values, start=1))
    if question.kind == "scale":
        told = " · ".join(question.label(value) for value in question.values)
    if question.kind == "several":
        told = gettext("%(choices)s. Several digits, such as 13.") % {"choices": told}
    attrs |= {"inputmode": "numeric", "data-digits": "many" if question.kind == "several" else "one"}
    return forms.CharField(label=label, max_length=20, required=False, help_text=told, widget=forms.TextInput(attrs=attrs))
