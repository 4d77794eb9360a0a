"""A section of a report, and what is asked of its page; in that anything odd is as if it were not asked."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from midcycle.report.rules import LONGEST_BODY
from midcycle.report.rules.document import MOST_BYTES
from midcycle.web.forms import PlainForm

_MOST: Final = 1_000_000


class SectionForm(PlainForm):
    """The text of a section, in Markdown, and the edition it was written on."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_BODY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=(
            gettext_lazy(
                "Markdown: ## for a heading, - for a list, [words](https://…) for a link. Empty it to leave the section out, "
                "with its charts and tables."
            )
        ),
    )
    edition = forms.IntegerField(min_value=0, max_value=_MOST, widget=forms.HiddenInput)

    def look_again(self, edition: int) -> None:
        """Take up an edition somebody has now seen."""
        self.data = {**self.data.dict(), "edition": str(edition)} if hasattr(self.data, "dict") else self.data


class SeenForm(PlainForm):
    """Which edition somebody looked at, and which version they want back."""

    edition = forms.IntegerField(min_value=0, max_value=_MOST)
    version = forms.IntegerField(min_value=1, max_value=_MOST, required=False)

    def seen(self) -> int:
        """Return the edition; of a form that is not ours one there never is."""
        self.full_clean()
        edition = self.cleaned_data.get("edition")
        return -1 if edition is None else int(edition)

    def wanted(self) -> int:
        """Return the number of the version, 0 for none."""
        self.full_clean()
        return self.cleaned_data.get("version") or 0


class DeskFilter(PlainForm):
    """In which language, with which version, or against the draft."""

    language = forms.CharField(max_length=10, required=False)
    version = forms.IntegerField(min_value=1, max_value=_MOST, required=False)
    anew = forms.CharField(max_length=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        """Read what is asked."""
        super().__init__(*args, **kwargs)
        self.full_clean()

    def asked(self) -> tuple[str, int | None, bool]:
        """Return language, version and whether the draft is asked for."""
        clean = self.cleaned_data
        return clean.get("language") or "", clean.get("version"), bool(clean.get("anew"))


class PointsFileForm(PlainForm):
    """A file of data points of an edition on another server."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=gettext_lazy("The JSON of an edition elsewhere: its page of data points has it. At most 200 kB."),
    )

    def content(self) -> bytes:
        """Return what is in the file, one byte more than is allowed at most."""
        data: bytes = self.cleaned_data["file"].read(MOST_BYTES + 1)
        return data
