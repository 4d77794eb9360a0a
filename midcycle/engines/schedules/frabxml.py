"""schedule.xml as frab, pretalx and video teams write and read it.

The shape follows https://github.com/voc/schedule/blob/main/validator/xsd/schedule.xml.xsd. What has no start is left out, as in
schedule.json.
"""

from datetime import datetime, timedelta
from xml.etree.ElementTree import Element, SubElement, tostring

from midcycle import __version__
from midcycle.engines.schedules.c3voc import acronym, clock_of, day_bounds, in_order, numbers, slug_of
from midcycle.engines.schedules.model import Schedule, ScheduledSession
from midcycle.engines.schedules.plain import for_xml, line, lines

_OF_THE_WEB = ("http://", "https://")


def to_xml(schedule: Schedule) -> bytes:
    """Return the file as UTF-8, the same bytes for the same schedule. Raises NoDates."""
    root = Element("schedule")
    SubElement(root, "generator", {"name": "midcycle", "version": __version__})
    _text(root, "version", schedule.version)
    conference = SubElement(root, "conference")
    _text(conference, "acronym", acronym(schedule.slug))
    _text(conference, "title", line(schedule.title))
    _text(conference, "start", schedule.first_day().isoformat())
    _text(conference, "end", schedule.date_of(schedule.days).isoformat())
    _text(conference, "days", str(schedule.days))
    _text(conference, "timeslot_duration", "00:05")
    _address(conference, "base_url", schedule.url)
    _text(conference, "time_zone_name", schedule.timezone)
    _days(root, schedule)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _days(root: Element, schedule: Schedule) -> None:
    ids = numbers(session.uid for session in schedule.sessions)
    names = tuple(dict.fromkeys(line(room.name) for room in schedule.all_rooms()))
    held = in_order(schedule)
    for index in range(1, schedule.days + 1):
        begins, ends = day_bounds(schedule, index)
        facts = {"index": str(index), "date": schedule.date_of(index).isoformat(), "start": begins, "end": ends}
        day = SubElement(root, "day", facts)
        today = [(session, starts) for session, starts in held if session.day == index]
        for name in names:
            here = [(session, starts) for session, starts in today if session.place == name]
            room = SubElement(day, "room", {"name": for_xml(name)}) if here else None
            for session, starts in here if room is not None else ():
                _event(room, schedule, session, starts, ids[session.uid])  # type: ignore[arg-type]


def _event(room: Element, schedule: Schedule, session: ScheduledSession, starts: datetime, number: int) -> None:
    event = SubElement(room, "event", {"id": str(number), "guid": str(session.uid)})
    local = starts.astimezone(schedule.zone)
    _text(event, "room", session.place)
    _text(event, "title", line(session.title))
    _text(event, "subtitle", "")
    _text(event, "type", line(session.format))
    _text(event, "date", local.isoformat())
    _text(event, "start", local.strftime("%H:%M"))
    _text(event, "duration", clock_of(session.length or timedelta()))
    _text(event, "abstract", lines(session.abstract))
    _text(event, "slug", slug_of(schedule, session, number))
    _text(event, "track", "")
    persons = SubElement(event, "persons")
    for name in (*session.leads, *session.shadows):
        _text(persons, "person", line(name))
    _text(event, "language", session.language or "")
    links = SubElement(event, "links")
    if session.pad_url:
        SubElement(links, "link", {"href": for_xml(line(session.pad_url))}).text = "Notes"
    _address(event, "url", session.url)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = for_xml(text)


def _address(parent: Element, name: str, address: str) -> None:
    """Write an address of the web; the format knows no others."""
    if address.startswith(_OF_THE_WEB):
        _text(parent, name, line(address))
