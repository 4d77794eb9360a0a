"""Sessions that take several slots, and who is there in which. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, time, timedelta
from typing import Final

from midcycle.agenda.rules.clock import in_order, moment, zone_of
from midcycle.agenda.rules.values import Slot

LONGEST_PAUSE: Final = 15
"""Minutes between two slots of one session at the most; what is longer is a break."""
MOST_ZONES_AHEAD: Final = 1


@dataclass(frozen=True, slots=True)
class Window:
    """Hours somebody takes part in, where they are; past midnight when the end is the earlier one."""

    timezone: str
    starts: time
    ends: time


def span(slots: Iterable[Slot], start: int, length: int) -> tuple[Slot, ...] | None:
    """Return the slots a session of `length` slots takes from a start; None where a break or the end of the day comes first."""
    ordered = [slot for slot in in_order(slots) if slot.starts is not None]
    found = [slot for slot in ordered if slot.id == start]
    while found and len(found) < length:
        following = _next(ordered, found[-1])
        if following is None:
            return None
        found.append(following)
    return tuple(found) or None


def spans(slots: Sequence[Slot], length: int) -> tuple[tuple[Slot, ...], ...]:
    """Return every stretch of `length` slots a session may take, in order of time."""
    found = (span(slots, slot.id, length) for slot in in_order(slots) if slot.starts is not None and slot.kind == "session")
    return tuple(stretch for stretch in found if stretch is not None)


def slots_there(
    slots: Iterable[Slot], window: Window | None, away: Collection[int], *, starts_on: date | None, timezone: str
) -> frozenset[int] | None:
    """Return the slots somebody is there in; None for all of them.

    A slot counts when it lies whole within the hours of the window, there where the person is. While the meetup has no dates
    the clocks of both places cannot be compared, and the window says nothing.
    """
    if not away and (window is None or starts_on is None):
        return None
    kept = (slot for slot in slots if slot.id not in away)
    return frozenset(slot.id for slot in kept if window is None or _within(slot, window, starts_on, timezone))


def _next(ordered: Sequence[Slot], last: Slot) -> Slot | None:
    if last.ends is None:
        return None
    later = [slot for slot in ordered if slot.day == last.day and slot.starts is not None and slot.starts >= last.ends]
    following = later[0] if later else None
    if following is None or following.kind != last.kind or following.starts is None or following.ends is None:
        return None
    return following if _minutes(following.starts) - _minutes(last.ends) <= LONGEST_PAUSE else None


def _within(slot: Slot, window: Window, starts_on: date | None, timezone: str) -> bool:
    begins = moment(starts_on, slot.day, slot.starts, zone_of(timezone))
    if begins is None:
        return True
    ends = moment(starts_on, slot.day, slot.ends, zone_of(timezone)) or begins
    there = zone_of(window.timezone)
    local = begins.astimezone(UTC).astimezone(there)
    for day in (local.date() - timedelta(days=MOST_ZONES_AHEAD), local.date()):
        opens = moment(day, 1, window.starts, there)
        closes = moment(day, 2 if window.ends < window.starts else 1, window.ends, there)
        if (
            opens
            and closes
            and opens.astimezone(UTC) <= begins.astimezone(UTC)
            and ends.astimezone(UTC) <= closes.astimezone(UTC)
        ):
            return True
    return False


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
