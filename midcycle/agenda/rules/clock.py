"""Local times of an agenda as moments, and what is on now and next. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from midcycle.agenda.rules.values import Agenda, Session, Slot
from midcycle.kernel.words import day_in_words, gettext, pgettext

# A slot whose end nobody recorded counts as on until the next one starts, at most this long.
ASSUMED: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A session with the name of its room."""

    session: Session
    room: str


@dataclass(frozen=True, slots=True)
class Band:
    """What is on at one time: sessions, and breaks or free time by their words. `until` is None when not recorded."""

    starts: datetime
    until: datetime | None
    sessions: tuple[Shown, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayLink:
    """A day to go to. `is_past` only while the meetup goes on: afterwards all its days are as good as each other."""

    number: int
    short: str
    is_today: bool = False
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class NowNext:
    """What is on now and what comes next, at `local`, the meetup's own time; None where there is nothing."""

    local: datetime
    now: Band | None = None
    next: Band | None = None
    sentence: str = ""


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone of an IANA name, UTC for a name nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_zone(name: str) -> bool:
    """Say whether this is the IANA name of a time zone."""
    return name in available_timezones()


def days_between(first: date | None, last: date | None) -> int:
    """Return how many days there are from the first to the last, 1 while either is not known."""
    return 1 if first is None or last is None else (last - first).days + 1


def moment(starts_on: date | None, day: int, at: time | None, zone: ZoneInfo) -> datetime | None:
    """Return the moment of a local time on day 1, 2, …; None when date or time is not known."""
    if starts_on is None or at is None:
        return None
    return datetime.combine(starts_on + timedelta(days=day - 1), at, tzinfo=zone)


def day_name(starts_on: date | None, day: int) -> str:
    """Return such as `Monday 15 February`, or `Day 1` while there is no date."""
    if starts_on is None:
        return gettext("Day %(number)s") % {"number": day}
    return day_in_words(starts_on + timedelta(days=day - 1), "weekday")


def day_links(starts_on: date | None, numbers: Sequence[int], zone: ZoneInfo, now: datetime) -> tuple[DayLink, ...]:
    """Return a link to each day, today first. Which day it is goes by the clocks of the meetup's `zone`."""
    today = 0 if starts_on is None else (now.astimezone(zone).date() - starts_on).days + 1
    goes_on = today <= max(numbers, default=0)
    links = (DayLink(number, _short_day(starts_on, number), number == today, goes_on and number < today) for number in numbers)
    return tuple(sorted(links, key=lambda link: not link.is_today))


def _short_day(starts_on: date | None, day: int) -> str:
    if starts_on is None:
        return gettext("Day %(number)s") % {"number": day}
    return day_in_words(starts_on + timedelta(days=day - 1), "weekday_number")


def slot_name(slot: Slot, *, starts_on: date | None, days: int) -> str:
    """Return such as `Mon 09:30`, `day 2, 09:30` while there is no date, or `09:30` when there is one day only."""
    at = gettext("time not recorded") if slot.starts is None else f"{slot.starts:%H:%M}"
    if days <= 1:
        return at
    if starts_on is None:
        return gettext("day %(number)s, %(time)s") % {"number": slot.day, "time": at}
    return weekday_and_time(starts_on + timedelta(days=slot.day - 1), at)


def weekday_and_time(day: date, at: str) -> str:
    """Return such as `Mon 09:30`."""
    return pgettext("weekday and time", "%(day)s %(time)s") % {"day": day_in_words(day, "short_weekday"), "time": at}


def slot_opening(slot: Slot, *, starts_on: date | None, days: int) -> str:
    """Return how a sentence about a slot with a start begins: `On Mon at 09:30`, `On day 2 at 09:30`, or `At 09:30`."""
    at = f"{slot.starts:%H:%M}"
    if days <= 1:
        return opening(at)
    return opening(at, None if starts_on is None else starts_on + timedelta(days=slot.day - 1), slot.day)


def opening(at: str, day: date | None = None, number: int = 0) -> str:
    """Return such as `On Mon at 09:30`, `On day 2 at 09:30`, or `At 09:30` for no day and no number."""
    if day is not None:
        return gettext("On %(day)s at %(time)s") % {"day": day_in_words(day, "short_weekday"), "time": at}
    if number:
        return gettext("On day %(number)s at %(time)s") % {"number": number, "time": at}
    return gettext("At %(time)s") % {"time": at}


def in_order(slots: Iterable[Slot]) -> list[Slot]:
    """Return slots in order of day and time; those without a time come last in their day."""
    return sorted(slots, key=lambda s: (s.day, s.starts is None, s.starts or time(), s.ends is None, s.ends or time(), s.id))


def overlap(one: Slot, other: Slot) -> bool:
    """Say whether nobody can be in both. Only what is sure counts: an end nobody recorded is a minute after the start."""
    if one.day != other.day or one.starts is None or other.starts is None:
        return False
    return one.starts < _surely_until(other) and other.starts < _surely_until(one)


def troubles(slots: Iterable[Slot], *, days: int) -> Mapping[int, str]:
    """Return what is odd about slots, one sentence for the number of each that has something; `days` is 0 when not settled.

    Real agendas have such slots, so nothing is refused: it is said.
    """
    ordered = in_order(slots)
    found: dict[int, str] = {}
    for at, slot in enumerate(ordered):
        other = next((before for before in ordered[:at] if overlap(before, slot)), None)
        if days and slot.day > days:
            found[slot.id] = gettext("Day %(number)s is after the last day of the meetup.") % {"number": slot.day}
        elif other is not None:
            found[slot.id] = _overlaps(other)
    return found


def now_next(agenda: Agenda, now: datetime) -> NowNext:
    """Return what is on at the moment `now` and what starts after it."""
    zone = zone_of(agenda.timezone)
    local = now.astimezone(zone)
    timed = _timed(agenda, zone)
    if not timed:
        return NowNext(local, sentence=gettext("No times are known for this agenda."))
    running = [slot for slot, starts, ends in timed if starts <= now < ends]
    coming = min((starts for _, starts, _ in timed if starts > now), default=None)
    following = [slot for slot, starts, _ in timed if starts == coming]
    return NowNext(local, _band(agenda, running, zone), _band(agenda, following, zone), _sentence(running, coming))


def begun(slots: Iterable[Slot], *, starts_on: date | None, timezone: str, now: datetime) -> frozenset[int]:
    """Return the slots that have begun at the moment `now`, also those that are over; none while there is no date."""
    zone = zone_of(timezone)
    starts = ((slot.id, moment(starts_on, slot.day, slot.starts, zone)) for slot in slots)
    return frozenset(number for number, at in starts if at is not None and at.astimezone(UTC) <= now)


def _timed(agenda: Agenda, zone: ZoneInfo) -> list[tuple[Slot, datetime, datetime]]:
    """Return the slots with their start and the end that is recorded or assumed, as moments."""
    begun = [(slot, moment(agenda.starts_on, slot.day, slot.starts, zone)) for slot in in_order(agenda.slots)]
    known = [(slot, starts.astimezone(UTC)) for slot, starts in begun if starts is not None]
    found = []
    for slot, starts in known:
        ends = moment(agenda.starts_on, slot.day, slot.ends, zone)
        later = (other for _, other in known if other > starts)
        found.append((slot, starts, ends.astimezone(UTC) if ends else min([starts + ASSUMED, *later])))
    return found


def _band(agenda: Agenda, slots: list[Slot], zone: ZoneInfo) -> Band | None:
    if not slots:
        return None
    numbers = {slot.id for slot in slots}
    sessions = tuple(Shown(s, agenda.room_name(s)) for s in agenda.placed() if not numbers.isdisjoint((s.slot, *s.further)))
    filled = {slot for shown in sessions for slot in (shown.session.slot, *shown.session.further)}
    words = tuple(dict.fromkeys(slot.words for slot in slots if slot.id not in filled))
    starts = [m for slot in slots if (m := moment(agenda.starts_on, slot.day, slot.starts, zone))]
    ends = [m for slot in slots if (m := moment(agenda.starts_on, slot.day, slot.ends, zone))]
    return Band(max(starts), min(ends, default=None), sessions, words)


def _sentence(running: list[Slot], coming: datetime | None) -> str:
    if running:
        return ""
    return gettext("Nothing runs at this moment.") if coming else gettext("That was all. Safe travels.")


def _overlaps(other: Slot) -> str:
    starts = f"{other.starts:%H:%M}"
    if other.ends is None:
        return gettext("Overlaps with %(starts)s.") % {"starts": starts}
    return gettext("Overlaps with %(starts)s to %(ends)s.") % {"starts": starts, "ends": f"{other.ends:%H:%M}"}


def _surely_until(slot: Slot) -> time:
    if slot.ends is not None:
        return slot.ends
    starts = slot.starts or time()
    return (datetime.combine(date.min, starts) + timedelta(minutes=1)).time() if starts < time(23, 59) else time.max
