"""One seat with its whole history, for the organisers."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from midcycle.kernel.words import language
from midcycle.registration import rules
from midcycle.registration.models import Seat, SeatMove
from midcycle.registration.queries.asking import answers_of
from midcycle.registration.queries.own import Move, moment, move_shown, position_of, said_of
from midcycle.registration.queries.words import told
from midcycle.registration.rules import draw, line
from midcycle.registration.rules.languages import place_in


@dataclass(frozen=True)
class OneSeat:
    """Everything the organisers may see of one seat. `place` is blank for those who do not wait, `group` without groups."""

    seat: Seat
    email: str
    place: str
    group: str
    draw_code: str
    offered_until: str
    registered_by: str
    said: tuple[tuple[str, str], ...]
    moves: tuple[Move, ...]
    may_cancel: bool

    @property
    def is_unopened(self) -> bool:
        """Say whether nobody has opened the link in a letter to this person, who is still to come."""
        return self.seat.state in rules.STILL_TO_COME and not self.seat.proven

    @property
    def notice(self) -> str:
        """Return how much notice the person needs, in words; blank when none."""
        return told(rules.notice_reason(self.seat.notice_days)) if self.seat.notice_days else ""


def one_seat(seat: Seat) -> OneSeat:
    """Return a seat with its history, newest first. Three queries, four for who waits."""
    zone, capacity = ZoneInfo(seat.meetup.timezone), seat.meetup.capacity
    position = position_of(seat)
    moves = SeatMove.objects.filter(seat=seat).select_related("by").order_by("-pk")
    return OneSeat(
        seat=seat,
        email=seat.person.email,
        place=place_in(language(), position) if position else "",
        group=_group(seat),
        draw_code=draw.code_of(seat.token) if capacity.rule == "lottery" else "",
        offered_until=moment(seat.offer_until, zone) if seat.offer_until else "",
        registered_by=str(seat.registered_by) if seat.registered_by else "",
        said=(*said_of(seat), *answers_of(seat)),
        moves=tuple(move_shown(move, zone, _who(move)) for move in moves),
        may_cancel="cancelled" in rules.MOVES[seat.state],
    )


def _who(move: SeatMove) -> str:
    return str(move.by) if move.by else rules.who_did(move.was, move.becomes, move.reason)


def _group(seat: Seat) -> str:
    groups = seat.meetup.capacity.groups
    if seat.state != "waiting" or seat.meetup.capacity.rule != "groups":
        return ""
    return gettext(line.GROUPS[groups[seat.rank]]) if seat.rank < len(groups) else gettext("everybody else")
