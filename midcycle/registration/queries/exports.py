"""Seats as tables to take away. What people eat and need is kept apart there, too."""

from zoneinfo import ZoneInfo

from midcycle.engines.tables import Table
from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.models import Needs, Seat, SeatAnswer
from midcycle.registration.queries.counting import yes_or_no
from midcycle.registration.queries.desk import all_seats
from midcycle.registration.queries.imports import questions_of

_COLUMNS = (
    "arrival", "name", "email", "state", "organisation", "role", "sector", "region", "group", "heard_how", "on_list",
    "first_time", "photos", "language", "registered_at",
)  # fmt: skip


def seats_table(meetup: Meetup) -> Table:
    """Return every seat in the order people came, with the answers to the organisers' questions. Three queries."""
    zone = ZoneInfo(meetup.timezone)
    keys = [question.key for question in questions_of(meetup)]
    answers = SeatAnswer.objects.filter(seat__meetup=meetup).values_list("seat", "question__key", "value")
    said = {(seat, key): value for seat, key, value in answers}
    rows = [(*_cells(seat, zone), *(said.get((seat.pk, key), "") for key in keys)) for seat in all_seats(meetup)]
    return Table.of((*_COLUMNS, *keys), rows)


def needs_table(meetup: Meetup) -> Table:
    """Return what those who come eat and need, by name. One query."""
    needs = Needs.objects.filter(seat__meetup=meetup, seat__state__in=rules.TAKES_A_SEAT).exclude(diet="", access="")
    rows = needs.order_by("seat__name", "seat").values_list("seat__name", "diet", "access")
    return Table.of(("name", "diet", "access"), list(rows))


def _cells(seat: Seat, zone: ZoneInfo) -> tuple[str, ...]:
    moment = seat.registered_at.astimezone(zone).isoformat(timespec="minutes")
    return (
        str(seat.arrival), seat.name, seat.person.email, seat.state, seat.organisation, seat.role, seat.sector, seat.region,
        seat.group, seat.heard_how, yes_or_no(seat.on_list), yes_or_no(seat.first_time), yes_or_no(seat.photos), seat.language,
        moment,
    )  # fmt: skip
