"""Rooms and slots: added, changed, removed, and a usual day made at once."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext, ngettext

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold, hold_place, note
from midcycle.agenda.models import Closure, Promise, Room, Slot, Walk
from midcycle.agenda.rules import FORMATS, LAYOUTS, MOST_MICROPHONES, SLOT_KIND_NAMES, clock, values
from midcycle.agenda.rules.bounds import Fittings
from midcycle.agenda.rules.usual import Usual, usual_day
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups.models import Meetup

LAST_DAY = 60
MOST_SEATS = 100_000
LONGEST_WALK = 120
MOST_FREE_MINUTES = 720


@transaction.atomic
def add_room(
    meetup: Meetup, name: str, *, capacity: int | None = None, note: str = "", by: Person | None, now: datetime
) -> Room:
    """Add a room. Raises Refusal when the name is taken."""
    hold(meetup)
    room = Room(meetup=meetup, position=Room.objects.filter(meetup=meetup).count())
    _write_room(room, values.Room(0, name, capacity, note))
    _note("room_added", room, by=by, now=now)
    return room


@transaction.atomic
def change_room(room: Room, facts: values.Room, *, fittings: Fittings | None = None, by: Person | None, now: datetime) -> None:
    """Change name, capacity and note of a room and, where given, its fittings. Raises Refusal when the name is taken."""
    hold(room.meetup)
    if fittings is not None:
        _fit_out(room, fittings)
    _write_room(room, facts)
    _note("room_changed", room, by=by, now=now)


@transaction.atomic
def remove_room(room: Room, *, by: Person | None, now: datetime) -> int:
    """Remove a room; return how many sessions lost their place. Raises Refusal when some would and the agenda is frozen."""
    hold_place(room)
    there = room.placements.count()
    _note("room_removed", room, by=by, now=now)
    room.delete()
    return there


@transaction.atomic
def add_slot(  # noqa: PLR0913 - a slot has this many facts
    meetup: Meetup,
    *,
    day: int,
    starts: time | None,
    ends: time | None,
    kind: str = "session",
    label: str = "",
    only: str = "",
    by: Person | None,
    now: datetime,
) -> Slot:
    """Add a slot on day 1, 2, …; a start or an end nobody recorded is None. Raises Refusal when it ends before it starts.

    Drafts put sessions of the format `only` into it, of all when blank.
    """
    hold(meetup)
    slot = Slot(meetup=meetup)
    _write_slot(slot, values.Slot(0, day, starts, ends, kind, label, only))
    _note("slot_added", slot, by=by, now=now)
    return slot


@transaction.atomic
def change_slot(slot: Slot, facts: values.Slot, *, by: Person | None, now: datetime) -> None:
    """Change day, times, kind and label of a slot; its sessions move with it, so a frozen one keeps its day and times."""
    hold(slot.meetup)
    if (slot.day, slot.starts, slot.ends) != (facts.day, facts.starts, facts.ends):
        hold_place(slot)
    _write_slot(slot, facts)
    _note("slot_changed", slot, by=by, now=now)


@transaction.atomic
def remove_slot(slot: Slot, *, by: Person | None, now: datetime) -> int:
    """Remove a slot; return how many sessions lost their place. Raises Refusal when some would and the agenda is frozen."""
    hold_place(slot)
    there = slot.placements.count()
    _note("slot_removed", slot, by=by, now=now)
    slot.delete()
    return there


@transaction.atomic
def fill_days(meetup: Meetup, usual: Usual, *, by: Person | None, now: datetime) -> int:
    """Give every day without slots those of a usual day; return how many slots were made.

    Raises Refusal when the times contradict each other or every day has slots.
    """
    hold(meetup)
    filled = set(Slot.objects.filter(meetup=meetup).values_list("day", flat=True))
    days = clock.days_between(meetup.starts_on, meetup.ends_on)
    if days > LAST_DAY:
        told = ngettext(
            "The meetup is said to last %(count)s day. Change its last day under “Where and when”.",
            "The meetup is said to last %(count)s days. Change its last day under “Where and when”.",
            days,
        )
        raise Refusal(told % {"count": days})
    try:
        made = [
            Slot(meetup=meetup, day=day, starts=held.starts, ends=held.ends, kind=held.kind, label=held.label)
            for day in range(1, days + 1)
            if day not in filled
            for held in usual_day(usual, is_last=day == days)
        ]
    except ValueError as error:
        raise Refusal(f"{error} {gettext('Change one of the times.')}") from None
    if not made:
        raise Refusal(gettext("Every day has slots already. Remove those of a day first, or add single slots."))
    Slot.objects.bulk_create(made)
    if usual.free:
        Promise.objects.get_or_create(meetup=meetup, defaults={"free_minutes": usual.free})
    note("agenda.days_filled", meetup, by=by, now=now, facts={"slots": len(made)})
    return len(made)


@transaction.atomic
def promise_free_time(meetup: Meetup, minutes: int, *, by: Person | None, now: datetime) -> None:
    """Say how many minutes of each day stay free, so that there is a warning where they do not; 0 takes the promise back."""
    hold(meetup)
    if not 0 <= minutes <= MOST_FREE_MINUTES:
        told = gettext("Choose 0 to %(most)s minutes.")
        raise Refusal(told % {"most": MOST_FREE_MINUTES}, field="free_minutes")
    if minutes:
        Promise.objects.update_or_create(meetup=meetup, defaults={"free_minutes": minutes})
    else:
        Promise.objects.filter(meetup=meetup).delete()
    note("agenda.free_time_promised", meetup, by=by, now=now, facts={"minutes": minutes})


def _fit_out(room: Room, fittings: Fittings) -> None:
    if fittings.layout not in ("", *LAYOUTS) or not fittings.layouts.keys() <= LAYOUTS.keys():
        told = gettext("There is no such layout. Choose one of: %(names)s.")
        raise Refusal(told % {"names": ", ".join(LAYOUTS)}, field="layout")
    if any(not 1 <= seats <= MOST_SEATS for seats in fittings.layouts.values()):
        told = gettext("Give 1 to %(most)s seats, or none when they are not known.")
        raise Refusal(told % {"most": MOST_SEATS}, field="layout")
    if fittings.microphones is not None and not 0 <= fittings.microphones <= MOST_MICROPHONES:
        told = gettext("Give 0 to %(most)s microphones, or none when they are not known.")
        raise Refusal(told % {"most": MOST_MICROPHONES}, field="microphones")
    if any(not 0 <= minutes <= LONGEST_WALK for minutes in fittings.walks.values()):
        raise Refusal(gettext("A walk takes %(most)s minutes at the most.") % {"most": LONGEST_WALK})
    room.layout, room.layouts, room.microphones = fittings.layout, dict(fittings.layouts), fittings.microphones
    slots = Slot.objects.filter(meetup=room.meetup, pk__in=fittings.closed)
    Closure.objects.filter(room=room).delete()
    Closure.objects.bulk_create(Closure(room=room, slot=slot) for slot in slots)
    Walk.objects.filter(Q(room=room) | Q(other=room)).delete()
    others = Room.objects.filter(meetup=room.meetup, pk__in=fittings.walks).exclude(pk=room.pk)
    Walk.objects.bulk_create(
        Walk(room_id=min(room.pk, other.pk), other_id=max(room.pk, other.pk), minutes=fittings.walks[other.pk])
        for other in others
    )


def _write_room(room: Room, facts: values.Room) -> None:
    room.name, room.capacity, room.note = one_line(facts.name)[:80], facts.capacity, one_line(facts.note)[:120]
    if not room.name:
        raise Refusal(gettext("Give the room a name."), field="name")
    if room.capacity is not None and not 1 <= room.capacity <= MOST_SEATS:
        told = gettext("Give a capacity from 1 to %(most)s, or none when it is not known.")
        raise Refusal(told % {"most": MOST_SEATS}, field="capacity")
    if Room.objects.filter(meetup=room.meetup, name=room.name).exclude(pk=room.pk).exists():
        told = gettext("There is a room %(name)s already. Choose another name.")
        raise Refusal(told % {"name": room.name}, field="name")
    room.save()


def _write_slot(slot: Slot, facts: values.Slot) -> None:
    if facts.kind not in SLOT_KIND_NAMES:
        told = gettext("There is no such kind of slot. Choose one of: %(names)s.")
        raise Refusal(told % {"names": ", ".join(SLOT_KIND_NAMES)}, field="kind")
    if not 1 <= facts.day <= LAST_DAY:
        raise Refusal(gettext("Choose a day from 1 to %(most)s.") % {"most": LAST_DAY}, field="day")
    if facts.only not in ("", *FORMATS):
        told = gettext("There is no such format. Choose one of: %(names)s.")
        raise Refusal(told % {"names": ", ".join(FORMATS)}, field="only")
    if facts.ends is not None and (facts.starts is None or facts.ends <= facts.starts):
        raise Refusal(gettext("The slot ends before it starts. Choose a later end."), field="ends")
    slot.day, slot.starts, slot.ends, slot.kind = facts.day, facts.starts, facts.ends, facts.kind
    slot.label, slot.only = one_line(facts.label)[:80], facts.only if facts.kind == "session" else ""
    slot.save()


def _note(deed: str, thing: Room | Slot, *, by: Person | None, now: datetime) -> None:
    note(f"agenda.{deed}", thing.meetup, by=by, now=now, facts={"id": thing.pk})
