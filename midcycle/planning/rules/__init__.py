"""The decisions of planning. Pure."""

from midcycle.planning.rules.dates import days_in_words, due_day, offset_of, week_of
from midcycle.planning.rules.logs import Log, read_log
from midcycle.planning.rules.minutes import Point, Wanted, followed, html_in_words, names_in, points_in, wanted_of
from midcycle.planning.rules.reminders import is_pressing, is_time, is_weekly_day
from midcycle.planning.rules.things import ABOUT, KINDS, LONGEST, MOST_DAYS, MOST_MINUTES, MOST_TASKS, SHOWN, within
from midcycle.planning.rules.usual import USUAL, Usual, notes_in_words, title_in_words

__all__ = [
    "ABOUT",
    "KINDS",
    "LONGEST",
    "MOST_DAYS",
    "MOST_MINUTES",
    "MOST_TASKS",
    "SHOWN",
    "USUAL",
    "Log",
    "Point",
    "Usual",
    "Wanted",
    "days_in_words",
    "due_day",
    "followed",
    "html_in_words",
    "is_pressing",
    "is_time",
    "is_weekly_day",
    "names_in",
    "notes_in_words",
    "offset_of",
    "points_in",
    "read_log",
    "title_in_words",
    "wanted_of",
    "week_of",
    "within",
]
