"""What organisers type to plan a meetup."""

from collections.abc import Mapping
from datetime import time

from django import forms
from django.db.models import QuerySet
from django.forms.widgets import TimeInput
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from midcycle.accounts.models import Person
from midcycle.agenda.models import Room, Slot
from midcycle.agenda.rules import (
    ANSWER_NAMES,
    FEWEST,
    FORMATS,
    LONGEST_ABSTRACT,
    LONGEST_TITLE,
    PART_NAMES,
    SLOT_KIND_NAMES,
    format_name,
    values,
)
from midcycle.agenda.rules.usual import SHORTEST, Usual
from midcycle.meetups.models import Meetup
from midcycle.web.forms import AddressField, Label, PlainForm

_LONGEST_BLOCK = 720
_TOGETHER = gettext_lazy("At the start, and at the end of the last day. 0 for none.")
_CHOOSE = gettext_lazy("Choose one of the places in the list.")


class ClockInput(TimeInput):
    """A time of day, as browsers know it."""

    input_type = "time"

    def __init__(self) -> None:
        """Show hours and minutes."""
        super().__init__(format="%H:%M")


class RoomForm(PlainForm):
    """A room."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    capacity = forms.IntegerField(label=gettext_lazy("Seats"), required=False, min_value=1, max_value=100_000)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=120, required=False)

    def facts(self) -> values.Room:
        """Return what was typed."""
        given = self.cleaned_data
        return values.Room(0, given["name"], given["capacity"], given["note"])


class SlotForm(PlainForm):
    """A slot."""

    day = forms.IntegerField(label=gettext_lazy("Day"), min_value=1, max_value=60, initial=1)
    starts = forms.TimeField(label=gettext_lazy("Starts"), required=False, widget=ClockInput())
    ends = forms.TimeField(label=gettext_lazy("Ends"), required=False, widget=ClockInput())
    kind = forms.ChoiceField(label=gettext_lazy("What for"), choices=lambda: _told(SLOT_KIND_NAMES))
    label = forms.CharField(label=gettext_lazy("Label"), max_length=80, required=False)
    only = forms.ChoiceField(
        label=gettext_lazy("Drafts put there"),
        required=False,
        choices=lambda: [("", gettext("Sessions of every format")), *((key, _alone(key)) for key in FORMATS)],
    )

    def facts(self) -> values.Slot:
        """Return what was typed."""
        given = self.cleaned_data
        return values.Slot(0, given["day"], given["starts"], given["ends"], given["kind"], given["label"], given["only"])


def _told(names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(key, gettext(name)) for key, name in names.items()]


def _alone(key: str) -> str:
    return gettext("%(format)s alone") % {"format": format_name(key)}


def _minutes(label: Label, initial: int, *, least: int = 0, hint: Label = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=_LONGEST_BLOCK, initial=initial, help_text=hint)


def _at(label: Label, initial: time) -> forms.TimeField:
    return forms.TimeField(label=label, initial=initial, widget=ClockInput())


class UsualDayForm(PlainForm):
    """How a usual day goes; it is made for every day that has no slots yet."""

    starts = _at(gettext_lazy("The day starts at"), time(9))
    ends = _at(gettext_lazy("and ends at"), time(17))
    session = _minutes(gettext_lazy("Minutes of a session"), 40, least=SHORTEST)
    pause = _minutes(gettext_lazy("Minutes of the breaks between"), 20)
    together = _minutes(
        gettext_lazy("Minutes with everybody together"),
        30,
        hint=gettext_lazy("At the start, and at the end of the last day. 0 for none."),
    )
    lunch_at = _at(gettext_lazy("Lunch at"), time(12, 30))
    lunch = _minutes(gettext_lazy("Minutes of lunch"), 60)
    free_at = _at(gettext_lazy("Free time at"), time(15, 30))
    free = _minutes(gettext_lazy("Minutes of free time"), 30, hint=gettext_lazy("Protected: nothing is ever put there."))

    def usual(self) -> Usual:
        """Return what was typed."""
        return Usual(**self.cleaned_data)


class SessionForm(PlainForm):
    """A session."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=lambda: [(key, format_name(key)) for key in FORMATS])
    for_all = forms.BooleanField(label=gettext_lazy("For everybody: nothing runs beside it"), required=False)
    abstract = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=LONGEST_ABSTRACT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Markdown."),
    )


class ReshapeForm(PlainForm):
    """The format of sessions that are too small for it, and the one they shall have."""

    was = forms.ChoiceField(choices=tuple((key, FORMATS[key].name) for key in FEWEST))
    into = forms.ChoiceField(choices=tuple((key, FORMATS[key].name) for key in FEWEST))


class PartForm(PlainForm):
    """Somebody's part in a session: somebody known at this meetup, or an e-mail address."""

    part = forms.ChoiceField(label=gettext_lazy("Part"), choices=lambda: _told(PART_NAMES))
    email = AddressField(
        label=gettext_lazy("or by e-mail"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("For somebody not in the list."),
    )

    def __init__(self, known: QuerySet[Person], data: QueryDict | None = None) -> None:
        """Offer the people known at the meetup."""
        super().__init__(data)
        self.fields["person"] = forms.ModelChoiceField(
            known, label=gettext("Who"), required=False, empty_label=gettext("Choose somebody")
        )
        self.order_fields(["part", "person", "email"])

    def clean(self) -> dict[str, object]:
        """Ask for exactly one way to name somebody."""
        given = super().clean() or {}
        if not self.errors and bool(given.get("person")) == bool(given.get("email")):
            self.add_error("person", gettext("Choose somebody, or give an e-mail address; one of the two."))
        return given


class SeenForm(PlainForm):
    """The version of the board somebody looked at."""

    version = forms.IntegerField(required=False, min_value=0, max_value=2**62)


class MoveForm(SeenForm):
    """Where a session goes: a slot and a room, by number, such as `12-3`."""

    place = forms.RegexField(r"^[0-9]{1,18}-[0-9]{1,18}$", strip=True, error_messages={"required": _CHOOSE, "invalid": _CHOOSE})

    def __init__(self, meetup: Meetup, data: QueryDict) -> None:
        """Know the meetup whose slots and rooms may be named."""
        super().__init__(data)
        self.meetup = meetup

    def clean_place(self) -> tuple[Slot, Room]:
        """Return the slot and the room."""
        slot, room = (int(number) for number in self.cleaned_data["place"].split("-"))
        at = Slot.objects.filter(meetup=self.meetup, pk=slot).first()
        where = Room.objects.filter(meetup=self.meetup, pk=room).first()
        if at is None or where is None:
            raise forms.ValidationError(_CHOOSE)
        return at, where


class ReleaseForm(PlainForm):
    """What to say about a release, and that its conflicts are known."""

    note = forms.CharField(
        label=gettext_lazy("What changed"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("One line, shown to everybody."),
    )
    conflicts_known = forms.BooleanField(label=gettext_lazy("Release it with these conflicts"), required=False)

    def __init__(self, conflicts: int, data: QueryDict | None = None) -> None:
        """Ask about conflicts only where there are some."""
        super().__init__(data)
        if not conflicts:
            self.fields["conflicts_known"].widget = forms.HiddenInput()


class MovedForm(PlainForm):
    """The session that is moved on the board, by number."""

    session = forms.IntegerField(min_value=1, max_value=2**62)


class DraftForm(PlainForm):
    """What a kept draft is called."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=60, help_text=gettext_lazy("For instance: Storage first, or Tuesday evening.")
    )


class RoundForm(PlainForm):
    """Whether somebody can be in one of their sessions."""

    session = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput())
    answer = forms.ChoiceField(
        label=gettext_lazy("Can you be there?"), choices=lambda: _told(ANSWER_NAMES), widget=forms.RadioSelect()
    )
    note = forms.CharField(label=gettext_lazy("What the organisers should know"), max_length=200, required=False)
