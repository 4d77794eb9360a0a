"""Reads schedules that other software wrote: schedule.json and schedule.xml (frab, pretalx, c3voc), and lists of sessions.

Whatever strangers made: nothing is trusted to be there or to be of a kind. What cannot be used is left out and told in a
remark, never guessed. XML with a document type is refused, and so every entity.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.parsers import expat
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from midcycle.engines.schedules import lists, loose
from midcycle.engines.schedules.c3voc import DAY_TURNS
from midcycle.engines.schedules.model import ROOM_TO_BE_ANNOUNCED, Room, Schedule, ScheduledSession
from midcycle.engines.schedules.plain import line, lines
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import gettext, gettext_noop

MOST_BYTES: Final = 5 * 1024 * 1024
TOO_LARGE: Final = gettext_noop("This file is larger than 5 MB. Choose the schedule alone.")
MOST_SESSIONS: Final = 3000
MOST_ROOMS: Final = 200
MOST_DAYS: Final = 31
LONGEST: Final = timedelta(hours=24)
LONGEST_TITLE: Final = 160
LONGEST_ABSTRACT: Final = 10_000
_MOST_ELEMENTS: Final = 400_000
_MOST_REMARKS: Final = 40
_DURATION: Final = re.compile(r"(\d{1,3}):(\d{2})(?::\d{2})?")
_CUT_TITLE: Final = gettext_noop("%(title)s: its title is cut to %(most)s characters.")
_CUT_ABSTRACT: Final = gettext_noop("%(title)s: its abstract is cut to %(most)s characters.")
_NOTHING_TO_READ: Final = gettext_noop(
    "This is not a schedule we can read. Choose a schedule.json or schedule.xml of pretalx, frab or Midcycle, our CSV, the CSV "
    "or JSON of pretalx's export in English, or the JSON that it gives at /api/events/…/submissions/."
)


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says, and what of it could not be used, in sentences. `schedule.starts_on` is None without any session."""

    schedule: Schedule
    remarks: tuple[str, ...] = ()


@dataclass
class _Found:
    """What is gathered on the way."""

    title: str = ""
    zone: str = ""
    version: str = ""
    url: str = ""
    slug: str = ""
    starts_on: date | None = None
    days: int = 0
    rooms: dict[str, Room] = field(default_factory=dict)
    events: list[Mapping[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def remark(self, sentence: str) -> None:
        """Note a sentence, once, and no more than people read."""
        if sentence not in self.remarks and len(self.remarks) < _MOST_REMARKS:
            self.remarks.append(sentence)


def read(data: bytes, *, timezone_name: str = "UTC", unguard: Callable[[str], str] = lists.unguarded) -> Read:
    """Return what is in the file; `timezone_name` holds where it names no zone. Raises Refusal when it is no schedule.

    `unguard` takes away what a table has before formulas.
    """
    if len(data) > MOST_BYTES:
        raise Refusal(gettext(TOO_LARGE))
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"<"):
        found = _from_xml(data)
    else:
        found = _from_json(text) if text.startswith((b"{", b"[")) else _from_table(text, unguard)
    if len(found.events) > MOST_SESSIONS:
        raise Refusal(gettext("There are more than %(most)s sessions in this file. Split it.") % {"most": MOST_SESSIONS})
    return _put_together(found, timezone_name)


def _from_json(text: bytes) -> _Found:
    try:
        document = json.loads(text.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refusal(gettext(_NOTHING_TO_READ)) from None
    if isinstance(document, list):
        return _from_rows(document)
    if isinstance(document, dict) and isinstance(document.get("results"), list):
        return _from_rows(document["results"])
    schedule = loose.mapping(document).get("schedule")
    conference = loose.mapping(loose.mapping(schedule).get("conference"))
    if not conference:
        raise Refusal(gettext(_NOTHING_TO_READ))
    found = _head(loose.mapping(schedule), conference)
    for each in loose.sequence(conference.get("rooms")):
        _room(found, loose.text(loose.mapping(each).get("name")), loose.mapping(each))
    for each in loose.sequence(conference.get("days")):
        for name, events in loose.mapping(loose.mapping(each).get("rooms")).items():
            found.events += [{"room": name, **loose.mapping(event)} for event in loose.sequence(events)]
    found.events += [loose.mapping(event) for event in loose.sequence(loose.mapping(schedule).get("events"))]
    return found


def _head(schedule: Mapping[str, Any], conference: Mapping[str, Any]) -> _Found:
    told = conference.get("daysCount", conference.get("days"))
    days = len(told) if isinstance(told, list) else told
    found = _Found(
        title=loose.text(conference.get("title")),
        zone=loose.text(conference.get("time_zone_name")),
        version=loose.text(schedule.get("version")),
        url=loose.text(conference.get("url")) or loose.text(schedule.get("base_url")),
        slug=loose.text(conference.get("acronym")),
        days=days if isinstance(days, int) and not isinstance(days, bool) else _whole(loose.text(days)),
    )
    found.starts_on = _date(loose.text(conference.get("start")))
    return found


def _from_table(text: bytes, unguard: Callable[[str], str]) -> _Found:
    try:
        return _from_rows(lists.rows_in(text.decode(), most=MOST_SESSIONS, unguard=unguard))
    except UnicodeDecodeError:
        raise Refusal(gettext(_NOTHING_TO_READ)) from None


def _from_rows(rows: list[Any]) -> _Found:
    found = _Found()
    for event in lists.events_of(rows):
        if loose.text(event.get("state")) in lists.GONE:
            found.remark(_left_out(event, gettext("it was %(state)s") % {"state": event["state"]}))
        else:
            found.events.append(event)
    if not found.events and not found.remarks:
        raise Refusal(gettext(_NOTHING_TO_READ))
    return found


def _from_xml(data: bytes) -> _Found:
    root = _tree(data)
    if root["name"] != "schedule":
        raise Refusal(gettext(_NOTHING_TO_READ))
    conference = next((child for child in root["in"] if child["name"] == "conference"), None)
    if conference is None:
        raise Refusal(gettext(_NOTHING_TO_READ))
    found = _head(_leaves(root), _leaves(conference))
    for day in (child for child in root["in"] if child["name"] == "day"):
        for room in (child for child in day["in"] if child["name"] == "room"):
            name = room["with"].get("name", "")
            events = [child for child in room["in"] if child["name"] == "event"]
            found.events += [{"room": name, **_xml_event(event)} for event in events]
    return found


def _xml_event(event: Mapping[str, Any]) -> dict[str, Any]:
    inner = {child["name"]: child for child in event["in"]}
    people = [{"name": each["text"].strip()} for each in inner.get("persons", {"in": []})["in"]]
    return {**event["with"], **{k: v for k, v in _leaves(event).items() if v or k != "room"}, "persons": people}


def _leaves(element: Mapping[str, Any]) -> dict[str, Any]:
    return {child["name"]: child["text"].strip() for child in element["in"] if not child["in"]}


def _tree(data: bytes) -> dict[str, Any]:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    top: dict[str, Any] = {"name": "", "in": [], "with": {}, "text": ""}
    above, left = [top], _MOST_ELEMENTS

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0 or len(above) > 12:
            raise Refusal(gettext("There is too much in this file. Choose the schedule alone."))
        made = {"name": name.rpartition(":")[2], "in": [], "with": attributes, "text": ""}
        above[-1]["in"].append(made)
        above.append(made)

    def text(said: str) -> None:
        above[-1]["text"] += said

    parser.StartElementHandler, parser.CharacterDataHandler = begin, text
    parser.EndElementHandler = lambda _: above.pop()
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - in one go
    except (expat.ExpatError, ValueError, LookupError):
        raise Refusal(gettext(_NOTHING_TO_READ)) from None
    only: dict[str, Any] = top["in"][0]
    return only


def _refuse(*_: object) -> None:
    raise Refusal(gettext(_NOTHING_TO_READ))


def _no_number(_: str) -> object:
    raise ValueError("no number")  # NaN and Infinity are not JSON


def _put_together(found: _Found, timezone_name: str) -> Read:
    zone = _zone(found, timezone_name)
    timed = [(event, _moments(found, event, zone)) for event in found.events]
    placed = [(event, when) for event, when in timed if when is not None]
    first = _first_day(found, [_day_of(when[0], zone) for _, when in placed])
    sessions: dict[UUID, ScheduledSession] = {}
    for event, (starts, ends) in placed:
        day = (_day_of(starts, zone) - first).days + 1 if first else 1
        title = _cut(found, event, line(loose.text(event.get("title"))), LONGEST_TITLE, _CUT_TITLE)
        if not title or not 1 <= day <= MOST_DAYS:
            found.remark(
                _left_out(event, gettext("it has no title") if not title else gettext("it is not on a day of the meetup"))
            )
            continue
        session = _session(found, event, title, day, (starts, ends))
        if session.uid in sessions:
            found.remark(_left_out(event, gettext("the file has it twice")))
            continue
        sessions[session.uid] = session
    rooms = tuple(found.rooms.values())[:MOST_ROOMS]
    days = max([min(found.days, MOST_DAYS), 1, *(session.day for session in sessions.values())])
    schedule = Schedule(
        slug=found.slug[:80] or "meetup",
        title=found.title[:200],
        starts_on=first,
        days=days,
        timezone=zone.key,
        url=found.url,
        version=found.version[:80],
        rooms=rooms,
        sessions=tuple(sessions.values()),
    )
    return Read(schedule, tuple(found.remarks))


def _session(
    found: _Found, event: Mapping[str, Any], title: str, day: int, when: tuple[datetime, datetime | None]
) -> ScheduledSession:
    place = line(loose.name(event.get("room")))[:80]
    if place and place != ROOM_TO_BE_ANNOUNCED:
        _room(found, place, {})
    people = [
        (_role(each), line(_person_name(each))[:120])
        for each in loose.sequence(event.get("persons") or event.get("participants"))
    ]
    url = loose.text(event.get("url")) or loose.text(event.get("origin_url"))
    return ScheduledSession(
        uid=_uid(event.get("guid"), f"{found.url}#{event.get('id') or event.get('code') or title}"),
        code=loose.text(event.get("code")) or loose.text(event.get("id")),
        title=title,
        url=url,
        day=day,
        abstract=_cut(found, event, lines(_said(event)), LONGEST_ABSTRACT, _CUT_ABSTRACT),
        format=line(loose.name(event.get("type")))[:80],
        room=place if place and place in found.rooms else None,
        starts=when[0],
        ends=when[1],
        leads=tuple(name for role, name in people if name and role != "shadow"),
        shadows=tuple(name for role, name in people if name and role == "shadow"),
        pad_url=_notes(event),
        language=loose.text(event.get("language")) or None,
    )


def _cut(found: _Found, event: Mapping[str, Any], words: str, most: int, what: str) -> str:
    if len(words) > most:
        found.remark(gettext(what) % {"title": _called(event), "most": most})
    return words[:most]


def _said(event: Mapping[str, Any]) -> str:
    parts = [loose.translated(event.get("abstract")), loose.translated(event.get("description"))]
    return "\n\n".join(dict.fromkeys(part for part in parts if part))


def _notes(event: Mapping[str, Any]) -> str | None:
    links = (loose.mapping(each) for each in loose.sequence(event.get("links")))
    return next((loose.text(each.get("url")) for each in links if each.get("title") == "Notes"), None)


def _moments(found: _Found, event: Mapping[str, Any], zone: ZoneInfo) -> tuple[datetime, datetime | None] | None:
    """Return when an event begins and ends, None when it cannot be said."""
    starts = _moment(event.get("date"), zone) or _moment(event.get("start"), zone)
    if starts is None:
        found.remark(_left_out(event, gettext("it says no day and time")))
        return None
    ends = _moment(event.get("end"), zone)
    length = _DURATION.fullmatch(loose.text(event.get("duration")))
    if ends is None and length:
        ends = (starts.astimezone(UTC) + timedelta(hours=int(length[1]), minutes=int(length[2]))).astimezone(zone)
    if ends is not None and not timedelta() < ends - starts <= LONGEST:
        if ends != starts:
            found.remark(gettext("%(title)s: its end makes no sense, so it has none.") % {"title": _called(event)})
        ends = None
    return starts, ends


def _moment(value: object, zone: ZoneInfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(loose.text(value))
        if "T" not in loose.text(value) and " " not in loose.text(value):
            return None
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return aware.astimezone(zone) if 1970 <= aware.year <= 2200 else None
    except (ValueError, OverflowError):
        return None


def _day_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the day a session belongs to: an evening in the pub belongs to the day on which it began."""
    return (moment.astimezone(zone).replace(tzinfo=None) - timedelta(hours=DAY_TURNS.hour)).date()


def _first_day(found: _Found, days: list[date]) -> date | None:
    """Return the first day as told, or else that of the first session; an early session moves it."""
    told = found.starts_on
    if days and (told is None or min(days) < told or max(days) - told > timedelta(days=MOST_DAYS)):
        return min(days)
    return told


def _zone(found: _Found, timezone_name: str) -> ZoneInfo:
    for name in (found.zone, timezone_name):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            if name and name == found.zone:
                told = gettext("The time zone %(zone)s is not known; times are read as of %(other)s.")
                found.remark(told % {"zone": line(name)[:60], "other": timezone_name})
    return ZoneInfo("UTC")


def _room(found: _Found, name: str, facts: Mapping[str, Any]) -> None:
    name = line(name)[:80]
    if not name or name in found.rooms or name == ROOM_TO_BE_ANNOUNCED:
        return
    if len(found.rooms) >= MOST_ROOMS:
        told = gettext("There are more than %(most)s rooms; sessions in the others are read without one.")
        found.remark(told % {"most": MOST_ROOMS})
        return
    capacity = facts.get("capacity")
    seats = capacity if isinstance(capacity, int) and not isinstance(capacity, bool) and 0 < capacity < 100_000 else None
    found.rooms[name] = Room(name=name, guid=_uid(facts.get("guid"), f"{found.url}#room={name}"), capacity=seats)


def _uid(value: object, otherwise: str) -> UUID:
    try:
        return UUID(loose.text(value))
    except ValueError:
        return uuid5(NAMESPACE_URL, otherwise)


def _role(person: object) -> str:
    return loose.text(loose.mapping(person).get("role"))


def _person_name(person: object) -> str:
    facts = loose.mapping(person)
    return loose.text(facts.get("name")) or loose.text(facts.get("public_name")) or loose.text(facts.get("full_public_name"))


def _left_out(event: Mapping[str, Any], why: str) -> str:
    return gettext("%(title)s is left out: %(why)s.") % {"title": _called(event), "why": why}


def _called(event: Mapping[str, Any]) -> str:
    title = line(loose.text(event.get("title")))[:80]
    return f"“{title}”" if title else gettext("A session without a title")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
