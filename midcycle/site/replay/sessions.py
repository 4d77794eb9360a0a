"""Sessions placed as they really were, double bookings and all, with their pads."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from midcycle.agenda import actions as agenda
from midcycle.agenda import queries as placements
from midcycle.agenda.models import Placement, Session, Slot
from midcycle.pads import actions as pads
from midcycle.pads.models import Pad
from midcycle.site.replay.grid import Grid, first_text, room_named, slot_at
from midcycle.site.replay.hours import Hours, compare_hours, hours_of
from midcycle.site.replay.parts import give_parts
from midcycle.site.replay.reading import Facts, text, words
from midcycle.site.replay.shape import tables
from midcycle.site.replay.story import Story
from midcycle.topics.models import Topic

FORMATS: Final = {
    "plenary": "plenary",
    "keynote": "plenary",
    "general": "general_session",
    "general session": "general_session",
    "session": "general_session",
    "working group": "working_group",
    "lightning": "lightning",
    "lightning talk": "lightning",
    "lightning talks": "lightning",
    "presentation": "presentation",
    "talk": "presentation",
    "bof": "birds_of_a_feather",
    "birds of a feather": "birds_of_a_feather",
    "free": "free_time",
    "free time": "free_time",
    "feedback": "wrap_up",
    "wrap up": "wrap_up",
}
# Held as the format that comes nearest; the word itself is kept as told.
_NEAREST: Final = {"discussion": "general_session", "unconference": "general_session", "breakout": "working_group"}
GRID_FAULTS: Final = frozenset({"room_double", "person_double", "overfull"})


@dataclass(frozen=True)
class _Wanted:
    """Where a session is to be: the ids of rooms and slots under which the file names them, and its own hours."""

    rooms: tuple[str, ...]
    slots: tuple[str, ...]
    hours: Hours


def format_of(told: object) -> tuple[str, bool]:
    """Return the format a kind stands for, and whether it says the same."""
    said = text(told).lower().replace("-", " ").replace("_", " ")
    return FORMATS.get(said) or _NEAREST.get(said, "general_session"), said in FORMATS


def hold_sessions(story: Story, grid: Grid, topics: Mapping[str, Topic]) -> None:
    """Add each session with its people, place it where it was, open its pad, and compare."""
    held = []
    for number, (path, told) in enumerate(tables(story.facts, "sessions"), start=1):
        session = _session(story, told, path, number, topics)
        give_parts(story, session, told, path)
        _place(story, session, told, path, grid)
        held.append((path, told, session))
    _open_pads(story, held)
    found = [finding.sentence for finding in placements.findings(story.meetup) if finding.code in GRID_FAULTS]
    story.ledger.found.extend([*found, *_booked_twice_without_a_time(story)])


def release(story: Story) -> None:
    """Publish what is placed; a file without placements has nothing to publish."""
    if Placement.objects.filter(session__meetup=story.meetup).exists():
        with story.attempt("the agenda was not released"):
            agenda.release(story.meetup, by=story.organiser, note="As it was", now=story.later(days=3))


def _session(story: Story, told: Facts, path: str, number: int, topics: Mapping[str, Topic]) -> Session:
    title = text(told.get("title")) or text(told.get("name")) or text(told.get("id")) or f"Session {number}"
    key = "kind" if text(told.get("kind")) else "format"
    held_as, is_exact = format_of(told.get(key))
    topic = topics.get(text(told.get("topic")))
    session = agenda.add_session(
        story.meetup,
        title[:160],
        format=held_as,
        for_all=held_as == "plenary",
        by=story.organiser,
        now=story.later(minutes=2),
        topic=topic if topic and not Session.objects.filter(topic=topic).exists() else None,
    )
    story.ledger.settle(f"{path}.id")
    for name in ("title", "name"):
        if text(told.get(name)):
            story.ledger.lived(f"{path}.{name}", told[name], session.title)
    if is_exact:
        story.ledger.lived(f"{path}.{key}", told[key], session.format, means=held_as)
    if topic is not None:
        got = next((name for name, known in topics.items() if known.pk == session.topic_id), None)
        story.ledger.lived(f"{path}.topic", told["topic"], got)
    return session


def _place(story: Story, session: Session, told: Facts, path: str, grid: Grid) -> None:
    wanted = _wanted(story, told, path, grid)
    slot = _slot_for(story, wanted, told, path, grid)
    if slot is None:
        return
    room = grid.rooms[wanted.rooms[0]] if wanted.rooms else None
    agenda.place(session, slot, room, by=story.organiser, now=story.now)
    got = Placement.objects.select_related("slot", "room").get(session=session)
    _compare_slot(story, told, path, wanted, got.slot, grid)
    compare_hours(story, told, path, wanted.hours, got.slot)
    key = _key_of(told, "room")
    if key and wanted.rooms:
        there = grid.id_of_room(got.room)
        means = list(wanted.rooms) if isinstance(told[key], list) or len(wanted.rooms) > 1 else wanted.rooms[0]
        story.ledger.lived(f"{path}.{key}", told[key], [there] if isinstance(means, list) else there, means=means)
        if len(wanted.rooms) > 1:
            story.ledger.note(f"{path}.{key}: a session is in one room; it stands in the first of them")


def _wanted(story: Story, told: Facts, path: str, grid: Grid) -> _Wanted:
    rooms = _named(told, "room", grid.room_id)
    hours = hours_of(story, told, path)
    slots = _named(told, "slot", grid.slot_id)
    return _Wanted(tuple(room_named(story, grid, said) for said in rooms), slots, hours)


def _named(told: Facts, what: str, known: object) -> tuple[str, ...]:
    """Return the names under a key or its plural: a list, or text that may join several, such as `r1, r2`."""
    value = told.get(_key_of(told, what))
    if isinstance(value, list):
        return tuple(name for item in value if (name := first_text(item)))
    said = first_text(value)
    parts = [part.strip() for mark in (",", "+", "&", "/") if mark in said for part in said.split(mark)]
    if parts and callable(known) and known(said) is None and all(known(part) is not None for part in parts):
        return tuple(parts)
    return (said,) if said else ()


def _key_of(told: Facts, what: str) -> str:
    return next((key for key in (what, f"{what}s") if told.get(key) not in (None, "", [])), "")


def _slot_for(story: Story, wanted: _Wanted, told: Facts, path: str, grid: Grid) -> Slot | None:
    """Return the slot of a session: the one it names, or that of its own hours, or one without a time for a room alone."""
    hours = wanted.hours
    if not wanted.slots:
        if hours.starts is not None:
            return slot_at(story, hours.day, hours.starts, hours.ends)
        if not wanted.rooms:
            return None
        story.ledger.note(f"{path}: the file tells its room and not its time, so it stands without a time")
        return slot_at(story, hours.day, None, None)
    there = [_slot_named(story, grid, said, hours, path) for said in wanted.slots]
    if len(there) > 1:
        return _spanning(story, there, f"{path}.{_key_of(told, 'slot')}")
    return _slot_of_its_own(story, there[0], wanted, path, grid)


def _slot_of_its_own(story: Story, slot: Slot, wanted: _Wanted, path: str, grid: Grid) -> Slot:
    """Return the named slot, or one within or from it where the session tells other hours: else double bookings are missed."""
    starts, ends = wanted.hours.within(slot)
    outside = slot.starts and starts and (starts < slot.starts or (slot.ends and starts >= slot.ends))
    if (starts, ends) == (slot.starts, slot.ends) or starts is None or outside:
        return slot
    if slot.starts is not None:
        story.ledger.note(
            f"{path}: it has other hours than its slot {wanted.slots[0][:60]}, and stands in one of its own there"
        )
    day = slot.day if slot.starts is not None or not wanted.hours.is_day_told else wanted.hours.day
    return grid.copied(slot_at(story, day, starts, ends, slot.label), grid.id_of_slot(slot) or wanted.slots[0])


def _slot_named(story: Story, grid: Grid, said: str, hours: Hours, path: str) -> Slot:
    """Return the slot that is called so, on the session's day where the slot has none; one the file does not list is added."""
    key = grid.slot_id(said)
    if key is None:
        if hours.starts is None:
            story.ledger.note(f"{path}: the file does not list the slot {said[:60]}, so it stands without a time")
        grid.slots[said] = slot_at(story, hours.day, hours.starts, hours.ends if hours.starts else None, said)
        if not hours.is_day_told:
            grid.dayless.add(said)
        return grid.slots[said]
    slot = grid.slots[key]
    if key not in grid.dayless or not hours.is_day_told or hours.day == slot.day:
        return slot
    there = Slot.objects.filter(meetup=story.meetup, day=hours.day, starts=slot.starts, ends=slot.ends, label=slot.label)
    copy = there.first() or agenda.add_slot(
        story.meetup,
        day=hours.day,
        starts=slot.starts,
        ends=slot.ends,
        kind=slot.kind,
        label=slot.label,
        by=story.organiser,
        now=story.now,
    )
    return grid.copied(copy, key)


def _spanning(story: Story, slots: list[Slot], path: str) -> Slot:
    """Return one slot from the start of the first to the end of the last; the first one when they make no stretch of a day."""
    ordered = sorted(slots, key=lambda slot: (slot.day, str(slot.starts)))
    first, last = ordered[0], ordered[-1]
    if first.day == last.day and first.starts is not None and last.ends is not None:
        return slot_at(story, first.day, first.starts, last.ends)
    story.ledger.note(f"{path}: these slots make no stretch of one day, so it stands in the first of them")
    return first


def _compare_slot(story: Story, told: Facts, path: str, wanted: _Wanted, slot: Slot, grid: Grid) -> None:
    key = _key_of(told, "slot")
    if not key or not wanted.slots:
        return
    means = [grid.slot_id(said) or said for said in wanted.slots]
    got = grid.id_of_slot(slot)
    if isinstance(told[key], list) or len(means) > 1:
        story.ledger.lived(f"{path}.{key}", told[key], (len(means) > 1 and _within(slot, grid)) or [got], means=means)
    else:
        story.ledger.lived(f"{path}.{key}", told[key], got, means=means[0])


def _within(slot: Slot, grid: Grid) -> list[str]:
    """Return the ids of the file's slots that lie within a longer one."""
    return [
        key
        for key, held in grid.slots.items()
        if held.pk != slot.pk
        and held.day == slot.day
        and held.starts is not None
        and slot.starts is not None
        and held.starts >= slot.starts
        and held.ends is not None
        and slot.ends is not None
        and held.ends <= slot.ends
    ]


def _booked_twice_without_a_time(story: Story) -> list[str]:
    """Return what is booked twice in a slot whose time nobody recorded: rooms, and people who lead or take notes."""
    rows = Placement.objects.filter(session__meetup=story.meetup, slot__starts=None).select_related("session", "slot", "room")
    found = []
    for one, two in combinations(rows.prefetch_related("session__parts__person").order_by("pk"), 2):
        if one.slot_id != two.slot_id:
            continue
        both, at = f"both {one.session} and {two.session}", f"in the slot {one.slot.label or one.slot}"
        if one.room is not None and one.room == two.room:
            found.append(f"{one.room} holds {both} {at}.")
        needed = [{held.person for held in row.session.parts.all() if held.part in _NEEDED} for row in (one, two)]
        found += [f"{person} is needed in {both} {at}." for person in sorted(needed[0] & needed[1], key=str)]
    return found


_NEEDED: Final = frozenset({"lead", "in_demand", "note_taker"})


def _open_pads(story: Story, held: list[tuple[str, Facts, Session]]) -> None:
    """Open a pad for each session, under the name the file tells; an address elsewhere is kept as told."""
    pads.open_pads(story.meetup, by=story.organiser, now=story.later(days=1))
    for path, told, session in held:
        pad = Pad.objects.filter(session=session).first()
        if told.get("notes") is True:
            story.ledger.lived(f"{path}.notes", told["notes"], pad is not None)
        wanted = text(told.get("pad"))
        if wanted and pad is not None and "://" not in wanted:
            with story.attempt(f"{path}.pad"):
                pads.rename(pad, wanted, by=story.organiser, now=story.now)
            story.ledger.lived(f"{path}.pad", told["pad"], Pad.objects.get(pk=pad.pk).name)
    for key in ("pads", "pads_named_elsewhere"):
        asked = words(story.facts.get(key))
        for name in asked or []:
            with story.attempt(f"{key}.{name}"):
                pads.open_pad(story.meetup, name, title=name, by=story.organiser, now=story.now)
        if asked:
            got = set(Pad.objects.filter(meetup=story.meetup, name__in=asked).values_list("name", flat=True))
            story.ledger.lived(key, story.facts[key], [name for name in asked if name in got], means=asked)
