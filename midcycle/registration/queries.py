"""How many seats there are, who comes, and how one seat stands."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.db.models.functions import Lower

from midcycle.accounts.models import Person
from midcycle.engines.schedules import ical
from midcycle.engines.schedules.model import Schedule
from midcycle.kernel.folding import SMALLEST, Group, fold
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import region_name
from midcycle.registration import rules
from midcycle.registration.models import Capacity, Seat, SeatMove

PAGE = 50
NOT_SAID = "Not said"
OTHERS = "Others"


@dataclass(frozen=True)
class SeatSummary:
    """How many seats there are and how many are taken; false while nobody has said how many there are."""

    total: int
    held: int
    free: int
    waiting: int
    checked_in: int
    is_open: bool
    announced: int | None

    def __bool__(self) -> bool:
        return self.total > 0 or self.announced is not None

    @property
    def is_full(self) -> bool:
        """Say whether a newcomer would wait."""
        return self.free == 0

    @property
    def next_in_line(self) -> str:
        """Return the place a newcomer would have in the waitlist, such as `15th`."""
        return rules.ordinal(self.waiting + 1)


@dataclass(frozen=True)
class Spectrum:
    """Who comes, by what people say about themselves, largest group first. A question nobody answered is empty."""

    people: int
    roles: tuple[Group, ...]
    sectors: tuple[Group, ...]
    regions: tuple[Group, ...]
    heard: tuple[Group, ...]
    on_list: tuple[Group, ...]
    first_time: tuple[Group, ...]

    @property
    def parts(self) -> tuple[tuple[str, tuple[Group, ...]], ...]:
        """Return each question that has groups to show, with its title."""
        titled = (
            ("Role", self.roles),
            ("Sector", self.sectors),
            ("Region", self.regions),
            ("How they heard", self.heard),
            ("On the community's list", self.on_list),
            ("First time", self.first_time),
        )
        return tuple((title, groups) for title, groups in titled if groups)


@dataclass(frozen=True)
class Move:
    """A change of a seat, in the meetup's own time."""

    at: datetime
    state: str
    name: str
    reason: str

    @property
    def text(self) -> str:
        """Return the moment as people read it, such as `2 March 2027, 09:05`."""
        return f"{self.at.day} {self.at:%B %Y, %H:%M}"


@dataclass(frozen=True)
class SeatStatus:
    """How one seat stands. `position` counts from 1 and is None for those who are not waiting."""

    seat: Seat
    position: int | None
    moves: tuple[Move, ...]
    said: tuple[tuple[str, str], ...]
    may_change: bool
    may_cancel: bool
    has_calendar: bool

    @property
    def place(self) -> str:
        """Return the place in the waitlist in words, such as `4th`; empty for those who are not waiting."""
        return rules.ordinal(self.position) if self.position else ""


@dataclass(frozen=True)
class DeskPage:
    """A page of the organiser's list of seats."""

    page: Page[Seat]
    summary: SeatSummary
    counts: tuple[tuple[str, str, int], ...]
    wanted: str
    state: str

    @property
    def in_line(self) -> bool:
        """Say whether the page shows the waitlist in its order."""
        return self.state == "waiting" and not self.wanted


def seat_summary(meetup: Meetup) -> SeatSummary:
    """Return how many seats there are and how many are taken. One query."""
    counted = Capacity.objects.filter(meetup=meetup).annotate(
        waiting=Count("meetup__seats", filter=Q(meetup__seats__state="waiting")),
        checked_in=Count("meetup__seats", filter=Q(meetup__seats__state="checked_in")),
    )
    row = counted.first()
    if row is None:
        return SeatSummary(0, 0, 0, 0, 0, is_open=False, announced=None)
    return SeatSummary(row.total, row.held, row.total - row.held, row.waiting, row.checked_in, row.is_open, row.announced)


def spectrum(meetup: Meetup, *, folded: bool = True, came: bool = False) -> Spectrum:
    """Return who comes, or with `came` who was checked in. Folded, as the public sees it, no group is below 5. One query."""
    states = {"checked_in"} if came else rules.COMES
    rows = list(
        Seat.objects.filter(meetup=meetup, state__in=states).values_list(
            "role", "sector", "region", "heard_how", "on_list", "first_time"
        )
    )
    smallest = SMALLEST if folded else 1
    roles, sectors, regions, heard, on_list, first_time = zip(*rows, strict=True) if rows else ((),) * 6
    return Spectrum(
        people=len(rows),
        roles=_groups((rules.word_for(value, rules.ROLES) for value in roles), smallest),
        sectors=_groups((rules.word_for(value, rules.SECTORS) for value in sectors), smallest),
        regions=_groups((region_name(value) for value in regions), smallest),
        heard=_groups((rules.word_for(value, rules.HEARD) for value in heard), smallest),
        on_list=_groups((_yes_or_no(value) for value in on_list), smallest),
        first_time=_groups((_yes_or_no(value) for value in first_time), smallest),
    )


def people_count(meetup: Meetup) -> int:
    """Return how many people have a seat and did not stay away."""
    return Seat.objects.filter(meetup=meetup, state__in=rules.COMES).count()


def attended(meetup: Meetup) -> int:
    """Return how many people were checked in."""
    return Seat.objects.filter(meetup=meetup, state="checked_in").count()


def own_seat(meetup: Meetup, person: Person | None) -> Seat | None:
    """Return the person's seat or place in the waitlist, if they have one they did not give back."""
    if person is None:
        return None
    return Seat.objects.filter(meetup=meetup, person=person).exclude(state="cancelled").first()


def position_of(seat: Seat) -> int | None:
    """Return the place in the waitlist, counted from 1; None for a seat that is not waiting."""
    if seat.state != "waiting":
        return None
    return Seat.objects.filter(meetup=seat.meetup_id, state="waiting", arrival__lte=seat.arrival).count()


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
    return OwnPlace(seat, rules.ordinal(position) if position else "")


def seat_status(seat: Seat) -> SeatStatus:
    """Return how a seat stands, with every move it made."""
    zone = ZoneInfo(seat.meetup.timezone)
    moves = tuple(
        Move(move.at.astimezone(zone), move.becomes, rules.SEAT_STATE_NAMES[move.becomes], move.reason)
        for move in SeatMove.objects.filter(seat=seat).order_by("-pk")
    )
    return SeatStatus(
        seat=seat,
        position=position_of(seat),
        moves=moves,
        said=_said(seat),
        may_change=rules.why_answers_stay(seat.meetup.stage, seat.state) is None,
        may_cancel="cancelled" in rules.MOVES[seat.state],
        has_calendar=seat.state in rules.TAKES_A_SEAT and seat.meetup.starts_on is not None,
    )


def calendar_file(seat: Seat) -> bytes | None:
    """Return the meetup as one iCalendar entry for who has a seat; None without a seat or a date.

    The entry can be shared: it names the meetup's page, not the personal link.
    """
    status = seat_status(seat)
    meetup = seat.meetup
    if not status.has_calendar or meetup.starts_on is None:
        return None
    url = settings.MIDCYCLE.public_url_used + meetup.path
    last = meetup.ends_on or meetup.starts_on
    schedule = Schedule(
        slug=meetup.slug,
        title=meetup.title,
        starts_on=meetup.starts_on,
        days=(last - meetup.starts_on).days + 1,
        timezone=meetup.timezone,
        url=url,
        version="0",
    )
    return ical.one(
        schedule,
        uid=uuid5(NAMESPACE_URL, f"{url}seat/{seat.pk}"),
        stamp=status.moves[0].at,
        sequence=len(status.moves),
        location=", ".join(part for part in (meetup.venue, meetup.city) if part),
        organizer=settings.MIDCYCLE.mail_from,
    )


def desk_page(meetup: Meetup, *, wanted: str = "", state: str = "", number: str = "1") -> DeskPage:
    """Return a page of seats: those whose name or address contains `wanted`, in that state; those waiting in order."""
    seats = Seat.objects.filter(meetup=meetup).select_related("meetup")
    counts = dict(seats.values_list("state").annotate(count=Count("pk")))
    if wanted:
        seats = seats.filter(Q(name__icontains=wanted) | Q(person__email__icontains=wanted))
    if state:
        seats = seats.filter(state=state)
    ordered = seats.order_by("arrival") if state == "waiting" else seats.order_by(Lower("name"), "arrival")
    return DeskPage(
        page=Paginator(ordered, PAGE).get_page(number),
        summary=seat_summary(meetup),
        counts=tuple((name, rules.SEAT_STATE_NAMES[name], counts[name]) for name in rules.SEAT_STATES if name in counts),
        wanted=wanted,
        state=state,
    )


def all_seats(meetup: Meetup) -> list[Seat]:
    """Return every seat of the meetup in the order people came, with its person."""
    return list(Seat.objects.filter(meetup=meetup).select_related("person").order_by("arrival"))


def seats_as_csv(meetup: Meetup) -> str:
    """Return every seat as CSV (RFC 4180) for the organisers, with no cell a spreadsheet takes for a formula."""
    zone = ZoneInfo(meetup.timezone)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for seat in all_seats(meetup):
        values = (
            seat.arrival, seat.name, seat.person.email, seat.state, seat.role, seat.sector, seat.region, seat.group,
            seat.heard_how, _yes_or_no(seat.on_list), _yes_or_no(seat.first_time),
            seat.registered_at.astimezone(zone).isoformat(timespec="minutes"),
        )  # fmt: skip
        writer.writerow([rules.harmless_cell(str(value)) for value in values])
    return text.getvalue()


_COLUMNS = (
    "arrival", "name", "email", "state", "role", "sector", "region", "group", "heard_how", "on_list", "first_time",
    "registered_at",
)  # fmt: skip


def _said(seat: Seat) -> tuple[tuple[str, str], ...]:
    """Return what a person told about themselves, each answer with its title; what was not said is not there."""
    titled = (
        ("Name", seat.name),
        ("What you do", rules.word_for(seat.role, rules.ROLES)),
        ("Sector", rules.word_for(seat.sector, rules.SECTORS)),
        ("Where you work", region_name(seat.region)),
        ("First meetup with us", _yes_or_no(seat.first_time)),
        ("On the community's list", _yes_or_no(seat.on_list)),
        ("How you heard", rules.word_for(seat.heard_how, rules.HEARD)),
    )
    return tuple((title, answer) for title, answer in titled if answer)


def _groups(words: Iterable[str], smallest: int) -> tuple[Group, ...]:
    """Return the groups to show; none when nobody answered, and none when all of them are folded into one."""
    counted = Counter(word or NOT_SAID for word in words)
    if set(counted) <= {NOT_SAID}:
        return ()
    groups = fold(counted, smallest, OTHERS)
    return () if [group.label for group in groups] == [OTHERS] else groups


def _yes_or_no(value: bool | None) -> str:  # noqa: FBT001 - a stored answer
    return "" if value is None else "Yes" if value else "No"
