"""A file of registrations that somebody hands in, and what its columns are."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from midcycle.engines.tables import Table, read, read_pasted
from midcycle.kernel.refusal import Refusal
from midcycle.registration.rules.columns import FIELDS
from midcycle.registration.rules.pretix import looks_like_json, read_pretix
from midcycle.web.forms import PlainForm

LONGEST_PASTE: Final = 500_000
_LEAVE_OUT: Final = ("", "Leave out")


class TableForm(PlainForm):
    """A file, or text copied from one. What it is shows in its content, not in its name."""

    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,
        help_text="CSV, XLSX or ODS of at most 5 MB: your own table, an attendee list of Eventbrite, or an order export of "
        "pretix, whose JSON is read, too.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.ods,.json"}),
        error_messages={
            "invalid": "Choose a file again.",
            "missing": "Choose a file again.",
            "max_length": "Give the file a shorter name.",
        },
    )
    text = forms.CharField(
        label="Or rows copied from a table",
        required=False,
        strip=False,
        max_length=LONGEST_PASTE,
        help_text="With the names of the columns in the first row.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the table."""
        clean: dict[str, Any] = super().clean() or {}
        file, text = clean.get("file"), clean.get("text") or ""
        if self.errors:
            return clean
        if file is None and not text.strip():
            self.add_error("file", "Choose a file, or paste rows of a table below.")
            return clean
        try:
            clean["table"] = read_pasted(text) if file is None else _read(file.read())
        except Refusal as refusal:
            self.add_error("text" if file is None else "file", refusal.message)
        return clean

    @property
    def table(self) -> Table:
        """Return what was read, once the form is valid."""
        table: Table = self.cleaned_data["table"]
        return table

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
        choices = [_LEAVE_OUT, *FIELDS.items(), *questions]
        for at, column in enumerate(columns):
            field = forms.ChoiceField(label=column, choices=choices, required=False, initial=mapping.get(column, ""))
            self.fields[f"column_{at}"] = field

    def mapping(self) -> dict[str, str]:
        """Return the field of each column that is not left out, once the form is valid."""
        chosen = {column: self.cleaned_data[f"column_{at}"] for at, column in enumerate(self._columns)}
        return {column: field for column, field in chosen.items() if field}


class LettersForm(PlainForm):
    """Whether those who are imported get a letter."""

    letters = forms.BooleanField(label="Send each of them a letter with their link", required=False)


def _read(data: bytes) -> Table:
    return read_pretix(data) if looks_like_json(data) else read(data)
