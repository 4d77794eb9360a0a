"""Who may see a seat: whoever holds its link, and the meetup's team."""

from typing import Final

from django.core import signing
from django.db.models import QuerySet
from django.http import Http404
from django.utils.crypto import constant_time_compare

from midcycle.accounts.models import Person
from midcycle.meetups.access import Visitor, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Echo, ImportRun, PastShare, Question, Seat, Transfer, echo_in_line, place_in_line
from midcycle.web.prepared import Prepared, asked

_LETTER = "midcycle.seat-by-letter"
_MEETUP: Final = Prepared(lambda: Meetup.objects.select_related("series", "capacity").filter(slug=asked("slug"))[:1])
_SEAT: Final = Prepared(
    lambda: _seats().annotate(place_in_line=place_in_line()).filter(meetup__slug=asked("slug"), token=asked("token"))[:1]
)
_ECHO: Final = Prepared(
    lambda: (
        Echo.objects.select_related("meetup__capacity")
        .annotate(place_in_line=echo_in_line())
        .filter(meetup__slug=asked("slug"), token=asked("token"))[:1]
    )
)


def meetup_with_seats_for(slug: str) -> Meetup:
    """Return the public meetup with its capacity, if it has one. Raises Http404."""
    meetup = _MEETUP.first(slug=slug)
    if meetup is None:
        raise Http404
    return meetup


def seat_for(slug: str, token: str) -> Seat:
    """Return the seat a personal link opens, with its meetup. Raises Http404 for any other text."""
    seat = _SEAT.first(slug=slug, token=token)
    if seat is None:
        raise Http404
    return seat


def place_for(slug: str, token: str) -> Seat | Echo:
    """Return the seat a personal link opens, or what somebody sees who typed a known address. Raises Http404 for other text."""
    seat = _SEAT.first(slug=slug, token=token)
    echo = None if seat else _ECHO.first(slug=slug, token=token)
    found = seat or echo
    if found is None:
        raise Http404
    return found


def own_place_for(visitor: Visitor, slug: str, token: str) -> tuple[Seat | Echo, Seat | None]:
    """Return what a personal link opens, and the seat if the address is known to be theirs: by letter, or signed in.

    Raises Http404 for any other text.
    """
    found = place_for(slug, token)
    if isinstance(found, Seat) and (found.proven or (isinstance(visitor, Person) and visitor.pk == found.person_id)):
        return found, found
    return found, None


def transfer_for(slug: str, token: str) -> Transfer:
    """Return what somebody was offered to take over, with seat and meetup. Raises Http404 when it is not open any more."""
    offered = Transfer.objects.select_related("seat__meetup__capacity").filter(
        token=token, seat__meetup__slug=slug, state="open"
    )
    transfer = offered.first()
    if transfer is None:
        raise Http404
    return transfer


def letter_key(seat: Seat) -> str:
    """Return what the link in a letter has more than the one on a page: whoever has it reads the person's mail."""
    return signing.Signer(salt=_LETTER).signature(seat.token)


def is_from_letter(seat: Seat, key: str) -> bool:
    """Say whether a link came by letter."""
    return constant_time_compare(letter_key(seat), key)


def seat_at_desk_for(visitor: Visitor, slug: str, number: int) -> Seat:
    """Return a seat of the meetup for someone of its team. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    seat = Seat.objects.select_related("meetup__capacity", "person", "registered_by").filter(meetup=meetup, pk=number).first()
    if seat is None:
        raise Http404
    return seat


def import_at_desk_for(visitor: Visitor, slug: str, number: int) -> ImportRun:
    """Return an import of the meetup for someone of its team. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    run = ImportRun.objects.select_related("meetup", "by").filter(meetup=meetup, pk=number).first()
    if run is None:
        raise Http404
    return run


def past_share_for(visitor: Visitor, slug: str, number: int) -> PastShare:
    """Return what the team of a meetup told of an edition elsewhere. Raises Http404 for anyone else."""
    share = PastShare.objects.filter(meetup=organised_meetup_for(visitor, slug), pk=number).first()
    if share is None:
        raise Http404
    return share


def seat_of(meetup: Meetup, number: int) -> Seat:
    """Return a seat of the meetup that a token opens. Raises Http404."""
    seat = _seats().filter(meetup=meetup, pk=number).first()
    if seat is None:
        raise Http404
    return seat


def question_at_desk_for(visitor: Visitor, slug: str, number: int) -> tuple[Question, Person]:
    """Return a question of the meetup and who of its team is at its desk. Raises Http404 for anyone else."""
    meetup, by = organised_meetup_for(visitor, slug), person_of(visitor)
    question = Question.objects.select_related("meetup").filter(meetup=meetup, pk=number).first()
    if question is None or by is None:
        raise Http404
    return question, by


def person_of(visitor: Visitor) -> Person | None:
    """Return the person signed in, if anybody is."""
    return visitor if isinstance(visitor, Person) else None


def _seats() -> QuerySet[Seat]:
    return Seat.objects.select_related("meetup__capacity", "needs")
