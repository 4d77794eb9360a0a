"""The reads of planning."""

from midcycle.planning.queries.board import (
    Board,
    beside,
    board,
    editions_before,
    milestones_left,
    people_of_team,
    to_do_by_thing,
)
from midcycle.planning.queries.files import calendar, tasks_table
from midcycle.planning.queries.news import News, minutes_of, news_for, news_since, tasks_of_minutes
from midcycle.planning.queries.reminding import Digest, digest_for, membership_of, people_to_remind
from midcycle.planning.queries.rows import (
    TaskRow,
    names_of_team,
    notes_of,
    row_of,
    tasks_of,
    tasks_of_person,
    today_at,
    with_people,
)

__all__ = [
    "Board",
    "Digest",
    "News",
    "TaskRow",
    "beside",
    "board",
    "calendar",
    "digest_for",
    "editions_before",
    "membership_of",
    "milestones_left",
    "minutes_of",
    "names_of_team",
    "news_for",
    "news_since",
    "notes_of",
    "people_of_team",
    "people_to_remind",
    "row_of",
    "tasks_of",
    "tasks_of_minutes",
    "tasks_of_person",
    "tasks_table",
    "to_do_by_thing",
    "today_at",
    "with_people",
]
