"""Who may do what in a pad has changed: older tickets are renewed, or their holders go."""

from collections.abc import Mapping

from midcycle.kernel.tickets import PadTicket
from midcycle.live import control
from midcycle.live.audience import Means
from midcycle.live.desk import Desk
from midcycle.live.member import Member


class Rights:
    """The newest count of such changes known here: the web side counts, and writes the count into each ticket."""

    def __init__(self, count: int, members: Mapping[int, Member], means: Means) -> None:
        """`members` are those of the pad; it changes while they come and go."""
        self._count = count
        self._members = members
        self._means = means

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
