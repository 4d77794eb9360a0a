"""Who may see and change rooms, slots and sessions. What is not there and what is not allowed look the same: 404."""

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import Http404

from midcycle.accounts.models import Person
from midcycle.agenda.models import Apart, Invite, Moderator, Room, Session, SessionPart, Slot
from midcycle.agenda.rules import HELD_KINDS
from midcycle.meetups.access import Visitor, organised_meetup_for
from midcycle.meetups.models import Meetup

_SALT = "midcycle.my-agenda"
_DUTIES = "midcycle.moderating"


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


def key_of(meetup: Meetup, person: Person) -> str:
    """Return the key that opens one person's agenda of one meetup as a calendar, without signing in."""
    return signing.dumps([meetup.pk, person.pk], salt=_SALT)


def duties_key(meetup: Meetup, person: Person) -> str:
    """Return the key that opens what one person moderates at one meetup, without signing in."""
    return signing.dumps([meetup.pk, person.pk], salt=_DUTIES)


def moderator_for_key(meetup: Meetup, key: str) -> Person:
    """Return the person whose moderating at this meetup the key opens. Raises Http404 for any other text."""
    return _named_in(meetup, key, _DUTIES)


def invite_for_key(meetup: Meetup, key: str, number: int) -> Invite:
    """Return a question put to the person of the key. Raises Http404 for anyone else's, and for one not asked yet."""
    person = moderator_for_key(meetup, key)
    invites = Invite.objects.select_related("session__meetup", "person").exclude(state="proposed")
    found = invites.filter(pk=number, person=person, session__meetup=meetup).first()
    if found is None:
        raise Http404
    return found


def session_for_key(meetup: Meetup, key: str, number: int) -> tuple[Session, Person]:
    """Return a session the person of the key has a part in, and the person. Raises Http404 for any other."""
    person = moderator_for_key(meetup, key)
    session = session_for(meetup, number)
    if not SessionPart.objects.filter(session=session, person=person).exists():
        raise Http404
    return session, person


def organised_moderator_for(visitor: Visitor, slug: str, number: int) -> tuple[Moderator, Person]:
    """Return somebody of the pool, and the visitor as an organiser of the meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    held = Moderator.objects.select_related("meetup", "person").filter(meetup=meetup, pk=number).first()
    if held is None:
        raise Http404
    return held, organiser


def organised_apart_for(visitor: Visitor, slug: str, number: int) -> tuple[Apart, Person]:
    """Return two people kept apart, and the visitor as an organiser of the meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    held = Apart.objects.select_related("meetup").filter(meetup=meetup, pk=number).first()
    if held is None:
        raise Http404
    return held, organiser


def organised_invite_for(visitor: Visitor, slug: str, number: int) -> tuple[Invite, Person]:
    """Return a proposal, and the visitor as an organiser of the meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    held = Invite.objects.select_related("session__meetup").filter(session__meetup=meetup, pk=number).first()
    if held is None:
        raise Http404
    return held, organiser


def known_person_for(visitor: Visitor, slug: str, number: int) -> tuple[Meetup, Person, Person]:
    """Return the meetup, somebody it knows, and the visitor as one of its organisers. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    person = known_to(meetup).filter(pk=number).first()
    if person is None:
        raise Http404
    return meetup, person, organiser


def known_to(meetup: Meetup) -> QuerySet[Person]:
    """Return the people a meetup knows: who organises, proposes, supports, offers, moderates, has a part or limits there."""
    known = Person.objects.filter(
        Q(organises__meetup=meetup)
        | Q(topics__meetup=meetup)
        | Q(supports__topic__meetup=meetup)
        | Q(offers__topic__meetup=meetup)
        | Q(parts__session__meetup=meetup)
        | Q(moderates__meetup=meetup)
        | Q(absences__slot__meetup=meetup)
        | Q(remote_windows__meetup=meetup)
    )
    return Person.objects.filter(pk__in=known.values("pk"))


def person_for_key(meetup: Meetup, key: str) -> Person:
    """Return the person whose agenda of this meetup the key opens. Raises Http404 for any other text."""
    return _named_in(meetup, key, _SALT)


def _named_in(meetup: Meetup, key: str, salt: str) -> Person:
    try:
        named = signing.loads(key, salt=salt)
    except signing.BadSignature:
        raise Http404 from None
    person = Person.objects.filter(pk=named[1], is_active=True).first() if named[0] == meetup.pk else None
    if person is None:
        raise Http404
    return person
