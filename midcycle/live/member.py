"""One connection that has shown its ticket and is in a pad."""

from dataclasses import replace

from midcycle.kernel.tickets import PadTicket
from midcycle.live import control
from midcycle.live.control import Present
from midcycle.live.store import NOBODY, Author
from midcycle.live.wire import Close, Wire

# What the client is told, and the close code that follows.
REASONS = {
    "ticket": Close.TICKET,
    "malformed": Close.MALFORMED,
    "forged": Close.FORBIDDEN,
    "read_only": Close.FORBIDDEN,
    "unplaceable": Close.AGAIN,
    "replaced": Close.AGAIN,
    "full": Close.TOO_LARGE,
    "too_many": Close.TOO_MANY,
    "unknown": Close.UNKNOWN,
    "slow": Close.SLOW,
    "failed": Close.FAILED,
}


class Member:
    """Who it is, what it was sent, and how to reach it."""

    def __init__(self, wire: Wire, ticket: PadTicket, *, listens: bool = True) -> None:
        """One that does not listen is a stock client of y-protocols, which reads binary messages only."""
        self.wire = wire
        self.listens = listens
        self.ticket = ticket
        self.came = ticket.rights  # how often who may do what had changed when it came
        self.client_id = 0  # given when it joins
        self.answered = False  # has told what it has and the pad lacks
        self.fresh_ids = 0  # client ids under which it was the first to write
        self.sent = 0  # updates it has sent on this connection
        self.level = False  # has asked for the document and gets every change
        self.behind: dict[int, int] | None = None  # clocks it has, while it reads too slowly
        self.typed_at = float("-inf")
        self.gone = False  # the socket is closed
        self.nameless = False  # its name was taken from what it wrote, and so it is from what it writes
        self.expires = float("inf")  # when it must have shown a newer ticket
        self._refusals = 0
        self._stuck_at: tuple[int, float] | None = None

    @property
    def writes(self) -> bool:
        """Whether its ticket lets it write."""
        return self.ticket.role == "write"

    @property
    def author(self) -> Author:
        """Under whom its characters are stored."""
        return NOBODY if self.nameless else Author(self.ticket.person, self.ticket.name, self.ticket.colour)

    @property
    def present(self) -> Present:
        """How the others see it."""
        ticket = self.ticket
        return Present(self.client_id, ticket.person, ticket.name, ticket.colour, ticket.role)

    def renew(self, ticket: PadTicket) -> bool:
        """Take a newer ticket of the same person and pad; say whether it was one."""
        same = (ticket.pad, ticket.person) == (self.ticket.pad, self.ticket.person)
        if same:
            self.ticket = replace(ticket)
        return same

    def say(self, text: str) -> None:
        """Send a text message to whoever reads them."""
        if self.listens:
            self.wire.send_text(text)

    def refuse(self, reason: str) -> None:
        """Say why not, and end the connection."""
        self.say(control.refused(reason))
        self.wire.close(REASONS[reason], reason)

    def refuse_writing(self, most: int, *, vote: bool = False) -> None:
        """Tell a reader who wrote or voted no, and end the connection after `most` times."""
        self._refusals += 1
        if self._refusals > most:
            self.refuse("read_only")
        else:
            self.say(control.refused("read_only", vote=vote))

    def acknowledge(self, number: int) -> None:
        """Its first `number` updates are committed."""
        if self.listens:
            self.wire.add_text(control.ack(number))

    def stalled(self, now: float, *, high_water: int, longest: float) -> bool:
        """Whether more than `high_water` waits and nothing left for `longest` seconds."""
        unsent = self.wire.unsent()
        if unsent <= high_water:
            self._stuck_at = None
            return False
        if self._stuck_at is None or unsent < self._stuck_at[0]:
            self._stuck_at = (unsent, now)
        return now - self._stuck_at[1] >= longest
