"""What is said in a hurry: somebody is away, a room is shut. With no time ticked it is from now on."""

from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda.models import Room
from midcycle.web.forms import PlainForm

Choices = Sequence[tuple[int, str]]


class HappenedForm(PlainForm):
    """Something that is so in the times to come, or only in those that are ticked."""

    def __init__(self, times: Choices, data: QueryDict | None = None) -> None:
        """Offer the times to come."""
        super().__init__(data)
        self.times = times
        self.fields["slots"] = forms.MultipleChoiceField(
            label=gettext("Only at these times"),
            required=False,
            choices=times,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
        )

    def clean(self) -> dict[str, object]:
        """Refuse what cannot be at any time."""
        given = super().clean() or {}
        if not self.times:
            self.add_error(None, gettext("No time for sessions is to come."))
        return given

    def slots(self) -> frozenset[int]:
        """Return the times that were ticked, or all that are to come."""
        ticked = frozenset(int(number) for number in self.cleaned_data["slots"])
        return ticked or frozenset(number for number, _ in self.times)


class AwayForm(HappenedForm):
    """Somebody a session needs is away."""

    def __init__(self, times: Choices, people: QuerySet[Person], data: QueryDict | None = None) -> None:
        """Offer those sessions need."""
        super().__init__(times, data)
        self.fields["person"] = forms.ModelChoiceField(
            people, label=gettext("Somebody is away from now on"), empty_label=gettext("Choose somebody")
        )
        self.auto_id = "away_%s"


class ShutForm(HappenedForm):
    """A room cannot be used."""

    def __init__(self, times: Choices, rooms: QuerySet[Room], data: QueryDict | None = None) -> None:
        """Offer the rooms of the meetup."""
        super().__init__(times, data)
        self.fields["room"] = forms.ModelChoiceField(
            rooms, label=gettext("A room is shut from now on"), empty_label=gettext("Choose a room")
        )
        self.auto_id = "shut_%s"
