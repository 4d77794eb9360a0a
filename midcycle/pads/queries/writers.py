"""Who writes in pads: how a meetup wants it, who has a part in a session, and the guests."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.agenda.models import SessionPart
from midcycle.meetups.models import Meetup
from midcycle.pads.access import named_writers, today_at
from midcycle.pads.models import Client, Guest, Pad, Setup, Vote
from midcycle.pads.rules import BROUGHT_IN, GUEST, MODERATING, TAKEN, TENDING, is_over, may_write_in, who_writes


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


@dataclass(frozen=True)
class NameInPads:
    """Somebody signed in, or a program, whose name stands in the pads of a meetup; the newest where they had several.

    `number` is that of a client id of theirs, `pads` in how many pads they wrote.
    """

    number: int
    name: str
    pads: int


@dataclass(frozen=True)
class WriterInPads:
    """All names that stand at what one of them wrote, and the pads that is in."""

    number: int
    names: tuple[str, ...]
    pads: tuple[Pad, ...]


_NAMES = (
    (gettext_noop("Moderator"), MODERATING),
    (gettext_noop("Note-taker"), ("note_taker",)),
    (gettext_noop("Publisher"), ("publisher",)),
)


def parts_of(pad: Pad) -> tuple[PartOfPad, ...]:
    """Return moderators, note-taker and publisher of the session of a pad; none where it belongs to no session. One query."""
    if pad.session_id is None:
        return ()
    held = SessionPart.objects.filter(session=pad.session_id, part__in=TENDING).select_related("person").order_by("pk")
    holders = [(one.part, Holder(one.person_id, str(one.person))) for one in held]
    return tuple(
        PartOfPad(parts[0], gettext(name), tuple(holder for part, holder in holders if part in parts)) for name, parts in _NAMES
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
    theirs = Client.objects.filter(pad__meetup=meetup, person__startswith=GUEST).values_list("person")
    pads = dict(theirs.annotate(pads=Count("pad", distinct=True)))
    return [GuestLine(guest, pads.get(f"{GUEST}{guest.pk.hex}", 0)) for guest in guests]


def wrote_in(meetup: Meetup, person: Person) -> bool:
    """Say whether somebody wrote or voted in the pads of a meetup and is not forgotten. One query."""
    return pads_with(meetup.pk, str(person.pk)).exists()


def pads_with(meetup: int, person: str) -> QuerySet[Pad]:
    """Return the pads of a meetup that somebody wrote or voted in, unless they are forgotten."""
    wrote = Client.objects.filter(pad=OuterRef("pk"), person=person)
    voted = Vote.objects.filter(pad=OuterRef("pk"), person=person)
    return Pad.objects.filter(Exists(wrote) | Exists(voted), meetup=meetup)


def names_in_pads(meetup: Meetup) -> list[NameInPads]:
    """Return whose names stand in the pads of a meetup, in order; without guests and without those brought in. Two queries."""
    theirs = named_writers(meetup).values("person").annotate(last=Max("pk"))
    pads = {one["last"]: one["pads"] for one in theirs.annotate(pads=Count("pad", distinct=True))}
    names = Client.objects.filter(pk__in=theirs.values("last")).order_by("name", "pk").values_list("pk", "name")
    return [NameInPads(number, name, pads[number]) for number, name in names if number in pads]


def writer_in_pads(one: Client) -> WriterInPads:
    """Return all that stands under the names of somebody in a meetup, given a client id of theirs. Two queries."""
    theirs = named_writers(one.pad.meetup).filter(person=one.person)
    names = dict.fromkeys(theirs.order_by("-pk").values_list("name", flat=True))
    pads = Pad.objects.filter(pk__in=theirs.values("pad")).order_by("title", "pk")
    return WriterInPads(one.pk, tuple(names), tuple(pads))


def names_brought_in(meetup: Meetup) -> list[NameBroughtIn]:
    """Return the names of authors who came with notes from elsewhere, in order. One query."""
    theirs = Client.objects.filter(pad__meetup=meetup, person__startswith=BROUGHT_IN).exclude(name="").values_list("name")
    return [NameBroughtIn(*found) for found in theirs.annotate(pads=Count("pad", distinct=True)).order_by("name")]
