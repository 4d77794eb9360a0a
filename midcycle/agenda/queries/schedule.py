"""An agenda as other software reads it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse

from midcycle.agenda.access import Personal
from midcycle.agenda.models import Session
from midcycle.agenda.queries.mine import chosen
from midcycle.agenda.rules import clock, values
from midcycle.engines.schedules import ical
from midcycle.engines.schedules.model import Room, Schedule, ScheduledSession
from midcycle.meetups.models import Meetup

_ROOMS = UUID("6e1b5a52-9a3f-5b3e-9c8e-0d5f7a1c2b44")
"""Names the rooms of all meetups, so that a room keeps its id from release to release."""


def schedule_of(meetup: Meetup, agenda: values.Agenda, *, number: int, only: Collection[int] | None = None) -> Schedule:
    """Return the schedule of an agenda, whole or `only` some sessions; one query, for the abstracts.

    Times are in the meetup's zone, addresses absolute.
    """
    zone = clock.zone_of(agenda.timezone)
    abstracts = dict(Session.objects.filter(meetup=meetup).values_list("pk", "abstract"))
    held = [session for session in agenda.placed() if only is None or session.id in only]
    return Schedule(
        slug=meetup.slug,
        title=meetup.title,
        starts_on=agenda.starts_on,
        days=agenda.days,
        timezone=zone.key,
        url=_absolute(reverse("agenda:agenda", args=[meetup.slug])),
        version=str(number),
        rooms=tuple(Room(name=r.name, guid=uuid5(_ROOMS, f"{meetup.pk} {r.id}"), capacity=r.capacity) for r in agenda.rooms),
        sessions=tuple(_scheduled(meetup, agenda, session, abstracts.get(session.id, "")) for session in held),
    )


def my_calendar(personal: Personal) -> bytes | None:
    """Return a person's agenda as iCalendar, None before the first release; one query. Raises NoDates."""
    if personal.grid is None or personal.released_at is None:
        return None
    agenda = values.from_plain(personal.grid)
    only = chosen(personal, agenda)
    return calendar_of(schedule_of(personal.meetup, agenda, number=personal.number, only=only), personal.released_at)


def calendar_of(schedule: Schedule, released_at: datetime) -> bytes:
    """Return a schedule as iCalendar, stamped with the moment of its release. Raises NoDates."""
    return ical.to_ics(schedule, stamp=released_at)


def _scheduled(meetup: Meetup, agenda: values.Agenda, session: values.Session, abstract: str) -> ScheduledSession:
    slot, last = agenda.slot_of(session), agenda.last_slot_of(session)
    zone = clock.zone_of(agenda.timezone)
    room = None if session.room is None else agenda.room_name(session)
    return ScheduledSession(
        uid=UUID(session.uid),
        code=f"S{session.id}",
        title=session.title,
        url=_absolute(reverse("agenda:session", args=[meetup.slug, session.id])),
        day=slot.day if slot else 1,
        abstract=abstract,
        format=session.format_name,
        room=room,
        starts=clock.moment(agenda.starts_on, slot.day, slot.starts, zone) if slot else None,
        ends=clock.moment(agenda.starts_on, last.day, last.ends, zone) if last else None,
        leads=session.leads,
        shadows=session.shadows,
    )


def _absolute(path: str) -> str:
    return f"{settings.MIDCYCLE.public_url_used}{path}"
