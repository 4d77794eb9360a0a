"""What organisers type: how voices are counted, what belongs together, and the text of a planning pad."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from midcycle.topics.models import Topic, Voting
from midcycle.topics.rules import METHODS, MOST_DOTS
from midcycle.topics.rules.pad import LONGEST_PAD
from midcycle.topics.rules.voting import FEWEST_DOTS
from midcycle.web.forms import PlainForm


class MethodForm(PlainForm):
    """How voices are counted."""

    method = forms.ChoiceField(
        label=gettext_lazy("How do people vote?"),
        choices=[(key, gettext_lazy(words)) for key, words in METHODS.items()],
        widget=forms.RadioSelect,
    )
    dots = forms.IntegerField(
        label=gettext_lazy("Dots for each person"),
        min_value=FEWEST_DOTS,
        max_value=MOST_DOTS,
        required=False,
        help_text=gettext_lazy("As many as there are times for sessions. Only counts where people vote with dots."),
    )

    def __init__(self, voting: Voting, data: QueryDict | None = None) -> None:
        """Begin with how it is now."""
        super().__init__(data, initial={"method": voting.method, "dots": voting.dots})
        self.voting = voting

    def clean_dots(self) -> int:
        """Return the dots, or those of now where nothing was said."""
        return self.cleaned_data["dots"] or self.voting.dots


class OtherForm(PlainForm):
    """Another topic of the same list."""

    other = forms.TypedChoiceField(label=gettext_lazy("Topic"), coerce=int)

    def __init__(self, others: Iterable[Topic], data: QueryDict | None = None, *, label: str = "") -> None:
        """Offer these topics."""
        super().__init__(data)
        self.fields["other"] = forms.TypedChoiceField(
            label=label or gettext("Topic"),
            coerce=int,
            choices=[("", gettext("Choose a topic")), *((topic.pk, topic.title) for topic in others)],
        )


class SplitForm(PlainForm):
    """The titles of the parts of a topic."""

    titles = forms.CharField(
        label=gettext_lazy("Titles, one on each line"),
        max_length=2_000,
        help_text=gettext_lazy("The first stays with this topic."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PadForm(PlainForm):
    """The text of a planning pad."""

    text = forms.CharField(
        label=gettext_lazy("Text of the pad"),
        max_length=LONGEST_PAD,
        strip=False,
        help_text=gettext_lazy(
            "Paste it, or export the pad as plain text and paste that. You see what it becomes before anything is kept."
        ),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
    )
