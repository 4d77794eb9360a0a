"""What people type to propose a topic."""

from django import forms

from midcycle.topics.rules import FORMATS, LONGEST_DETAILS, LONGEST_TITLE, USUAL, WISHES
from midcycle.web.forms import PlainForm


class ProposalForm(PlainForm):
    """A topic. Only the title is asked for; without a wish it is a general session."""

    title = forms.CharField(
        label="Title",
        max_length=LONGEST_TITLE,
        help_text="What should we talk about? A title is enough.",
        error_messages={"required": "Give the topic a title; a few words are enough."},
    )
    details = forms.CharField(
        label="Details",
        max_length=LONGEST_DETAILS,
        required=False,
        help_text="What you know, what you would like to learn. Markdown works.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    format = forms.ChoiceField(
        label="Format wished for", required=False, choices=[(key, FORMATS[key].name) for key in WISHES], initial=USUAL
    )

    def clean_format(self) -> str:
        """Return the wish, or what is usual where nothing was said."""
        return self.cleaned_data["format"] or USUAL
