"""Who a mailing goes to, and who is left out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.hosting.models import Interest
from midcycle.mailing.models import DeadAddress, Letter, Mailing, NoMailings
from midcycle.mailing.rules.mailings import (
    CAME_BACK,
    DEAD,
    GONE,
    KINDS,
    LATELY,
    LATELY_WITHIN,
    LEFT_OUT,
    NO_LETTERS,
    OFF_LIST,
    SIMPLE,
    WITH_A_SEAT,
    Audience,
)
from midcycle.mailing.rules.replies import BACK_FOR_EVER, REFUSED_FOR_EVER
from midcycle.meetups.models import Meetup, Organiser
from midcycle.registration.models import Seat
from midcycle.registration.rules import ROLES, SEAT_STATE_NAMES, SECTORS, word_for

MOST_FOUND = 10
MOST_NAMED = 12
_WITH_CANCELLED = frozenset({"seats", "role", "sector"})
_WORDS = {"role": ROLES, "sector": SECTORS}

Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class LeftOut:
    """Those of an audience who get no letter for one reason; the first of them by name."""

    why: str
    names: tuple[str, ...]
    count: int

    @property
    def reason(self) -> str:
        """Return the reason in words that follow a name or a number."""
        return gettext(LEFT_OUT[self.why])

    @property
    def more(self) -> int:
        """Return how many are not named."""
        return self.count - len(self.names)


@dataclass(frozen=True)
class Found:
    """Somebody a letter can be written to alone, and what they are at this meetup."""

    number: int
    name: str
    words: str


def people_in(meetup: Meetup, audience: Audience) -> QuerySet[Person]:
    """Return those an audience is made of, whoever is left out later. Who was forgotten has no address to write to."""
    return Person.objects.filter(pk__in=_numbers_in(meetup, audience), is_active=True)


def chosen_for(meetup: Meetup, audience: Audience, *, now: datetime) -> QuerySet[Person]:
    """Return who gets a letter that is sent now, always in one order."""
    people = people_in(meetup, audience).exclude(pk__in=_without_letters(meetup)).exclude(pk__in=_lately(meetup, now))
    people = people.exclude(pk__in=_dead())
    return people.exclude(pk__in=_came_back(meetup, audience)).order_by("pk")


def excluded_from(meetup: Meetup, audience: Audience, *, now: datetime) -> dict[str, QuerySet[Person]]:
    """Return who is of the audience and gets no letter, by reason."""
    everybody = people_in(meetup, audience).order_by("pk")
    silent, came_back = _without_letters(meetup), _came_back(meetup, audience)
    people = everybody.exclude(pk__in=silent)
    alive = people.exclude(pk__in=_dead())
    return {
        NO_LETTERS: everybody.filter(pk__in=silent),
        DEAD: people.filter(pk__in=_dead()),
        CAME_BACK: alive.filter(pk__in=came_back),
        LATELY: alive.filter(pk__in=_lately(meetup, now)).exclude(pk__in=came_back),
    }


def left_out(meetup: Meetup, audience: Audience, *, now: datetime) -> tuple[LeftOut, ...]:
    """Return who gets no letter and why: also those who gave their seat back. Five queries at most."""
    groups = [(why, list(people)) for why, people in excluded_from(meetup, audience, now=now).items()]
    if audience.kind in _WITH_CANCELLED:
        cancelled = _seats_of(meetup, audience, ("cancelled",)).values("person")
        groups.append((GONE, list(Person.objects.filter(pk__in=cancelled, is_active=True).order_by("pk"))))
    return tuple(
        LeftOut(why, tuple(str(person) for person in people[:MOST_NAMED]), len(people)) for why, people in groups if people
    )


def still_in(mailing: Mailing, people: Iterable[int]) -> set[int]:
    """Return which of these people, chosen when the mailing was sent, are still among those it is for.

    Whoever moved on, such as from the waitlist to a seat, is: the letter was on its way to them.
    """
    meetup, numbers = mailing.meetup, list(people)
    if mailing.kind in {"team", "interested", "person"}:
        among: QuerySet[Any, Any] = _numbers_in(meetup, mailing.audience)
    else:
        among = Seat.objects.filter(meetup=meetup).exclude(state="cancelled").values("person")
    return set(Person.objects.filter(pk__in=numbers, is_active=True).filter(pk__in=among).values_list("pk", flat=True))


def silent_among(meetup: Meetup, people: Iterable[int]) -> set[int]:
    """Return which of these people want no letters to many of the meetup."""
    return set(_without_letters(meetup).filter(person__in=list(people)).values_list("person", flat=True))


def wants_no_mailings(meetup: Meetup, person: Person) -> bool:
    """Say whether somebody wants no letters to many of the meetup."""
    return NoMailings.objects.filter(meetup=meetup, person=person).exists()


def seats_of_people(meetup: Meetup, people: Iterable[int]) -> dict[int, Seat]:
    """Return the seats of these people that they did not give back, by person."""
    seats = Seat.objects.filter(meetup=meetup, person__in=list(people)).exclude(state="cancelled")
    return {seat.person_id: seat for seat in seats}


def audience_choices(meetup: Meetup, person: Found | None = None) -> Choices:
    """Return every audience with its number of people, in groups; with somebody who was looked for first. 3 queries."""
    seats = Seat.objects.filter(meetup=meetup, person__is_active=True).exclude(state="cancelled")
    rows = list(seats.values_list("state", "role", "sector", "on_list").annotate(Count("pk")))
    states, answers = Counter[str](), {"role": Counter[str](), "sector": Counter[str]()}
    for state, role, sector, _, count in rows:
        states[state] += count
        if state in WITH_A_SEAT:
            answers["role"][role] += count
            answers["sector"][sector] += count
    others = {
        "team": Organiser.objects.filter(meetup=meetup).count(),
        OFF_LIST: sum(count for state, _, _, on_list, count in rows if state == "checked_in" and not on_list),
        "interested": _numbers_in(meetup, Audience("interested")).count(),
    }
    simple = [(kind, others.get(kind, sum(states[state] for state in KINDS[kind].states))) for kind in SIMPLE]
    groups: Choices = [(gettext("People"), [(kind, f"{gettext(KINDS[kind].title)} ({count})") for kind, count in simple])]
    for kind, words in _WORDS.items():
        counts = answers[kind]
        values = [*words, *sorted(value for value in counts if value and value not in words)]
        groups.append(
            (
                gettext(KINDS[kind].title),
                [(f"{kind}:{value}", f"{word_for(value, words)} ({counts[value]})") for value in values],
            )
        )
    return [(gettext("One person"), [(f"person:{person.number}", person.name)]), *groups] if person else groups


def audience_in_words(audience: Audience, names: dict[str, str]) -> str:
    """Return whom a mailing goes to, such as `Operator` or a name; `names` has the people by their number as text."""
    if audience.is_one:
        return names.get(audience.value, gettext(KINDS["person"].title))
    title, words = gettext(KINDS[audience.kind].title), _WORDS.get(audience.kind)
    return title if words is None else f"{title}: {word_for(audience.value, words)}"


def names_of(audiences: Iterable[Audience]) -> dict[str, str]:
    """Return the names of those mailings to one person go to, by number as text. One query, none when there are none."""
    numbers = [audience.value for audience in audiences if audience.is_one]
    return {str(person.pk): str(person) for person in Person.objects.filter(pk__in=numbers)} if numbers else {}


def found_people(meetup: Meetup, wanted: str) -> tuple[Found, ...]:
    """Return the people of a meetup whose name or address contains the text. Two queries; none for blank text."""
    if not wanted:
        return ()
    fits = Q(name__icontains=wanted) | Q(email__icontains=wanted)
    fits |= Q(pk__in=Seat.objects.filter(meetup=meetup, name__icontains=wanted).values("person"))
    return _found(meetup, Person.objects.filter(fits).filter(_is_known_at(meetup)).order_by("name", "pk")[:MOST_FOUND])


def found_person(meetup: Meetup, number: str) -> Found | None:
    """Return a person of the meetup by number; None for anybody else."""
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        return None
    found = _found(meetup, Person.objects.filter(pk=int(number)).filter(_is_known_at(meetup)))
    return found[0] if found else None


def _found(meetup: Meetup, people: QuerySet[Person]) -> tuple[Found, ...]:
    listed = list(people)
    seats = seats_of_people(meetup, [person.pk for person in listed]) if listed else {}
    return tuple(_as_found(person, seats.get(person.pk)) for person in listed)


def _as_found(person: Person, seat: Seat | None) -> Found:
    words = gettext(SEAT_STATE_NAMES[seat.state]) if seat else gettext("No seat")
    return Found(person.pk, (seat.name if seat else "") or str(person), words)


def _numbers_in(meetup: Meetup, audience: Audience) -> QuerySet[Any, Any]:
    """Return the numbers of an audience's people."""
    if audience.kind == "team":
        return Organiser.objects.filter(meetup=meetup).values("person")
    if audience.kind == "interested":
        registered = Seat.objects.filter(meetup=meetup).values("person")
        counted = Interest.objects.filter(call__meetup=meetup).exclude(confirmed_at=None)
        return counted.exclude(person__in=registered).values("person")
    if audience.is_one:
        return Person.objects.filter(pk=int(audience.value)).filter(_is_known_at(meetup)).values("pk")
    return _seats_of(meetup, audience, KINDS[audience.kind].states).values("person")


def _seats_of(meetup: Meetup, audience: Audience, states: tuple[str, ...]) -> QuerySet[Seat]:
    seats = Seat.objects.filter(meetup=meetup, state__in=states)
    if audience.kind == "role":
        return seats.filter(role=audience.value)
    if audience.kind == OFF_LIST:
        return seats.filter(Q(on_list=None) | Q(on_list=False))
    return seats.filter(sector=audience.value) if audience.kind == "sector" else seats


def _is_known_at(meetup: Meetup) -> Q:
    """Say who can be written to alone: who has or waits for a seat, answered the call, or is on the team."""
    here = Q(pk__in=Seat.objects.filter(meetup=meetup).exclude(state="cancelled").values("person"))
    here |= Q(pk__in=Interest.objects.filter(call__meetup=meetup).exclude(confirmed_at=None).values("person"))
    here |= Q(pk__in=Organiser.objects.filter(meetup=meetup).values("person"))
    return here & Q(is_active=True)


def _without_letters(meetup: Meetup) -> QuerySet[NoMailings, Any]:
    return NoMailings.objects.filter(meetup=meetup).values("person")


def _dead() -> QuerySet[DeadAddress, Any]:
    """Return whose mailbox sent a letter back for good."""
    return DeadAddress.objects.values("person")


def _came_back(meetup: Meetup, audience: Audience) -> QuerySet[Letter, Any]:
    """Return who never opened the link of a letter, and whose mailbox took none; one person alone can still be written to.

    Writing to such addresses again and again makes a server look like one that sends spam.
    """
    letters = Letter.objects.filter(meetup=meetup, is_copy=False)
    back = letters.filter(state="failed").filter(Q(why__startswith=REFUSED_FOR_EVER) | Q(why__startswith=BACK_FOR_EVER))
    if audience.is_one:
        return back.none().values("person")
    proven = Seat.objects.filter(meetup=meetup, proven=True).values("person")
    arrived = letters.filter(state="sent").values("person")
    return back.exclude(person__in=proven).exclude(person__in=arrived).values("person")


def _lately(meetup: Meetup, now: datetime) -> QuerySet[Letter, Any]:
    """Return who got, or is about to get, a letter of a mailing of the meetup sent in the last hour."""
    recent = Letter.objects.filter(mailing__meetup=meetup, mailing__sent_at__gt=now - LATELY_WITHIN, is_copy=False)
    return recent.filter(state__in=("chosen", "waiting", "sent")).values("person")
