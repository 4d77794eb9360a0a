"""Lists of sessions, made into events as a schedule.json has them: what pretalx gives, and our own CSV.

pretalx gives a list at its API (`/api/events/…/submissions/`), and one as CSV or JSON under *Schedule → Export*, whose columns
are called as its pages call them; they are known in English.
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from midcycle.engines.schedules.c3voc import DAY_TURNS
from midcycle.engines.schedules.loose import mapping, name, sequence, text

Row = Mapping[str, Any]
_TITLES: Final = ("Proposal title", "Session title", "Title")
_PARTED: Final = re.compile(r"\s*\n\s*|\s*,\s+")
_GUARDED: Final = re.compile(r"^'(?=[=+\-@\t\r])")
GONE: Final = frozenset({"rejected", "withdrawn", "canceled", "cancelled", "deleted"})


def unguarded(cell: str) -> str:
    """Return what a cell says that has an apostrophe before what spreadsheets would take for a formula."""
    return _GUARDED.sub("", cell, count=1)


def rows_in(written: str, *, most: int, unguard: Callable[[str], str]) -> list[dict[str, str]]:
    """Return the rows of a table with a head, `most` and one at most; none when it is no table of sessions."""
    head, _, _ = written.partition("\n")
    mark = max(",;\t", key=head.count)
    try:
        reader = csv.DictReader(written.splitlines(keepends=True), delimiter=mark, strict=True)
        if not set(_TITLES) & set(reader.fieldnames or ()):
            return []
        rows = []
        for row in reader:
            rows.append({key: unguard(cell) for key, cell in row.items() if key and isinstance(cell, str)})
            if len(rows) > most:
                break
    except csv.Error:
        return []
    return rows


def events_of(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return an event for each row, several for one with several slots. Rows without any title are no events."""
    events: list[dict[str, Any]] = []
    for row in map(mapping, rows):
        if "title" in row:
            events += _of_the_api(row)
        elif set(_TITLES) & set(row):
            events.append(_of_ours(row) if "Id" in row else _of_an_export(row))
    return events


def _of_the_api(row: Row) -> list[dict[str, Any]]:
    slots = sequence(row.get("slots")) or [row.get("slot")]
    facts = {**row, "persons": row.get("speakers"), "type": name(row.get("submission_type"))}
    return [
        {**facts, "date": slot.get("start"), "end": slot.get("end"), "room": name(slot.get("room"))}
        for slot in map(mapping, slots)
    ]


def _of_an_export(row: Row) -> dict[str, Any]:
    return {
        "code": row.get("ID"),
        "title": next((row[title] for title in _TITLES if title in row), ""),
        "state": row.get("Proposal state"),
        "type": row.get("Session type"),
        "abstract": row.get("Abstract"),
        "description": row.get("Description"),
        "language": row.get("Language"),
        "persons": _people(row.get("Speaker names"), "lead"),
        "room": row.get("Room"),
        "date": row.get("Start") or _moment(row, "Start (date)", "Start (time)"),
        "end": row.get("End") or _moment(row, "End (date)", "End (time)"),
    }


def _of_ours(row: Row) -> dict[str, Any]:
    starts, ends = _times(row)
    return {
        "guid": row.get("Id"),
        "title": row.get("Title"),
        "type": row.get("Format"),
        "abstract": row.get("Abstract"),
        "persons": [*_people(row.get("Leads"), "lead"), *_people(row.get("Shadows"), "shadow")],
        "room": row.get("Room"),
        "url": row.get("Address"),
        "date": starts,
        "end": ends,
    }


def _times(row: Row) -> tuple[str, str]:
    """Return start and end of a row of ours: small hours belong to the evening before, and nothing ends before it starts."""
    starts = _on(_moment(row, "Date", "Start"))
    starts = starts and starts + timedelta(days=starts.time() < DAY_TURNS)
    ends = _on(f"{starts.date()}T{text(row.get('End')).strip()}") if starts else None
    if starts is None or ends is None:
        return starts.isoformat() if starts else "", ""
    return starts.isoformat(), (ends + timedelta(days=ends <= starts)).isoformat()


def _on(moment: str) -> datetime | None:
    """Return a moment of a clock, None for what is none and for years no meetup is in."""
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return found if "T" in moment and found.tzinfo is None and 1900 < found.year < 9000 else None


def _moment(row: Row, day: str, hour: str) -> str:
    on, at = text(row.get(day)).strip(), text(row.get(hour)).strip()
    return f"{on}T{at}" if on and at else ""


def _people(value: object, role: str) -> list[dict[str, str]]:
    """Return people of a list, or of names in one cell, which stand on lines of their own or after commas."""
    names = sequence(value) or _PARTED.split(text(value))
    return [{"name": found, "role": role} for each in names if (found := text(each).strip())]
