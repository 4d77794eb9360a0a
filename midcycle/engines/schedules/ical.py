"""iCalendar files: the whole agenda, and one entry for a meetup as a whole.

RFC 5545 for the format, RFC 7986 for the name and refresh interval of a calendar, RFC 5546 for METHOD:PUBLISH.
"""

import math
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from midcycle.engines.schedules.model import Schedule, ScheduledSession
from midcycle.engines.schedules.plain import line, lines
from midcycle.engines.schedules.zones import vtimezone

PRODID = "-//Midcycle//Schedules//EN"
_REFRESH = timedelta(hours=1)


def to_ics(schedule: Schedule, *, stamp: datetime) -> bytes:
    """Return a calendar with one entry per session, the same bytes for the same arguments.

    `stamp` is when the release was published. SEQUENCE is the number of the release, so that calendars replace what
    they have. A session without an end gets none; one without a start stands as a whole-day entry on its day.
    Raises NoDates, and ValueError for a stamp without a time zone.
    """
    return bytes(calendar(schedule, stamp=stamp).to_ical())


def calendar(schedule: Schedule, *, stamp: datetime) -> Calendar:
    """Return the calendar `to_ics` writes."""
    first, last = schedule.first_day(), schedule.date_of(schedule.days)
    made = _calendar(schedule)
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    made.add("last-modified", _utc(stamp))
    if schedule.zone.key != "UTC":
        made.add_component(vtimezone(schedule.zone, first=first, last=last))
    for session in sorted(schedule.sessions, key=_turn):
        made.add_component(_session(schedule, session, stamp))
    return made


def one(
    schedule: Schedule,
    *,
    uid: UUID,
    stamp: datetime,
    sequence: int,
    location: str | None = None,
    organizer: str | None = None,
) -> bytes:
    """Return a calendar file (METHOD:PUBLISH) with the meetup as one entry over whole days, for a seat's letter.

    `uid` and `sequence` belong to the seat; `organizer` is a mail address, which RFC 5546 section 3.2.1 asks for.
    Raises NoDates, and ValueError for a stamp without a time zone.
    """
    made = _calendar(schedule)
    made.add("method", "PUBLISH")
    event = _entry(uid, schedule.title, schedule.url, stamp=stamp, sequence=sequence)
    event.add("dtstart", schedule.first_day())
    event.add("dtend", schedule.date_of(schedule.days + 1))  # the day after the last: RFC 5545 section 3.6.1
    event.add("transp", "OPAQUE")
    if location:
        event.add("location", line(location))
    if organizer:
        address = vCalAddress(f"mailto:{line(organizer)}")
        event.add("organizer", address)
    made.add_component(event)
    return bytes(made.to_ical())


def _calendar(schedule: Schedule) -> Calendar:
    made = Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", line(schedule.title))
    made.add("x-wr-calname", line(schedule.title))
    made.add("x-wr-timezone", schedule.timezone)
    made.add("url", line(schedule.url))
    return made


def _turn(session: ScheduledSession) -> tuple[int, float, UUID]:
    return session.day, session.starts.timestamp() if session.starts else math.inf, session.uid


def _session(schedule: Schedule, session: ScheduledSession, stamp: datetime) -> Event:
    sequence = int(schedule.version) if schedule.version.isdecimal() else 0
    event = _entry(session.uid, session.title, session.url, stamp=stamp, sequence=sequence)
    if session.starts is None:
        event.add("dtstart", schedule.date_of(session.day))
    else:
        event.add("dtstart", _at(session.starts, schedule.zone))
        if session.ends is not None:
            event.add("dtend", _at(session.ends, schedule.zone))
    event.add("location", session.place)
    description = _description(session)
    if description:
        event.add("description", description)
    if session.format:
        event.add("categories", [line(session.format)])
    return event


def _entry(uid: UUID, title: str, url: str, *, stamp: datetime, sequence: int) -> Event:
    event = Event()
    event.add("uid", str(uid))  # RFC 7986 section 5.3: a UUID, with no name of a server
    event.add("dtstamp", _utc(stamp))
    event.add("last-modified", _utc(stamp))
    event.add("sequence", sequence)
    event.add("status", "CONFIRMED")
    event.add("summary", line(title))
    event.add("url", line(url))
    return event


def _description(session: ScheduledSession) -> str:
    people = [
        f"{word}: {', '.join(line(name) for name in names)}"
        for word, names in (("Lead", session.leads), ("Shadow", session.shadows))
        if names
    ]
    pad = [f"Notes: {line(session.pad_url)}"] if session.pad_url else []
    parts = ["\n".join(people), lines(session.abstract), *pad]
    return "\n\n".join(part for part in parts if part)


def _at(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return local time, or UTC in the hour that comes twice: RFC 5545 section 3.3.5 can only name the first."""
    local = moment.astimezone(zone)
    return moment.astimezone(UTC) if local.fold else local


def _utc(stamp: datetime) -> datetime:
    if stamp.utcoffset() is None:
        raise ValueError(f"{stamp} has no time zone")
    return stamp.astimezone(UTC).replace(microsecond=0)
