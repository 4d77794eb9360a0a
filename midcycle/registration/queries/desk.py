"""Seats on the organisers' desk."""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext

from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.models import Seat
from midcycle.registration.queries.counting import SeatSummary
from midcycle.registration.queries.numbers import LiveNumbers, live_numbers
from midcycle.registration.queries.stretches import Stretches

PAGE: Final = 50
MOST_FOUND: Final = 500
_UNOPENED: Final = Q(state__in=rules.STILL_TO_COME, proven=False)


@dataclass(frozen=True)
class DeskPage:
    """A page of the organiser's list of seats. Of a search that `is_cut` more seats fit than are shown."""

    page: Page[Seat]
    numbers: LiveNumbers
    counts: tuple[tuple[str, str, int], ...]
    wanted: str
    state: str
    is_cut: bool

    @property
    def summary(self) -> SeatSummary:
        """Return how many seats there are and how many are taken."""
        return self.numbers.seats

    @property
    def is_unopened(self) -> bool:
        """Say whether the page shows those who never opened the link in a letter."""
        return self.state == rules.UNOPENED

    @property
    def in_line(self) -> bool:
        """Say whether the page shows the waitlist in its order."""
        return self.state == "waiting" and not self.wanted


def desk_page(meetup: Meetup, *, wanted: str = "", state: str = "", number: str = "1", most: int = MOST_FOUND) -> DeskPage:
    """Return a page of seats in that state, or of UNOPENED: those whose name, address or organisation contains `wanted`.

    Those who wait are in the order of the line. Somebody is also found by the code of their ticket, and by all that is scanned
    from it. A search looks at every seat, so it is done once, and stops where it finds more than anybody reads.
    """
    every = Seat.objects.filter(meetup=meetup)
    counts = dict(every.values_list("state").annotate(count=Count("pk")))
    unopened = state == rules.UNOPENED
    seats = every.filter(_UNOPENED) if unopened else every.filter(state=state) if state else every
    ordered = seats.order_by("rank", "lot", "arrival") if state == "waiting" else seats.order_by(Lower("name"), "arrival")
    found = _found(ordered, wanted, most) if wanted else None
    number_of = seats.count() if unopened and found is None else counts.get(state, 0) if state else sum(counts.values())
    listed = _all_of(ordered, number_of) if found is None else _these(found[:most])
    return DeskPage(
        page=Paginator(listed, PAGE).get_page(number),
        numbers=live_numbers(meetup),
        counts=tuple(
            (name, gettext(rules.SEAT_STATE_NAMES[name]), counts[name]) for name in rules.SEAT_STATES if name in counts
        ),
        wanted=wanted,
        state=state,
        is_cut=found is not None and len(found) > most,
    )


def _state_name(state: str) -> str:
    return gettext(rules.SEAT_STATE_NAMES[state])


def _found(ordered: QuerySet[Seat], wanted: str, most: int) -> list[int]:
    """Return which seats fit what is wanted, by number, in their order; one more than are shown where there are more."""
    named = Q(name__icontains=wanted) | Q(person__email__icontains=wanted) | Q(organisation__icontains=wanted)
    fits = ordered.filter(named | Q(code=rules.ticket_code(wanted)))
    return list(fits.values_list("pk", flat=True)[: most + 1])


def _all_of(ordered: QuerySet[Seat], number: int) -> Stretches:
    """Return all of them. What is nearer to the end is read from there: skipping costs as much as reading."""
    rows = ordered.select_related("meetup")

    def fetch(first: int, after: int) -> list[Seat]:
        if first <= number // 2:
            return list(rows[first:after])
        return [*reversed(rows.reverse()[number - after : number - first])]

    return Stretches(number, fetch)


def _these(found: list[int]) -> Stretches:
    def fetch(first: int, after: int) -> list[Seat]:
        seats = Seat.objects.select_related("meetup").in_bulk(found[first:after])
        return [seats[number] for number in found[first:after] if number in seats]

    return Stretches(len(found), fetch)


def all_seats(meetup: Meetup) -> list[Seat]:
    """Return every seat of the meetup in the order people came, with its person."""
    return list(Seat.objects.filter(meetup=meetup).select_related("person").order_by("arrival"))
