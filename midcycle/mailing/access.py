"""Who may write to many, and who may say that they want no such letters."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac

from midcycle.accounts.models import Person
from midcycle.mailing.models import Letter, Mailing
from midcycle.meetups.access import Visitor, meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.registration.access import own_place_for


@dataclass(frozen=True)
class Reader:
    """Somebody who may get letters of a meetup's team."""

    meetup: Meetup
    person: Person


def organiser_for(visitor: Visitor, slug: str) -> tuple[Meetup, Person]:
    """Return the meetup and whoever asks, for someone of its team. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    if not isinstance(visitor, Person):
        raise Http404
    return meetup, visitor


def dead_address_for(visitor: Visitor, slug: str, number: int) -> tuple[Meetup, Person, Person]:
    """Return the meetup, somebody written to about it, and whoever of its team asks. Raises Http404 for anyone else."""
    meetup, by = organiser_for(visitor, slug)
    person = Person.objects.filter(pk=number, letters__meetup=meetup).first()
    if person is None:
        raise Http404
    return meetup, person, by


def mailing_for(visitor: Visitor, slug: str, number: int) -> tuple[Mailing, Person]:
    """Return a mailing of the meetup and whoever asks, for someone of its team. Raises Http404 for anyone else."""
    meetup, by = organiser_for(visitor, slug)
    mailing = Mailing.objects.filter(meetup=meetup, pk=number).first()
    if mailing is None:
        raise Http404
    mailing.meetup = meetup
    return mailing, by


def key_of(meetup_id: int, person_id: int) -> str:
    """Return the text that lets a person say that they want no letters to many of a meetup, and nothing else."""
    digest = salted_hmac("midcycle.no_mailings", f"{meetup_id}:{person_id}", algorithm="sha256").hexdigest()
    return f"{person_id}-{digest[:32]}"


def weekly_reader_for(visitor: Visitor, slug: str, token: str) -> tuple[Meetup, int | None]:
    """Return the meetup, and the number of who may ask for its letter of a week; None for nobody we know.

    Who is signed in may, and who has a seat whose address is proven. Raises Http404 for a token that opens nothing.
    """
    meetup = meetup_for(slug)
    if token:
        _, own = own_place_for(visitor, slug, token)
        return meetup, own.person_id if own else None
    return meetup, visitor.pk if isinstance(visitor, Person) else None


def return_path(letter: Letter) -> str:
    """Return the address a letter comes back to, which tells which one it was; the sender's where none is set."""
    local, _, domain = settings.MIDCYCLE.bounces_to.partition("@")
    return f"{local}+{letter.pk}-{_return_digest(letter.pk)}@{domain}" if domain else settings.MIDCYCLE.mail_from


def letter_by_return_path(token: str) -> Letter | None:
    """Return the letter whose return path has this text; None for a text nobody can have from a letter of ours."""
    number, _, digest = token.partition("-")
    if not constant_time_compare(digest, _return_digest(int(number))):
        return None
    return Letter.objects.select_related("person").filter(pk=number).first()


def _return_digest(letter: int) -> str:
    return salted_hmac("midcycle.return_path", str(letter), algorithm="sha256").hexdigest()[:16]


def reader_for(slug: str, key: str) -> Reader:
    """Return whose the key is. Raises Http404 for any other text, whether or not there is such a person."""
    meetup = meetup_for(slug)
    number, _, _ = key.partition("-")
    if re.fullmatch(r"[0-9]{1,18}", number, re.ASCII) is None:
        raise Http404
    if not constant_time_compare(key, key_of(meetup.pk, int(number))):
        raise Http404
    person = Person.objects.filter(pk=number).first()
    if person is None:
        raise Http404
    return Reader(meetup, person)
