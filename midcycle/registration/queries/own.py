"""How one seat stands, for its person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from textwrap import wrap
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext, pgettext

from midcycle.accounts.models import Person
from midcycle.engines import tickets
from midcycle.engines.schedules import ical
from midcycle.engines.schedules.model import Schedule
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import region_name
from midcycle.registration import rules
from midcycle.registration.models import Capacity, Draw, Echo, Seat, SeatMove, Transfer, echo_in_line, place_in_line
from midcycle.registration.queries import turn
from midcycle.registration.queries.asking import told_in_words
from midcycle.registration.queries.counting import yes_or_no
from midcycle.registration.queries.words import active_language, moment_told, told
from midcycle.registration.rules import draw, languages, line
from midcycle.web.prepared import Prepared, asked

WITH_TICKET: Final = frozenset({"held", "checked_in"})
# A move from one of these begins a registration. What was before may be about somebody else.
_NEVER_HERE: Final = frozenset({"", "cancelled"})
_OWN: Final = ("name", "token", "place", "draw_code", "code", "asked")
_STANDING: Final = Prepared(lambda: Seat.objects.annotate(place_in_line=place_in_line()).filter(pk=asked("seat")))
_ECHO_STANDING: Final = Prepared(lambda: Echo.objects.annotate(place_in_line=echo_in_line()).filter(pk=asked("echo")))
_MOVES: Final = Prepared(lambda: SeatMove.objects.filter(seat=asked("seat")).order_by("-pk"))


@dataclass(frozen=True)
class Move:
    """A change of a seat: `at` by ISO 8601, `text` as people there read it; `by` is blank for its person and for the line."""

    at: str
    text: str
    state: str
    name: str
    reason: str
    by: str


@dataclass(frozen=True)
class SeatStatus:
    """How one seat stands. `position` counts from 1; `place` is the same in words, such as `4th`.

    Those who are not waiting, or wait for their lot, have neither. `code` is what is read out where a ticket cannot be
    scanned, `ended` how a cancelled place did, `asked` the name of whoever was asked to take the seat over and has not
    answered, blank for nobody, `passed_over` why free seats go to others for now, blank where they do not.
    Everything the page shows of a person is in it, and it can be compared: who sees the same sees the same page.
    """

    name: str
    token: str
    state: str
    state_name: str
    confirmed: bool
    proven: bool
    notice_days: int
    position: int | None
    place: str
    moves: tuple[Move, ...]
    said: tuple[tuple[str, str], ...]
    line: tuple[str, ...]
    may_change: bool
    may_cancel: bool
    draw_code: str
    may_transfer: bool
    has_calendar: bool
    offered_until: str
    code: str
    ended: str
    asked: str = ""
    passed_over: str = ""

    @property
    def has_ticket(self) -> bool:
        """Say whether the page shows what is scanned at the door."""
        return self.state in WITH_TICKET

    @property
    def may_bring(self) -> bool:
        """Say whether the person may register colleagues."""
        return self.state in rules.MAY_BRING and self.may_change

    @property
    def notice(self) -> str:
        """Return how much notice somebody in the line needs, in words; blank when none."""
        return told(rules.notice_reason(self.notice_days)) if self.notice_days else ""

    @property
    def texts(self) -> dict[str, str]:
        """Return the texts no two people share, by a name for each; blank ones, which change what is shown, are not in it."""
        own = {
            "name": self.name,
            "token": self.token,
            "place": self.place,
            "draw_code": self.draw_code,
            "asked": self.asked,
            "code": self.code,
        }
        said = {f"said{number}": answer for number, (_, answer) in enumerate(self.said)}
        moments = {
            f"{key}{n}": text for n, move in enumerate(self.moves) for key, text in (("at", move.at), ("text", move.text))
        }
        return {key: text for key, text in {**own, **said, **moments}.items() if text}

    def with_texts(self, texts: Mapping[str, str]) -> "SeatStatus":
        """Return the same with other texts in the places of `texts`."""
        return replace(
            self,
            position=None,
            name=texts.get("name", ""),
            token=texts["token"],
            place=texts.get("place", ""),
            draw_code=texts.get("draw_code", ""),
            code=texts.get("code", ""),
            asked=texts.get("asked", ""),
            said=tuple((title, texts.get(f"said{number}", "")) for number, (title, _) in enumerate(self.said)),
            moves=tuple(replace(move, at=texts[f"at{n}"], text=texts[f"text{n}"]) for n, move in enumerate(self.moves)),
        )


def own_seat(meetup: Meetup, person: Person | None) -> Seat | None:
    """Return the person's seat or place in the waitlist, if they have one they did not give back."""
    if person is None:
        return None
    return Seat.objects.filter(meetup=meetup, person=person).exclude(state="cancelled").first()


def position_of(seat: Seat) -> int | None:
    """Return the place in the waitlist, counted from 1; None for a seat that is not waiting."""
    if seat.state != "waiting":
        return None
    known = seat if "place_in_line" in vars(seat) else _STANDING.first(seat=seat.pk)
    place: int | None = vars(known)["place_in_line"] if known else None
    return place


@dataclass(frozen=True)
class OwnPlace:
    """A visitor's own seat or place in the waitlist, such as `4th`; blank when they have a seat."""

    seat: Seat
    place: str

    @property
    def is_waiting(self) -> bool:
        """Say whether it is a place in the waitlist."""
        return self.seat.state == "waiting"


def own_place(meetup: Meetup, person: Person | None) -> OwnPlace | None:
    """Return what a visitor has at a meetup, if anything. Two queries at most."""
    seat = own_seat(meetup, person)
    if seat is None:
        return None
    position = position_of(seat)
    return OwnPlace(seat, languages.place_in(active_language(), position) if position else "")


def seat_status(place: Seat | Echo, *, now: datetime) -> SeatStatus:
    """Return how a seat stands, with every move it made since its person registered.

    One query; two for who waits, and for who may pass a seat on; one more for who waits where there are quotas.
    """
    status = _standing(place)
    return replace(status, passed_over=_passed_over(seat_shown(place), now=now)) if status.state == "waiting" else status


def _standing(place: Seat | Echo) -> SeatStatus:
    if isinstance(place, Echo):
        seat = seat_shown(place)
        return _status(seat, _place_of(place), _moves_of(place), told_in_words(place, seat.language))
    moves = _MOVES.all(seat=place.pk)
    came = next((number for number, move in enumerate(moves) if move.was in _NEVER_HERE), len(moves))
    status = _status(place, position_of(place), moves[: came + 1], told_in_words(place, place.language))
    return replace(status, asked=_asked(place)) if status.may_transfer else status


def seat_shown(place: Seat | Echo) -> Seat:
    """Return the seat to show: the seat itself, or one like it that is nowhere kept."""
    if isinstance(place, Seat):
        return place
    said = {key: value for key, value in place.said.items() if key not in {"diet", "access", "more"}}
    return Seat(meetup=place.meetup, token=place.token, code=place.code, state=place.state, registered_at=place.at, **said)


def language_of(place: Seat | Echo) -> str:
    """Return the language somebody registered in."""
    language: str = place.language if isinstance(place, Seat) else place.said.get("language", "")
    return language


def _asked(seat: Seat) -> str:
    """Return the name of whoever was asked to take over a seat and has not answered; blank for nobody."""
    return Transfer.objects.filter(seat=seat, state="open").values_list("name", flat=True).first() or ""


def _passed_over(seat: Seat, *, now: datetime) -> str:
    """Return why free seats go to others than somebody who waits, whatever their place in line; blank when they do not."""
    capacity = seat.meetup.capacity
    left = turn.notice_left(seat.meetup, now)
    if not turn.gives(capacity) or seat.queued_at is not None:
        return ""
    if capacity.released_at is not None:
        return gettext("seats of those who did not come go to people at the door")
    if left is not None and seat.notice_days > left:
        return gettext("you need more days of notice than are left")
    claim = replace(seat.claim, organisation_key=line.organisation_key(seat.organisation))
    full = turn.full_quota_of(seat.meetup_id, claim) if capacity.has_quotas else None
    return told(rules.quota_reason(full.kind, full.value, full.most)) if full else ""


def _place_of(echo: Echo) -> int | None:
    """Return the place in line that is shown, which moves up as those before it leave."""
    known = echo if "place_in_line" in vars(echo) else _ECHO_STANDING.first(echo=echo.pk)
    place: int | None = vars(known)["place_in_line"] if known else None
    return place


def _moves_of(echo: Echo) -> list[SeatMove]:
    """Return what is shown to have happened, newest first."""
    moves = [SeatMove(at=echo.at, becomes="waiting" if echo.place else "held", reason=echo.reason)]
    drawn = Draw.objects.filter(meetup=echo.meetup_id).order_by("pk").first() if echo.lot else None
    if drawn is not None:
        moves.insert(0, SeatMove(at=drawn.at, becomes="waiting", reason=rules.drawn_reason(echo.lot, len(drawn.codes))))
    for at, reason in echo.turns:
        moves.insert(0, SeatMove(at=datetime.fromisoformat(at), becomes="waiting", reason=reason))
    if echo.cancelled_at is not None:
        reason = "left the waitlist" if echo.place else "a seat was given back"
        moves.insert(0, SeatMove(at=echo.cancelled_at, becomes="cancelled", reason=reason))
    return moves


def _status(seat: Seat, position: int | None, moves: Sequence[SeatMove], more: tuple[tuple[str, str], ...]) -> SeatStatus:
    zone, capacity = ZoneInfo(seat.meetup.timezone), seat.meetup.capacity
    if capacity.rule == "lottery" and capacity.drawn_at is None:
        position = None
    return SeatStatus(
        name=seat.name,
        token=seat.token,
        state=seat.state,
        state_name=seat.state_name,
        confirmed=seat.confirmed,
        proven=seat.proven,
        notice_days=seat.notice_days,
        position=position,
        place=languages.place_in(active_language(), position) if position else "",
        moves=tuple(move_shown(move, zone) for move in moves),
        said=(*said_of(seat), *more),
        line=line_sentences(capacity, zone),
        may_change=rules.why_answers_stay(seat.meetup.stage, seat.state) is None,
        may_cancel="cancelled" in rules.MOVES[seat.state],
        draw_code=draw.code_of(seat.token) if capacity.rule == "lottery" else "",
        may_transfer=rules.why_no_transfer(seat.meetup.stage, seat.state, allowed=capacity.transfers) is None,
        has_calendar=seat.state in rules.HAD_A_SEAT and seat.meetup.starts_on is not None,
        offered_until=moment(seat.offer_until, zone) if seat.offer_until else "",
        code=" ".join(wrap(seat.code, 4)) if seat.state in WITH_TICKET else "",
        ended=rules.how_it_ended(moves[0].reason) if moves and seat.state == "cancelled" else "",
    )


def ticket_svg(place: Seat | Echo) -> str | None:
    """Return what is scanned at the door as a QR code; None without a seat."""
    seat = seat_shown(place)
    if seat.state not in WITH_TICKET:
        return None
    secret = settings.SECRET_KEY if isinstance(place, Seat) else f"{settings.SECRET_KEY} for echoes"  # no door knows that one
    return tickets.qr_svg(tickets.sign(secret, seat.meetup.pk, seat.code), gettext("Your ticket"))


def move_shown(move: SeatMove, zone: ZoneInfo, by: str = "") -> Move:
    """Return a move as it is shown."""
    there, name = move.at.astimezone(zone), gettext(rules.SEAT_STATE_NAMES[move.becomes])
    return Move(there.isoformat(timespec="seconds"), moment_told(there), move.becomes, name, told(move.reason), by)


def line_sentences(capacity: Capacity, zone: ZoneInfo) -> tuple[str, ...]:
    """Return the published rule of a meetup's waitlist, in sentences."""
    when = f"on {moment(capacity.draw_at, zone)}" if capacity.draw_at else ""
    return tuple(told(sentence) for sentence in line.line_text(capacity.rule, capacity.groups, when, capacity.offer_hours))


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment as people of the meetup read it, such as `2 March 2027, 09:05`."""
    return moment_told(at.astimezone(zone))


def calendar_file(place: Seat | Echo) -> bytes | None:
    """Return the meetup as one iCalendar entry for who has a seat; None without a seat or a date.

    The entry can be shared: it names the meetup's page, not the personal link.
    """
    status, seat = _standing(place), seat_shown(place)
    meetup = seat.meetup
    if not status.has_calendar or meetup.starts_on is None:
        return None
    url = settings.MIDCYCLE.public_url_used + meetup.path
    last = meetup.ends_on or meetup.starts_on
    schedule = Schedule(
        slug=meetup.slug,
        title=meetup.told_title,
        starts_on=meetup.starts_on,
        days=(last - meetup.starts_on).days + 1,
        timezone=meetup.timezone,
        url=url,
        version="0",
    )
    return ical.one(
        schedule,
        uid=uuid5(NAMESPACE_URL, f"{url}seat/{seat.code}"),
        stamp=datetime.fromisoformat(status.moves[0].at),
        sequence=len(status.moves),
        location=", ".join(part for part in (meetup.venue, meetup.city) if part),
        organizer=settings.MIDCYCLE.mail_from,
    )


def said_of(seat: Seat) -> tuple[tuple[str, str], ...]:
    """Return what a person told about themselves, each answer with its title; what was not said is not there."""
    chosen = (
        (gettext("What you do"), rules.word_for(seat.role, rules.ROLES)),
        (gettext("Sector"), rules.word_for(seat.sector, rules.SECTORS)),
        (gettext("Where you work"), region_name(seat.region)),
        (gettext("First meetup with us"), yes_or_no(seat.first_time)),
        (pgettext("what somebody told", "On the community's list"), yes_or_no(seat.on_list)),
        (gettext("How you heard"), rules.word_for(seat.heard_how, rules.HEARD)),
        (gettext("In pictures"), yes_or_no(seat.photos)),
    )
    in_words = ((title, gettext(answer)) for title, answer in chosen if answer)
    typed = ((gettext("Name"), seat.name), (gettext("Organisation"), seat.organisation))
    return (*((title, answer) for title, answer in typed if answer), *in_words)
