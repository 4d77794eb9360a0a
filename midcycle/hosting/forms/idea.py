"""What people type about an idea."""

from django import forms
from django.utils.translation import gettext_lazy

from midcycle.hosting.forms.fields import ANYWHERE
from midcycle.hosting.rules import LONGEST, MOST_PEOPLE
from midcycle.web.forms import PlainForm


class IdeaForm(PlainForm):
    """An idea and its call."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=LONGEST["title"],
        help_text=gettext_lazy("Such as “Operators' meetup in the north”."),
        error_messages={"required": gettext_lazy("Give the idea a title, such as where and for whom.")},
    )
    summary = forms.CharField(
        label=gettext_lazy("A few words"),
        max_length=LONGEST["summary"],
        required=False,
        help_text=gettext_lazy("Who should come, what you would talk about. Markdown works."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    region = forms.ChoiceField(label=gettext_lazy("Where in the world"), choices=ANYWHERE, required=False)
    channel = forms.CharField(
        label=gettext_lazy("Where you will post the call"),
        max_length=LONGEST["channel"],
        required=False,
        help_text=gettext_lazy("A mailing list, a chat, a forum."),
    )
    guess_low = forms.IntegerField(
        label=gettext_lazy("First guess: at least so many people"), min_value=0, max_value=MOST_PEOPLE, required=False
    )
    guess_high = forms.IntegerField(
        label=gettext_lazy("First guess: at most"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        help_text=gettext_lazy("Shown beside the count, so that everybody sees how the guess did."),
    )

    def guess(self) -> tuple[int, int] | None:
        """Return the guess; one number alone stands for both."""
        low, high = self.cleaned_data["guess_low"], self.cleaned_data["guess_high"]
        if low is None and high is None:
            return None
        return (high if low is None else low, low if high is None else high)

    def idea(self) -> dict[str, str]:
        """Return what the idea says."""
        return {name: self.cleaned_data[name] for name in ("title", "summary", "region", "channel")}
