"""When people are there, and the times and rooms forms offer."""

from dataclasses import dataclass

from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda.models import Absence, Closure, Promise, RemoteWindow, Room, Slot, Walk
from midcycle.agenda.queries.rows import plain_slot, windows_of
from midcycle.agenda.rules import HELD_KINDS, clock
from midcycle.agenda.rules.bounds import Fittings, Presence
from midcycle.meetups.models import Meetup


@dataclass(frozen=True)
class There:
    """Somebody with limits to when they are there, in words."""

    id: int
    name: str
    away: tuple[str, ...]
    hours: str


def slot_choices(meetup: Meetup) -> tuple[tuple[int, str], ...]:
    """Return the slots sessions can be in, with day and time in words; one query."""
    slots = clock.in_order(plain_slot(slot) for slot in Slot.objects.filter(meetup=meetup, kind__in=HELD_KINDS))
    days = max([clock.days_between(meetup.starts_on, meetup.ends_on), *(slot.day for slot in slots)])
    return tuple((slot.id, clock.slot_name(slot, starts_on=meetup.starts_on, days=days)) for slot in slots)


def room_choices(meetup: Meetup, *, beside: Room | None = None) -> tuple[tuple[int, str], ...]:
    """Return the rooms in their order, those `beside` one alone where it is given; one query."""
    rooms = Room.objects.filter(meetup=meetup).order_by("position", "pk").values_list("pk", "name")
    return tuple((number, name) for number, name in rooms if beside is None or number != beside.pk)


def fittings_of(room: Room) -> Fittings:
    """Return what is known of a room; two queries."""
    walks = {**dict(Walk.objects.filter(room=room).values_list("other", "minutes"))}
    walks |= dict(Walk.objects.filter(other=room).values_list("room", "minutes"))
    closed = frozenset(Closure.objects.filter(room=room).values_list("slot", flat=True))
    return Fittings(room.layout, room.layouts, room.microphones, closed, walks)


def free_minutes_promised(meetup: Meetup) -> int:
    """Return how many minutes of each day are promised to stay free, 0 for no promise; one query."""
    return Promise.objects.filter(meetup=meetup).values_list("free_minutes", flat=True).first() or 0


def presence_of(meetup: Meetup, person: Person) -> Presence:
    """Return when somebody is there; two queries."""
    away = Absence.objects.filter(person=person, slot__meetup=meetup).values_list("slot", flat=True)
    return Presence(frozenset(away), windows_of(meetup).get(person.pk))


def people_with_limits(meetup: Meetup) -> tuple[There, ...]:
    """Return everybody who is not there all the time, by name; four queries."""
    names = dict(slot_choices(meetup))
    away: dict[int, list[int]] = {}
    for person, slot in Absence.objects.filter(slot__meetup=meetup).values_list("person", "slot"):
        away.setdefault(person, []).append(slot)
    windows = RemoteWindow.objects.filter(meetup=meetup)
    hours = {w.person_id: _hours(w) for w in windows}
    people = Person.objects.filter(pk__in=away.keys() | hours.keys()).order_by("name", "pk")
    return tuple(
        There(p.pk, str(p), tuple(name for slot, name in names.items() if slot in away.get(p.pk, ())), hours.get(p.pk, ""))
        for p in people
    )


def _hours(window: RemoteWindow) -> str:
    place = window.timezone.replace("_", " ")
    facts = {"starts": f"{window.starts:%H:%M}", "ends": f"{window.ends:%H:%M}", "place": place}
    return gettext("%(starts)s to %(ends)s, %(place)s") % facts
