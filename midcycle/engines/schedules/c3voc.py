"""schedule.json as conference apps, info screens and video teams read it.

The shape follows the JSON schema https://c3voc.de/schedule/schema.json (draft 6, version of 2025 with `code`, `end` and
typed links) and what pretalx writes.
"""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from midcycle import __version__
from midcycle.engines.schedules.model import Room, Schedule, ScheduledSession
from midcycle.engines.schedules.plain import line, lines
from midcycle.kernel.slugs import slug_from

Json = dict[str, object]

SCHEMA = "https://c3voc.de/schedule/schema.json"
DAY_TURNS = time(4)  # an evening in the pub belongs to the day on which it began
_ACRONYM = re.compile(r"[a-z0-9_-][a-z0-9_]{3,}(-2[0-9]{3}-[a-z]+)?")
ZONE_NAME = re.compile(r"^[A-Z][a-z]+/[A-Z][a-z]+|UTC$")
_LARGEST_ID = 2**31 - 1  # apps keep ids in signed 32-bit numbers


def to_json(schedule: Schedule) -> bytes:
    """Return the file as UTF-8, the same bytes for the same schedule.

    Sessions whose start is unknown are left out, because the format has no way to say so; an unknown end is a
    duration of `00:00` and no `end`. Raises NoDates.
    """
    document = {
        "$schema": SCHEMA,
        "generator": {"name": "midcycle", "version": __version__},
        "schedule": {
            "version": schedule.version,
            "base_url": line(schedule.url),
            "url": line(schedule.url),
            "conference": _conference(schedule),
        },
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def numbers(uids: Iterable[UUID]) -> dict[UUID, int]:
    """Return a number from 1 to 2^31-1 for each id, the same in every release.

    Two ids that fall on one number (1 in 27,000 meetups of 400 sessions) are told apart in the order of the ids.
    """
    taken: dict[int, UUID] = {}
    for uid in sorted(set(uids)):
        number = uid.int % _LARGEST_ID + 1
        while number in taken:
            number = number % _LARGEST_ID + 1
        taken[number] = uid
    return {uid: number for number, uid in taken.items()}


def acronym(slug: str) -> str:
    """Return the slug in the alphabet of the schema: at least four of `a-z0-9_`, hyphens only before year and place."""
    if _ACRONYM.fullmatch(slug):
        return slug
    return slug.replace("-", "_").ljust(4, "_")


def _conference(schedule: Schedule) -> Json:
    first, last = schedule.first_day(), schedule.date_of(schedule.days)
    rooms = schedule.all_rooms()
    known = {"time_zone_name": schedule.timezone} if ZONE_NAME.search(schedule.timezone) else {}
    return {
        "acronym": acronym(schedule.slug),
        "title": line(schedule.title),
        "start": first.isoformat(),
        "end": last.isoformat(),
        "daysCount": schedule.days,
        "timeslot_duration": "00:05",
        **known,
        "url": line(schedule.url),
        "rooms": [_room(room) for room in rooms],
        "tracks": [],
        "days": _days(schedule, rooms),
    }


def _room(room: Room) -> Json:
    return {"name": line(room.name), "guid": str(room.guid), "description": None, "capacity": room.capacity}


def _days(schedule: Schedule, rooms: tuple[Room, ...]) -> list[Json]:
    ids = numbers(session.uid for session in schedule.sessions)
    names = tuple(dict.fromkeys(line(room.name) for room in rooms))
    events: dict[int, dict[str, list[Json]]] = {}
    for session, starts in in_order(schedule):
        event = _event(schedule, session, starts, number=ids[session.uid])
        events.setdefault(session.day, {}).setdefault(str(event["room"]), []).append(event)
    days = []
    for index in range(1, schedule.days + 1):
        today = schedule.date_of(index)
        begins, ends = day_bounds(schedule, index)
        held = events.get(index, {})
        days.append(
            {
                "index": index,
                "date": today.isoformat(),
                "day_start": begins,
                "day_end": ends,
                "rooms": {name: held[name] for name in names if name in held},
            }
        )
    return days


def day_bounds(schedule: Schedule, index: int) -> tuple[str, str]:
    """Return the first and the last minute of a day, counted from 1, as RFC 3339. Raises NoDates."""
    today = schedule.date_of(index)
    return _turn(schedule, today), _turn(schedule, today + timedelta(days=1), less=timedelta(minutes=1))


def _turn(schedule: Schedule, on: date, *, less: timedelta = timedelta()) -> str:
    return (datetime.combine(on, DAY_TURNS, tzinfo=schedule.zone) - less).isoformat()


def in_order(schedule: Schedule) -> list[tuple[ScheduledSession, datetime]]:
    """Return the sessions whose start is known, with it, in order of time."""
    timed = [(session, session.starts) for session in schedule.sessions if session.starts is not None]
    return sorted(timed, key=lambda pair: (pair[1], pair[0].uid))


def _event(schedule: Schedule, session: ScheduledSession, starts: datetime, *, number: int) -> Json:
    local = starts.astimezone(schedule.zone)
    code = re.sub(r"[^A-Z0-9]", "", session.code.upper())
    known = {"code": code} if code else {}
    if session.ends is not None:
        known["end"] = session.ends.astimezone(schedule.zone).isoformat()
    return {
        "guid": str(session.uid),
        "id": number,
        **known,
        "date": local.isoformat(),
        "start": local.strftime("%H:%M"),
        "duration": clock_of(session.length or timedelta()),
        "room": session.place,
        "slug": slug_of(schedule, session, number),
        "url": line(session.url),
        "title": line(session.title),
        "subtitle": "",
        "track": None,
        "type": line(session.format),
        "language": session.language or "",
        "abstract": lines(session.abstract),
        "description": "",
        "recording_license": "",
        "do_not_record": None,
        "persons": [
            *(_person(name, role="lead") for name in session.leads),
            *(_person(name, role="shadow") for name in session.shadows),
        ],
        "links": [{"type": "related", "url": line(session.pad_url), "title": "Notes"}] if session.pad_url else [],
        "attachments": [],
        "origin_url": line(session.url),
    }


def slug_of(schedule: Schedule, session: ScheduledSession, number: int) -> str:
    """Return what no other session of the schedule is called, of letters, digits and hyphens."""
    return slug_from(f"{schedule.slug} {number} {session.title}", longest=80)


def clock_of(length: timedelta) -> str:
    """Return hours and minutes, such as `01:30`."""
    minutes = int(length.total_seconds()) // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _person(name: str, *, role: str) -> Json:
    # `public_name` is the older key, which several apps still read. No guid: nothing here may follow a person around.
    return {"name": line(name), "public_name": line(name), "role": role}
