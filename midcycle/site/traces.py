"""The write-ahead log of SQLite is emptied once an hour: until it is written over it holds the states between two deeds.

In the weeks after a meetup little is written. A copy of the file would long tell which answer to a survey came after which, and
what somebody asked to be deleted. SQLite empties it by itself only when the last process lets go of the database.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

EVERY: Final = timedelta(hours=1)
_PATIENCE: Final = 0.5  # seconds in which others cannot write, while somebody still reads
_done: list[datetime] = []


def empty_log(now: datetime) -> int | None:
    """Put what the log holds into the database and make it empty; None when it is not time, or somebody reads."""
    if connection.vendor != "sqlite" or connection.in_atomic_block or (_done and now < _done[-1] + EVERY):
        return None
    _done[:] = [now]
    waits = connection.settings_dict["OPTIONS"]["timeout"]
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {int(_PATIENCE * 1000)}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, *_ = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(waits * 1000)}")
    return None if is_busy else 1
