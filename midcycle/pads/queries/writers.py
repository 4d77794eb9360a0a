"""Who writes in pads: how a meetup wants it, who has a part in a session, and the guests."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from midcycle.accounts.models import Person
from midcycle.agenda.models import SessionPart
from midcycle.meetups.models import Meetup
from midcycle.pads.access import today_at
from midcycle.pads.models import Client, Guest, Pad, Setup
from midcycle.pads.rules import BROUGHT_IN, MODERATING, TAKEN, TENDING, is_over, may_write_in, who_writes


@dataclass(frozen=True)
class Holder:
    """Somebody with a part in the session of a pad."""

    person: int
    name: str


@dataclass(frozen=True)
class PartOfPad:
    """A part and who has it: `name` for people, such as "Note-taker"."""

    part: str
    name: str
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class GuestLine:
    """A guest in the list of organisers. `pads` is in how many they wrote."""

    guest: Guest
    pads: int


@dataclass(frozen=True)
class NameBroughtIn:
    """The name of an author who came with notes from elsewhere, and in how many pads it is."""

    name: str
    pads: int


_NAMES = (("Moderator", MODERATING), ("Note-taker", ("note_taker",)), ("Publisher", ("publisher",)))


def parts_of(pad: Pad) -> tuple[PartOfPad, ...]:
    """Return moderators, note-taker and publisher of the session of a pad; none where it belongs to no session. One query."""
    if pad.session_id is None:
        return ()
    held = SessionPart.objects.filter(session=pad.session_id, part__in=TENDING).select_related("person").order_by("pk")
    holders = [(one.part, Holder(one.person_id, str(one.person))) for one in held]
    return tuple(
        PartOfPad(parts[0], name, tuple(holder for part, holder in holders if part in parts)) for name, parts in _NAMES
    )


def note_taker_of(parts: tuple[PartOfPad, ...]) -> str:
    """Return the number of who takes the notes, blank when nobody does."""
    return next((str(holder.person) for part in parts if part.part == TAKEN[0] for holder in part.holders), "")


def setup_of(meetup: Meetup) -> Setup:
    """Return how a meetup has its pads, also where nobody said so."""
    return Setup.objects.filter(meetup=meetup).first() or Setup(meetup=meetup)


def who_writes_in(meetup: Meetup, *, now: datetime) -> str:
    """Return in a sentence who writes in the pads of a meetup. One query."""
    setup = setup_of(meetup)
    over = is_over(today_at(meetup, now), meetup.ends_on, setup.open_until)
    return who_writes(meetup.stage, over=over, guests=setup.guests)


def is_open(meetup: Meetup, *, now: datetime) -> bool:
    """Say whether everybody who is signed in writes in the pads of a meetup that are not locked."""
    over = is_over(today_at(meetup, now), meetup.ends_on, setup_of(meetup).open_until)
    return may_write_in(meetup.stage) and not over


def guests_of(meetup: Meetup) -> list[GuestLine]:
    """Return who came as a guest, the newest first. Two queries."""
    guests = Guest.objects.filter(meetup=meetup).exclude(name="").order_by("-came_at", "pk")
    theirs = Client.objects.filter(pad__meetup=meetup, person__startswith="guest:").values_list("person")
    pads = dict(theirs.annotate(pads=Count("pad", distinct=True)))
    return [GuestLine(guest, pads.get(f"guest:{guest.pk.hex}", 0)) for guest in guests]


def wrote_in(meetup: Meetup, person: Person) -> bool:
    """Say whether the name of somebody stands at what they wrote in the pads of a meetup. One query."""
    return Client.objects.filter(pad__meetup=meetup, person=str(person.pk)).exists()


def names_brought_in(meetup: Meetup) -> list[NameBroughtIn]:
    """Return the names of authors who came with notes from elsewhere, in order. One query."""
    theirs = Client.objects.filter(pad__meetup=meetup, person__startswith=BROUGHT_IN).exclude(name="").values_list("name")
    return [NameBroughtIn(*found) for found in theirs.annotate(pads=Count("pad", distinct=True)).order_by("name")]


def has_names_brought_in(pad: Pad) -> bool:
    """Say whether names of authors came with a pad. One query."""
    return Client.objects.filter(pad=pad, person__startswith=BROUGHT_IN).exclude(name="").exists()
