"""Days, and months of which no day is known. Pure."""

from calendar import monthrange
from datetime import date
from typing import Final

DAYS_OF_A_YEAR: Final = 365.25


def months_between(first: date, last: date) -> int:
    """Return the whole months from one day to a later one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - 1 if last.day < first.day and last.day != monthrange(last.year, last.month)[1] else months


def later(day: date, months: int) -> date:
    """Return the same day of a later month, or of an earlier one; its last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = max(1, min(year, 9999))
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
