"""How it stands now, for the team."""

from dataclasses import dataclass

from django.utils.translation import gettext

from midcycle.kernel.words import language
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Capacity
from midcycle.registration.queries.counting import SeatSummary, summary_of


@dataclass(frozen=True)
class LiveNumbers:
    """The counters of a meetup, how many people its room takes, and how many are wanted, if somebody said so."""

    seats: SeatSummary
    planned: int | None
    room: int | None

    @property
    def expected(self) -> int:
        """Return how many people have a seat and are not here yet."""
        return self.seats.held - self.seats.offered - self.seats.checked_in

    @property
    def news(self) -> str:
        """Return what matters to somebody who does not look: it changes far less often than the numbers."""
        if not self.seats.is_open:
            return gettext("Registration is closed.")
        if self.seats.is_full:
            return gettext("Registration is open. All seats are taken: whoever comes now waits.")
        return gettext("Registration is open, and seats are free.")

    @property
    def version(self) -> str:
        """Return a text that is another as soon as any number is, and in every language."""
        seats = self.seats
        counted = (seats.total, seats.held, seats.waiting, seats.offered, seats.checked_in, int(seats.is_open))
        return "-".join("" if part is None else str(part) for part in (*counted, self.planned, self.room, language()))


def live_numbers(meetup: Meetup) -> LiveNumbers:
    """Return how it stands. One query, whose cost does not grow with the seats."""
    capacity = Capacity.objects.filter(meetup=meetup).first()
    planned, room = (capacity.planned, capacity.room) if capacity else (None, None)
    return LiveNumbers(summary_of(capacity), planned, room)
