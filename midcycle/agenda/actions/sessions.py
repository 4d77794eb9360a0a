"""Sessions and the people who have a part in them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.actions import person_for
from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold, hold_board, note
from midcycle.agenda.actions.translating import texts_of_topic
from midcycle.agenda.models import Placement, Room, Session, SessionPart, Slot
from midcycle.agenda.queries import released_agenda, small_sessions
from midcycle.agenda.rules import FEWEST, FORMATS, HELD_KINDS, LONGEST_ABSTRACT, LONGEST_SESSION, LONGEST_TITLE, PART_NAMES
from midcycle.agenda.rules.bounds import Bounds
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Topic
from midcycle.web.markdown import to_html


@transaction.atomic
def add_session(  # noqa: PLR0913 - a session has this many facts
    meetup: Meetup,
    title: str,
    *,
    format: str = "general_session",  # noqa: A002 - the word of the house
    topic: Topic | None = None,
    abstract: str = "",
    for_all: bool = False,
    by: Person | None,
    now: datetime,
) -> Session:
    """Add a session, of a topic or of the organisers' own. Raises Refusal when the topic has one already."""
    hold(meetup)
    if topic is not None and Session.objects.filter(topic=topic).exists():
        raise Refusal(gettext("This topic has a session already. Change that one."), field="topic")
    if topic is not None and topic.meetup_id != meetup.pk:
        raise Refusal(gettext("This topic belongs to another meetup."), field="topic")
    session = Session(meetup=meetup, topic=topic, texts=texts_of_topic(topic.texts) if topic else {})
    _write(session, title, abstract, format, for_all=for_all)
    note("agenda.session_added", meetup, by=by, now=now, facts={"session": session.pk, "topic": topic.pk if topic else None})
    return session


@transaction.atomic
def change_session(  # noqa: PLR0913 - a session has this many facts
    session: Session,
    title: str,
    *,
    format: str,  # noqa: A002 - the word of the house
    abstract: str,
    for_all: bool,
    by: Person | None,
    now: datetime,
) -> None:
    """Change what a session is called and about, how it is held, and whether it is for everybody."""
    hold(session.meetup)
    _write(session, title, abstract, format, for_all=for_all)
    note("agenda.session_changed", session.meetup, by=by, now=now, facts={"session": session.pk})


@transaction.atomic
def reshape_small_sessions(meetup: Meetup, was: str, into: str, *, by: Person | None, now: datetime) -> int:
    """Give another format to the placed sessions that fewer want than theirs is good for; return how many.

    Raises Refusal for a format that does not suit fewer people, and when there is no such session any more.
    """
    hold(meetup)
    if not FEWEST.get(into, 0) < FEWEST.get(was, 0):
        raise Refusal(gettext("Choose a format that suits fewer people."), field="into")
    small = small_sessions(meetup, was)
    if not small:
        raise Refusal(gettext("No session is too small for its format any more."))
    Session.objects.filter(pk__in=small).update(format=into)
    note("agenda.sessions_reshaped", meetup, by=by, now=now, facts={"sessions": sorted(small), "format": into})
    return len(small)


@transaction.atomic
def bind_session(session: Session, bounds: Bounds, *, by: Person | None, now: datetime) -> None:
    """Say how many slots a session takes, whether a draft may leave it out, and where every draft puts it.

    Raises Refusal for what cannot be, and for another length of a session that has a place on a frozen board.
    """
    hold(session.meetup)
    if bounds.length != session.length and Placement.objects.filter(session=session).exists():
        hold_board(session.meetup)
    if not 1 <= bounds.length <= LONGEST_SESSION:
        raise Refusal(gettext("A session takes 1 to %(most)s slots.") % {"most": LONGEST_SESSION}, field="length")
    slot = Slot.objects.filter(meetup=session.meetup, pk=bounds.slot or 0, kind__in=HELD_KINDS).first()
    room = Room.objects.filter(meetup=session.meetup, pk=bounds.room or 0).first()
    if bounds.slot is not None and slot is None:
        raise Refusal(gettext("This time is not there any more, or kept free. Choose another one."), field="slot")
    if bounds.room is not None and room is None:
        raise Refusal(gettext("This room is not there any more. Choose another one."), field="room")
    session.length, session.must, session.fixed_slot, session.fixed_room = bounds.length, bounds.must, slot, room
    session.save(update_fields=["length", "must", "fixed_slot", "fixed_room"])
    facts = {"session": session.pk, "length": bounds.length, "must": bounds.must, "slot": bounds.slot, "room": bounds.room}
    note("agenda.session_bound", session.meetup, by=by, now=now, facts=facts)


@transaction.atomic
def remove_session(session: Session, *, by: Person | None, now: datetime) -> None:
    """Remove a session with its notes. Raises Refusal while it has a place in the newest release, or on a frozen board."""
    hold(session.meetup)
    if Placement.objects.filter(session=session).exists():
        hold_board(session.meetup)
    agenda = released_agenda(session.meetup)
    released = agenda.session(session.pk) if agenda else None
    if released is not None and released.slot is not None:
        raise Refusal(
            gettext("It has a place in the newest release. Take that away and release the agenda again; then remove it.")
        )
    note("agenda.session_removed", session.meetup, by=by, now=now, facts={"session": session.pk})
    session.delete()


@transaction.atomic
def give_part(session: Session, person: Person, part: str, *, by: Person | None, now: datetime) -> SessionPart:
    """Give somebody a part in a session; a second time changes nothing."""
    hold(session.meetup)
    if part not in PART_NAMES:
        told = gettext("There is no such part. Choose one of: %(names)s.")
        raise Refusal(told % {"names": ", ".join(PART_NAMES)}, field="part")
    held, fresh = SessionPart.objects.get_or_create(session=session, person=person, part=part)
    if fresh:
        facts = {"session": session.pk, "person": person.pk, "part": part}
        note("agenda.part_given", session.meetup, by=by, now=now, facts=facts)
    return held


@transaction.atomic
def give_part_to_address(session: Session, email: str, part: str, *, by: Person | None, now: datetime) -> SessionPart:
    """Give whoever has this e-mail address a part in a session, also when nobody knows them yet."""
    return give_part(session, person_for(email, now=now), part, by=by, now=now)


@transaction.atomic
def take_part_away(held: SessionPart, *, by: Person | None, now: datetime) -> None:
    """Take somebody's part in a session away."""
    hold(held.session.meetup)
    facts = {"session": held.session_id, "person": held.person_id, "part": held.part}
    note("agenda.part_taken_away", held.session.meetup, by=by, now=now, facts=facts)
    held.delete()


def _write(session: Session, title: str, abstract: str, kind: str, *, for_all: bool) -> None:
    session.title, session.abstract = one_line(title), lines(abstract)
    if not session.title or len(session.title) > LONGEST_TITLE:
        told = gettext("Give the session a title of up to %(most)s characters.")
        raise Refusal(told % {"most": LONGEST_TITLE}, field="title")
    if len(session.abstract) > LONGEST_ABSTRACT:
        told = gettext("Shorten the abstract to %(most)s characters.")
        raise Refusal(told % {"most": LONGEST_ABSTRACT}, field="abstract")
    if kind not in FORMATS:
        told = gettext("There is no such format. Choose one of: %(names)s.")
        raise Refusal(told % {"names": ", ".join(FORMATS)}, field="format")
    session.abstract_html = to_html(session.abstract)
    session.format, session.for_all = kind, for_all
    session.save()


@transaction.atomic
def link_notes(meetup: Meetup, paths: Mapping[int, str], *, by: Person | None, now: datetime) -> None:
    """Say under which address the notes of each session, by its number, are kept."""
    hold(meetup)
    sessions = list(Session.objects.filter(meetup=meetup, pk__in=paths))
    for session in sessions:
        session.notes_path = paths[session.pk]
    Session.objects.bulk_update(sessions, ["notes_path"])
    note("agenda.notes_linked", meetup, by=by, now=now, facts={"sessions": len(sessions)})
