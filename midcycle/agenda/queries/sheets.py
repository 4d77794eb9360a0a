"""A release as sheets of paper: one for each day on a wall, one for the door of each room on each day."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from midcycle.agenda.models import Release
from midcycle.agenda.rules import clock, values
from midcycle.agenda.rules.layout import Day, Frame, Row, days
from midcycle.engines.documents import Held, Occasion, Sheet, SheetWords, Time, agenda_sheets
from midcycle.engines.tickets.qr import qr_modules
from midcycle.meetups.models import Meetup

_FOOT: Final = gettext_noop("Release %(number)s. A newer one is on the meetup's agenda page, if there is any.")


def sheets_of(meetup: Meetup, release: int, *, wall: bool) -> bytes:
    """Return the sheets of a release as PDF, with as many pages as its days and rooms need. One query. Raises NotPrinted."""
    number, grid = Release.objects.filter(meetup=meetup).values_list("number", "grid").get(pk=release)
    agenda = values.from_plain(grid)
    shown = days(Frame(agenda.rooms, agenda.told().slots, agenda.starts_on, clock.zone_of(agenda.timezone)), agenda.placed())
    sheets = _of_days(shown) if wall else _of_rooms(shown, meetup)
    words = SheetWords(gettext(_FOOT) % {"number": number})
    return agenda_sheets(Occasion(meetup.told_title), sheets, wall=wall, words=words).pdf


def _of_days(shown: tuple[Day[values.Session], ...]) -> list[Sheet]:
    return [Sheet(day.name, "", tuple(c.name for c in day.columns), tuple(map(_time, day.rows))) for day in shown]


def _of_rooms(shown: tuple[Day[values.Session], ...], meetup: Meetup) -> list[Sheet]:
    """Return a sheet for each room that is used, day by day, so that those of one door lie together.

    Its code leads to where people say how the session was that they come out of.
    """
    names = dict.fromkeys(name for day in shown for name in _rooms_of(day))
    made = [(name, day, _in_room(day, name)) for name in names for day in shown]
    codes = {name: qr_modules(_how_it_was(meetup, name)) for name in names}
    return [
        Sheet(name, day.name, (), times, codes[name]) for name, day, times in made if any(not time.together for time in times)
    ]


def _how_it_was(meetup: Meetup, room: str) -> str:
    return f"{settings.MIDCYCLE.public_url_used}{meetup.path}feedback/sessions/?{urlencode({'room': room})}"


def _rooms_of(day: Day[values.Session]) -> Iterator[str]:
    yield from (column.name for column in day.columns)
    yield from (cell.room.name for row in day.rows if row.together for cell in row.cells)


def _in_room(day: Day[values.Session], name: str) -> tuple[Time, ...]:
    """Return what happens in a room, and the breaks between."""
    times = []
    for row in day.rows:
        here = [item for cell in row.cells if cell.room.name == name for item in cell.items]
        if here:
            times.append(Time(_when(row), (tuple(map(_held, here)),)))
        elif row.is_empty:
            times.append(_time(row))
    return tuple(times)


def _time(row: Row[values.Session]) -> Time:
    if row.is_empty:
        return Time(_when(row), ((Held(row.slot.words),),), together=True)
    if row.together:
        everywhere = [Held(item.title, _with_room(item, cell.room.name)) for cell in row.cells for item in cell.items]
        return Time(_when(row), (tuple(everywhere),), together=True)
    return Time(_when(row), tuple(tuple(map(_held, cell.items)) for cell in row.cells))


def _when(row: Row[values.Session]) -> str:
    starts, ends = row.slot.starts, row.slot.ends
    if starts is None:
        return gettext("Time not recorded")
    if ends is None:
        return f"{starts:%H:%M}"
    return gettext("%(starts)s to %(ends)s") % {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}


def _held(session: values.Session) -> Held:
    return Held(session.title, ", ".join(session.leads))


def _with_room(session: values.Session, room: str) -> str:
    return ", ".join((room, *session.leads))
