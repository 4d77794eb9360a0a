"""Moderators: the pool, what is open in which session, and what one moderator has to do."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext

from midcycle.accounts.models import Person
from midcycle.agenda.models import Apart, Invite, Moderator, Session
from midcycle.agenda.queries.rows import Rows, named, rows_of
from midcycle.agenda.rules import clock
from midcycle.agenda.rules.moderating import INVITE_STATE_NAMES, missing
from midcycle.engines.solver.pairing import Task, Volunteer
from midcycle.kernel.words import listed
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Support

MODERATED: Final = frozenset({"general_session", "working_group", "birds_of_a_feather", "lightning"})
_OPEN: Final = ("asked", "confirmed")


@dataclass(frozen=True)
class Proposing:
    """What proposals are made from; `busy` has the times people are needed elsewhere."""

    tasks: tuple[Task, ...]
    people: tuple[Volunteer, ...]
    busy: Mapping[int, frozenset[int]]


@dataclass(frozen=True)
class Pooled:
    """Somebody in the pool, as the team sees them."""

    id: int
    name: str
    email: str
    led: int
    most: int
    taken: int
    languages: str
    wish: str


@dataclass(frozen=True)
class Proposed:
    """A proposal or a question, with where it stands."""

    id: int
    name: str
    part: str
    state: str
    state_name: str


@dataclass(frozen=True)
class Line:
    """A session with who moderates it, who is proposed, and who is still missing."""

    id: int
    title: str
    when: str
    leads: tuple[str, ...]
    shadows: tuple[str, ...]
    proposed: tuple[Proposed, ...]
    missing: str


@dataclass(frozen=True)
class Moderating:
    """The page of the team: sessions that are moderated, the pool, and who is kept apart."""

    lines: tuple[Line, ...]
    pool: tuple[Pooled, ...]
    aparts: tuple[tuple[int, str, str], ...]

    @property
    def to_ask(self) -> int:
        """How many are proposed and not asked yet."""
        return sum(proposed.state == "proposed" for line in self.lines for proposed in line.proposed)

    @property
    def leaderless(self) -> int:
        """How many sessions nobody leads yet."""
        return sum(not line.leads for line in self.lines)


def proposing(meetup: Meetup) -> Proposing:
    """Return the sessions to be moderated and the pool; the number of queries does not grow with them."""
    rows = rows_of(meetup)
    pool = list(Moderator.objects.filter(meetup=meetup).order_by("pk"))
    invites = list(Invite.objects.filter(session__meetup=meetup).order_by("pk"))
    near = _supporters(meetup)
    sessions = [session for session in rows.sessions if _is_moderated(session)]
    tasks = tuple(_task(rows, session, invites, near.get(session.topic_id or 0, frozenset())) for session in sessions)
    apart = _aparts(meetup)
    loads = _other_loads(rows, tasks)
    people = tuple(
        Volunteer(
            id=m.person_id,
            led=m.led,
            most=m.most - loads[m.person_id],
            away=_away(rows, m.person_id),
            apart=apart.get(m.person_id, frozenset()),
            languages=frozenset(_languages(m.languages)),
        )
        for m in pool
    )
    return Proposing(tasks, people, _busy(rows))


def moderating(meetup: Meetup, *, with_addresses: bool = True) -> Moderating:
    """Return what the team sees; the number of queries does not grow with sessions and people.

    For machines there are no addresses: not even instead of a name nobody told.
    """
    call: Callable[[Person], str] = _named_somehow if with_addresses else str
    rows = rows_of(meetup)
    invites: dict[int, list[Invite]] = {}
    for invite in Invite.objects.filter(session__meetup=meetup).select_related("person").order_by("part", "pk"):
        invites.setdefault(invite.session_id, []).append(invite)
    taken = Counter(
        held.person_id for session in rows.sessions for held in session.parts.all() if held.part in ("lead", "shadow")
    )
    pool = Moderator.objects.filter(meetup=meetup).select_related("person").order_by("-led", "person__name", "pk")
    aparts = Apart.objects.filter(meetup=meetup).select_related("one", "other").order_by("pk")
    return Moderating(
        tuple(_line(rows, session, invites.get(session.pk, []), call) for session in _in_time(rows)),
        tuple(
            Pooled(
                m.pk,
                m.person.name or (m.person.email if with_addresses else gettext("Somebody without a name")),
                m.person.email if with_addresses else "",
                m.led,
                m.most,
                taken[m.person_id],
                m.languages,
                m.wish,
            )
            for m in pool
        ),
        tuple((a.pk, call(a.one), call(a.other)) for a in aparts),
    )


def pool_of(meetup: Meetup) -> QuerySet[Person]:
    """Return the people of the pool by name."""
    return Person.objects.filter(moderates__meetup=meetup).order_by("name", "pk")


def moderator_of(meetup: Meetup, person: Person) -> Moderator | None:
    """Return what somebody said who would moderate, None when they did not; one query."""
    return Moderator.objects.filter(meetup=meetup, person=person).first()


def names_missing(session: Session) -> str:
    """Return whom a session should not begin without and who is not named, as one sentence; empty when all are. One query."""
    return _missing({held.part for held in session.parts.all()})


def when_of(rows: Rows, session: Session) -> str:
    """Return day, time and room of a session in a few words, empty while it has no place."""
    slots = rows.span_of(session)
    if not slots:
        return ""
    room = next((room.name for room in rows.rooms if room.pk == rows.placements[session.pk].room_id), "")
    when = rows.slot_name(slots[0])
    if slots[-1].ends:
        when = gettext("%(when)s to %(until)s") % {"when": when, "until": f"{slots[-1].ends:%H:%M}"}
    return f"{when}, {room}" if room else when


def _is_moderated(session: Session) -> bool:
    return session.format in MODERATED and not session.for_all and not session.lost_its_topic


def _in_time(rows: Rows) -> list[Session]:
    order = {slot.id: at for at, slot in enumerate(rows.plain_slots)}
    last = len(order)

    def place(session: Session) -> tuple[int, int]:
        placement = rows.placements.get(session.pk)
        return (order.get(placement.slot_id, last) if placement else last, session.pk)

    return sorted((session for session in rows.sessions if _is_moderated(session)), key=place)


def _pooled(held: Moderator, taken: int, address: str) -> Pooled:
    return Pooled(held.pk, str(held.person), address, held.led, held.most, taken, held.languages, held.wish)


def _named_somehow(person: Person) -> str:
    """Return a name, or the address of somebody without one: the team has to know whom it asks."""
    return person.name or person.email


def _line(rows: Rows, session: Session, invites: Iterable[Invite], call: Callable[[Person], str]) -> Line:
    parts = session.parts.all()
    return Line(
        id=session.pk,
        title=session.title,
        when=when_of(rows, session),
        leads=named(parts, "lead"),
        shadows=named(parts, "shadow"),
        proposed=tuple(
            Proposed(
                invite.pk,
                call(invite.person),
                invite.part,
                invite.state,
                pgettext("of somebody asked to moderate", INVITE_STATE_NAMES[invite.state]),
            )
            for invite in invites
            if invite.state != "confirmed"
        ),
        missing=_missing({held.part for held in parts}),
    )


def _missing(parts: set[str]) -> str:
    found = missing(parts)
    if not found:
        return ""
    return gettext("Still to be named: %(names)s.") % {"names": listed(found)}


def _task(rows: Rows, session: Session, invites: Iterable[Invite], near: frozenset[int]) -> Task:
    own = [invite for invite in invites if invite.session_id == session.pk]
    return Task(
        session.pk,
        _times(rows, session),
        _first(session, own, "lead"),
        _first(session, own, "shadow"),
        near,
        frozenset(invite.person_id for invite in own if invite.state == "declined"),
    )


def _first(session: Session, invites: Iterable[Invite], part: str) -> int | None:
    held = next((held.person_id for held in session.parts.all() if held.part == part), None)
    asked = next((invite.person_id for invite in invites if invite.part == part and invite.state in _OPEN), None)
    return asked if held is None else held


def _times(rows: Rows, session: Session) -> frozenset[int]:
    """Return every slot nobody can be elsewhere in while a session runs."""
    span = rows.span_of(session)
    return frozenset(slot.id for slot in rows.plain_slots for held in span if slot.id == held.id or clock.overlap(slot, held))


def _busy(rows: Rows) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    for session in rows.sessions:
        times = _times(rows, session)
        for held in session.parts.all():
            found[held.person_id] = found.get(held.person_id, frozenset()) | times
    return found


def _away(rows: Rows, person: int) -> frozenset[int]:
    there = rows.there(person)
    return frozenset() if there is None else frozenset(slot.id for slot in rows.plain_slots) - there


def _other_loads(rows: Rows, tasks: Iterable[Task]) -> Counter[int]:
    """Return what people moderate beside what the tasks tell, such as a plenary, or as a second lead."""
    told = Counter(person for task in tasks for person in (task.lead, task.shadow) if person is not None)
    held = Counter(
        part.person_id for session in rows.sessions for part in session.parts.all() if part.part in ("lead", "shadow")
    )
    return held - told


def _supporters(meetup: Meetup) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for topic, person in Support.objects.filter(topic__meetup=meetup).values_list("topic", "person"):
        found.setdefault(topic, set()).add(person)
    return {topic: frozenset(people) for topic, people in found.items()}


def _aparts(meetup: Meetup) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for one, other in Apart.objects.filter(meetup=meetup).values_list("one", "other"):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {person: frozenset(others) for person, others in found.items()}


def _languages(text: str) -> list[str]:
    return [word.strip().casefold() for word in text.replace(";", ",").split(",") if word.strip()]
