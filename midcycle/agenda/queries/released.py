"""What everybody sees: the newest release, one of its sessions, and what is on now. Drafts never show here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext

from midcycle.agenda.models import Release, Session
from midcycle.agenda.queries.board import reasons_of
from midcycle.agenda.queries.problem import as_it_stands, findings_in, wishes_of
from midcycle.agenda.queries.rows import Rows
from midcycle.agenda.rules import PART_NAMES, clock, values
from midcycle.agenda.rules.kept import conflict_in_words, reason_in_words
from midcycle.agenda.rules.layout import Day, Frame, days
from midcycle.engines.solver.plan import review
from midcycle.meetups.models import Meetup

_ORDER: Final = tuple(PART_NAMES)


@dataclass(frozen=True)
class AgendaPage:
    """The public grid, and what has no place in it. `many_days`: there is more than one day to choose from."""

    days: tuple[Day[values.Session], ...]
    without_place: tuple[values.Session, ...]
    conflicts: tuple[str, ...]

    @property
    def many_days(self) -> bool:
        """Whether a reader has days to choose from."""
        return len(self.days) > 1


@dataclass(frozen=True)
class Newest:
    """A release as far as a page needs it; `grid` are its facts as they are kept. Its days count from `starts_on`."""

    id: int
    number: int
    released_at: datetime
    note: str
    grid: Mapping[str, Any]

    @property
    def starts_on(self) -> date | None:
        """The first day, None while there are no dates."""
        return date.fromisoformat(self.grid["starts_on"]) if self.grid["starts_on"] else None

    @property
    def timezone(self) -> str:
        """The IANA name of the zone of its times."""
        return str(self.grid["timezone"])


@dataclass(frozen=True)
class Released:
    """The facts of a release."""

    number: int
    released_at: datetime
    agenda: values.Agenda


@dataclass(frozen=True)
class Part:
    """Somebody with a part in a session; `tint` is 1 to 8."""

    name: str
    part: str
    tint: int

    @property
    def initials(self) -> str:
        """The first letters of the first two words of the name."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()


@dataclass(frozen=True)
class SessionPage:
    """One released session: where and when as released, what it is about and who has a part as it stands now."""

    session: Session
    released: values.Session
    when: str
    until: str
    room: str
    parts: tuple[Part, ...]


def agenda_of(rows: Rows) -> values.Agenda:
    """Return the present agenda as plain values, with reasons and conflicts: what a release keeps."""
    problem, assign = as_it_stands(rows, wishes_of(rows.meetup))
    reasons = reasons_of(rows, problem, review(problem, assign))
    return values.Agenda(
        starts_on=rows.meetup.starts_on,
        timezone=rows.meetup.timezone,
        days=rows.days,
        rooms=rows.plain_rooms,
        slots=rows.plain_slots,
        sessions=tuple(rows.plain_session(session, reasons[session.pk]) for session in rows.sessions),
        conflicts=tuple(finding.sentence for finding in findings_in(rows)),
    )


def agenda_page(agenda: values.Agenda) -> AgendaPage:
    """Return the public page of an agenda; the board alone shows times that are still empty."""
    frame = Frame(agenda.rooms, agenda.told().slots, agenda.starts_on, clock.zone_of(agenda.timezone))
    without = tuple(
        replace(session, reason=reason_in_words(session.reason)) for session in agenda.sessions if session.slot is None
    )
    return AgendaPage(days(frame, agenda.placed()), without, tuple(map(conflict_in_words, agenda.conflicts)))


def newest_release(meetup: Meetup) -> Newest | None:
    """Return the newest release, None before the first."""
    row = _newest(meetup).values_list("pk", "number", "released_at", "note", "grid").first()
    return None if row is None else Newest(*row)


def day_links(release: Newest, numbers: Sequence[int], now: datetime) -> tuple[clock.DayLink, ...]:
    """Return a link to each of these days of a release, as of now."""
    return clock.day_links(release.starts_on, numbers, clock.zone_of(release.timezone), now)


def newest_number(meetup: Meetup) -> int | None:
    """Return the number of the newest release, None before the first."""
    return _newest(meetup).values_list("number", flat=True).first()


def released(meetup: Meetup) -> Released | None:
    """Return the facts of the newest release, None before the first."""
    row = _newest(meetup).values_list("number", "released_at", "grid").first()
    return None if row is None else Released(row[0], row[1], values.from_plain(row[2]))


def released_agenda(meetup: Meetup) -> values.Agenda | None:
    """Return the agenda of the newest release, None before the first."""
    newest = released(meetup)
    return None if newest is None else newest.agenda


def session_page(session: Session, agenda: values.Agenda) -> SessionPage | None:
    """Return the page of a session, None when the agenda does not hold it."""
    held = agenda.session(session.pk)
    if held is None:
        return None
    slot, last = agenda.slot_of(held), agenda.last_slot_of(held)
    people = session.parts.select_related("person").order_by("pk")
    parts = sorted(people, key=lambda part: _ORDER.index(part.part))
    return SessionPage(
        session=session,
        released=replace(held, reason=reason_in_words(held.reason)),
        when=when(agenda, slot),
        until=f"{last.ends:%H:%M}" if last and last.ends else "",
        room=agenda.room_name(held) if slot else "",
        parts=tuple(Part(str(p.person), gettext(PART_NAMES[p.part]), p.person_id % 8 + 1) for p in parts),
    )


def when(agenda: values.Agenda, slot: values.Slot | None) -> str:
    """Return such as `Monday 15 February, 09:30`, and say what nobody recorded."""
    if slot is None:
        return gettext("No time yet")
    at = f"{slot.starts:%H:%M}" if slot.starts else gettext("time not recorded")
    return pgettext("day and time", "%(day)s, %(time)s") % {"day": clock.day_name(agenda.starts_on, slot.day), "time": at}


def notes_of(meetup: Meetup) -> dict[int, str]:
    """Return the addresses of notes by the number of their session. One query."""
    return dict(Session.objects.filter(meetup=meetup).exclude(notes_path="").values_list("pk", "notes_path"))


def now_next(meetup: Meetup, now: datetime) -> clock.NowNext:
    """Return what is on at the meetup and what comes next, by its own time zone."""
    agenda = released_agenda(meetup)
    if agenda is None:
        local = now.astimezone(clock.zone_of(meetup.timezone))
        return clock.NowNext(local, sentence=gettext("The agenda is not released yet."))
    return clock.now_next(agenda.told(), now)


def _newest(meetup: Meetup) -> QuerySet[Release]:
    return Release.objects.filter(meetup=meetup).order_by("-number")
