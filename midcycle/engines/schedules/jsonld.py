"""The agenda as search engines read it: schema.org in JSON-LD (https://schema.org/Event), to stand within a page."""

import json
from datetime import datetime

from midcycle.engines.schedules.c3voc import Json
from midcycle.engines.schedules.model import Schedule, ScheduledSession
from midcycle.engines.schedules.plain import line

_MOST = 500  # a search engine shows a handful; a page stays light
# What could end the script it stands in, or a line of it where readers are old.
_WITHIN_A_PAGE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def to_jsonld(schedule: Schedule, *, venue: str = "", address: str = "") -> str:
    """Return the meetup with its sessions. Safe between script tags. Raises NoDates.

    `address` says in words where it is, such as a city; search engines ask for one of every event, so rooms have it, too.
    """
    where = line(address)
    document: Json = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": line(schedule.url),
        "name": line(schedule.title),
        "url": line(schedule.url),
        "startDate": schedule.first_day().isoformat(),
        "endDate": schedule.date_of(schedule.days).isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        **({"location": _place(line(venue) or where, where)} if where else {}),
        "subEvent": [
            _event(schedule, session, session.starts, where) for session in schedule.sessions[:_MOST] if session.starts
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(_WITHIN_A_PAGE)


def _place(name: str, address: str) -> Json:
    return {"@type": "Place", "name": name, **({"address": address} if address else {})}


def _event(schedule: Schedule, session: ScheduledSession, starts: datetime, where: str) -> Json:
    ends = {"endDate": session.ends.astimezone(schedule.zone).isoformat()} if session.ends else {}
    led = {"performer": [{"@type": "Person", "name": line(name)} for name in session.leads]} if session.leads else {}
    return {
        "@type": "Event",
        "name": line(session.title),
        "url": line(session.url),
        "startDate": starts.astimezone(schedule.zone).isoformat(),
        **ends,
        "location": _place(session.place, where),
        **led,
    }
