"""Who may see and change rooms, slots and sessions. What is not there and what is not allowed look the same: 404."""

from django.core import signing
from django.http import Http404

from midcycle.accounts.models import Person
from midcycle.agenda.models import Draft, Room, Session, SessionPart, Slot
from midcycle.agenda.rules import HELD_KINDS
from midcycle.meetups.access import Visitor, organised_meetup_for
from midcycle.meetups.models import Meetup

_SALT = "midcycle.my-agenda"
_ROUND_SALT = "midcycle.my-sessions"


def session_for(meetup: Meetup, number: int) -> Session:
    """Return a session of a meetup with its topic. Raises Http404. Whether it was released is for the page to say."""
    session = Session.objects.select_related("topic").filter(meetup=meetup, pk=number).first()
    if session is None:
        raise Http404
    session.meetup = meetup
    return session


def organiser_for(visitor: Visitor, slug: str) -> tuple[Meetup, Person]:
    """Return the meetup and the visitor as one of its organisers. Raises Http404 for anyone else."""
    if not isinstance(visitor, Person):
        raise Http404
    return organised_meetup_for(visitor, slug), visitor


def organised_session_for(visitor: Visitor, slug: str, number: int) -> tuple[Session, Person]:
    """Return a session, and the visitor as an organiser of its meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    return session_for(meetup, number), organiser


def organised_part_for(visitor: Visitor, slug: str, number: int, part: int) -> tuple[SessionPart, Person]:
    """Return somebody's part in a session, and the visitor as an organiser. Raises Http404 for anyone else."""
    session, organiser = organised_session_for(visitor, slug, number)
    found = SessionPart.objects.filter(session=session, pk=part).first()
    if found is None:
        raise Http404
    found.session = session
    return found, organiser


def organised_room_for(visitor: Visitor, slug: str, number: int) -> tuple[Room, Person]:
    """Return a room, and the visitor as an organiser of its meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    room = Room.objects.filter(meetup=meetup, pk=number).first()
    if room is None:
        raise Http404
    room.meetup = meetup
    return room, organiser


def organised_slot_for(visitor: Visitor, slug: str, number: int) -> tuple[Slot, Person]:
    """Return a slot, and the visitor as an organiser of its meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    slot = Slot.objects.filter(meetup=meetup, pk=number).first()
    if slot is None:
        raise Http404
    slot.meetup = meetup
    return slot, organiser


def organised_place_for(visitor: Visitor, slug: str, slot: int, room: int) -> tuple[Slot, Room]:
    """Return a slot sessions may be in and a room of one meetup, for its organisers. Raises Http404 for anyone else."""
    at, _ = organised_slot_for(visitor, slug, slot)
    where = Room.objects.filter(meetup=at.meetup, pk=room).first()
    if where is None or at.kind not in HELD_KINDS:
        raise Http404
    return at, where


def organised_draft_for(visitor: Visitor, slug: str, number: int) -> tuple[Draft, Person]:
    """Return a kept draft, and the visitor as an organiser of its meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    draft = Draft.objects.filter(meetup=meetup, pk=number).first()
    if draft is None:
        raise Http404
    draft.meetup = meetup
    return draft, organiser


def key_of(meetup: Meetup, person: Person) -> str:
    """Return the key that opens one person's agenda of one meetup as a calendar, without signing in."""
    return signing.dumps([meetup.pk, person.pk], salt=_SALT)


def person_for_key(meetup: Meetup, key: str) -> Person:
    """Return the person whose agenda of this meetup the key opens. Raises Http404 for any other text."""
    return _person_for(meetup, key, _SALT)


def round_key_of(meetup: Meetup, person: Person) -> str:
    """Return the key that lets one person answer, without signing in, whether they can be in their sessions."""
    return signing.dumps([meetup.pk, person.pk], salt=_ROUND_SALT)


def asked_person_for(meetup: Meetup, key: str) -> Person:
    """Return the person whose questions the key opens. Raises Http404 for any other text."""
    return _person_for(meetup, key, _ROUND_SALT)


def _person_for(meetup: Meetup, key: str, salt: str) -> Person:
    try:
        named = signing.loads(key, salt=salt)
    except signing.BadSignature:
        raise Http404 from None
    person = Person.objects.filter(pk=named[1], is_active=True).first() if named[0] == meetup.pk else None
    if person is None:
        raise Http404
    return person
