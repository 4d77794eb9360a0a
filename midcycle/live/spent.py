"""Tickets that were used: each opens one connection."""

from collections.abc import Callable

from midcycle.kernel.tickets import BadTicket, PadTicket


class Spent:
    """Remembers tickets for as long as they could be shown again."""

    def __init__(self, age: float, now: Callable[[], float]) -> None:
        """Take the seconds that a ticket is good for, and a clock."""
        self.tell: Callable[[str], None] = _nobody
        self._age = age + 1  # its time is in whole seconds
        self._now = now
        self._until: dict[str, float] = {}  # in order of time

    def once(self, ticket: PadTicket) -> PadTicket:
        """Give the ticket back, or raise `BadTicket` if it was used before."""
        if ticket.nonce in self._until:
            raise BadTicket("This ticket was used before.")
        self.note(ticket.nonce)
        self.tell(ticket.nonce)
        return ticket

    def note(self, nonce: str) -> None:
        """Remember a ticket that was used here or in another process."""
        now = self._now()
        while self._until and (oldest := next(iter(self._until))) and self._until[oldest] < now:
            del self._until[oldest]
        self._until[nonce] = now + self._age


def _nobody(nonce: str) -> None:
    """Tell no other process, where there is none."""
