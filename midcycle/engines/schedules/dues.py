"""An iCalendar file of days on which something is due (RFC 5545): entries over whole days that block nobody's time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event

from midcycle.engines.schedules.ical import PRODID
from midcycle.engines.schedules.plain import line, lines

_REFRESH = timedelta(hours=6)


@dataclass(frozen=True)
class Due:
    """Something that is due on a day. `changed` is when it last changed, with a time zone; `edition` grows with changes."""

    uid: UUID
    title: str
    day: date
    url: str
    words: str
    changed: datetime
    edition: int


def dues_to_ics(title: str, url: str, dues: Iterable[Due]) -> bytes:
    """Return a calendar with one entry for each, the same bytes for the same arguments."""
    made = Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", line(title))
    made.add("x-wr-calname", line(title))
    made.add("url", line(url))
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for due in sorted(dues, key=lambda due: (due.day, due.uid)):
        made.add_component(_entry(due))
    return bytes(made.to_ical())


def _entry(due: Due) -> Event:
    event = Event()
    stamp = due.changed.astimezone(UTC).replace(microsecond=0)
    event.add("uid", str(due.uid))  # RFC 7986 section 5.3: a UUID, with no name of a server
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", due.edition)
    event.add("summary", line(due.title))
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))  # the day after: RFC 5545 section 3.6.1
    event.add("transp", "TRANSPARENT")
    event.add("url", line(due.url))
    if due.words:
        event.add("description", lines(due.words))
    return event
