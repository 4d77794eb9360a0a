"""Seats as tables to take away. What people eat and need is kept apart there, too."""

from zoneinfo import ZoneInfo

from midcycle.engines.tables import Table
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Needs, Seat, SeatAnswer
from midcycle.registration.queries.asking import questions_of
from midcycle.registration.queries.counting import yes_or_no
from midcycle.registration.queries.desk import all_seats
from midcycle.registration.queries.needs import needs_page

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


def whole_table(meetup: Meetup) -> Table:
    """Return the table of seats with what people eat and need beside it, to move a meetup elsewhere. Four queries."""
    table = seats_table(meetup)
    needs = Needs.objects.filter(seat__meetup=meetup).values_list("seat__arrival", "diet", "access")
    said = {str(arrival): (diet, access) for arrival, diet, access in needs}
    rows = [(*row[: len(_COLUMNS)], *said.get(row[0], ("", "")), *row[len(_COLUMNS) :]) for row in table.rows]
    return Table.of((*_COLUMNS, "diet", "access", *table.columns[len(_COLUMNS) :]), rows)


def needs_table(meetup: Meetup) -> Table:
    """Return what those who come eat, counted, and what they wrote, with the names it cannot be heeded without. One query."""
    page = needs_page(meetup)
    rows = [
        *(("diet", group.label, str(group.count), "") for group in page.diets),
        *(("food", need.text, "1", need.name) for need in page.food),
        *(("access", need.text, "1", need.name) for need in page.access),
    ]
    return Table.of(("what", "text", "people", "name"), rows)


def _cells(seat: Seat, zone: ZoneInfo) -> tuple[str, ...]:
    moment = seat.registered_at.astimezone(zone).isoformat(timespec="minutes")
    return (
        str(seat.arrival), seat.name, seat.person.email, seat.state, seat.organisation, seat.role, seat.sector, seat.region,
        seat.group, seat.heard_how, yes_or_no(seat.on_list), yes_or_no(seat.first_time), yes_or_no(seat.photos), seat.language,
        moment,
    )  # fmt: skip
