"""Who may read and who may write a pad."""

from uuid import UUID

from django.http import Http404

from midcycle.accounts.models import Person
from midcycle.agenda.models import SessionPart
from midcycle.kernel.tickets import Role
from midcycle.meetups.access import Visitor, may_organise
from midcycle.pads.models import Pad
from midcycle.pads.rules import TENDING, is_a_name, may_write_in


def pad_for(slug: str, name: str) -> Pad:
    """Return the pad, which everybody may read. Raises Http404."""
    found = Pad.objects.select_related("meetup", "session").filter(meetup__slug=slug, name=name)
    pad = found.first() if is_a_name(slug) and is_a_name(name) else None  # PostgreSQL takes no NUL
    if pad is None:
        raise Http404
    return pad


def remembered_pad_for(visitor: Visitor, slug: str, name: str) -> Pad:
    """Return a pad whose history the visitor may see: whoever is signed in, for it holds what was deleted. Raises Http404."""
    pad = pad_for(slug, name)
    if not isinstance(visitor, Person):
        raise Http404
    return pad


def tended_pad_for(visitor: Visitor, slug: str, name: str) -> Pad:
    """Return a pad the visitor tends. Raises Http404."""
    pad = pad_for(slug, name)
    if not may_tend(visitor, pad):
        raise Http404
    return pad


def may_tend(visitor: Visitor, pad: Pad) -> bool:
    """Say whether the visitor names versions, brings them back and locks: organisers, and whoever has a part in the session."""
    if may_organise(visitor, pad.meetup):
        return True
    if not isinstance(visitor, Person) or pad.session_id is None:
        return False
    return SessionPart.objects.filter(session=pad.session_id, person=visitor, part__in=TENDING).exists()


def pad_by_id(pad: str) -> Pad:
    """Return the pad of this UUID, which everybody may read. Raises Http404."""
    try:
        found = Pad.objects.select_related("meetup").filter(pk=UUID(pad)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def role_of(visitor: Visitor, pad: Pad) -> Role:
    """Return what the visitor may do: whoever is signed in writes until the meetup is archived, others read.

    In a locked pad only those write who tend it.
    """
    may_write = (
        isinstance(visitor, Person) and may_write_in(pad.meetup.stage) and (pad.locked_at is None or may_tend(visitor, pad))
    )
    return "write" if may_write else "read"
