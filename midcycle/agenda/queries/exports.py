"""A release in the formats other software reads. All are made of what the release itself keeps, so none changes after it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from midcycle.agenda.models import Release
from midcycle.engines import tables
from midcycle.engines.schedules import frabxml, jsonld, reading, schedule2, xcal
from midcycle.engines.schedules.model import Schedule, ScheduledSession
from midcycle.meetups.models import Meetup

_COLUMNS: Final = ("Day", "Date", "Start", "End", "Room", "Title", "Format", "Leads", "Shadows", "Abstract", "Address", "Id")


@dataclass(frozen=True)
class Form:
    """A format: what it is to a browser, and how it is made of a schedule and the moment of its release."""

    kind: str
    write: Callable[[Schedule, datetime], bytes] | None = None


FORMS: Final[Mapping[str, Form]] = {
    "json": Form("application/json"),
    "ics": Form("text/calendar; charset=utf-8"),
    "xml": Form("application/xml; charset=utf-8", lambda schedule, _: frabxml.to_xml(schedule)),
    "schedule2": Form("application/json", lambda schedule, _: schedule2.to_json(schedule)),
    "xcal": Form("application/calendar+xml; charset=utf-8", lambda schedule, at: xcal.to_xcal(schedule, stamp=at)),
    "csv": Form("text/csv; charset=utf-8", lambda schedule, _: csv_of(schedule)),
}


def written(meetup: Meetup, release: int, form: str) -> bytes | None:
    """Return a release of a meetup in a format; None where there are no dates, so nothing to give. One query."""
    facts = ("schedule_json", "schedule_ics", "released_at")
    as_json, as_ics, released_at = Release.objects.filter(meetup=meetup).values_list(*facts).get(pk=release)
    write = FORMS[form].write
    if write is None:
        return bytes(as_ics if form == "ics" else as_json) or None
    schedule = _again(meetup, bytes(as_json))
    return None if schedule is None else write(schedule, released_at)


def jsonld_of(meetup: Meetup, release: int | None) -> str:
    """Return the release as JSON-LD for its page, empty where there are no dates."""
    if release is None:
        return ""
    schedule = _again(
        meetup, bytes(Release.objects.filter(meetup=meetup).values_list("schedule_json", flat=True).get(pk=release))
    )
    address = ", ".join(part for part in (meetup.venue, meetup.city, meetup.country) if part)
    return "" if schedule is None else jsonld.to_jsonld(schedule, venue=meetup.venue, address=address)


def csv_of(schedule: Schedule) -> bytes:
    """Return a schedule as a table, in order of time; no cell is taken for a formula."""
    rows = sorted((_row(schedule, session) for session in schedule.sessions), key=lambda row: (row[1], row[2], row[4], row[-1]))
    return tables.write("csv", tables.Table.of(_COLUMNS, rows))


def _row(schedule: Schedule, session: ScheduledSession) -> tuple[str, ...]:
    starts, ends = (at.astimezone(schedule.zone) if at else None for at in (session.starts, session.ends))
    return (
        str(session.day),
        schedule.date_of(session.day).isoformat(),
        f"{starts:%H:%M}" if starts else "",
        f"{ends:%H:%M}" if ends else "",
        session.room or "",
        session.title,
        session.format,
        ", ".join(session.leads),
        ", ".join(session.shadows),
        session.abstract,
        session.url,
        str(session.uid),
    )


def _again(meetup: Meetup, kept: bytes) -> Schedule | None:
    """Return the schedule that a release keeps as JSON."""
    if not kept:
        return None
    return replace(reading.read(kept).schedule, slug=meetup.slug)
