"""Who may do what in a pad has changed: older tickets are renewed, or their holders go. And whose names were taken away."""

from collections.abc import Mapping

from midcycle.kernel.tickets import PadTicket
from midcycle.live import control
from midcycle.live.audience import Means
from midcycle.live.desk import Desk
from midcycle.live.intake import Batch, Intake
from midcycle.live.member import Member
from midcycle.live.store import Names


class Rights:
    """The newest count of such changes known here: the web side counts, and writes the count into each ticket."""

    def __init__(self, count: int, members: Mapping[int, Member], means: Means) -> None:
        """`members` are those of the pad; it changes while they come and go."""
        self._count = count
        self.heard = count  # up to which it is known whose names were taken away
        self._members = members
        self._means = means

    @property
    def unheard(self) -> bool:
        """Whether somebody's name may have been taken away that is not known here."""
        return self.heard < self._count

    def hear(self, names: Names, intake: Intake, unsaved: Batch | None) -> None:
        """Take in whose names were taken away. Whoever came before that goes on without one, with a new ticket, too."""
        self.rise(names.rights)
        self.heard = max(self.heard, names.rights)
        people = intake.hear(names, unsaved)
        for member in self._members.values():
            if member.ticket.person in people and member.came < names.rights:
                member.nameless = True

    def outdated(self, ticket: PadTicket) -> bool:
        """Whether a ticket was made before the last change. A newer one tells of a change."""
        self.rise(ticket.rights)
        return ticket.rights < self._count

    def rise(self, count: int) -> None:
        """Ask whoever has an older ticket for a new one, if the count is news."""
        if count <= self._count:
            return
        self._count = count
        until = self._means.loop.time() + self._means.limits.renewal
        for member in self._members.values():
            if member.ticket.rights < count:
                member.expires = min(member.expires, until)
                member.say(control.RENEW)


async def look_up(desk: Desk, rights: Mapping[str, Rights]) -> None:
    """See in the database which of these pads have a newer count."""
    counts = await desk.rights(list(rights)) if rights else {}
    for pad, count in counts.items():
        rights[pad].rise(count)
