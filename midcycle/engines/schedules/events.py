"""Whole events in iCalendar files (RFC 5545): read from files of strangers, and written for a shared calendar.

What cannot be used is left out and told in a remark, never guessed; nothing is fetched. Days are those the file names, without
regard to the zone: who travels to an event thinks in its own days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from icalendar import Calendar, Event
from icalendar.cal.component import Component

from midcycle.engines.schedules.ical import PRODID
from midcycle.engines.schedules.plain import line
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import gettext, gettext_noop

MOST_BYTES: Final = 512 * 1024
MOST_EVENTS: Final = 500
LONGEST: Final = timedelta(days=62)
_LONGEST_LINE: Final = 20_000
_MOST_DEPTH: Final = 6
_MOST_REMARKS: Final = 20
_NO_CALENDAR: Final = gettext_noop("This is no calendar file. Choose one that ends in .ics, as calendar programs export it.")
_FAULTS: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class Found:
    """One event of a file, from its first day to its last."""

    uid: str
    title: str
    starts_on: date
    ends_on: date
    location: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One event to be written. `uid` stays the same as long as the event does; `stamp` carries a time zone."""

    uid: str
    title: str
    starts_on: date
    ends_on: date
    stamp: datetime
    location: str = ""
    url: str = ""
    text: str = ""


def read_events(data: bytes) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """Return the events of a file, each UID once, and remarks. Raises Refusal when it is no calendar, or a very large one."""
    if len(data) > MOST_BYTES:
        said = gettext("This file is larger than %(most)s KB. Choose a calendar of one community.")
        raise Refusal(said % {"most": MOST_BYTES // 1024})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(gettext("This file is not UTF-8 text. Export it again as UTF-8.")) from None
    _check_shape(text)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        parts = [part for calendar in calendars for part in calendar.walk("VEVENT")]
    except _FAULTS:
        raise Refusal(gettext(_NO_CALENDAR)) from None
    if not parts:
        raise Refusal(gettext("There is no event in this file."))
    remarks: list[str] = []
    found: dict[str, Found] = {}
    for part in parts:
        event = _event(part, remarks)
        if event is not None:
            found.setdefault(event.uid, event)
    return tuple(found.values()), tuple(remarks[:_MOST_REMARKS])


def write_events(events: Sequence[Listed], *, title: str) -> bytes:
    """Return a calendar of whole-day events, the same bytes for the same arguments."""
    made = Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", line(title))
    made.add("x-wr-calname", line(title))
    for listed in events:
        event = Event()
        event.add("uid", line(listed.uid))
        event.add("dtstamp", listed.stamp)
        event.add("summary", line(listed.title))
        event.add("dtstart", listed.starts_on)
        event.add("dtend", listed.ends_on + timedelta(days=1))  # the day after the last: RFC 5545 section 3.6.1
        event.add("transp", "TRANSPARENT")
        for name, text in (("location", listed.location), ("url", listed.url), ("description", listed.text)):
            if line(text):
                event.add(name, line(text))
        made.add_component(event)
    return bytes(made.to_ical())


def _check_shape(text: str) -> None:
    """Refuse what is no calendar, or would make the reader work for long: endless lines, parts within parts, many events."""
    if not text.lstrip()[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise Refusal(gettext(_NO_CALENDAR))
    depth, length, events = 0, 0, 0
    for row in text.splitlines():
        length = length + len(row) if row[:1] in {" ", "\t"} else len(row)
        start = row[:12].upper()
        depth += start.startswith("BEGIN:") - start.startswith("END:")
        events += start == "BEGIN:VEVENT"
        if length > _LONGEST_LINE:
            raise Refusal(gettext("A line of this file is very long. Export it without pictures and attachments."))
        if depth > _MOST_DEPTH:
            raise Refusal(gettext(_NO_CALENDAR))
    if events > MOST_EVENTS:
        said = gettext("There are more than %(most)s events in this file. Choose a shorter time when you export it.")
        raise Refusal(said % {"most": MOST_EVENTS})


def _event(part: Component, remarks: list[str]) -> Found | None:
    title = line(_text(part, "SUMMARY"))[:160]
    told = {"title": title[:60], "days": LONGEST.days}
    if not title:
        remarks.append(gettext("An event without a title was left out."))
        return None
    if _text(part, "STATUS").upper() == "CANCELLED":
        remarks.append(gettext("“%(title)s” was left out: it is cancelled.") % told)
        return None
    if part.get("RRULE") is not None or part.get("RECURRENCE-ID") is not None:
        remarks.append(gettext("“%(title)s” was left out: it repeats.") % told)
        return None
    days = _days(part)
    if days is None:
        remarks.append(gettext("“%(title)s” was left out: its days cannot be read.") % told)
        return None
    if days[1] - days[0] >= LONGEST:
        remarks.append(gettext("“%(title)s” was left out: it lasts more than %(days)s days.") % told)
        return None
    uid = line(_text(part, "UID"))[:255] or f"{days[0].isoformat()} {title}"
    return Found(uid, title, *days, line(_text(part, "LOCATION"))[:160], _address(_text(part, "URL")))


def _days(part: Component) -> tuple[date, date] | None:
    """Return the first and the last day; an end at midnight belongs to the day before (RFC 5545 section 3.6.1)."""
    try:
        starts = part.decoded("DTSTART")
        ends = part.decoded("DTEND", None)
        if ends is None:
            ends = starts + part.decoded("DURATION", timedelta())
        first, last = _day(starts), _day(ends)
        at_midnight = not isinstance(ends, datetime) or (ends.hour, ends.minute, ends.second) == (0, 0, 0)
        if at_midnight and last > first:
            last -= timedelta(days=1)
    except _FAULTS:
        return None
    return (first, last) if date(1950, 1, 1) <= first <= last <= date(2099, 12, 31) else None


def _day(moment: object) -> date:
    if isinstance(moment, datetime):
        return moment.date()
    if isinstance(moment, date):
        return moment
    raise TypeError(moment)


def _text(part: Component, name: str) -> str:
    value = part.get(name)
    return str(value[0] if isinstance(value, list) and value else value) if value is not None else ""


def _address(text: str) -> str:
    """Return an address of the web; nothing for any other, which could do harm as a link."""
    said = line(text)
    try:
        parts = urlsplit(said)
    except ValueError:
        return ""
    return said if parts.scheme in {"http", "https"} and parts.netloc and len(said) <= 300 else ""
