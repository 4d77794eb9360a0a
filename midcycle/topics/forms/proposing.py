"""What people type to propose a topic, to change one, and to talk about it."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from midcycle.topics.models import Topic
from midcycle.topics.rules import FORMATS, LONGEST_COMMENT, LONGEST_DETAILS, LONGEST_TITLE, USUAL, WISHES, tags_in
from midcycle.topics.rules.words import LONGEST, SHORTEST
from midcycle.web.forms import AddressField, PlainForm


class WordsForm(PlainForm):
    """What a topic says. Only the title is asked for; without a wish it is a general session."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("What should we talk about? A title is enough."),
        error_messages={"required": gettext_lazy("Give the topic a title; a few words are enough.")},
    )
    details = forms.CharField(
        label=gettext_lazy("Details"),
        max_length=LONGEST_DETAILS,
        required=False,
        help_text=gettext_lazy("What you know, what you would like to learn. Markdown works."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format wished for"),
        required=False,
        choices=[(key, gettext_lazy(FORMATS[key].name)) for key in WISHES],
        initial=USUAL,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes wished for"),
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"), required=False, max_length=300, help_text=gettext_lazy("Such as networking, upgrades.")
    )

    def clean_format(self) -> str:
        """Return the wish, or what is usual where nothing was said."""
        return self.cleaned_data["format"] or USUAL

    def clean_tags(self) -> tuple[str, ...]:
        """Return the tags."""
        return tags_in(self.cleaned_data["tags"])


class ProposalForm(WordsForm):
    """A new topic, and whether whoever proposes it would lead it."""

    leads = forms.BooleanField(label=gettext_lazy("I will facilitate it"), required=False)


class ChangeForm(WordsForm):
    """What a topic says, to be changed. A format that only organisers give can stay."""

    def __init__(self, topic: Topic, data: QueryDict | None = None) -> None:
        """Begin with what the topic says."""
        said: dict[str, Any] = {"title": topic.title, "details": topic.details, "format": topic.format}
        super().__init__(data, initial={**said, "minutes": topic.minutes, "tags": ", ".join(topic.tags)})
        keys = dict.fromkeys((*WISHES, topic.format))
        self.fields["format"] = forms.ChoiceField(
            label=gettext("Format wished for"), required=False, choices=[(key, gettext(FORMATS[key].name)) for key in keys]
        )
        self.order_fields(["title", "details", "format", "minutes", "tags"])
        self.topic = topic

    def clean_format(self) -> str:
        """Return the wish, or the present one where nothing was said."""
        return self.cleaned_data["format"] or self.topic.format


class CommentForm(PlainForm):
    """What somebody says about a topic."""

    text = forms.CharField(
        label=gettext_lazy("Your comment"),
        max_length=LONGEST_COMMENT,
        help_text=gettext_lazy("Everybody can read it, with your name. Markdown works."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )


class InvitationForm(PlainForm):
    """Who is asked to lead a topic too."""

    email = AddressField(label=gettext_lazy("Their e-mail address"), max_length=254)
