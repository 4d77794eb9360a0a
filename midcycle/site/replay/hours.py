"""When a slot or a session is, as the file tells it, and its lines."""

from dataclasses import dataclass
from datetime import time
from typing import Final
from zoneinfo import ZoneInfo

from midcycle.agenda.models import Slot
from midcycle.site.replay.reading import Facts, text
from midcycle.site.replay.story import Story
from midcycle.site.replay.times import MIDNIGHT, clock_range, clock_time, day_of, later, minutes_of, moment_of

STARTS: Final = ("start", "starts", "begin", "from", "time")
ENDS: Final = ("end", "ends", "until", "to")
LENGTHS: Final = ("duration_minutes", "minutes", "duration", "length")
DAYS: Final = ("day", "date")
_NIGHT_FROM, _NIGHT_TO = time(17), time(9)


@dataclass(frozen=True)
class Hours:
    """Day, start and end as they were understood, the length in minutes, and whether the end is after midnight (`late`).

    A slot cannot hold an end after midnight. A session in a slot may tell its end or its length alone.
    """

    day: int
    is_day_told: bool
    starts: time | None
    ends: time | None
    minutes: int | None = None
    late: bool = False

    def within(self, slot: Slot) -> tuple[time | None, time | None]:
        """Return start and end of a session in this slot: what it tells itself, and else what the slot says."""
        starts = self.starts or slot.starts
        ends = self.ends or (later(starts, self.minutes) if starts and self.minutes else None)
        if ends is None and (starts == slot.starts or (slot.ends and starts and starts < slot.ends)):
            ends = slot.ends
        return starts, ends if starts and ends and ends > starts else None


def hours_of(story: Story, told: Facts, path: str) -> Hours:
    """Return when it is. A day that maps to nothing gets a number of its own, so that nothing is put beside it."""
    day_key, start_key, end_key, length_key = _keys(told)
    starts, ends = clock_range(_local(story, told.get(start_key)))
    if end_key:
        ends = clock_time(_local(story, told[end_key]))
    minutes = minutes_of(told.get(length_key)) if ends is None else None
    if starts is not None and minutes is not None:
        ends = later(starts, minutes)
    day, is_told = _day(story, told, day_key, start_key)
    late = starts is not None and ends is not None and (_is_past_midnight(starts, ends) or _is_24(told.get(end_key)))
    if late:
        story.ledger.note(f"{path}: it ends at or after midnight; the agenda holds it until 23:59")
    elif starts is not None and ends is not None and ends <= starts:
        story.ledger.note(f"{path}: it ends before it starts, so its end was left out")
        ends = None
    if late:
        ends = MIDNIGHT if starts is not None and starts < MIDNIGHT else None
    return Hours(day, is_told, starts, ends, minutes, late)


def compare_hours(story: Story, told: Facts, path: str, hours: Hours, slot: Slot) -> None:
    """Write the lines of day, start, end and length, where the file tells them, against the slot it is in."""
    day_key, start_key, end_key, length_key = _keys(told)
    if day_key:
        asked, days = told[day_key], story.days
        number = days.as_told(days.number(asked), asked)
        story.ledger.lived(f"{path}.{day_key}", asked, days.as_told(slot.day, asked), means=number)
        if days.from_zero:
            story.ledger.note("the file counts its days from 0; that is the first day")
    if start_key:
        _compare_start(story, f"{path}.{start_key}", told[start_key], hours, slot)
    if end_key and not hours.late and _looks_like_a_time(told[end_key]):
        means = _hh_mm(clock_time(_local(story, told[end_key])))
        story.ledger.lived(f"{path}.{end_key}", told[end_key], _hh_mm(slot.ends), means=means)
    if hours.minutes is not None and slot.starts is not None:
        story.ledger.lived(f"{path}.{length_key}", told[length_key], _length(slot), means=hours.minutes)


def _compare_start(story: Story, path: str, asked: object, hours: Hours, slot: Slot) -> None:
    if not _looks_like_a_time(asked):
        return
    starts, ends = clock_range(_local(story, asked))
    got, means = _hh_mm(slot.starts), _hh_mm(starts)
    if ends is not None and not hours.late:
        got, means = f"{got}-{_hh_mm(slot.ends)}", f"{means}-{_hh_mm(ends)}"
    moment = moment_of(asked)
    if moment is not None:
        got, means = f"day {slot.day}, {got}", f"day {hours.day}, {means}"
    story.ledger.lived(path, asked, got, means=means)


def _keys(told: Facts) -> tuple[str, str, str, str]:
    """Return the keys under which the file tells day, start, end and length; blank where it does not."""
    day, start, end, length = (next((k for k in keys if text(told.get(k))), "") for keys in (DAYS, STARTS, ENDS, LENGTHS))
    return day, start, end, length


def _day(story: Story, told: Facts, day_key: str, start_key: str) -> tuple[int, bool]:
    start = told.get(start_key)
    value = told[day_key] if day_key else _local(story, start) if moment_of(start) else None
    return (1, False) if value is None else (story.days.number_or_own(value), True)


def _local(story: Story, value: object) -> object:
    """Return a moment with an offset as the clocks of the meetup show it; as it is written, while its zone is not known."""
    moment = moment_of(value)
    if moment is None or moment.tzinfo is None:
        return value
    if story.meetup.timezone == "UTC" and "timezone" not in story.facts:
        return moment.replace(tzinfo=None)
    return moment.astimezone(ZoneInfo(story.meetup.timezone)).replace(tzinfo=None)


def _is_past_midnight(starts: time, ends: time) -> bool:
    return ends <= starts and starts >= _NIGHT_FROM and ends <= _NIGHT_TO


def _is_24(value: object) -> bool:
    return clock_time(value) == MIDNIGHT and text(value).startswith("24")


def _looks_like_a_time(value: object) -> bool:
    return any(letter.isdigit() for letter in text(value)) or day_of(value) is not None


def _length(slot: Slot) -> int | None:
    if slot.starts is None or slot.ends is None:
        return None
    return (slot.ends.hour - slot.starts.hour) * 60 + slot.ends.minute - slot.starts.minute


def _hh_mm(moment: time | None) -> str | None:
    return moment.strftime("%H:%M") if moment else None
