"""What phones send, and what organisers type about the door."""

from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext, gettext_lazy
from pydantic import ValidationError

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups.models import Meetup
from midcycle.onsite.rules import LONGEST_LABEL
from midcycle.onsite.rules.told import Batch
from midcycle.web.forms import DayField, PlainForm


def batch_of(body: bytes) -> Batch:
    """Return what a phone sent. Raises Refusal for what no phone of ours sends."""
    try:
        return Batch.model_validate_json(body)
    except ValidationError:
        raise Refusal(
            gettext("The server does not understand this phone. Load its page anew while there is network.")
        ) from None


_FARTHEST = timedelta(days=800)  # for a meetup whose days nobody has said


class DeviceForm(PlainForm):
    """A label for a phone."""

    label = forms.CharField(
        label=gettext_lazy("Whose phone is it?"),
        max_length=LONGEST_LABEL,
        help_text=gettext_lazy("Such as “Phone of Dee”. Others at the door see it when two phones meet the same person."),
    )

    def clean_label(self) -> str:
        """Return the label on one line."""
        label = one_line(self.cleaned_data["label"])
        if not label:
            raise forms.ValidationError(gettext("Type a name people know the phone by."))
        return label


class ReleaseForm(PlainForm):
    """The minute at which seats of people who are not here are released."""

    day = DayField(label=gettext_lazy("Day"))
    time = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("Those in the queue get the seats of everybody who is not checked in by then."),
    )

    @classmethod
    def of(cls, meetup: Meetup, release_at: datetime | None, now: datetime) -> Self:
        """Return the form with the minute stated, or with the day of the meetup that is today or comes next."""
        if release_at is not None:
            return cls(initial={"day": release_at.date(), "time": release_at.time()})
        today = now.astimezone(ZoneInfo(meetup.timezone)).date()
        first, last = meetup.starts_on or today, meetup.ends_on or meetup.starts_on or today
        return cls(initial={"day": min(max(today, first), last)})

    def at(self, meetup: Meetup, now: datetime) -> datetime | None:
        """Return the minute typed, in the meetup's own time; None with an error beside it when it cannot be that."""
        day, zone = self.cleaned_data["day"], ZoneInfo(meetup.timezone)
        today = now.astimezone(zone).date()
        first, last = meetup.starts_on or today, meetup.ends_on or meetup.starts_on or today + _FARTHEST
        if not first <= day <= last:
            self.add_error("day", gettext("Choose a day of the meetup."))
            return None
        at = datetime.combine(day, self.cleaned_data["time"], zone)
        if at <= now:
            self.add_error("time", gettext("This minute is over. Choose one that is to come."))
            return None
        return at
