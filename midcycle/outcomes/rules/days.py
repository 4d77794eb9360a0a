"""Days as people write them behind an action. Pure."""

import calendar
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from midcycle.kernel.typed import one_line
from midcycle.planning.rules.minutes import date_in

_LONGEST: Final = 60
_AROUND: Final = " .,;:()[]"
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_NUMBERS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8}
# What a day at the end of a line begins with: `until Friday`, `(due: 2027-03-31)`, or the day itself.
_BEFORE: Final = re.compile(
    r"(?:^|[\s(\[,;])(?:(?:due(?: by| on)?|deadline|until|till|before|by|not later than)[\s:]{1,3}|@\s?"
    r"|(?=20[0-9]{2}-[0-9]{2}-[0-9]{2}\W{0,3}$)"
    r"|(?=(?:in|within) \S{1,5} (?:day|week|month)s?\W{0,3}$)"
    r"|(?=(?:next week|tomorrow|today|end of (?:the |next |this )?(?:week|month|year))\W{0,3}$))",
    re.IGNORECASE,
)
TAGS_AT_END: Final = re.compile(r"(?: ##[\w-]+)+$")
_HEDGES: Final = re.compile(
    r"^(?:the|on|about|around|latest|end of day)\s+|\s+(?:latest|at the latest|eod|please|if possible)$"
)

_Reader = Callable[[re.Match[str], date], date | None]


def day_in(words: str, seen: date) -> date | None:
    """Return the day that a few words name, seen from the day they were written on; None when they name none.

    `3/4/2027` is no day: half the world reads 3 April, the other half 4 March. A month, week or quarter ends on its last day.
    """
    said = _bare(words[:_LONGEST])
    for pattern, read in _FORMS:
        found = pattern.fullmatch(said)
        if found is not None:
            with suppress(ValueError, OverflowError):
                return _sane(read(found, seen))
            return None
    return _sane(date_in(said, seen))


def without_day(what: str, seen: date) -> tuple[str, str, date | None]:
    """Return what is to be done without the day at its end, the words for that day, and the day; blank and None without one."""
    said = TAGS_AT_END.sub("", what)
    for found in _BEFORE.finditer(said):
        words = said[found.end() :].strip(" )].,;")
        day = day_in(words, seen) if 0 < len(words) <= _LONGEST else None
        if day is not None and found.start() > 0:
            return said[: found.start()].rstrip(" ([,;:") + what[len(said) :], words, day
    return what, "", None


def _bare(words: str) -> str:
    said = TAGS_AT_END.sub("", one_line(words)).lower().strip(_AROUND)
    before = ""
    while before != said:
        before, said = said, _HEDGES.sub("", said).strip(_AROUND)
    return said


def _sane(day: date | None) -> date | None:
    return day if day is not None and _FIRST <= day <= _LAST else None


def _slashed(found: re.Match[str], _seen: date) -> date:
    return date(int(found[1]), int(found[2]), int(found[3]))


def _dotted(found: re.Match[str], seen: date) -> date:
    """Read `31.3.2027` and `31.3.`; without a year it is the next such day."""
    day, month = int(found[1]), int(found[2])
    if found[3]:
        year = int(found[3])
        return date(year + 2000 if year < 100 else year, month, day)
    this = date(seen.year, month, day)
    return this if this >= seen else date(seen.year + 1, month, day)


def _either(found: re.Match[str], _seen: date) -> date | None:
    """Read `31/3/2027` and `3/31/2027`, where only one of the two can be a month."""
    one, other, year = int(found[1]), int(found[2]), int(found[3])
    if one > 12:
        return date(year, other, one)
    return date(year, one, other) if other > 12 or one == other else None


def _within(found: re.Match[str], seen: date) -> date | None:
    """Read `in two weeks`, `within 10 days`."""
    amount = int(found[1]) if found[1].isdecimal() else _NUMBERS[found[1]]
    if found[2].startswith("month"):
        return _months_on(seen, amount)
    return seen + timedelta(days=amount * (7 if found[2].startswith("week") else 1))


def _months_on(seen: date, amount: int) -> date:
    months = seen.year * 12 + seen.month - 1 + amount
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(seen.day, calendar.monthrange(year, month)[1]))


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _end_of_this(found: re.Match[str], seen: date) -> date:
    """Read `end of the month`, `end of next week`, `end of the year`: a week ends on its Friday."""
    on = 1 if found[1] == "next" else 0
    if found[2] == "week":
        monday = seen - timedelta(days=seen.weekday())
        return max(monday + timedelta(days=4 + 7 * on), seen)
    if found[2] == "year":
        return date(seen.year + on, 12, 31)
    later = _months_on(seen.replace(day=1), on)
    return _end_of_month(later.year, later.month)


def _named_month(found: re.Match[str], seen: date) -> date:
    """Read `end of March`, `March 2027`, `in March`, `mid March`."""
    month = _MONTHS.index(found[2]) + 1
    year = int(found[3]) if found[3] else seen.year + (month < seen.month)
    return date(year, month, 15) if (found[1] or "").startswith("mid") else _end_of_month(year, month)


def _quarter(found: re.Match[str], seen: date) -> date:
    """Read `Q2`, `Q2 2027`, `end of Q2`."""
    month = int(found[1]) * 3
    year = int(found[2]) if found[2] else seen.year + (month < seen.month)
    return _end_of_month(year, month)


def _week(found: re.Match[str], seen: date) -> date:
    """Read `W12`, `week 12`, `2027-W12`: the Friday of a week of ISO 8601."""
    number = int(found[2])
    if found[1]:
        return date.fromisocalendar(int(found[1]), number, 5)
    this = date.fromisocalendar(seen.year, number, 5)
    return this if this >= seen else date.fromisocalendar(seen.year + 1, number, 5)


_FORMS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"(20[0-9]{2})[/.]([0-9]{1,2})[/.]([0-9]{1,2})", _slashed),
        (r"([0-9]{1,2})\.\s?([0-9]{1,2})\.?\s?((?:20)?[0-9]{2})?", _dotted),
        (r"([0-9]{1,2})/([0-9]{1,2})/(20[0-9]{2})", _either),
        (r"(?:in|within)\s+([0-9]{1,3}|a|an|one|two|three|four|five|six|eight)\s+(days?|weeks?|months?)", _within),
        (r"(?:the\s+)?end\s+of\s+(?:the\s+|this\s+|(next)\s+)?(week|month|year)", _end_of_this),
        (rf"(?:in\s+|(end\s+of\s+|mid[\s-]))?(?:the\s+)?{_MONTH}(?:\s+(20[0-9]{{2}}))?", _named_month),
        (r"(?:end\s+of\s+)?q([1-4])(?:[\s/]+(20[0-9]{2}))?", _quarter),
        (r"(?:(20[0-9]{2})-?)?(?:w|kw|week)\s?([0-9]{1,2})", _week),
    )
)
