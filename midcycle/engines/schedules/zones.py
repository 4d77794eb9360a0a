"""VTIMEZONE components that say when the clocks change.

Written by hand because icalendar 7.3 puts the onset of summer time an hour late: it gives the time shown after the
change, where RFC 5545 section 3.6.5 wants the local time before it.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def vtimezone(zone: ZoneInfo, *, first: date, last: date) -> Timezone:
    """Return the rules of the zone from the year before `first` to the year after `last`, one part per change."""
    begin = datetime(first.year - 1, 1, 1, tzinfo=UTC)
    end = datetime(last.year + 2, 1, 1, tzinfo=UTC)
    component = Timezone()
    component.add("tzid", zone.key)
    component.add_component(_observance(zone, begin, before=begin))
    for change in _changes(zone, begin, end):
        component.add_component(_observance(zone, change, before=change - _SECOND))
    return component


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> list[datetime]:
    """Return the moments, in UTC and to the second, from which another offset or name holds."""
    found = []
    day = begin
    while day < end:
        if _sign(zone, day) != _sign(zone, day + _DAY):
            found.append(_edge(zone, day, day + _DAY))
        day += _DAY
    return found


def _edge(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before) // _SECOND // 2)
        if _sign(zone, middle) == _sign(zone, before):
            before = middle
        else:
            after = middle
    return after


def _sign(zone: ZoneInfo, moment: datetime) -> tuple[timedelta | None, str | None]:
    local = moment.astimezone(zone)
    return local.utcoffset(), local.tzname()


def _observance(zone: ZoneInfo, starts: datetime, *, before: datetime) -> TimezoneStandard | TimezoneDaylight:
    local = starts.astimezone(zone)
    was = before.astimezone(zone).utcoffset() or timedelta()
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", (starts + was).replace(tzinfo=None))
    part.add("tzoffsetfrom", was)
    part.add("tzoffsetto", local.utcoffset() or timedelta())
    part.add("tzname", local.tzname() or zone.key)
    return part
