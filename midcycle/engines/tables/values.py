"""Numbers and moments of spreadsheets, as text."""

import re
from datetime import datetime, timedelta
from typing import Final

# Number formats every XLSX program knows by number (ECMA-376 part 1, 18.8.30): those for dates and times, East Asian too.
_MOMENTS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_LETTERS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_LETTERS: Final = re.compile(r"[dmyhs]", re.IGNORECASE)
_LAST_EXACT: Final = 10**15
_DURATION: Final = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")


def is_moment(number: int, code: str) -> bool:
    """Say whether a number format shows a date or a time; `code` is blank for formats known by number alone."""
    if not code:
        return number in _MOMENTS
    return bool(_LETTERS.search(_NOT_LETTERS.sub("", code.partition(";")[0])))


def number_text(text: str) -> str:
    """Return a number as short as it can be written: `42.0` is `42`, `0.10000000000000001` is `0.1`. Others stay."""
    try:
        number = float(text)
    except ValueError:
        return text
    if not abs(number) < _LAST_EXACT:
        return text
    return str(int(number)) if number == int(number) else repr(number)


def moment_text(text: str, *, from_1904: bool) -> str:
    """Return days since 1900, or since 1904, as ISO 8601: a date, a date and time, or below one day a time.

    1900 had no 29 February; spreadsheets think it had. What cannot be a moment stays a number.
    """
    try:
        days = float(text)
        seconds = round(days * 86_400)
        first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31 if seconds < 60 * 86_400 else 30)  # noqa: DTZ001
        moment = first + timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return number_text(text)
    if days < 0:
        return number_text(text)
    if seconds < 86_400 and not from_1904:
        return moment.time().isoformat()
    return moment.date().isoformat() if seconds % 86_400 == 0 else moment.isoformat()


def duration_text(text: str) -> str:
    """Return a time as OpenDocument keeps it, such as `PT09H30M00S`, as `09:30:00`. Others stay."""
    found = _DURATION.fullmatch(text)
    return f"{int(found[1]):02}:{int(found[2]):02}:{int(found[3]):02}" if found else text
