"""What the team types to make its survey."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.feedback.actions.building import Wanted
from midcycle.feedback.queries import BuilderPage
from midcycle.feedback.rules.asking import KINDS, MOST_CHOICES, Asked
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.registration.forms.fields import LeadingRadio, OwnField
from midcycle.registration.rules.asking import Choice
from midcycle.registration.rules.editing import LONGEST_TITLE, choices_from
from midcycle.registration.rules.languages import LANGUAGES, direction_of
from midcycle.web.forms import PlainForm

_LONGEST_LIST: Final = 4_000
_CHOICES_APPEAR: Final = "1"
_WITH_CHOICES: Final = ("one", "several", "scale")


class QuestionForm(PlainForm):
    """A question, in every language the team writes in; the first is needed."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How is it answered?"),
        choices=[(key, gettext_lazy(name)) for key, name in KINDS.items()],
        widget=LeadingRadio,
    )
    required = forms.BooleanField(
        label=gettext_lazy("We need an answer from everybody"),
        required=False,
        help_text=gettext_lazy("Not on paper, and seldom wise: who does not want to answer says something, or leaves."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, languages: Sequence[str], before: Asked | None = None) -> None:
        """Ask for texts in these languages."""
        super().__init__(data, initial=_initial(before, languages), use_required_attribute=False)
        self.languages, self._before = languages, before
        self._choices: tuple[Choice, ...] = ()
        self.fields["kind"].widget.attrs["class"] = "choices-inline"
        self.fields["kind"].widget.shows = dict.fromkeys(_WITH_CHOICES, _CHOICES_APPEAR)
        for language in languages:
            self.fields.update(_texts_in(language, is_first=language == languages[0], is_alone=len(languages) == 1))

    @property
    def texts(self) -> list[dict[str, Any]]:
        """Return for each language its name, whether it opens by itself, and its fields."""
        return [
            {
                "name": LANGUAGES[language],
                "is_first": language == self.languages[0],
                "is_open": any(self[f"{kind}_{language}"].errors for kind in ("title", "choices")),
                "is_there": bool(self[f"title_{language}"].value()),
                "title": self[f"title_{language}"],
                "choices": self[f"choices_{language}"],
            }
            for language in self.languages
        ]

    def clean(self) -> None:
        """Read the choices, whose lines have to fit each other in all languages."""
        kind = self.cleaned_data.get("kind")
        written = {code: lines(self.cleaned_data.get(f"choices_{code}") or "").split("\n") for code in self.languages}
        if kind not in _WITH_CHOICES or (kind == "scale" and not any(written[self.languages[0]])):
            return
        try:
            self._choices = choices_from(written, self._before.choices if self._before else (), self.languages[0])
        except Refusal as refusal:
            self.add_error(refusal.field, refusal.message)
            return
        most = 2 if kind == "scale" else MOST_CHOICES
        if len(self._choices) > most:
            scale = gettext("Write two lines, what 1 and what 5 means, or none.")
            told = scale if kind == "scale" else gettext("Write %(most)s choices at most.") % {"most": most}
            self.add_error(f"choices_{self.languages[0]}", told)

    def wanted(self) -> Wanted:
        """Return the question, once the form is valid. Texts in languages not written in now stay; they may be again."""
        clean = self.cleaned_data
        written = {language: one_line(clean[f"title_{language}"]) for language in self.languages}
        before = self._before.titles if self._before else {}
        others = {language: text for language, text in before.items() if language not in self.languages}
        titles = {**{language: text for language, text in written.items() if text}, **others}
        return Wanted(clean["kind"], titles, self._choices, clean["required"])


class StandardForm(PlainForm):
    """Which standard questions are asked."""

    asked = forms.MultipleChoiceField(
        label=gettext_lazy("We ask"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Their words are the same in every edition, so that editions can be compared."),
    )

    def __init__(self, page: BuilderPage, data: Mapping[str, Any] | None = None) -> None:
        """Begin with what is asked now."""
        super().__init__(data, initial={"asked": [row.key for row in page.standard if row.is_asked]})
        self._all = [row.key for row in page.standard]
        self.fields["asked"].choices = [(row.key, row.title) for row in page.standard]  # type: ignore[attr-defined]

    @property
    def off(self) -> list[str]:
        """Return what is left out, once the form is valid."""
        return [key for key in self._all if key not in self.cleaned_data["asked"]]


def _texts_in(language: str, *, is_first: bool, is_alone: bool) -> dict[str, forms.Field]:
    attrs = {"lang": language, "dir": direction_of(language)}
    title, choices = gettext("The question"), gettext("The choices, one on each line")
    if not is_alone:
        within = {"language": LANGUAGES[language]}
        title = gettext("The question, in %(language)s") % within
        choices = gettext("The choices, one on each line, in %(language)s") % within
    most = gettext("Two to %(most)s. For a scale two lines, what 1 and what 5 means, or none.") % {"most": MOST_CHOICES}
    hint = most if is_first else gettext("In the same order; leave it empty to show those of the first language.")
    return {
        f"title_{language}": forms.CharField(
            label=title, max_length=LONGEST_TITLE, required=is_first, widget=forms.TextInput(attrs=attrs)
        ),
        f"choices_{language}": OwnField(
            label=choices,
            max_length=_LONGEST_LIST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 5, **attrs}),
            help_text=hint,
        ),
    }


def _initial(before: Asked | None, languages: Sequence[str]) -> dict[str, Any]:
    if before is None:
        return {"kind": "one"}
    texts = {f"title_{language}": before.titles.get(language, "") for language in languages}
    for language in languages:
        titles = [choice.titles.get(language, "") for choice in before.choices]
        texts[f"choices_{language}"] = "\n".join(titles) if all(titles) else ""
    return {**texts, "kind": before.kind, "required": before.required}
