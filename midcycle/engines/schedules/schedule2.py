"""schedule2: one flat list of events with their ends, as the c3voc's newer tools read it.

The shape follows the JSON schema https://c3voc.de/schema/schedule2 (voc/schedule, `validator/json/schema2.json`). An event must
have an end there, so sessions whose end or start is unknown are left out.
"""

import json
import re
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from midcycle import __version__
from midcycle.engines.schedules.c3voc import (
    ZONE_NAME,
    Json,
    acronym,
    clock_of,
    day_bounds,
    in_order,
    numbers,
    slug_of,
)
from midcycle.engines.schedules.model import Room, Schedule, ScheduledSession
from midcycle.engines.schedules.plain import line, lines
from midcycle.kernel.slugs import slug_from

SCHEMA = "https://c3voc.de/schema/schedule2"
_TRACK = "meetup"  # every event has a track there, and a meetup has none
_TONGUE = re.compile(r"[a-z]{2}")
# What a session is to those who read the list. What is discussed in the whole and in parts is both a discussion.
_TYPES = {
    "presentation": "talk",
    "lightning": "talk",
    "general session": "discussion",
    "plenary": "discussion",
    "wrap-up": "discussion",
    "working group": "workshop",
    "birds of a feather": "meeting",
    "free time": "other",
}


def to_json(schedule: Schedule) -> bytes:
    """Return the file as UTF-8, the same bytes for the same schedule. Raises NoDates."""
    rooms = schedule.all_rooms()
    places = {line(room.name): room for room in rooms}
    ids = numbers(session.uid for session in schedule.sessions)
    first, last = day_bounds(schedule, 1)[0], day_bounds(schedule, schedule.days)[1]
    known = {"time_zone_name": schedule.timezone} if ZONE_NAME.search(schedule.timezone) else {}
    document = {
        "$schema": SCHEMA,
        "generator": {"name": "midcycle", "version": __version__},
        "schedule": {
            "version": schedule.version,
            "base_url": line(schedule.url),
            "conference": {
                "acronym": acronym(schedule.slug),
                "title": line(schedule.title),
                "start": first,
                "end": last,
                "timeslot_duration": "00:05",
                **known,
                "url": line(schedule.url),
                "tracks": [{"name": line(schedule.title), "slug": _TRACK}],
                "rooms": [_room(room) for room in rooms],
                "days": [_day(schedule, index) for index in range(1, schedule.days + 1)],
            },
            "events": [
                _event(schedule, session, starts, places[session.place], ids[session.uid])
                for session, starts in in_order(schedule)
                if session.ends is not None
            ],
        },
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _day(schedule: Schedule, index: int) -> Json:
    starts, ends = day_bounds(schedule, index)
    return {"index": index, "date": schedule.date_of(index).isoformat(), "start": starts, "end": ends}


def _room(room: Room) -> Json:
    return {**_place(room), "description": None, "capacity": room.capacity}


def _place(room: Room) -> Json:
    return {"name": line(room.name), "slug": slug_from(f"room {room.name}", longest=60), "guid": str(room.guid)}


def _event(schedule: Schedule, session: ScheduledSession, starts: datetime, room: Room, number: int) -> Json:
    code = re.sub(r"[^A-Z0-9]", "", session.code.upper())
    ends = (session.ends or starts).astimezone(schedule.zone)
    tongue = {"language": session.language} if session.language and _TONGUE.fullmatch(session.language) else {"language": "en"}
    return {
        "guid": str(session.uid),
        **({"code": code} if code else {}),
        "logo": None,
        "start": starts.astimezone(schedule.zone).isoformat(),
        "end": ends.isoformat(),
        "duration": clock_of(session.length or timedelta()),
        "room": _place(room),
        "slug": slug_of(schedule, session, number),
        "url": line(session.url),
        "title": line(session.title),
        "subtitle": None,
        "track": {"slug": _TRACK},
        "type": _TYPES.get(line(session.format).lower().replace("_", " "), "other"),
        **tongue,
        "abstract": lines(session.abstract),
        "description": None,
        "participants": [
            *(_person(schedule, name, "moderator") for name in session.leads),
            *(_person(schedule, name, "contributor") for name in session.shadows),
        ],
        "links": [{"type": "related", "url": line(session.pad_url), "title": "Notes"}] if session.pad_url else [],
        "attachments": [],
    }


def _person(schedule: Schedule, name: str, role: str) -> Json:
    """Return a person. The id is made of the name within this schedule: nothing here may follow a person around."""
    return {"guid": str(_guid(schedule, name)), "name": line(name), "role": role}


def _guid(schedule: Schedule, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{line(schedule.url)}#person={line(name)}")
