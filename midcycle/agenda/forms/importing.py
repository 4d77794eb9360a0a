"""The file of a schedule that is brought in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, gettext_lazy

from midcycle.engines.schedules.reading import MOST_BYTES, TOO_LARGE
from midcycle.web.forms import PlainForm


class ScheduleFileForm(PlainForm):
    """A schedule of another program. What it is shows in its content, not in its name."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("JSON, XML or CSV of at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".json,.xml,.csv"}),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse what is too large before any of it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_BYTES:
            raise forms.ValidationError(gettext(TOO_LARGE))
        return file
