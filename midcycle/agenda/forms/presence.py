"""What is typed about when somebody is there."""

from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from midcycle.accounts.models import Person
from midcycle.agenda.forms.planning import ClockInput
from midcycle.agenda.rules.bounds import Presence
from midcycle.agenda.rules.spans import Window
from midcycle.kernel.zones import zones_by_name
from midcycle.web.forms import AddressField, PlainForm


class PresenceForm(PlainForm):
    """The slots somebody is away in, and their hours when they take part from afar. `who` is asked where it is not known."""

    email = AddressField(
        label=gettext_lazy("or by e-mail"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("For somebody not in the list."),
    )
    starts = forms.TimeField(label=gettext_lazy("From, on their clock"), required=False, widget=ClockInput())
    ends = forms.TimeField(label=gettext_lazy("Until, on their clock"), required=False, widget=ClockInput())

    def __init__(
        self,
        slots: Sequence[tuple[int, str]],
        known: Presence | None = None,
        who: QuerySet[Person] | None = None,
        data: QueryDict | None = None,
    ) -> None:
        """Offer the slots of the meetup and, where it has to be said who is meant, the people known there."""
        held = known or Presence()
        initial: dict[str, object] = {"away": [str(number) for number in held.away]}
        if held.window:
            initial |= {"timezone": held.window.timezone, "starts": held.window.starts, "ends": held.window.ends}
        super().__init__(data, initial=initial)
        self.fields["timezone"] = _zones()
        self.fields["away"] = forms.MultipleChoiceField(
            label=gettext("Not there in"),
            required=False,
            choices=slots,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
        )
        if who is None:
            del self.fields["email"]
        else:
            self.fields["person"] = forms.ModelChoiceField(
                who, label=gettext("Who"), required=False, empty_label=gettext("Choose somebody")
            )
        self.order_fields(["person", "email", "away", "timezone", "starts", "ends"])

    def clean(self) -> dict[str, object]:
        """Ask for one way to name somebody, and for hours where there is a zone."""
        given = super().clean() or {}
        if "person" in self.fields and not self.errors and bool(given.get("person")) == bool(given.get("email")):
            self.add_error("person", gettext("Choose somebody, or give an e-mail address; one of the two."))
        hours = [name for name in ("starts", "ends") if given.get(name) is None and name not in self.errors]
        if given.get("timezone") and hours:
            self.add_error(hours[0], gettext("Say between which hours they take part."))
        if not given.get("timezone") and len(hours) < len(("starts", "ends")) and "timezone" not in self.errors:
            self.add_error("timezone", gettext("Say where these hours are."))
        return given

    def presence(self) -> Presence:
        """Return what was typed."""
        given = self.cleaned_data
        window = Window(given["timezone"], given["starts"], given["ends"]) if given["timezone"] else None
        return Presence(frozenset(int(number) for number in given["away"]), window)


def _zones() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext("Takes part from afar, in"),
        required=False,
        choices=[("", gettext("Is in the room")), *zones_by_name(), ("UTC", "UTC")],
        help_text=gettext("Only for those who are not in the room."),
    )
