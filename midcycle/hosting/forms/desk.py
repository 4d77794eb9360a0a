"""What organisers type about a call: days to ask about, and how earlier editions went."""

from django import forms
from django.utils.translation import gettext_lazy

from midcycle.hosting.rules import LONGEST, MOST_PEOPLE, Edition
from midcycle.web.forms import DayField, PlainForm


class WindowForm(PlainForm):
    """Days to ask about."""

    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"))


class EditionForm(PlainForm):
    """How an edition went that this instance did not run."""

    label = forms.CharField(
        label=gettext_lazy("Which edition"),
        max_length=LONGEST["label"],
        help_text=gettext_lazy("Such as “Manchester 2016”."),
        error_messages={"required": gettext_lazy("Say which edition it was.")},
    )
    early = forms.IntegerField(
        label=gettext_lazy("Said “I'd come” in the first 14 days"), min_value=0, max_value=MOST_PEOPLE, required=False
    )
    declared = forms.IntegerField(
        label=gettext_lazy("Said “I'd come” in all"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        help_text=gettext_lazy("One of these two is enough; with both, the forecast learns more."),
    )
    came = forms.IntegerField(label=gettext_lazy("Came"), min_value=1, max_value=MOST_PEOPLE)

    def edition(self) -> Edition:
        """Return the edition."""
        return Edition(**{name: self.cleaned_data[name] for name in ("label", "early", "declared", "came")})
