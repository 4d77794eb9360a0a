"""A schedule of another program brought into a meetup as a draft, and taken out again. Nothing is released by it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold_board, note
from midcycle.agenda.models import Placement, Room, Session, Slot
from midcycle.agenda.rules import FORMATS
from midcycle.engines.schedules.model import Schedule, ScheduledSession
from midcycle.engines.schedules.reading import LONGEST_ABSTRACT
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.web.markdown import to_html

_KIND = "agenda.imported"
_UNDONE = "agenda.import_undone"


@dataclass
class Imported:
    """What an import adds, by their rows; `known` sessions were there before and stayed as they are.

    `endless` go on past midnight, which no slot does: they have no end here.
    """

    sessions: list[int] = field(default_factory=list)
    rooms: list[int] = field(default_factory=list)
    slots: list[int] = field(default_factory=list)
    known: int = 0
    endless: int = 0

    def facts(self) -> dict[str, object]:
        """Return what the journal keeps: enough to take it out again."""
        return {"sessions": self.sessions, "rooms": self.rooms, "slots": self.slots}


@transaction.atomic
def import_schedule(meetup: Meetup, schedule: Schedule, *, by: Person | None, now: datetime) -> Imported:
    """Add the sessions of a schedule with their rooms and times; rooms and times that are there are used.

    Days are counted from the first day of the schedule. Names of people, and an address of notes, become words of the abstract:
    somebody has a part here only by their address. A session whose id another meetup has gets one of its own, which is the
    same the next time. Raises Refusal when the schedule has no session, or none that is new.
    """
    hold_board(meetup)
    if not schedule.sessions:
        raise Refusal(gettext("There is no session with a day and a time in this file."))
    made = Imported()
    rooms = _rooms(meetup, schedule, made)
    slots = _slots(meetup, schedule, made)
    own = {session.uid: uuid5(session.uid, f"meetup {meetup.pk}") for session in schedule.sessions}
    here = dict(Session.objects.filter(uid__in=[*own, *own.values()]).values_list("uid", "meetup"))
    for session in schedule.sessions:
        if meetup.pk in {here.get(session.uid), here.get(own[session.uid])}:
            made.known += 1
            continue
        row = _session(meetup, session, uid=own[session.uid] if session.uid in here else session.uid)
        made.endless += session.ends is not None and _times(session, schedule.zone)[2] is None
        Placement.objects.create(
            session=row, slot_id=slots[_times(session, schedule.zone)], room_id=rooms.get(session.room or "")
        )
        made.sessions.append(row.pk)
    if not made.sessions:
        raise Refusal(gettext("Every session of this file is here already."))
    note(_KIND, meetup, by=by, now=now, facts=made.facts())
    return made


@transaction.atomic
def undo_import(meetup: Meetup, *, by: Person | None, now: datetime) -> int:
    """Take out what the last import added and nobody uses otherwise; return how many sessions. Raises Refusal without one."""
    hold_board(meetup)
    last = Entry.objects.filter(meetup=meetup.pk, kind__in=(_KIND, _UNDONE)).order_by("-id").first()
    if last is None or last.kind == _UNDONE:
        raise Refusal(gettext("There is no import to undo."))
    _, taken = Session.objects.filter(meetup=meetup, pk__in=last.facts["sessions"]).delete()
    Slot.objects.filter(meetup=meetup, pk__in=last.facts["slots"], placements__isnull=True).delete()
    Room.objects.filter(meetup=meetup, pk__in=last.facts["rooms"], placements__isnull=True).delete()
    count = taken.get("agenda.Session", 0)
    note(_UNDONE, meetup, by=by, now=now, facts={"sessions": count})
    return count


def _rooms(meetup: Meetup, schedule: Schedule, made: Imported) -> dict[str, int]:
    known = {room.name: room.pk for room in Room.objects.filter(meetup=meetup)}
    used = dict.fromkeys(session.room for session in schedule.sessions if session.room)
    facts = {room.name: room for room in schedule.rooms}
    for name in used:
        if name not in known:
            capacity = facts[name].capacity if name in facts else None
            known[name] = Room.objects.create(meetup=meetup, name=name, capacity=capacity, position=len(known)).pk
            made.rooms.append(known[name])
    return known


Times = tuple[int, time, time | None]


def _slots(meetup: Meetup, schedule: Schedule, made: Imported) -> dict[Times, int]:
    known: dict[Times, int] = {
        (slot.day, slot.starts, slot.ends): slot.pk
        for slot in Slot.objects.filter(meetup=meetup).order_by("-pk")
        if slot.starts
    }
    for times in sorted({_times(session, schedule.zone) for session in schedule.sessions}, key=_order):
        if times not in known:
            day, starts, ends = times
            known[times] = Slot.objects.create(meetup=meetup, day=day, starts=starts, ends=ends).pk
            made.slots.append(known[times])
    return known


def _times(session: ScheduledSession, zone: ZoneInfo) -> Times:
    """Return day, start and end by the clocks of the schedule; an end on the next day is none here."""
    starts = session.starts.astimezone(zone).time() if session.starts else time()
    ends = session.ends.astimezone(zone).time() if session.ends else None
    return session.day, starts, ends if ends is not None and ends > starts else None


def _order(times: Times) -> tuple[int, time, time]:
    return times[0], times[1], times[2] or time()


def _session(meetup: Meetup, session: ScheduledSession, *, uid: UUID) -> Session:
    led = ", ".join((*session.leads, *session.shadows))
    notes = f"Notes: <{session.pad_url}>" if session.pad_url else ""
    abstract = "\n\n".join(part for part in (f"With {led}." if led else "", session.abstract, notes) if part)[:LONGEST_ABSTRACT]
    return Session.objects.create(
        meetup=meetup,
        uid=uid,
        title=session.title,
        abstract=abstract,
        abstract_html=to_html(abstract),
        format=_format(session.format, FORMATS),
    )


def _format(name: str, known: Iterable[str]) -> str:
    """Return the format a word of another program means, else the usual one."""
    word = name.lower().replace("-", "_").replace(" ", "_")
    others = {"talk": "presentation", "lecture": "presentation", "lightning_talk": "lightning", "workshop": "working_group"}
    found = others.get(word, word)
    return found if found in known else "general_session"
