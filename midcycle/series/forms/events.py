"""Events of other communities: one typed in, or a file of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_lazy

from midcycle.engines.schedules.events import MOST_BYTES, Found, read_events
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Series
from midcycle.series.actions.events import Said
from midcycle.series.forms.fields import (
    NO_REGION,
    content,
    country_choices,
    day,
    file_field,
    offer,
    region_choices,
    web_address,
)
from midcycle.series.models import CalendarEvent
from midcycle.web.forms import PlainForm


def _size() -> str:
    said = gettext("iCalendar of at most %(most)s KB, as calendar programs export it.")
    return said % {"most": MOST_BYTES // 1024}


_how_large = lazy(_size, str)


class EventForm(PlainForm):
    """One event."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    community = forms.CharField(
        label=gettext_lazy("Community"), max_length=120, required=False, help_text=gettext_lazy("Whose event it is.")
    )
    starts_on = day(gettext_lazy("First day"), required=True)
    ends_on = day(gettext_lazy("Last day"), help_text=gettext_lazy("Blank for one day alone."))
    city = forms.CharField(label=gettext_lazy("City"), max_length=80, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    url = web_address(gettext_lazy("Its page"))
    summit_of = forms.ChoiceField(
        label=gettext_lazy("It is the summit of"),
        required=False,
        help_text=gettext_lazy("The rule of that series then looks at its region. Only series you help to organise are here."),
    )

    def __init__(
        self, tended: Sequence[Series], event: CalendarEvent | None = None, data: Mapping[str, Any] | None = None
    ) -> None:
        """Start from what is known; `tended` are the series the visitor tends."""
        self.tended = {series.slug: series for series in tended}
        if event and event.summit_of:
            self.tended[event.summit_of.slug] = event.summit_of
        known = forms.model_to_dict(event) if event else {}
        super().__init__(data, initial={**known, "summit_of": event.summit_of.slug if event and event.summit_of else ""})
        offer(self.fields["country"], country_choices())
        offer(self.fields["region"], region_choices((), event.region if event else ""))
        offer(
            self.fields["summit_of"], [("", gettext("No series")), *((slug, each.title) for slug, each in self.tended.items())]
        )

    def said(self) -> Said:
        """Return what is said of the event; without a last day it is over on the first."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "summit_of"}
        return Said(**{**given, "ends_on": given["ends_on"] or given["starts_on"]})

    def series(self) -> Series | None:
        """Return the series it is the summit of."""
        return self.tended.get(self.cleaned_data["summit_of"])


class CalendarFileForm(PlainForm):
    """A calendar of another community."""

    file = file_field(gettext_lazy("File"), ".ics", _how_large())
    community = forms.CharField(
        label=gettext_lazy("Community"), max_length=120, required=False, help_text=gettext_lazy("Whose events these are.")
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        required=False,
        choices=NO_REGION,
        help_text=gettext_lazy("If all of them are in one; else say it at each event."),
    )

    events: tuple[Found, ...]
    remarks: tuple[str, ...]

    def clean_file(self) -> object:
        """Read the file."""
        file = self.cleaned_data["file"]
        try:
            self.events, self.remarks = read_events(content(file, MOST_BYTES))
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from None
        return file
