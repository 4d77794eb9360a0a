"""The form of a section of a bid, made from the description of its fields."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_noop

from midcycle.bidding.rules import (
    LONGEST_CELL,
    LONGEST_TEXT,
    MOST_DAYS_OFFERED,
    MOST_NUMBER,
    MOST_ROOMS,
    Answers,
    Field,
    Section,
)
from midcycle.kernel.typed import lines, one_line
from midcycle.kernel.zones import countries_in_words, zones_by_name, zones_of
from midcycle.web.forms import AddressField, DayField, PlainForm

_BLANK_ROOMS: Final = 3
_FIRST: Final = frozenset({"starts_0", "room_0_name"})  # of lists that need one entry
_ROOM: Final = (
    ("name", gettext_noop("Name")),
    ("capacity", gettext_noop("People")),
    ("layout", gettext_noop("Layout")),
    ("equipment", gettext_noop("Screen and sound")),
)


@dataclass(frozen=True)
class Row:
    """Fields of a form that are shown together; one alone has no title."""

    title: str
    hint: str
    fields: tuple[forms.BoundField, ...]


class SectionForm(PlainForm):
    """Answers to the questions of a section. Nothing is required: a draft is kept as far as it is.

    `seen` is the version of the section that is typed over.
    """

    use_required_attribute = False
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, section: Section, answers: Answers, seen: int, data: Mapping[str, Any] | None = None) -> None:
        """Ask what the section asks, beginning with the answers there are."""
        super().__init__(data, initial={"seen": seen})
        self.section = section
        self._groups: list[tuple[str, str, list[str]]] = []
        for field in section.fields:
            _ADDERS.get(field.kind, _add_one)(self, field, answers.get(field.key))

    def rows(self) -> Iterator[Row]:
        """Yield what is shown together, in order. Now that all is read, what a whole bid needs is not called optional."""
        needed = {field.key for field in self.section.fields if field.needed}
        for name in self.fields:
            self.fields[name].required = name in needed | _FIRST
        for title, hint, names in self._groups:
            yield Row(title, hint, tuple(self[name] for name in names))

    def add(self, name: str, field: forms.Field, value: Any) -> str:  # noqa: ANN401 - a value of any field
        """Ask one thing; return its name."""
        self.fields[name], self.initial[name] = field, value
        return name

    def group(self, title: str, hint: str, names: list[str]) -> None:
        """Show these together."""
        self._groups.append((title, hint, names))

    def clean(self) -> dict[str, Any]:
        """Look at what belongs together: both ends of the days, a room with a name, the zone of a country."""
        said: dict[str, Any] = super().clean() or {}
        kinds = {field.kind for field in self.section.fields}
        if "days" in kinds:
            self._check_days(said)
        if "rooms" in kinds:
            self._check_rooms(said)
        if "zone" in kinds and not said.get("timezone"):
            found = zones_of(said.get("country") or "")
            said["timezone"] = found[0] if len(found) == 1 else ""
        return said

    def _check_days(self, said: dict[str, Any]) -> None:
        for number in range(MOST_DAYS_OFFERED):
            first, last = said.get(f"starts_{number}"), said.get(f"ends_{number}")
            if last and not first and f"starts_{number}" not in self.errors:
                self.add_error(f"starts_{number}", gettext("Choose the first day too."))
            if first and last and last < first:
                self.add_error(f"ends_{number}", gettext("The last day is before the first. Choose a later one."))

    def _check_rooms(self, said: dict[str, Any]) -> None:
        for number in range(MOST_ROOMS):
            name = f"room_{number}_name"
            if name in self.fields and not said.get(name) and any(said.get(f"room_{number}_{key}") for key, _ in _ROOM[1:]):
                self.add_error(name, gettext("Give the room a name."))

    def answers(self) -> dict[str, Any]:
        """Return the answers as they are kept."""
        return {field.key: _READERS.get(field.kind, _one)(self.cleaned_data, field) for field in self.section.fields}


def _add_one(form: SectionForm, field: Field, value: Any) -> None:  # noqa: ANN401 - what JSON holds
    made = _MAKERS[field.kind](field)
    made.label, made.help_text, made.required = field.label_told, field.hint_told, False
    form.group("", "", [form.add(field.key, made, value)])


def _add_days(form: SectionForm, field: Field, value: Any) -> None:  # noqa: ANN401 - the same
    for number in range(MOST_DAYS_OFFERED):
        known = value[number] if value and number < len(value) else {}
        title = gettext("%(question)s, choice %(number)s") % {"question": field.label_told, "number": number + 1}
        names = [
            form.add(f"{end}s_{number}", _day(label), known.get(f"{end}s_on"))
            for end, label in (("start", gettext("First day")), ("end", gettext("Last day")))
        ]
        form.group(title, field.hint_told if number == 0 else "", names)


def _day(label: str) -> DayField:
    return DayField(label=label, required=False)


def _add_rooms(form: SectionForm, field: Field, value: Any) -> None:  # noqa: ANN401 - the same
    known = list(value or [])
    shown = max(min(len(known) + _BLANK_ROOMS, MOST_ROOMS), _rooms_sent(form.data))
    for number in range(shown):
        room = known[number] if number < len(known) else {}
        names = [form.add(f"room_{number}_{key}", _cell(key, gettext(label)), room.get(key)) for key, label in _ROOM]
        form.group(gettext("Room %(number)s") % {"number": number + 1}, field.hint_told if number == 0 else "", names)


def _rooms_sent(data: Mapping[str, Any]) -> int:
    """Return how many rooms somebody typed, so that none is lost when a colleague took some away meanwhile."""
    return max((number + 1 for number in range(MOST_ROOMS) if f"room_{number}_name" in data), default=0)


def _cell(key: str, label: str) -> forms.Field:
    if key == "capacity":
        return forms.IntegerField(label=label, required=False, min_value=1, max_value=MOST_NUMBER)
    return forms.CharField(label=label, required=False, max_length=LONGEST_CELL)


def _line(field: Field) -> forms.Field:
    return forms.CharField(max_length=field.longest)


def _text(_: Field) -> forms.Field:
    return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))


def _number(_: Field) -> forms.Field:
    return forms.IntegerField(min_value=1, max_value=MOST_NUMBER)


def _choice(field: Field) -> forms.Field:
    return forms.ChoiceField(choices=[("", gettext("Not said yet")), *field.choices_told])


def _address(_: Field) -> forms.Field:
    return AddressField(max_length=254)


def _country(_: Field) -> forms.Field:
    return forms.ChoiceField(choices=[("", gettext("Not said yet")), *countries_in_words().items()])


def _zone(_: Field) -> forms.Field:
    return forms.ChoiceField(choices=[("", gettext("That of the country")), *zones_by_name()])


def _one(said: Mapping[str, Any], field: Field) -> Any:  # noqa: ANN401 - what JSON holds
    value = said.get(field.key)
    if field.kind == "number":
        return value
    return lines(value or "") if field.kind == "text" else one_line(value or "")


def _days(said: Mapping[str, Any], _: Field) -> list[dict[str, str]]:
    pairs = [(said.get(f"starts_{number}"), said.get(f"ends_{number}")) for number in range(MOST_DAYS_OFFERED)]
    return [{"starts_on": first.isoformat(), "ends_on": (last or first).isoformat()} for first, last in pairs if first]


def _rooms(said: Mapping[str, Any], _: Field) -> list[dict[str, Any]]:
    found = []
    for number in range(MOST_ROOMS):
        if not one_line(said.get(f"room_{number}_name") or ""):
            continue
        texts = {key: one_line(said.get(f"room_{number}_{key}") or "") for key in ("name", "layout", "equipment")}
        found.append({**texts, "capacity": said.get(f"room_{number}_capacity")})
    return found


_ADDERS: Final[Mapping[str, Callable[[SectionForm, Field, Any], None]]] = {"days": _add_days, "rooms": _add_rooms}
_READERS: Final[Mapping[str, Callable[[Mapping[str, Any], Field], Any]]] = {"days": _days, "rooms": _rooms}
_MAKERS: Final[Mapping[str, Callable[[Field], forms.Field]]] = {
    "line": _line,
    "text": _text,
    "number": _number,
    "choice": _choice,
    "address": _address,
    "country": _country,
    "zone": _zone,
}
