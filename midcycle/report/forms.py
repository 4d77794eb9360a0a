"""The organiser's text."""

from django import forms

from midcycle.report.rules import LONGEST_BODY
from midcycle.web.forms import PlainForm


class BodyForm(PlainForm):
    """The text of the report, in Markdown."""

    body = forms.CharField(
        label="Your text",
        max_length=LONGEST_BODY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text="Markdown: ## for a heading, - for a list, [words](https://…) for a link.",
    )
