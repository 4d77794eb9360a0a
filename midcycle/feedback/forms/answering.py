"""The survey as a form: every question may be left out, but for those the team needs an answer to."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from midcycle.feedback.queries import SurveyForm
from midcycle.feedback.rules.asking import LONGEST, WRITTEN, Asked, read
from midcycle.feedback.rules.standard import WORDS
from midcycle.kernel.words import language as spoken
from midcycle.registration.rules.languages import FIRST
from midcycle.web.forms import AddressField, PlainForm

_LONG_HINT: Final = gettext_noop(
    "The organisers read this without a name, after the survey is closed. Leave out what tells who you are."
)
_SHORT_LIST: Final = frozenset({"Yes", "No", "Too little", "About right", "Too much"})


class AnswerForm(PlainForm):
    """The questions of a survey. The rules read what was typed, for this form and for every other way in."""

    def __init__(self, asked: SurveyForm, data: QueryDict | None = None) -> None:
        """Ask what the survey asks."""
        super().__init__(data, use_required_attribute=False)
        self._asked, self._data = asked, data
        for question in asked.questions:
            self.fields[question.key] = _field(question, asked)

    def typed(self) -> dict[str, list[str]]:
        """Return everything that was sent, by key; also answers to a question that was retired while somebody wrote."""
        if self._data is None:
            return {}
        return {key: [str(value) for value in self._data.getlist(key)] for key in self._data}

    def clean(self) -> dict[str, Any]:
        """Tell beside each question what the rules find wrong with its answer."""
        found = read(self._asked.questions, self.typed())
        for field, sentence in found.faults.items():
            if field == "" and set(self.typed()) - {question.key for question in self._asked.questions}:
                continue  # perhaps to a question that is asked no more: the deed knows
            self.add_error(field or None, sentence)
        return self.cleaned_data

    def said(self) -> Mapping[str, str]:
        """Return what somebody wrote in own words, so that it can be shown once it cannot be taken any more."""
        typed = self.typed()
        texts = {
            q.title(self._asked.language): "".join(typed.get(q.key, [])[:1]) for q in self._asked.questions if q.kind in WRITTEN
        }
        return {title: text for title, text in texts.items() if text.strip()}


class LinkForm(PlainForm):
    """The address a seat was taken with."""

    email = AddressField(
        label=gettext_lazy("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("The one you registered with."),
    )  # fmt: skip


def _field(question: Asked, asked: SurveyForm) -> forms.Field:
    title, language, direction = asked.title(question)
    is_ours = not question.is_own or language == spoken() == FIRST
    own: dict[str, str] = {} if is_ours else {"lang": language, "dir": direction}
    label: str | SafeString = (
        title if not own else format_html('<span lang="{}" dir="{}">{}</span>', language, direction, title)
    )
    choices = [(value, question.label(value, asked.language)) for value in question.values]
    if question.kind == "several":
        many = forms.CheckboxSelectMultiple(attrs=own)
        return _Unchecked(
            label=label, widget=many, required=question.required, help_text=gettext("As many as fit."), choices=choices
        )
    if question.kind in {"one", "scale"}:
        return _Unchecked(
            label=label,
            widget=forms.RadioSelect(attrs=_look(question) | own),
            required=question.required,
            choices=choices,
        )
    rows = {"rows": 5 if question.key == WORDS else 3}
    widget: forms.Widget = forms.Textarea(attrs=rows | own) if question.kind == "long" else forms.TextInput(attrs=own)
    return _Free(
        label=label, widget=widget, required=question.required, help_text=gettext(_LONG_HINT) if question.key == WORDS else "",
        max_length=LONGEST[question.kind],
    )  # fmt: skip


def _look(question: Asked) -> dict[str, str]:
    """Put short answers into a line."""
    inline = question.kind == "scale" or {choice.titles.get(FIRST) for choice in question.choices} <= _SHORT_LIST
    return {"class": "choices-inline"} if inline else {}


class _Unchecked(forms.Field):
    """An answer to choose. The rules check it, for all at once."""

    def __init__(self, *, choices: list[tuple[str, str]], **given: Any) -> None:  # noqa: ANN401 - Django's own
        """Show the choices."""
        super().__init__(**given)
        self.widget.choices = choices

    def validate(self, value: object) -> None:
        """Leave it to the rules."""


class _Free(forms.CharField):
    """A text. The rules check it, for all at once."""

    def validate(self, value: object) -> None:
        """Leave it to the rules."""

    def run_validators(self, value: object) -> None:
        """Leave it to the rules."""
