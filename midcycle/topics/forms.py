"""What people type to propose a topic, and to change one."""

from django import forms
from django.http import QueryDict

from midcycle.topics.models import Topic
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


class ChangeForm(ProposalForm):
    """What a topic says, to be changed. A format that only organisers give can stay."""

    def __init__(self, topic: Topic, data: QueryDict | None = None) -> None:
        """Begin with what the topic says."""
        super().__init__(data, initial={"title": topic.title, "details": topic.details, "format": topic.format})
        keys = dict.fromkeys((*WISHES, topic.format))
        self.fields["format"] = forms.ChoiceField(
            label="Format wished for", required=False, choices=[(key, FORMATS[key].name) for key in keys]
        )
        self.topic = topic

    def clean_format(self) -> str:
        """Return the wish, or the present one where nothing was said."""
        return self.cleaned_data["format"] or self.topic.format
