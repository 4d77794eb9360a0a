"""Answers of a bid in words. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from midcycle.bidding.rules.fields import Field
from midcycle.kernel.words import ngettext
from midcycle.meetups.rules import dates_in_words


def told(field: Field, value: Any, countries: Mapping[str, str]) -> tuple[str, ...]:  # noqa: ANN401 - what JSON holds
    """Return an answer in words, one line for each part of it; nothing where there is no answer."""
    if not value:
        return ()
    if field.kind == "days":
        return tuple(days_told(option) for option in value)
    if field.kind == "rooms":
        return tuple(_room(room) for room in value)
    names = {"choice": dict(field.choices_told), "country": countries, "zone": {value: str(value).replace("_", " ")}}
    return tuple(names.get(field.kind, {}).get(value, str(value)).splitlines())


def in_one_line(field: Field, value: Any, countries: Mapping[str, str]) -> str:  # noqa: ANN401 - the same
    """Return an answer for a cell of a table."""
    return "; ".join(line for line in told(field, value, countries) if line)


def days_told(option: Mapping[str, str]) -> str:
    """Return days that are offered, such as `2-3 March 2027` with an en dash."""
    return dates_in_words(date.fromisoformat(option["starts_on"]), date.fromisoformat(option["ends_on"]), "")


def _room(room: Mapping[str, Any]) -> str:
    capacity = room.get("capacity")
    people = ngettext("%(count)s person", "%(count)s people", capacity) % {"count": capacity} if capacity else ""
    return ", ".join(part for part in (room["name"], people, room.get("layout", ""), room.get("equipment", "")) if part)
