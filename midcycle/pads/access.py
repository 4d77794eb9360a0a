"""Who may read and who may write a pad."""

from datetime import date, datetime
from typing import Final, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from midcycle.accounts.models import Person
from midcycle.agenda.models import SessionPart
from midcycle.kernel.tickets import PadTicket, Role
from midcycle.meetups.access import Visitor, may_organise, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.pads.models import Client, Guest, Pad, Published, Setup
from midcycle.pads.rules import BROUGHT_IN, COLOURS, GUEST, MODERATING, TAKEN, TENDING, is_a_name, is_over, may_write_in
from midcycle.registration.models import Seat

Writer: TypeAlias = Visitor | Guest
COMING: Final = ("held", "checked_in")


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


def role_of(writer: Writer, pad: Pad) -> Role:
    """Return what somebody may do in a pad.

    Whoever is signed in writes until the last day is over, and guests where the organisers let them. In a locked pad, and after
    the last day, only those write who tend it. Nobody writes in an archived meetup.
    """
    return "write" if _may_write(writer, pad) else "read"


def written_by(writer: Writer, pad: Pad) -> Pad:
    """Return a pad that somebody may write in. Raises Http404."""
    if role_of(writer, pad) != "write":
        raise Http404
    return pad


def today_at(meetup: Meetup, now: datetime) -> date:
    """Return which day it is where a meetup takes place."""
    return now.astimezone(ZoneInfo(meetup.timezone)).date()


def writer_of(visitor: Visitor, guest: str, meetup: Meetup) -> Writer:
    """Return who writes from a browser: whoever is signed in, or the guest of this meetup whose number it keeps."""
    if isinstance(visitor, Person) or not guest:
        return visitor
    return Guest.objects.filter(pk=guest, meetup=meetup).first() or visitor


def ticket_of(writer: Person | Guest, pad: Pad) -> PadTicket:
    """Return what the live server is told of somebody."""
    number = writer.pk.int if isinstance(writer, Guest) else writer.pk
    return PadTicket(pad.pk.hex, key_of(writer), str(writer), number % COLOURS, role_of(writer, pad), pad.rights)


def key_of(writer: Writer) -> str:
    """Return the person id under which somebody writes, blank for nobody."""
    if isinstance(writer, Guest):
        return f"{GUEST}{writer.pk.hex}"
    return str(writer.pk or "")


def published_pad_for(slug: str, name: str) -> Pad:
    """Return a pad that was published, for everybody. Raises Http404."""
    pad = pad_for(slug, name)
    if not Published.objects.filter(pad=pad).exists():
        raise Http404
    return pad


def _may_write(writer: Writer, pad: Pad) -> bool:
    if isinstance(writer, AnonymousUser) or not may_write_in(pad.meetup.stage):
        return False
    setup = Setup.objects.filter(meetup=pad.meetup).first() or Setup()
    over = is_over(today_at(pad.meetup, timezone.now()), pad.meetup.ends_on, setup.open_until)
    is_open = pad.locked_at is None and not over
    if isinstance(writer, Guest):
        return is_open and writer.put_out_at is None and setup.guests
    return is_open or may_tend(writer, pad)


def may_take_part(visitor: Visitor, pad: Pad) -> bool:
    """Say whether the visitor may take up a part in the session of a pad: who comes to the meetup, or tends the pad."""
    if not isinstance(visitor, Person) or pad.session_id is None:
        return False
    return may_tend(visitor, pad) or Seat.objects.filter(meetup=pad.meetup, person=visitor, state__in=COMING).exists()


def may_take_away(visitor: Visitor, pad: Pad) -> bool:
    """Say whether the visitor takes notes and publishing off somebody: organisers, and who moderates the session."""
    if may_organise(visitor, pad.meetup):
        return True
    if not isinstance(visitor, Person) or pad.session_id is None:
        return False
    return SessionPart.objects.filter(session=pad.session_id, person=visitor, part__in=MODERATING).exists()


def held_part_for(visitor: Visitor, slug: str, name: str, part: str) -> tuple[Pad, SessionPart]:
    """Return somebody's note-taking or publishing for themselves, or for who may take it off them. Raises Http404."""
    pad = pad_for(slug, name)
    held = SessionPart.objects.select_related("session__meetup", "person").filter(session=pad.session_id, part=part).first()
    if held is None or part not in TAKEN or not (held.person == visitor or may_take_away(visitor, pad)):
        raise Http404
    return pad, held


def guest_for(visitor: Visitor, slug: str, guest: UUID) -> Guest:
    """Return a guest for the organisers of the meetup. Raises Http404."""
    found = Guest.objects.select_related("meetup").filter(meetup=organised_meetup_for(visitor, slug), pk=guest).first()
    if found is None:
        raise Http404
    return found


def named_writer_for(visitor: Visitor, slug: str, number: int) -> Client:
    """Return a client id with a name, given its number, for the organisers of the meetup. Raises Http404."""
    found = named_writers(organised_meetup_for(visitor, slug)).select_related("pad__meetup").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def named_writers(meetup: Meetup) -> QuerySet[Client]:
    """Return the client ids of the pads of a meetup with a name, but those of guests and of authors who were brought in."""
    named = Client.objects.filter(pad__meetup=meetup).exclude(name="")
    return named.exclude(person__startswith=BROUGHT_IN).exclude(person__startswith=GUEST)
