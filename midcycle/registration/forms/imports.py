"""A file of registrations that somebody hands in, and what its columns are."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.engines.tables import ENCODINGS
from midcycle.kernel.refusal import Refusal
from midcycle.registration.forms.fields import in_words
from midcycle.registration.rules.columns import FIELDS
from midcycle.registration.rules.files import Found, found_in, found_in_text
from midcycle.web.forms import PlainForm

LONGEST_PASTE: Final = 500_000


def _encodings() -> list[tuple[str, str]]:
    return [("", gettext("Found out by itself")), *in_words(ENCODINGS)]


class TableForm(PlainForm):
    """A file, or text copied from one. What it is shows in its content, not in its name."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "CSV, XLSX or ODS of at most 5 MB: your own table, an attendee list of Eventbrite, or an order export of "
            "pretix. JSON of pretix is read, too."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.ods,.json"}),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Characters of a text file"),
        required=False,
        choices=_encodings,
        help_text=gettext_lazy("Choose only if some characters of a CSV file come out wrong."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or rows copied from a table"),
        required=False,
        strip=False,
        max_length=LONGEST_PASTE,
        help_text=gettext_lazy("With the names of the columns in the first row."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the table."""
        clean: dict[str, Any] = super().clean() or {}
        file, text = clean.get("file"), clean.get("text") or ""
        if self.errors:
            return clean
        if file is None and not text.strip():
            self.add_error("file", gettext("Choose a file, or paste rows of a table below."))
            return clean
        try:
            clean["found"] = found_in_text(text) if file is None else found_in(file.read(), encoding=clean["encoding"])
        except Refusal as refusal:
            self.add_error("text" if file is None else "file", refusal.message)
        return clean

    @property
    def found(self) -> Found:
        """Return what was read, once the form is valid."""
        found: Found = self.cleaned_data["found"]
        return found

    @property
    def file_name(self) -> str:
        """Return what the file is called on the machine it came from; blank for text that was pasted."""
        file = self.cleaned_data["file"]
        return file.name if file is not None else ""


class MappingForm(PlainForm):
    """What each column is."""

    def __init__(
        self,
        columns: Sequence[str],
        mapping: Mapping[str, str],
        questions: Sequence[tuple[str, str]],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Make one choice for each column."""
        super().__init__(data)
        self._columns = columns
        choices = [("", gettext("Leave out")), *in_words(FIELDS), *questions]
        for at, column in enumerate(columns):
            field = forms.ChoiceField(label=column, choices=choices, required=False, initial=mapping.get(column, ""))
            self.fields[f"column_{at}"] = field

    def mapping(self) -> dict[str, str]:
        """Return the field of each column that is not left out, once the form is valid."""
        chosen = {column: self.cleaned_data[f"column_{at}"] for at, column in enumerate(self._columns)}
        return {column: field for column, field in chosen.items() if field}


class SheetForm(PlainForm):
    """Which sheet of a workbook is looked at."""

    def __init__(self, sheets: Sequence[str], data: Mapping[str, Any] | None = None) -> None:
        """Offer the other sheets."""
        super().__init__(data)
        self.fields["sheet"] = forms.ChoiceField(label=gettext("Another sheet"), choices=[(name, name) for name in sheets])


class TakeOverForm(PlainForm):
    """Who is imported, and whether they get a letter."""

    seated_only = forms.BooleanField(label=gettext_lazy("Leave out those who had no seat there"), required=False)
    letters = forms.BooleanField(label=gettext_lazy("Send each of them a letter with their link"), required=False)

    def __init__(self, *, data: Mapping[str, Any] | None = None, waits: int = 1) -> None:
        """Ask about those who had no seat there only where there are any."""
        super().__init__(data)
        if not waits:
            del self.fields["seated_only"]
