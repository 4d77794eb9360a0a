"""What one moderator was asked and has confirmed, with all they need for it."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from midcycle.accounts.models import Person
from midcycle.agenda.models import Invite, Session, SessionPart
from midcycle.agenda.queries.moderating import names_missing, when_of
from midcycle.agenda.queries.released import released
from midcycle.agenda.queries.rows import Rows, rows_of
from midcycle.agenda.queries.schedule import calendar_of, schedule_of
from midcycle.agenda.rules import PART_NAMES, format_name, layout_within
from midcycle.agenda.rules.moderating import ASKED_PARTS
from midcycle.meetups.models import Meetup, Organiser


@dataclass(frozen=True)
class Contact:
    """Somebody, and what they do; `email` is there for the team alone, if letters reach them: moderators meet through it."""

    name: str
    part: str
    email: str = ""


@dataclass(frozen=True)
class Duty:
    """A session somebody moderates or is asked to. The names of the others, pad and room are there once they have confirmed."""

    session: Session
    part: str
    invite: int | None
    state: str
    when: str
    format_name: str
    is_group: bool
    contacts: tuple[Contact, ...]
    room: tuple[str, ...]
    missing: str

    @property
    def is_open(self) -> bool:
        """Whether the question still waits for an answer."""
        return self.state == "asked"


@dataclass(frozen=True)
class Duties:
    """Everything one moderator has to do at a meetup."""

    name: str
    asked: tuple[Duty, ...]
    confirmed: tuple[Duty, ...]
    team: tuple[Contact, ...]


def duties_of(meetup: Meetup, person: Person) -> Duties:
    """Return what somebody is asked and what they have confirmed; the number of queries does not grow with it.

    Who else has a part, and the addresses of the team, are there for those alone who have a part themselves.
    """
    rows = rows_of(meetup)
    invites = {i.session_id: i for i in Invite.objects.filter(session__meetup=meetup, person=person).exclude(state="proposed")}
    duties = [_duty(rows, session, person, invites.get(session.pk)) for session in rows.sessions]
    known = [duty for duty in duties if duty is not None]
    confirmed = tuple(duty for duty in known if duty.state == "confirmed")
    team = Organiser.objects.filter(meetup=meetup).select_related("person").order_by("person__name", "pk") if confirmed else ()
    return Duties(
        str(person),
        tuple(duty for duty in known if duty.state != "confirmed"),
        confirmed,
        tuple(_contact(held.person, gettext("Organiser")) for held in team),
    )


def duty_calendar(meetup: Meetup, person: Person) -> bytes | None:
    """Return the sessions somebody has a part in as iCalendar, None before the first release. Raises NoDates."""
    newest = released(meetup)
    if newest is None:
        return None
    parts = SessionPart.objects.filter(session__meetup=meetup, person=person).values_list("session", flat=True)
    return calendar_of(schedule_of(meetup, newest.agenda, number=newest.number, only=set(parts)), newest.released_at)


def _duty(rows: Rows, session: Session, person: Person, invite: Invite | None) -> Duty | None:
    parts = list(session.parts.all())
    own = next((held.part for held in parts if held.person_id == person.pk and held.part in ASKED_PARTS), None)
    if own is None and invite is None:
        return None
    part = own or (invite.part if invite else "")
    others = (held for held in parts if own and held.person_id != person.pk)
    return Duty(
        session=session,
        part=gettext(PART_NAMES[part]),
        invite=invite.pk if invite else None,
        state="confirmed" if own else invite.state if invite else "",
        when=when_of(rows, session),
        format_name=format_name(session.format),
        is_group=session.format == "working_group",
        contacts=tuple(Contact(str(held.person), gettext(PART_NAMES[held.part])) for held in others),
        room=_room_sheet(rows, session) if own else (),
        missing=names_missing(session) if own else "",
    )


def _contact(person: Person, part: str) -> Contact:
    return Contact(str(person), part, person.email if person.is_active else "")


def _room_sheet(rows: Rows, session: Session) -> tuple[str, ...]:
    placement = rows.placements.get(session.pk)
    room = next((room for room in rows.rooms if placement and room.pk == placement.room_id), None)
    if room is None:
        return ()
    facts = [
        room.name,
        ngettext("%(count)s seat", "%(count)s seats", room.seats) % {"count": room.seats} if room.seats else "",
        gettext("Set as %(layout)s") % {"layout": layout_within(room.layout)} if room.layout else "",
        _microphones(room.microphones),
        room.note,
    ]
    return tuple(fact for fact in facts if fact)


def _microphones(count: int | None) -> str:
    if not count:
        return "" if count is None else gettext("No microphones")
    return ngettext("%(count)s microphone", "%(count)s microphones", count) % {"count": count}
