"""Days, hours and lengths as facts files write them. Pure."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from midcycle.kernel.typed import one_line

LAST_DAY: Final = 60
MIDNIGHT: Final = time(23, 59)  # a slot's day ends here: nothing later is held
_YEARS: Final = range(1900, 2200)
_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?::\d{2})?)?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
_HHMM: Final = re.compile(r"([01]\d|2[0-4])([0-5]\d)(?:h|hrs)?")
_RANGE: Final = re.compile(r"(.+?)\s*(?:[-\u2013\u2014]|\bto\b)\s*(.+)")
_ORDINAL: Final = re.compile(r"(?:day|d|tag|jour)?[ _-]*(\d{1,3})", re.IGNORECASE)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LENGTH: Final = re.compile(r"(?:(\d{1,2})\s*(?:h|hours?|:))?\s*(?:(\d{1,3})\s*(?:m|mins?|minutes?)?)?", re.IGNORECASE)
_FORMS: Final = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y/%m/%d", "%d.%m.%Y", "%Y%m%d")
_YEARLESS: Final = ("%d %B", "%d %b", "%B %d", "%b %d")


def day_of(value: object) -> date | None:
    """Return a day of a YAML date, ISO text or words such as `15 February 2016`, from 1900 on."""
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        value = _day_in(value) if isinstance(value, str) else None
    return value if value is not None and value.year in _YEARS else None


def moment_of(value: object) -> datetime | None:
    """Return a day with its time, as it is written; None for a day alone or a time alone."""
    if isinstance(value, str) and len(value) > 10 and "-" in value:
        with suppress(ValueError):
            value = datetime.fromisoformat(value.strip())
    return value if isinstance(value, datetime) and value.year in _YEARS else None


def clock_time(value: object) -> time | None:
    """Return a time of day: `9:30`, `"9:30 AM"`, 930 and `14.00`; 24:00 is a minute before, the last that a day holds.

    Other readers of YAML take an unquoted 11:30 for 690; a number that is no hours and minutes is understood as minutes.
    """
    moment = moment_of(value)
    if moment is not None:
        return moment.time().replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(value, float):
        value = f"{value:.2f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return _clock_of_number(value)
    return _clock_in(value.strip()) if isinstance(value, str) else None


def clock_range(value: object) -> tuple[time | None, time | None]:
    """Return start and end of `10:00-10:45`; a single time is a start."""
    found = _RANGE.fullmatch(value.strip()) if isinstance(value, str) and not moment_of(value) else None
    if found is None:
        return clock_time(value), None
    starts, ends = clock_time(found[1]), clock_time(found[2])
    return (starts, ends) if starts is not None and ends is not None else (None, None)


def minutes_of(value: object) -> int | None:
    """Return a length in minutes: 45, `45 min`, `1h30`, `00:45`."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 < value < 24 * 60 else None
    found = _LENGTH.fullmatch(value.strip()) if isinstance(value, str) and value.strip() else None
    total = int(found[1] or 0) * 60 + int(found[2] or 0) if found else 0
    return total if 0 < total < 24 * 60 else None


def month_in_words(value: object) -> str:
    """Return `March 2014` for `2014-03`; any other text as it is."""
    day = day_of(f"{value}-01")
    return f"{day:%B} {day.year}" if day else one_line(str(value or ""))[:60]


@dataclass
class Days:
    """Which day of the meetup the file means: `first` is day 1; `from_zero` when the file counts from day 0.

    A day that maps to nothing gets a number of its own behind all others, so that it never meets another day's sessions.
    """

    first: date | None
    last: int = LAST_DAY
    from_zero: bool = False
    _others: dict[str, int] = field(default_factory=dict)

    def number(self, value: object) -> int | None:
        """Return the number of a day told as number, date or weekday; None when it maps to none."""
        day = day_of(value) or self._in_this_year(value)
        if day is not None:
            return self._fitting((day - self.first).days + 1) if self.first else None
        if isinstance(value, str) and (weekday := _weekday(value)) is not None:
            return self._on_weekday(weekday)
        told = _told_number(value)
        return None if told is None else self._fitting(told + self.from_zero)

    def as_told(self, number: int | None, value: object) -> int | None:
        """Return the number of a day in the counting of the file, if it counts days at all."""
        is_counted = self.from_zero and _told_number(value) is not None
        return number - 1 if number is not None and is_counted else number

    def number_or_own(self, value: object, taken: Iterable[int] = ()) -> int:
        """Return the number of a day, or one that no other day has."""
        found = self.number(value)
        if found is None:
            start = max([self.last if self.last < LAST_DAY else 1, *taken, *self._others.values()])
            found = self._others.setdefault(str(value), min(start + 1, LAST_DAY))
        return found

    def _in_this_year(self, value: object) -> date | None:
        return _parsed(f"{value} {self.first.year}", [f"{form} %Y" for form in _YEARLESS]) if self.first else None

    def _on_weekday(self, weekday: int) -> int | None:
        if self.first is None:
            return None
        ahead = (weekday - self.first.weekday()) % 7 + 1
        return ahead if ahead <= self.last else None

    @staticmethod
    def _fitting(number: int) -> int | None:
        return number if 1 <= number <= LAST_DAY else None


def days_of(dates: Mapping[str, object], told: list[object]) -> Days:
    """Return how days are counted: from `dates`, and from all the days the grid names.

    A file that has a day 0 counts from 0, unless it also has a day that would then be after the last.
    """
    known = [day for value in told if (day := day_of(value))]
    first, last = day_of(dates.get("start")), day_of(dates.get("end"))
    first = first or min(known, default=None)
    count = (last - first).days + 1 if first and last and last >= first else LAST_DAY
    numbers = [number for value in told if (number := _told_number(value)) is not None]
    return Days(first, min(count, LAST_DAY), from_zero=0 in numbers and max(numbers) < count)


def later(starts: time, minutes: int) -> time | None:
    """Return the time so many minutes after another; None past midnight."""
    ends = starts.hour * 60 + starts.minute + minutes
    return _clock(ends // 60, ends % 60)


def _clock_of_number(value: int) -> time | None:
    if 0 <= value <= 24:
        return _clock(value, 0)
    if value % 100 < 60 and value < 2500:
        return _clock(value // 100, value % 100)
    return _clock(value // 60, value % 60)


def _clock(hour: int, minute: int) -> time | None:
    if (hour, minute) == (24, 0):
        return MIDNIGHT
    return time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None


def _clock_in(said: str) -> time | None:
    if found := _HHMM.fullmatch(said):
        return _clock(int(found[1]), int(found[2]))
    found = _CLOCK.fullmatch(said)
    if found is None or not (found[2] or found[3]):
        return None
    hour, half = int(found[1]), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    return _clock(hour % 12 + (12 if half == "p" else 0) if half else hour, int(found[2] or 0))


def _day_in(said: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(said.strip()[:10]) if re.match(r"\d{4}-\d{2}-\d{2}", said.strip()) else _parsed(said, _FORMS)
    return None


def _parsed(said: str, forms: Iterable[str]) -> date | None:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", " ".join(said.replace(",", " ").split()))
    weekday, _, rest = plain.partition(" ")
    plain = rest if _weekday(weekday) is not None else plain
    for form in forms:
        with suppress(ValueError):
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no zone
    return None


def _weekday(said: str) -> int | None:
    plain = said.strip().rstrip(".").lower()
    return next((n for n, name in enumerate(_WEEKDAYS) if len(plain) >= 3 and name.startswith(plain)), None)


def _told_number(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    found = _ORDINAL.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(found[1]) if found else None
