"""Rooms, slots and sessions of a meetup, and its released agenda."""

from datetime import time

from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.agenda import actions
from midcycle.agenda.models import Release, Room, Session, Slot
from midcycle.meetups.models import Meetup
from tests.world import NOW, ada, placed

DAY = (
    (1, "09:00", "09:30", "plenary", "Opening"),
    (1, "09:30", "10:10", "session", ""),
    (1, "10:10", "10:30", "break", "Coffee"),
    (1, "10:30", "11:10", "session", ""),
    (1, "11:10", "12:00", "free", ""),
    (2, "09:30", "10:10", "session", ""),
)


def room(meetup: Meetup, name: str = "Foundry", capacity: int | None = 40) -> Room:
    """Return a room of the meetup."""
    return actions.add_room(meetup, name, capacity=capacity, by=ada(), now=NOW)


def slot(meetup: Meetup, starts: str | None = "09:30", ends: str | None = None, *, day: int = 1, kind: str = "session") -> Slot:
    """Return a slot of the meetup; times as `09:30`."""
    at, until = (time.fromisoformat(text) if text else None for text in (starts, ends))
    return actions.add_slot(meetup, day=day, starts=at, ends=until, kind=kind, by=ada(), now=NOW)


def planned(stage: str = "agenda") -> Meetup:
    """Return a meetup in Lisbon, 2 and 3 March 2027, with two rooms and six slots: see DAY."""
    meetup = placed(stage=stage)
    room(meetup, "Hall", 100)
    room(meetup, "Loft", 10)
    for day, starts, ends, kind, label in DAY:
        at, until = time.fromisoformat(starts), time.fromisoformat(ends)
        actions.add_slot(meetup, day=day, starts=at, ends=until, kind=kind, label=label, by=ada(), now=NOW)
    return meetup


def session(meetup: Meetup, title: str = "Upgrades", *leads: Person, **facts) -> Session:
    """Return a session led by these people."""
    made = actions.add_session(meetup, title, by=ada(), now=NOW, **facts)
    for lead in leads:
        actions.give_part(made, lead, "lead", by=ada(), now=NOW)
    return made


def at(meetup: Meetup, starts: str, day: int = 1) -> Slot:
    """Return the slot of the meetup that starts then."""
    return Slot.objects.get(meetup=meetup, day=day, starts=time.fromisoformat(starts))


def hall(meetup: Meetup) -> Room:
    """Return the large room."""
    return Room.objects.get(meetup=meetup, name="Hall")


def loft(meetup: Meetup) -> Room:
    """Return the small room."""
    return Room.objects.get(meetup=meetup, name="Loft")


def held(meetup: Meetup, title: str = "Upgrades", *leads: Person, starts: str = "09:30", where: Room | None = None) -> Session:
    """Return a session in the hall, unless another room is named, at a time of day 1."""
    made = session(meetup, title, *leads)
    actions.place(made, at(meetup, starts), where or hall(meetup), by=ada(), now=NOW)
    return made


def released(meetup: Meetup, note: str = "") -> Release:
    """Publish the agenda as it stands."""
    return actions.release(meetup, by=ada(), note=note, now=NOW)


def url(name: str, meetup: Meetup, *more: int | str) -> str:
    """Return the address of a page of the agenda."""
    return reverse(f"agenda:{name}", args=[meetup.slug, *more])


def text_of(response) -> str:
    """Return what a page says."""
    return response.content.decode()
