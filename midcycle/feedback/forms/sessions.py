"""How a session was, in two taps."""

from django import forms
from django.utils.translation import gettext_lazy

from midcycle.feedback.rules.sessions import MARKS, REASONS
from midcycle.web.forms import PlainForm


class MarkForm(PlainForm):
    """A mark; the button that sends it may carry a reason."""

    mark = forms.ChoiceField(
        label=gettext_lazy("How was it?"),
        choices=[(key, gettext_lazy(name)) for key, name in MARKS.items()],
        widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
        error_messages={"required": gettext_lazy("Tap how it was first.")},
    )
    reason = forms.ChoiceField(choices=[("", ""), *REASONS.items()], required=False, widget=forms.HiddenInput)
