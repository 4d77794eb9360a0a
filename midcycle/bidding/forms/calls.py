"""What an organiser types about a call for hosts."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy

from midcycle.bidding.actions import Wanted
from midcycle.bidding.models import HostCall
from midcycle.bidding.rules import LONGEST, MOST_FIRST_DAYS, MOST_WEIGHT
from midcycle.kernel.zones import zones_by_name
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import REGIONS
from midcycle.web.forms import AddressField, DayField, PlainForm

_MIDNIGHT: Final = time(23, 59)


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class DeadlineForm(PlainForm):
    """A moment, on the clock of a city."""

    deadline_day = DayField(label=gettext_lazy("Bids until this day"))
    deadline_time = forms.TimeField(label=gettext_lazy("and this time"), widget=TimeInput)
    timezone = forms.ChoiceField(
        label=gettext_lazy("on the clock of"), help_text=gettext_lazy("Everybody sees the deadline with this city beside it.")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None) -> None:
        """Offer every time zone."""
        super().__init__(data, initial=initial)
        field = self.fields["timezone"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("UTC", "UTC"), *zones_by_name()]

    def deadline(self) -> datetime | None:
        """Return the moment that was typed, in UTC; an hour that a clock shows twice is the earlier one."""
        day, at = self.cleaned_data.get("deadline_day"), self.cleaned_data.get("deadline_time")
        if day is None:
            return None
        return datetime.combine(day, at or _MIDNIGHT, ZoneInfo(self.cleaned_data["timezone"])).astimezone(UTC)


class CallForm(DeadlineForm):
    """What a call asks for."""

    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        choices=[("", gettext_lazy("Not fixed yet")), *((key, gettext_lazy(name)) for key, name in REGIONS.items())],
        required=False,
    )
    earliest = DayField(label=gettext_lazy("Earliest day"), required=False)
    latest = DayField(label=gettext_lazy("Latest day"), required=False)
    people = forms.IntegerField(
        label=gettext_lazy("People expected"),
        min_value=1,
        max_value=100_000,
        help_text=gettext_lazy("Bids are compared, and costs added up, for so many."),
    )
    about = forms.CharField(
        label=gettext_lazy("What hosts should know"),
        required=False,
        max_length=LONGEST["about"],
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What the meetup needs and what it does not. Markdown works."),
    )
    chosen_how = forms.CharField(
        label=gettext_lazy("How the people of the group were chosen"),
        required=False,
        max_length=LONGEST["chosen_how"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who was asked, where, and who said yes. Everybody reads it."),
    )
    first_days = forms.IntegerField(
        label=gettext_lazy("Days ahead for those whose bid lost last time"),
        min_value=0,
        max_value=MOST_FIRST_DAYS,
        help_text=gettext_lazy("They get a letter, and see the call so many days before everybody."),
    )
    field_order = ("region", "earliest", "latest", "deadline_day", "deadline_time", "timezone", "people", "about", "chosen_how")

    def __init__(
        self,
        meetup: Meetup,
        call: HostCall | None,
        data: Mapping[str, Any] | None = None,
        *,
        asked: Mapping[str, str] | None = None,
    ) -> None:
        """Start from the call as it is; `asked` are region, window and people from a link, used where nothing was said yet."""
        super().__init__(data, initial=_initial(meetup, call, asked or {}))
        self.fields["deadline_day"].required = self.fields["deadline_time"].required = False

    def wanted(self) -> Wanted:
        """Return what the call asks for."""
        said = self.cleaned_data
        names = ("region", "earliest", "latest", "timezone", "people", "about", "chosen_how", "first_days")
        return Wanted(**{name: said[name] for name in names}, deadline=self.deadline())


def _initial(meetup: Meetup, call: HostCall | None, asked: Mapping[str, str]) -> dict[str, Any]:
    wished = {name: asked.get(name) for name in ("region", "earliest", "latest")}
    if call is None:
        usual = {"timezone": meetup.timezone, "people": _people(asked), "first_days": 7, "deadline_time": _MIDNIGHT}
        return usual | wished | {"region": wished["region"] or meetup.region}
    there = call.deadline_there
    names = ("region", "earliest", "latest", "timezone", "people", "about", "chosen_how", "first_days")
    known = {name: getattr(call, name) or wished.get(name) for name in names}
    return known | {
        "first_days": call.first_days,
        "deadline_day": there.date() if there else None,
        "deadline_time": there.time() if there else _MIDNIGHT,
    }


def _people(asked: Mapping[str, str]) -> int:
    """Return how many people a link proposes; else 100."""
    text = asked.get("people", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) else 100


class CriterionForm(PlainForm):
    """What bids are judged by."""

    title = forms.CharField(label=gettext_lazy("Criterion"), max_length=LONGEST["title"])
    weight = forms.IntegerField(
        label=gettext_lazy("Weight"),
        min_value=1,
        max_value=MOST_WEIGHT,
        help_text=gettext_lazy("Beside the others: 30 counts three times as much as 10."),
    )
    explanation = forms.CharField(label=gettext_lazy("What earns points"), max_length=LONGEST["explanation"], required=False)


class KeeperForm(PlainForm):
    """Who keeps the comparison."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    email = AddressField(label=gettext_lazy("E-mail"), max_length=254)


class MemberForm(KeeperForm):
    """Somebody of the group."""

    why = forms.CharField(
        label=gettext_lazy("Why this person"), max_length=LONGEST["why"], help_text=gettext_lazy("Everybody reads it.")
    )
