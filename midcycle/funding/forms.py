"""What the organiser types about an underwriter."""

from django import forms

from midcycle.funding.rules import LONGEST_NAME
from midcycle.web.forms import PlainForm


class UnderwriterForm(PlainForm):
    """One underwriter."""

    name = forms.CharField(
        label="Name of the organisation",
        max_length=LONGEST_NAME,
        error_messages={"required": "Type the name as it should be thanked."},
    )
    is_host = forms.BooleanField(label="It hosts us: the rooms are theirs", required=False)
