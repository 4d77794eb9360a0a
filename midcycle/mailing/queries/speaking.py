"""The language a letter is written in: that of whoever gets it."""

from collections.abc import Collection, Iterable

from midcycle.accounts.models import Person
from midcycle.kernel.words import ENGLISH
from midcycle.mailing.models import Mailing
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat
from midcycle.web.languages import has_others, offered


def language_of(person: Person, meetup: Meetup | None, *, last: str = "") -> str:
    """Return what somebody reads: what they chose, else what they registered in at the meetup, else `last`, else English.

    One query for those who never chose a language, none while there is only one.
    """
    if not has_others():
        return ENGLISH
    return _first(person.language, among=offered()) or _first(_registered_in(person, meetup), last, among=offered()) or ENGLISH


def language_of_number(person: int) -> str:
    """Return the language somebody with this number chose, else English. One query where there is more than one language."""
    found = Person.objects.filter(pk=person).first() if has_others() else None
    return language_of(found, None) if found else ENGLISH


def language_of_seat(seat: Seat, *, also: Collection[str] = ()) -> str:
    """Return the language of letters about a seat: what its person registered in, else what they chose, else English.

    `also` are languages in which the interface as a whole is not offered, and such a letter is.
    """
    return _first(seat.language, seat.person.language, among={*offered(), *also}) or ENGLISH


def language_of_taker(person: Person, seat: Seat, *, also: Collection[str] = ()) -> str:
    """Return the language in which somebody is asked to take a seat over: what they chose, else that of whoever has it."""
    return _first(person.language, among=offered()) or language_of_seat(seat, also=also)


def language_of_text(mailing: Mailing) -> str:
    """Return the language of what was typed, as far as it can be known: what its writer chose, else English."""
    writer = mailing.by if has_others() else None
    return _first(writer.language if writer else "", among=offered()) or ENGLISH


def language_of_reader(person: Person, seat: Seat | None) -> str:
    """Return the language somebody with this seat at the meetup reads: what they chose, else what they registered in."""
    return _first(person.language, seat.language if seat else "", among=offered()) or ENGLISH


def _registered_in(person: Person, meetup: Meetup | None) -> str:
    seats = Seat.objects.filter(meetup=meetup, person=person.pk) if meetup else Seat.objects.none()
    return seats.values_list("language", flat=True).first() or ""


def _first(*wishes: str, among: Iterable[str]) -> str:
    wanted = [wish.partition("-")[0] for wish in wishes]
    return next((language for language in wanted if language in among), "")
