"""What the present agenda would be better without."""

from collections import Counter

from midcycle.agenda.models import Walk
from midcycle.agenda.queries.presence import free_minutes_promised
from midcycle.agenda.queries.problem import wishes_of
from midcycle.agenda.queries.rows import Rows, rows_of
from midcycle.agenda.rules import PRESENT, values
from midcycle.agenda.rules.hints import Hint, Known, hints, too_small
from midcycle.meetups.models import Meetup


def hints_for(meetup: Meetup) -> tuple[Hint, ...]:
    """Return what is worth a second look in the agenda as it stands; the number of queries does not grow with it."""
    rows = rows_of(meetup)
    walks = Walk.objects.filter(room__meetup=meetup).values_list("room", "other", "minutes")
    known = Known(
        layouts={room.pk: room.layout for room in rows.rooms},
        microphones={room.pk: room.microphones for room in rows.rooms},
        walks={frozenset((one, other)): minutes for one, other, minutes in walks},
        needed={
            session.pk: [(part.person_id, str(part.person)) for part in session.parts.all() if part.part in PRESENT]
            for session in rows.sessions
        },
        wanted=_wanted(meetup, rows),
        free_minutes=free_minutes_promised(meetup),
    )
    return hints(_agenda(meetup, rows), known)


def small_sessions(meetup: Meetup, format: str) -> frozenset[int]:  # noqa: A002 - the word of the house
    """Return the placed sessions of a format that fewer want than it is good for."""
    rows = rows_of(meetup)
    return frozenset(session.id for session in too_small(_agenda(meetup, rows), _wanted(meetup, rows)).get(format, ()))


def _wanted(meetup: Meetup, rows: Rows) -> dict[int, int]:
    wanted = Counter(wish.topic for wish in wishes_of(meetup))
    return {session.pk: wanted[session.topic_id] for session in rows.sessions if session.topic_id}


def _agenda(meetup: Meetup, rows: Rows) -> values.Agenda:
    return values.Agenda(
        meetup.starts_on,
        meetup.timezone,
        rows.days,
        rows.plain_rooms,
        rows.plain_slots,
        tuple(rows.plain_session(session, "") for session in rows.sessions),
    )
