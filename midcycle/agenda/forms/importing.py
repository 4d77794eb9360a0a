"""The file of a schedule that is brought in."""

from django import forms

from midcycle.web.forms import PlainForm


class ScheduleFileForm(PlainForm):
    """A schedule of another program. What it is shows in its content, not in its name."""

    file = forms.FileField(
        label="File",
        help_text="JSON or XML of at most 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".json,.xml"}),
        error_messages={
            "required": "Choose a file.",
            "invalid": "Choose a file again.",
            "missing": "Choose a file again.",
            "empty": "This file is empty. Choose another one.",
            "max_length": "Give the file a shorter name.",
        },
    )
