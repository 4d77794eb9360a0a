"""Topics, rooms, slots, sessions and pads, placed as they really were, double bookings and all."""

from contextlib import suppress
from datetime import time

from midcycle.accounts.actions import person_for
from midcycle.accounts.models import Person
from midcycle.agenda import actions as agenda
from midcycle.agenda import queries as placements
from midcycle.agenda.models import Placement, Room, Session, SessionPart, Slot
from midcycle.kernel.refusal import Refusal
from midcycle.pads import actions as pads
from midcycle.pads.models import Pad
from midcycle.site.replay.people_steps import crowd
from midcycle.site.replay.reading import Facts, clock_time, items, names, pair, whole
from midcycle.site.replay.story import Story
from midcycle.topics import actions as topics
from midcycle.topics.models import Support

FORMATS = {
    "plenary": "plenary",
    "general": "general_session",
    "discussion": "general_session",
    "unconference": "general_session",
    "working-group": "working_group",
    "working group": "working_group",
    "breakout": "working_group",
    "lightning": "lightning",
    "presentation": "presentation",
    "talk": "presentation",
    "bof": "birds_of_a_feather",
    "birds-of-a-feather": "birds_of_a_feather",
    "free": "free_time",
    "feedback": "wrap_up",
    "wrap-up": "wrap_up",
}
SLOT_KINDS = {"break": "break", "lunch": "break", "meal": "break", "social": "free", "plenary": "plenary", "free": "free"}
PARTS = {
    "lead": ("moderators", "moderator", "leads", "lead", "facilitators", "facilitator", "presenters", "speakers", "speaker"),
    "note_taker": ("note_takers", "note_taker"),
    "publisher": ("publisher", "publishers"),
    "shadow": ("shadows", "shadow"),
}
GRID_FAULTS = frozenset({"room_double", "person_double", "overfull"})
VOTES = ("support", "votes", "plus_ones", "plus_one", "+1", "dots")


def propose_topics(story: Story) -> None:
    """Propose each topic and give it as many voices as the file counts."""
    for number, told in enumerate(items(story.facts.get("topics")), start=1):
        path, title = f"topics.{told.get('id', number)}", str(told.get("title") or told.get("id") or "")
        if not title:
            continue
        proposer = _person(story, names(told.get("proposer"))[0]) if names(told.get("proposer")) else story.organiser
        topic = topics.propose(story.meetup, proposer, title=title[:160], now=story.later(hours=3))
        story.ledger.lived(f"{path}.title" if "title" in told and "id" in told else path, title, topic.title)
        for key in VOTES:
            voices = whole(told.get(key))
            if voices is not None:
                for who in crowd(story, voices):
                    topics.support(topic, person_for(who.email, name=who.name, now=story.now), now=story.now)
                got = Support.objects.filter(topic=topic).exclude(person=proposer).count()
                story.ledger.lived(f"{path}.{key}", voices, got)
        story.ledger.settle(f"{path}.id")


def furnish(story: Story) -> tuple[dict[str, Room], dict[str, Slot]]:
    """Add rooms and slots; return them by the file's ids."""
    rooms = {
        str(told.get("id", told.get("name", told.get("title")))): _room(story, told, n) for n, told in _numbered(story, "rooms")
    }
    slots = {}
    for number, told in _numbered(story, "slots"):
        slot = _slot(story, told, number)
        if slot is not None:
            slots[str(told.get("id", number))] = slot
    return rooms, slots


def hold_sessions(story: Story, rooms: dict[str, Room], slots: dict[str, Slot]) -> None:
    """Add each session with its people, place it where it was, open its pad, and compare."""
    for number, told in _numbered(story, "sessions"):
        path = f"sessions.{told.get('id', number)}"
        title = str(told.get("title") or told.get("id") or f"Session {number}")
        key = "kind" if "kind" in told else "format"
        asked_format = str(told.get(key) or "").lower()
        session = agenda.add_session(
            story.meetup,
            title[:160],
            format=FORMATS.get(asked_format, "general_session"),
            for_all=asked_format == "plenary",
            by=story.organiser,
            now=story.later(minutes=2),
        )
        story.ledger.settle(f"{path}.id")
        story.ledger.lived(f"{path}.title", title, session.title)
        if asked_format in FORMATS:
            story.ledger.lived(
                f"{path}.{key}", told[key], told[key] if session.format == FORMATS[asked_format] else session.format
            )
        _give_parts(story, session, told, path)
        _place(story, session, told, path, rooms, slots)
    _open_pads(story)
    for finding in placements.findings(story.meetup):
        if finding.code in GRID_FAULTS:
            story.ledger.found.append(finding.sentence)


def release(story: Story) -> None:
    """Publish what is placed; a file without placements has nothing to publish."""
    if not Placement.objects.filter(session__meetup=story.meetup).exists():
        return
    try:
        agenda.release(story.meetup, by=story.organiser, note="As it was", now=story.later(days=3))
    except Refusal as refusal:
        story.ledger.notes.append(f"the agenda was not released: {refusal.message}")


def _numbered(story: Story, key: str) -> list[tuple[int, Facts]]:
    return list(enumerate(items(story.facts.get(key)), start=1))


def _room(story: Story, told: Facts, number: int) -> Room:
    name = str(told.get("name") or told.get("title") or told.get("id") or f"Room {number}")[:80]
    span = pair(told.get("capacity"))
    capacity = whole(told.get("capacity")) if span is None else span[1]
    note = str(told.get("theme") or told.get("kind") or "")[:120]
    room = agenda.add_room(story.meetup, name, capacity=capacity, note=note, by=story.organiser, now=story.now)
    path = f"rooms.{told.get('id', number)}"
    story.ledger.settle(f"{path}.id")
    story.ledger.lived(f"{path}.name", told.get("name", name), room.name)
    if capacity is not None:
        story.ledger.lived(f"{path}.capacity", told["capacity"], [span[0], room.capacity] if span else room.capacity)
    if "theme" in told:
        story.ledger.lived(f"{path}.theme", told["theme"], room.note)
    return room


def _slot(story: Story, told: Facts, number: int) -> Slot | None:
    starts, ends = clock_time(told.get("start")), clock_time(told.get("end"))
    if starts is None:
        return None
    kind = str(told.get("kind") or "session").lower()
    slot = agenda.add_slot(
        story.meetup,
        day=whole(told.get("day")) or 1,
        starts=starts,
        ends=ends if ends and ends > starts else None,
        kind=SLOT_KINDS.get(kind, "session"),
        label=_label(told, kind),
        by=story.organiser,
        now=story.now,
    )
    path = f"slots.{told.get('id', number)}"
    story.ledger.settle(f"{path}.id")
    if whole(told.get("day")) is not None:
        story.ledger.lived(f"{path}.day", told["day"], slot.day)
    story.ledger.lived(f"{path}.start", _hh_mm(starts), _hh_mm(slot.starts))
    if ends is not None:
        story.ledger.lived(f"{path}.end", _hh_mm(ends), _hh_mm(slot.ends))
    if "kind" in told:
        story.ledger.lived(
            f"{path}.kind", told["kind"], told["kind"] if SLOT_KINDS.get(kind, "session") == slot.kind else slot.kind
        )
    return slot


def _label(told: Facts, kind: str) -> str:
    """Return what the file calls the slot; `break2` and `lunch` are made presentable, `free` needs no label."""
    said = told.get("label") or told.get("title")
    if said:
        return str(said)[:80]
    named = kind in SLOT_KINDS and SLOT_KINDS[kind] == "break"
    return str(told.get("id", "")).strip("0123456789").replace("-", " ").capitalize()[:80] if named else ""


def _give_parts(story: Story, session: Session, told: Facts, path: str) -> None:
    for part, keys in PARTS.items():
        for key in keys:
            asked = names(told.get(key))
            if not asked:
                continue
            people = {_person(story, name).pk: name for name in asked}
            for person in Person.objects.filter(pk__in=people):
                agenda.give_part(session, person, part, by=story.organiser, now=story.now)
            given = SessionPart.objects.filter(session=session, part=part, person__in=people).values_list("person", flat=True)
            story.ledger.lived(f"{path}.{key}", sorted(set(asked)), sorted(people[pk] for pk in given))


def _place(story: Story, session: Session, told: Facts, path: str, rooms: dict[str, Room], slots: dict[str, Slot]) -> None:
    wanted_room, wanted_slot, starts = told.get("room"), told.get("slot"), clock_time(told.get("start"))
    slot = slots.get(str(wanted_slot)) if wanted_slot is not None else None
    day = whole(told.get("day")) or 1
    if slot is None and starts is not None:
        slot = _slot_at(story, day, starts, clock_time(told.get("end")))
    room = _known_room(story, rooms, wanted_room)
    if slot is None:
        return
    agenda.place(session, slot, room, by=story.organiser, now=story.now)
    got = Placement.objects.select_related("slot", "room").get(session=session)
    by_slot, by_room = {row.pk: key for key, row in slots.items()}, {row.pk: key for key, row in rooms.items()}
    if wanted_slot is not None:
        story.ledger.lived(f"{path}.slot", wanted_slot, by_slot.get(got.slot_id, _hh_mm(got.slot.starts)))
    if starts is not None:
        story.ledger.lived(f"{path}.start", _hh_mm(starts), _hh_mm(got.slot.starts))
        if whole(told.get("day")) is not None:
            story.ledger.lived(f"{path}.day", told["day"], got.slot.day)
    if wanted_room is not None:
        story.ledger.lived(f"{path}.room", wanted_room, by_room.get(got.room_id) if got.room_id else None)


def _slot_at(story: Story, day: int, starts: time, ends: time | None) -> Slot:
    known = Slot.objects.filter(meetup=story.meetup, day=day, starts=starts).first()
    if known is not None:
        return known
    ends = ends if ends and ends > starts else None
    return agenda.add_slot(story.meetup, day=day, starts=starts, ends=ends, by=story.organiser, now=story.now)


def _known_room(story: Story, rooms: dict[str, Room], wanted: object) -> Room | None:
    if wanted is None:
        return None
    key = str(wanted)
    if key not in rooms:
        rooms[key] = agenda.add_room(story.meetup, key[:80], by=story.organiser, now=story.now)
    return rooms[key]


def _open_pads(story: Story) -> None:
    pads.open_pads(story.meetup, by=story.organiser, now=story.later(days=1))
    for number, told in _numbered(story, "sessions"):
        path = f"sessions.{told.get('id', number)}"
        title = str(told.get("title") or told.get("id") or f"Session {number}")[:160]
        pad = Pad.objects.filter(session__meetup=story.meetup, session__title=title).order_by("made_at").first()
        if isinstance(told.get("notes"), bool):
            story.ledger.lived(f"{path}.notes", told["notes"], pad is not None)
        wanted = told.get("pad")
        if isinstance(wanted, str) and pad is not None:
            with suppress(Refusal):  # a name that cannot be an address; the line then says what it got
                pads.rename(pad, wanted, by=story.organiser, now=story.now)
            story.ledger.lived(f"{path}.pad", wanted, Pad.objects.get(pk=pad.pk).name)
    for key in ("pads", "pads_named_elsewhere"):
        asked = names(story.facts.get(key)) if isinstance(story.facts.get(key), list) else []
        for name in asked:
            with suppress(Refusal):
                pads.open_pad(story.meetup, name, title=name, by=story.organiser, now=story.now)
        if asked:
            got = Pad.objects.filter(meetup=story.meetup, name__in=asked).values_list("name", flat=True)
            story.ledger.lived(key, sorted(asked), sorted(got))


def _person(story: Story, pseudonym: str) -> Person:
    """Return the person behind a pseudonym of the file: clearly invented, the same within one file."""
    address = "".join(letter if letter.isalnum() else "-" for letter in f"{story.seed}-{pseudonym}".lower())
    return person_for(f"{address[:200]}@example.org", name=f"Person {pseudonym}", now=story.now)


def _hh_mm(moment: time | None) -> str | None:
    return moment.strftime("%H:%M") if moment else None
