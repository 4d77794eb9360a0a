"""What is written to many, and what is asked of the lists of letters; in those anything odd is as if it were not asked."""

from collections.abc import Container, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy, ngettext

from midcycle.accounts.models import Person
from midcycle.kernel.typed import lines, one_line
from midcycle.mailing.actions import Seen, Wording
from midcycle.mailing.queries import Choices
from midcycle.mailing.rules import PLACEHOLDERS, audience_of, unknown_in
from midcycle.mailing.rules.mailings import LONGEST_SUBJECT, LONGEST_TEXT, TO_THE_LIST
from midcycle.mailing.rules.placeholders import IN_SUBJECT
from midcycle.web.forms import PlainForm

_MOST_ROWS: Final = 1_000_000
_STATES: Final = ("waiting", "sent", "failed", "left_out", "withdrawn")


class MailingForm(PlainForm):
    """What is written to whom."""

    audience = forms.ChoiceField(label=gettext_lazy("To"))
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=LONGEST_SUBJECT,
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    answers = forms.BooleanField(required=False)

    def __init__(
        self, choices: Choices, by: Person, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        """Offer the audiences there are, and the writer's own address for answers."""
        super().__init__(data, initial=dict(initial or {}))
        audience = self.fields["audience"]
        if isinstance(audience, forms.ChoiceField):
            audience.choices = [("", gettext("Choose")), *choices]
        in_line, in_text = {"names": _in_braces(IN_SUBJECT)}, {"names": _in_braces(PLACEHOLDERS)}
        self.fields["subject"].help_text = gettext("One line. Filled in for each: %(names)s.") % in_line
        self.fields["text"].help_text = gettext("Plain text, as you type it. Filled in for each: %(names)s.") % in_text
        self.fields["answers"].label = gettext("Answers come to me: %(address)s") % {"address": by.email}

    def clean_subject(self) -> str:
        """Return the subject on one line."""
        subject = one_line(self.cleaned_data["subject"])
        if not subject:
            raise forms.ValidationError(gettext("Type what the letter is about."))
        return _known_only(subject, IN_SUBJECT)

    def clean_text(self) -> str:
        """Return the text, its empty lines kept."""
        text = lines(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(gettext("Type what you want to say."))
        return _known_only(text, frozenset(PLACEHOLDERS))

    def wording(self) -> Wording:
        """Return what was typed, once the form is valid."""
        typed = self.cleaned_data
        return Wording(audience_of(typed["audience"]), typed["subject"], typed["text"], typed["answers"])


class SendForm(PlainForm):
    """What somebody saw of a draft when they sent it."""

    people = forms.IntegerField(min_value=0, max_value=_MOST_ROWS)
    edition = forms.IntegerField(min_value=0, max_value=_MOST_ROWS)

    def seen(self) -> Seen:
        """Return what was seen; of a form that is not ours nothing that fits any draft."""
        self.full_clean()
        people, edition = (self.cleaned_data.get(name) for name in ("people", "edition"))
        return Seen(people if people is not None else -1, edition if edition is not None else -1)


class WriteFilter(PlainForm):
    """Whom an organiser looks for, and whom they chose."""

    q = forms.CharField(max_length=254, required=False)
    person = forms.CharField(max_length=18, required=False)
    again = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    begin = forms.ChoiceField(choices=[("list", "list")], required=False)

    def words(self) -> Mapping[str, str]:
        """Return what to begin from, when something is asked for."""
        self.full_clean()
        if not self.cleaned_data.get("begin"):
            return {}
        return {name: gettext(text) if name in {"subject", "text"} else text for name, text in TO_THE_LIST.items()}

    report = forms.CharField(max_length=10, required=False)

    def asked(self) -> tuple[str, str, int | None]:
        """Return the text that is looked for, the number of the person, and that of the mailing to begin from."""
        self.full_clean()
        clean = self.cleaned_data
        return clean.get("q") or "", clean.get("person") or "", clean.get("again")

    def report_in(self) -> str:
        """Return the language of the report to begin from, blank for none."""
        self.full_clean()
        return self.cleaned_data.get("report") or ""


class PreviewFilter(PlainForm):
    """As who gets it a draft is shown."""

    to = forms.IntegerField(min_value=1, max_value=_MOST_ROWS, required=False)

    def number(self) -> int:
        """Return the place in the list of those who get it, counted from 1."""
        self.full_clean()
        return self.cleaned_data.get("to") or 1


class PageFilter(PlainForm):
    """Which page, and of mailings in which state."""

    page = forms.IntegerField(min_value=1, max_value=_MOST_ROWS, required=False)
    state = forms.ChoiceField(choices=[(state, state) for state in _STATES], required=False)

    def number(self) -> str:
        """Return the number of the page, the first unless a valid one is asked for."""
        self.full_clean()
        return str(self.cleaned_data.get("page") or 1)

    def wanted(self) -> str:
        """Return the state, blank for all."""
        self.full_clean()
        return self.cleaned_data.get("state") or ""


class InboxFilter(PlainForm):
    """Whose mail."""

    to = forms.CharField(max_length=254, required=False)

    def wanted(self) -> str:
        """Return the address, empty for everybody's mail."""
        self.full_clean()
        return self.cleaned_data.get("to") or ""


def _known_only(text: str, known: frozenset[str]) -> str:
    unknown = unknown_in(text, known)
    if not unknown:
        return text
    said = ngettext(
        "%(unknown)s is not something we can fill in here. Known are %(known)s, written just so.",
        "%(unknown)s are not things we can fill in here. Known are %(known)s, written just so.",
        len(unknown),
    )
    raise forms.ValidationError(said % {"unknown": ", ".join(unknown), "known": _in_braces(known)})


def _in_braces(known: Container[str]) -> str:
    """Return what can be filled in, as it is typed."""
    return ", ".join(f"{{{name}}}" for name in PLACEHOLDERS if name in known)
