"""What organisers type about a call: days to ask about, and how earlier editions went."""

from django import forms

from midcycle.hosting.rules import LONGEST, MOST_PEOPLE, Edition
from midcycle.web.forms import DayField, PlainForm


class WindowForm(PlainForm):
    """Days to ask about."""

    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day")


class EditionForm(PlainForm):
    """How an edition went that this instance did not run."""

    label = forms.CharField(
        label="Which edition",
        max_length=LONGEST["label"],
        help_text="Such as “Manchester 2016”.",
        error_messages={"required": "Say which edition it was."},
    )
    early = forms.IntegerField(label="Said “I'd come” in the first 14 days", min_value=0, max_value=MOST_PEOPLE, required=False)
    declared = forms.IntegerField(
        label="Said “I'd come” in all",
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        help_text="One of these two is enough; with both, the forecast learns more.",
    )
    came = forms.IntegerField(label="Came", min_value=1, max_value=MOST_PEOPLE)

    def edition(self) -> Edition:
        """Return the edition."""
        return Edition(**{name: self.cleaned_data[name] for name in ("label", "early", "declared", "came")})
