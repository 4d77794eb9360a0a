"""Seats on the organisers' desk."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.db.models.functions import Lower

from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.models import Seat
from midcycle.registration.queries.counting import SeatSummary
from midcycle.registration.queries.numbers import LiveNumbers, live_numbers

PAGE = 50


@dataclass(frozen=True)
class DeskPage:
    """A page of the organiser's list of seats."""

    page: Page[Seat]
    numbers: LiveNumbers
    counts: tuple[tuple[str, str, int], ...]
    wanted: str
    state: str

    @property
    def summary(self) -> SeatSummary:
        """Return how many seats there are and how many are taken."""
        return self.numbers.seats

    @property
    def in_line(self) -> bool:
        """Say whether the page shows the waitlist in its order."""
        return self.state == "waiting" and not self.wanted


def desk_page(meetup: Meetup, *, wanted: str = "", state: str = "", number: str = "1") -> DeskPage:
    """Return a page of seats in that state: those whose name, address or organisation contains `wanted`; who waits, in order.

    Somebody is also found by the code of their ticket, and by all that is scanned from it.
    """
    seats = Seat.objects.filter(meetup=meetup).select_related("meetup")
    counts = dict(seats.values_list("state").annotate(count=Count("pk")))
    if wanted:
        named = Q(name__icontains=wanted) | Q(person__email__icontains=wanted) | Q(organisation__icontains=wanted)
        seats = seats.filter(named | Q(code=rules.ticket_code(wanted)))
    if state:
        seats = seats.filter(state=state)
    ordered = seats.order_by("rank", "lot", "arrival") if state == "waiting" else seats.order_by(Lower("name"), "arrival")
    return DeskPage(
        page=Paginator(ordered, PAGE).get_page(number),
        numbers=live_numbers(meetup),
        counts=tuple((name, rules.SEAT_STATE_NAMES[name], counts[name]) for name in rules.SEAT_STATES if name in counts),
        wanted=wanted,
        state=state,
    )


def all_seats(meetup: Meetup) -> list[Seat]:
    """Return every seat of the meetup in the order people came, with its person."""
    return list(Seat.objects.filter(meetup=meetup).select_related("person").order_by("arrival"))
