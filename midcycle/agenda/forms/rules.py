"""What is typed about rooms beyond their names, and about what a draft has to keep."""

from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, ngettext

from midcycle.agenda.actions.places import LONGEST_WALK, MOST_FREE_MINUTES, MOST_SEATS
from midcycle.agenda.forms.planning import RoomForm
from midcycle.agenda.models import Room
from midcycle.agenda.rules import LAYOUTS, LONGEST_SESSION, MOST_MICROPHONES, layout_within
from midcycle.agenda.rules.bounds import Bounds, Fittings
from midcycle.web.forms import PlainForm

Choices = Sequence[tuple[int, str]]


class RoomFactsForm(RoomForm):
    """A room with all that may be known of it; nothing but its name has to be."""

    layout = forms.ChoiceField(
        label=gettext_lazy("Set as"),
        required=False,
        choices=lambda: [("", gettext("Not settled")), *((key, gettext(name)) for key, name in LAYOUTS.items())],
        help_text=gettext_lazy("With the seats of this layout below, those count."),
    )
    microphones = forms.IntegerField(label=gettext_lazy("Microphones"), required=False, min_value=0, max_value=MOST_MICROPHONES)

    def __init__(self, room: Room, slots: Choices, others: Choices, known: Fittings, data: QueryDict | None = None) -> None:
        """Offer the slots of the meetup to be shut in, and its other rooms to walk to."""
        self.others = others
        initial: dict[str, object] = {"name": room.name, "capacity": room.capacity, "note": room.note, "layout": known.layout}
        initial |= {"microphones": known.microphones, "closed": [str(number) for number in known.closed]}
        initial |= {f"seats_{key}": seats for key, seats in known.layouts.items()}
        initial |= {f"walk_{number}": minutes for number, minutes in known.walks.items()}
        super().__init__(data, initial=initial)
        for key in LAYOUTS:
            self.fields[f"seats_{key}"] = forms.IntegerField(
                label=gettext("Seats as %(layout)s") % {"layout": layout_within(key)},
                required=False,
                min_value=1,
                max_value=MOST_SEATS,
            )
        if slots:
            self.fields["closed"] = forms.MultipleChoiceField(
                label=gettext("Shut in"),
                required=False,
                choices=slots,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
            )
        for number, name in others:
            self.fields[f"walk_{number}"] = forms.IntegerField(
                label=gettext("Minutes to walk to %(room)s") % {"room": name},
                required=False,
                min_value=0,
                max_value=LONGEST_WALK,
            )

    def fittings(self) -> Fittings:
        """Return what was typed beside name, seats and note."""
        given = self.cleaned_data
        seats = {key: given[f"seats_{key}"] for key in LAYOUTS}
        walks = {number: given[f"walk_{number}"] for number, _ in self.others}
        return Fittings(
            given["layout"],
            {key: count for key, count in seats.items() if count},
            given["microphones"],
            frozenset(int(number) for number in given.get("closed", ())),
            {number: minutes for number, minutes in walks.items() if minutes is not None},
        )

    @property
    def more_groups(self) -> Mapping[str, list[forms.BoundField]]:
        """The fields beyond the usual ones, by what they are about."""
        named = {
            gettext("How it is set"): ["layout", *(f"seats_{key}" for key in LAYOUTS), "microphones"],
            gettext("When it is shut"): ["closed"],
            gettext("How far it is"): [f"walk_{number}" for number, _ in self.others],
        }
        found = {title: [self[name] for name in names if name in self.fields] for title, names in named.items()}
        return {title: fields for title, fields in found.items() if fields}

    @property
    def usual_fields(self) -> list[forms.BoundField]:
        """Name, seats and note."""
        return [self[name] for name in ("name", "capacity", "note")]


class BoundsForm(PlainForm):
    """What every draft keeps for a session."""

    length = forms.TypedChoiceField(
        label=gettext_lazy("It takes"),
        coerce=int,
        choices=lambda: [(number, _slots(number)) for number in range(1, LONGEST_SESSION + 1)],
        help_text=gettext_lazy("Several slots one after the other, without a break between them."),
    )
    must = forms.BooleanField(label=gettext_lazy("It must be in the agenda"), required=False)

    def __init__(self, slots: Choices, rooms: Choices, known: Bounds, data: QueryDict | None = None) -> None:
        """Offer the slots and rooms of the meetup."""
        initial = {"length": known.length, "must": known.must, "slot": known.slot, "room": known.room}
        super().__init__(data, initial=initial, auto_id="rule_%s")
        self.fields["slot"] = _chosen(gettext("Always at"), gettext("Any time"), slots)
        self.fields["room"] = _chosen(gettext("Always in"), gettext("Any room"), rooms)

    def bounds(self) -> Bounds:
        """Return what was typed."""
        return Bounds(**self.cleaned_data)


class FreeTimeForm(PlainForm):
    """How much of each day is promised to stay free."""

    free_minutes = forms.IntegerField(
        label=gettext_lazy("Free minutes promised each day"),
        min_value=0,
        max_value=MOST_FREE_MINUTES,
        help_text=gettext_lazy("You are warned when a day has less. 0 for no promise."),
    )


def _slots(count: int) -> str:
    return ngettext("%(count)s slot", "%(count)s slots", count) % {"count": count}


def _chosen(label: str, nothing: str, choices: Choices) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, choices=[("", nothing), *choices])
