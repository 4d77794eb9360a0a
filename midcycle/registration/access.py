"""Who may see a seat: whoever holds its link, and the meetup's team.

Whoever presses a button twice, or sends a form again because the answer was lost, has to see their own seat, not what a
stranger sees who typed their address. So the link of a seat follows from a secret of the browser it was taken with, and only
that browser can be led to it again by the form.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core import signing
from django.db.models import QuerySet
from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac

from midcycle.accounts.models import Person
from midcycle.meetups.access import Visitor, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Echo, ImportRun, PastShare, Question, Seat, Transfer, echo_in_line, place_in_line
from midcycle.registration.rules.ways import SAID, Way
from midcycle.web.prepared import Prepared, asked

AGAIN_WITHIN: Final = timedelta(hours=1)  # later it may be somebody else at the same browser
_BYTES: Final = 24
_LETTER = "midcycle.seat-by-letter"
_MARK: Final = 12  # characters, of 4 bits each, of what shows that a link was given out here
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


@dataclass(frozen=True)
class Sender:
    """Who sends a form: the person signed in, and a secret of the browser; blank where it has none.

    `came_by` is what the address of the form said about the link it was reached by, which may be anything.
    """

    signed_in: Person | None = None
    browser: str = ""
    came_by: str = ""

    def is_signed_in_as(self, person: int) -> bool:
        """Say whether somebody is signed in as this person, and so has read a letter to their address."""
        return self.signed_in is not None and self.signed_in.pk == person

    def token_of(self, seat: Seat) -> str:
        """Return the text of the link to a seat taken with this browser: as unguessable as others, another for each arrival."""
        said = f"{self.browser}:{seat.meetup_id}:{seat.person_id}:{seat.arrival}"
        digest = salted_hmac("midcycle.registration.sender", said, algorithm="sha256").digest()
        return urlsafe_b64encode(digest[:_BYTES]).decode()

    def has_taken(self, seat: Seat, *, now: datetime) -> bool:
        """Say whether a seat was taken with this browser a short while ago, or is of who is signed in."""
        if self.is_signed_in_as(seat.person_id):
            return True
        is_new = bool(self.browser) and now - seat.registered_at < AGAIN_WITHIN
        return is_new and constant_time_compare(seat.token, self.token_of(seat))


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


def transfer_for(slug: str, token: str, sender: Sender, *, now: datetime) -> Transfer:
    """Return what somebody was offered to take over, with seat and meetup, or has just taken over with this browser.

    Raises Http404 when it is not open any more for anyone else.
    """
    offered = Transfer.objects.select_related("seat__meetup__capacity").filter(
        token=token, seat__meetup__slug=slug, state__in=("open", "accepted")
    )
    transfer = offered.first()
    if transfer is None or (transfer.state == "accepted" and not sender.has_taken(transfer.seat, now=now)):
        raise Http404
    return transfer


def letter_key(seat: Seat) -> str:
    """Return what the link in a letter has more than the one on a page: whoever has it reads the person's mail."""
    return signing.Signer(salt=_LETTER).signature(seat.token)


def is_from_letter(seat: Seat, key: str) -> bool:
    """Say whether a link came by letter."""
    return constant_time_compare(letter_key(seat), key)


def invitation_of(place: Seat | Echo) -> str:
    """Return what the link says that somebody passes on. Whoever is as far from the same place has the same text."""
    came = Way.of(place.via if isinstance(place, Seat) else str(place.said.get("via", ""))) or Way()
    return f"{came.passed_on}~{_mark(place.meetup_id, came.passed_on)}"


def way_of(meetup: int, said: str) -> str:
    """Return the way that an address says somebody came, as it is kept; blank for text that nobody was given at this meetup."""
    if SAID.fullmatch(said) is None:
        return ""
    text, joint, mark = said.rpartition("~")
    way = Way.of(text if joint else mark)
    if way is None or bool(joint) != bool(way.hands) or (joint and not constant_time_compare(mark, _mark(meetup, way))):
        return ""
    return str(way)


def _mark(meetup: int, way: Way) -> str:
    return salted_hmac("midcycle.registration.invitation", f"{meetup}:{way}", algorithm="sha256").hexdigest()[:_MARK]


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
