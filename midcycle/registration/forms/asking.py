"""What organisers type to make their form."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.registration.actions import Wanted
from midcycle.registration.forms.fields import LeadingRadio, OwnField, in_words
from midcycle.registration.queries import QuestionsPage
from midcycle.registration.queries.editing import StandardRow
from midcycle.registration.rules.asking import QUESTION_KIND_NAMES, Asked, Choice
from midcycle.registration.rules.editing import LONGEST_HELP, LONGEST_TITLE, Condition, choices_from
from midcycle.registration.rules.keeping import LEAST_DAYS, MOST_DAYS
from midcycle.registration.rules.languages import LANGUAGES, direction_of
from midcycle.web.forms import PlainForm

_LONGEST_LIST: Final = 20_000
_CHOICES_APPEAR: Final = "1"


class QuestionForm(PlainForm):
    """A question, in every language the organisers write in; the first is needed."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How is it answered?"), choices=partial(in_words, QUESTION_KIND_NAMES), widget=LeadingRadio
    )
    required = forms.BooleanField(label=gettext_lazy("Everybody has to answer it"), required=False)
    keep_days = forms.IntegerField(
        label=gettext_lazy("Days the answers are kept after the meetup"),
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("As few as you can do with. It is shown beside the question."),
    )
    sure = forms.BooleanField(label=gettext_lazy("Yes, do this to the answers given"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        languages: Sequence[str],
        conditions: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        before: Asked | None = None,
    ) -> None:
        """Ask for texts in these languages; `conditions` are the answers it can wait for, by question."""
        super().__init__(data, initial=_initial(before, languages), use_required_attribute=False)
        self.languages, self._before = languages, before
        self._choices: tuple[Choice, ...] = ()
        self.fields["kind"].widget.attrs["class"] = "choices-inline"
        self.fields["kind"].widget.shows = {"choice": _CHOICES_APPEAR}
        for language in languages:
            self.fields.update(_texts_in(language, is_first=language == languages[0], is_alone=len(languages) == 1))
        self.can_wait = bool(conditions)
        self.fields["condition"] = forms.ChoiceField(
            label=gettext("When is it shown?"), choices=[("", gettext("Always")), *_answers(conditions)], required=False
        )

    @property
    def texts(self) -> list[dict[str, Any]]:
        """Return for each language its name, whether it opens by itself, and its fields."""
        return [
            {
                "name": LANGUAGES[language],
                "is_first": language == self.languages[0],
                "is_open": any(self[f"{kind}_{language}"].errors for kind in _TEXTS),
                "is_there": bool(self[f"title_{language}"].value()),
                "title": self[f"title_{language}"],
                "help": self[f"help_{language}"],
                "choices": self[f"choices_{language}"],
            }
            for language in self.languages
        ]

    def clean(self) -> None:
        """Read the choices, whose lines have to fit each other in all languages."""
        if self.cleaned_data.get("kind") != "choice":
            return
        written = {code: lines(self.cleaned_data.get(f"choices_{code}") or "").split("\n") for code in self.languages}
        try:
            self._choices = choices_from(written, self._before.choices if self._before else (), self.languages[0])
        except Refusal as refusal:
            self.add_error(refusal.field, refusal.message)

    def wanted(self) -> Wanted:
        """Return the question, once the form is valid."""
        clean = self.cleaned_data
        number, _, value = clean["condition"].partition(":")
        return Wanted(
            kind=clean["kind"],
            titles=self._with_others(self._written("title"), self._before.titles if self._before else {}),
            helps=self._with_others(self._written("help"), self._before.helps if self._before else {}),
            choices=tuple(self._as_before(choice) for choice in self._choices),
            required=clean["required"],
            keep_days=clean["keep_days"],
            condition=Condition(int(number), value) if number else None,
        )

    def _with_others(self, written: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
        """Return texts with those in languages that are not written in now; they may be again."""
        return {**written, **{language: text for language, text in before.items() if language not in self.languages}}

    def _as_before(self, choice: Choice) -> Choice:
        known = self._before.choices if self._before else ()
        titles = next((each.titles for each in known if each.value == choice.value), {})
        return replace(choice, titles=self._with_others(choice.titles, titles))

    def _written(self, kind: str) -> dict[str, str]:
        written = {language: one_line(self.cleaned_data[f"{kind}_{language}"]) for language in self.languages}
        return {language: text for language, text in written.items() if text}


class StandardForm(PlainForm):
    """Which standard questions are asked, and how long each answer is kept."""

    def __init__(self, page: QuestionsPage, data: Mapping[str, Any] | None = None) -> None:
        """Begin with what is asked now."""
        super().__init__(data, use_required_attribute=False)
        self._rows = page.standard
        ask, days = gettext("Ask: %(title)s"), gettext("Days: %(title)s")
        for row in page.standard:
            self.fields[f"asks_{row.key}"] = forms.BooleanField(
                label=ask % {"title": row.title},
                required=False,
                initial=row.is_asked,
                disabled=row.is_fixed,
            )
            self.fields[f"days_{row.key}"] = forms.IntegerField(
                label=days % {"title": row.title},
                min_value=LEAST_DAYS,
                max_value=MOST_DAYS,
                initial=row.keep_days,
            )

    @property
    def rows(self) -> list[tuple[StandardRow, forms.BoundField, forms.BoundField]]:
        """Return each standard question with its two fields."""
        return [(row, self[f"asks_{row.key}"], self[f"days_{row.key}"]) for row in self._rows]

    @property
    def off(self) -> list[str]:
        """Return what is not asked, once the form is valid."""
        return [row.key for row in self._rows if not self.cleaned_data[f"asks_{row.key}"]]

    @property
    def days(self) -> dict[str, int]:
        """Return how long each answer is kept, once the form is valid."""
        return {row.key: self.cleaned_data[f"days_{row.key}"] for row in self._rows}


class LanguagesForm(PlainForm):
    """The languages the organisers write in."""

    first = forms.ChoiceField(
        label=gettext_lazy("Your first language"),
        choices=list(LANGUAGES.items()),
        help_text=gettext_lazy("Every question is there in it. It is shown to whoever reads none of the others."),
    )
    others = forms.MultipleChoiceField(
        label=gettext_lazy("Others"),
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
    )

    def chosen(self) -> list[str]:
        """Return the languages, the first of them first."""
        return [self.cleaned_data["first"], *self.cleaned_data["others"]]


_TEXTS: Final = ("title", "help", "choices")


def _texts_in(language: str, *, is_first: bool, is_alone: bool) -> dict[str, forms.Field]:
    attrs = {"lang": language, "dir": direction_of(language)}
    title, hint, choices = gettext("The question"), gettext("A hint below it"), gettext("The choices, one on each line")
    if not is_alone:
        title = gettext("The question, in %(language)s")
        hint = gettext("A hint below it, in %(language)s")
        choices = gettext("The choices, one on each line, in %(language)s")
    name = {"language": LANGUAGES[language]}
    return {
        f"title_{language}": forms.CharField(
            label=title % name, max_length=LONGEST_TITLE, required=is_first, widget=forms.TextInput(attrs=attrs)
        ),
        f"help_{language}": forms.CharField(
            label=hint % name, max_length=LONGEST_HELP, required=False, widget=forms.TextInput(attrs=attrs)
        ),
        f"choices_{language}": OwnField(
            label=choices % name,
            max_length=_LONGEST_LIST,
            required=is_first,
            widget=forms.Textarea(attrs={"rows": 5, **attrs}),
            help_text="" if is_first else gettext("In the same order; leave it empty to show those of the first language."),
        ),
    }


def _answers(conditions: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (gettext("If “%(title)s” is") % {"title": title}, [(value, answer) for value, answer in answers])
        for title, answers in conditions
    ]


def _initial(before: Asked | None, languages: Sequence[str]) -> dict[str, Any]:
    if before is None:
        return {"kind": "text", "keep_days": 30}
    texts = {f"title_{language}": before.titles.get(language, "") for language in languages}
    texts |= {f"help_{language}": before.helps.get(language, "") for language in languages}
    for language in languages:
        titles = [choice.titles.get(language, "") for choice in before.choices]
        texts[f"choices_{language}"] = "\n".join(titles) if all(titles) else ""
    condition = f"{before.shown_if}:{before.shown_value}" if before.shown_if else ""
    return {
        **texts,
        "kind": before.kind,
        "required": before.required,
        "keep_days": before.keep_days,
        "condition": condition,
    }
