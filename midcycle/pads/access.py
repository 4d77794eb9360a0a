"""Who may read and who may write a pad."""

from django.http import Http404

from midcycle.accounts.models import Person
from midcycle.kernel.tickets import Role
from midcycle.meetups.access import Visitor
from midcycle.pads.models import Pad
from midcycle.pads.rules import is_a_name, may_write_in


def pad_for(slug: str, name: str) -> Pad:
    """Return the pad, which everybody may read. Raises Http404."""
    found = Pad.objects.select_related("meetup", "session").filter(meetup__slug=slug, name=name)
    pad = found.first() if is_a_name(slug) and is_a_name(name) else None  # PostgreSQL takes no NUL
    if pad is None:
        raise Http404
    return pad


def role_of(visitor: Visitor, pad: Pad) -> Role:
    """Return what the visitor may do: whoever is signed in writes until the meetup is archived, others read."""
    return "write" if isinstance(visitor, Person) and may_write_in(pad.meetup.stage) else "read"
