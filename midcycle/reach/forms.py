"""What the team types about a channel."""

from django import forms
from django.utils.translation import gettext_lazy

from midcycle.kernel.typed import has_ink, one_line
from midcycle.reach.rules import LEADS_TO, LONGEST_NAME
from midcycle.web.forms import PlainForm

_NO_NAME = gettext_lazy("Type where you spread it, such as: List of the operators.")


class ChannelForm(PlainForm):
    """A channel and the page its link leads to."""

    name = forms.CharField(
        label=gettext_lazy("Where you spread it"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy(
            "Such as: List of the operators; Poster in the canteen. Its link and the public figures say this name."
        ),
        error_messages={"required": _NO_NAME},
    )
    leads_to = forms.ChoiceField(
        label=gettext_lazy("Its link leads to"),
        choices=[(key, gettext_lazy(page)) for key, page in LEADS_TO.items()],
        initial="meetup",
    )

    def clean_name(self) -> str:
        """Return the name on one line; something of it must be seen."""
        name = one_line(self.cleaned_data["name"])
        if not has_ink(name):
            raise forms.ValidationError(_NO_NAME)
        return name
