"""What an organiser types to open a pad."""

from django import forms

from midcycle.web.forms import PlainForm


class PadForm(PlainForm):
    """A pad that belongs to no session."""

    name = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9_-]*$",
        max_length=80,
        help_text="Letters, digits and hyphens, such as LIS-ops-feedback. It becomes the address.",
        error_messages={"invalid": "Use letters, digits and hyphens only."},
    )
    title = forms.CharField(max_length=160)
