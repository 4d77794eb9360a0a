"""Rooms and slots, as the file tells them, and how its sessions find them again."""

from dataclasses import dataclass, field
from datetime import time
from typing import Final

from django.db import transaction

from midcycle.agenda import actions as agenda
from midcycle.agenda.models import Room, Slot
from midcycle.kernel.refusal import Refusal
from midcycle.site.replay.hours import compare_hours, hours_of
from midcycle.site.replay.reading import Facts, mapping, pair, text, whole
from midcycle.site.replay.shape import tables
from midcycle.site.replay.story import Story

KINDS: Final = ("session", "break", "plenary", "free")
_LIKE: Final = {
    "lunch": "break",
    "meal": "break",
    "coffee": "break",
    "breakfast": "break",
    "dinner": "break",
    "social": "free",
    "keynote": "plenary",
}


@dataclass
class Grid:
    """The rooms and slots of a meetup by the ids of its file. A slot may be there on several days, when the file tells none."""

    rooms: dict[str, Room] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    dayless: set[str] = field(default_factory=set)
    _copies: dict[int, str] = field(default_factory=dict)

    def room_id(self, said: str) -> str | None:
        """Return the id of the room that is called so: by its id, else by its name; small and capital letters are alike."""
        return _found(said, {key: room.name for key, room in self.rooms.items()})

    def slot_id(self, said: str) -> str | None:
        """Return the id of the slot that is called so."""
        return _found(said, {key: slot.label for key, slot in self.slots.items()})

    def id_of_slot(self, slot: Slot) -> str | None:
        """Return the file's id of a slot, None for one that only sessions have."""
        known = {held.pk: key for key, held in self.slots.items()}
        return known.get(slot.pk) or self._copies.get(slot.pk)

    def id_of_room(self, room: Room | None) -> str | None:
        """Return the file's id of a room."""
        return next((key for key, held in self.rooms.items() if room and held.pk == room.pk), None)

    def copied(self, slot: Slot, key: str) -> Slot:
        """Take a slot for one that the file knows under this id."""
        self._copies[slot.pk] = key
        return slot


def furnish(story: Story) -> Grid:
    """Add rooms and slots, and compare them."""
    grid = Grid()
    for path, told in tables(story.facts, "rooms"):
        name = text(told.get("name")) or text(told.get("title")) or text(told.get("id")) or f"Room {len(grid.rooms) + 1}"
        grid.rooms.setdefault(text(told.get("id")) or name, room := _room(story, told, path, name))
        if grid.room_id(name) is None:
            grid.rooms.setdefault(name, room)
    for number, (path, told) in enumerate(tables(story.facts, "slots"), start=1):
        key = text(told.get("id")) or str(number)
        slot = _slot(story, told, path)
        if key in grid.slots:
            story.ledger.note(f"{path}: an earlier slot has the id {key}; sessions that name it are in that one")
        elif not hours_of(story, told, path).is_day_told:
            grid.dayless.add(key)
        grid.slots.setdefault(key, slot)
    return grid


def room_named(story: Story, grid: Grid, said: str) -> str:
    """Return the id of the room a session names; one the file does not list is added."""
    known = grid.room_id(said)
    if known is not None:
        return known
    grid.rooms[said] = agenda.add_room(story.meetup, _free_name(story, said, said), by=story.organiser, now=story.now)
    return said


def slot_at(story: Story, day: int, starts: time | None, ends: time | None, label: str = "") -> Slot:
    """Return the slot of that day, start and end, new if there is none. Without an end, any that starts then."""
    there = Slot.objects.filter(meetup=story.meetup, day=day, starts=starts).order_by("pk")
    found = there.filter(ends=ends).first() or (there.first() if ends is None else None)
    if found is not None and starts is not None:
        return found
    return agenda.add_slot(story.meetup, day=day, starts=starts, ends=ends, label=label[:80], by=story.organiser, now=story.now)


def _found(said: str, called: dict[str, str]) -> str | None:
    plain = said.casefold()
    tests = (
        lambda key, _: key == said,
        lambda _, name: name == said,
        lambda key, _: key.casefold() == plain,
        lambda _, name: name.casefold() == plain,
    )
    return next((key for test in tests for key, name in called.items() if test(key, name)), None)


def _room(story: Story, told: Facts, path: str, name: str) -> Room:
    span = pair(told.get("capacity"))
    capacity = span[1] if span else whole(told.get("capacity"))
    note = text(told.get("theme")) or text(told.get("kind"))
    name = _free_name(story, name, text(told.get("id")) or path.rpartition(".")[2])
    room = _add_room(story, path, name, capacity, note[:120])
    story.ledger.settle(f"{path}.id")
    key = next((key for key in ("name", "title") if text(told.get(key))), "")
    if key:
        story.ledger.lived(f"{path}.{key}", told[key], room.name)
    if capacity is not None and span is None:
        story.ledger.lived(f"{path}.capacity", told["capacity"], room.capacity, means=capacity)
    if text(told.get("theme")):
        story.ledger.lived(f"{path}.theme", told["theme"], room.note)
    return room


def _add_room(story: Story, path: str, name: str, capacity: int | None, note: str) -> Room:
    try:
        with transaction.atomic():
            return agenda.add_room(story.meetup, name, capacity=capacity, note=note, by=story.organiser, now=story.now)
    except Refusal as refusal:
        story.ledger.note(f"{path}.capacity: {refusal.message}")
    return agenda.add_room(story.meetup, name, note=note, by=story.organiser, now=story.now)


def _free_name(story: Story, name: str, mark: str) -> str:
    """Return a name no other room has: two rooms of one name are told apart by their ids."""
    taken = set(Room.objects.filter(meetup=story.meetup).values_list("name", flat=True))
    short, number = name[:80].strip(), 1
    if short in taken:
        story.ledger.note(f"there is a room {short} already; another of that name is called {short[:60]} ({mark[:12]})")
    while short in taken:
        short = f"{name[:60]} ({mark[:12]}{'' if number == 1 else f' {number}'})"
        number += 1
    return short


def _slot(story: Story, told: Facts, path: str) -> Slot:
    hours = hours_of(story, told, path)
    said = text(told.get("kind")).lower()
    kind = said if said in KINDS else _LIKE.get(said, "session")
    key = next((key for key in ("label", "title", "name") if text(told.get(key))), "")
    label = text(told.get(key)) or _label(text(told.get("id")), said, kind, timeless=hours.starts is None)
    slot = agenda.add_slot(
        story.meetup,
        day=hours.day,
        starts=hours.starts,
        ends=hours.ends if hours.starts is not None else None,
        kind=kind,
        label=label[:80],
        by=story.organiser,
        now=story.now,
    )
    story.ledger.settle(f"{path}.id")
    if key:
        story.ledger.lived(f"{path}.{key}", told[key], slot.label)
    compare_hours(story, told, path, hours, slot)
    if said in KINDS:
        story.ledger.lived(f"{path}.kind", told["kind"], slot.kind, means=said)
    return slot


def _label(name: str, said: str, kind: str, *, timeless: bool) -> str:
    """Return what to call a slot the file gives no label: `break2` and `lunch` are made presentable, `free` needs none."""
    if timeless:
        return name
    presentable = name.strip("0123456789").replace("-", " ").capitalize()
    if kind == "break":
        return presentable or said.capitalize()
    return said.capitalize() if said in _LIKE else ""


def first_text(value: object) -> str:
    """Return a name told as text, or as a table with a name."""
    return text(value) or text(mapping(value).get("name")) or text(mapping(value).get("id"))
