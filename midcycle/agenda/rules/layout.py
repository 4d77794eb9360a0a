"""An agenda as a grid: days, rows of time, and a cell for each room. Pure, and the same for visitors and organisers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from midcycle.agenda.rules.clock import day_name, in_order, moment
from midcycle.agenda.rules.values import UNKNOWN_ROOM, Room, Slot
from midcycle.kernel.words import gettext


class Sits(Protocol):
    """Something that has a slot and perhaps a room."""

    @property
    def slot(self) -> int | None:
        """Number of its slot."""

    @property
    def room(self) -> int | None:
        """Number of its room."""

    @property
    def for_all(self) -> bool:
        """Whether everybody is there."""

    @property
    def further(self) -> tuple[int, ...]:
        """Numbers of the slots it goes on through."""


Item = TypeVar("Item", bound=Sits)


@dataclass(frozen=True, slots=True)
class Column:
    """A room of the grid; the last one may stand for rooms nobody recorded (`id` None)."""

    id: int | None
    name: str
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Cell(Generic[Item]):
    """What is in a room at a time: nothing, one, or several when it is booked twice; and what goes on there from before."""

    room: Column
    items: tuple[Item, ...]
    going_on: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Row(Generic[Item]):
    """One slot. `together`: its sessions run across all rooms. `starts` and `ends` are ISO 8601 with offset, or empty."""

    slot: Slot
    cells: tuple[Cell[Item], ...]
    together: bool
    starts: str
    ends: str

    @property
    def is_empty(self) -> bool:
        """Whether no session is in it."""
        return not any(cell.items or cell.going_on for cell in self.cells)

    @property
    def gap(self) -> str:
        """What an empty row is: `free` time, or a `break` in what people plan."""
        return "free" if self.slot.kind == "free" else "break"


@dataclass(frozen=True, slots=True)
class Day(Generic[Item]):
    """One day of the grid."""

    number: int
    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row[Item], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the grid is drawn on. `every_room`: also rooms in which nothing runs that day get a column."""

    rooms: Sequence[Room]
    slots: Sequence[Slot]
    starts_on: date | None
    zone: ZoneInfo
    every_room: bool = False


def days(frame: Frame, items: Iterable[Item]) -> tuple[Day[Item], ...]:
    """Return the days that have slots, each with its rooms in order and its slots in order of time."""
    by_slot: dict[int, list[Item]] = {}
    going_on: dict[int, list[Item]] = {}
    for item in items:
        if item.slot is not None:
            by_slot.setdefault(item.slot, []).append(item)
            for slot in item.further:
                going_on.setdefault(slot, []).append(item)
    numbers = sorted({slot.day for slot in frame.slots})
    return tuple(_day(frame, number, by_slot, going_on) for number in numbers)


def _day(frame: Frame, number: int, by_slot: dict[int, list[Item]], going_on: dict[int, list[Item]]) -> Day[Item]:
    slots = in_order(slot for slot in frame.slots if slot.day == number)
    beside = [item for slot in slots for item in by_slot.get(slot.id, []) if not _together(slot, by_slot)]
    columns = _columns(frame, {item.room for item in beside})
    rows = tuple(_row(frame, slot, columns, by_slot, going_on.get(slot.id, [])) for slot in slots)
    return Day(number, day_name(frame.starts_on, number), columns, rows)


def _columns(frame: Frame, used: set[int | None]) -> tuple[Column, ...]:
    shown = [room for room in frame.rooms if frame.every_room or room.id in used]
    columns = [Column(room.id, room.name, room.capacity) for room in shown]
    return (*columns, Column(None, gettext(UNKNOWN_ROOM))) if None in used else tuple(columns)


def _row(
    frame: Frame, slot: Slot, columns: Sequence[Column], by_slot: dict[int, list[Item]], going_on: Sequence[Item]
) -> Row[Item]:
    items = by_slot.get(slot.id, [])
    together = _together(slot, by_slot) and not going_on
    shown = _everywhere(frame, items) if together else columns
    cells = tuple(Cell(column, _in(items, column), _in(going_on, column)) for column in shown)
    starts = moment(frame.starts_on, slot.day, slot.starts, frame.zone)
    ends = moment(frame.starts_on, slot.day, slot.ends, frame.zone)
    return Row(slot, cells, together, starts.isoformat() if starts else "", ends.isoformat() if ends else "")


def _in(items: Iterable[Item], column: Column) -> tuple[Item, ...]:
    return tuple(item for item in items if item.room == column.id)


def _together(slot: Slot, by_slot: dict[int, list[Item]]) -> bool:
    """Say whether what runs then runs alone, and so may take the whole width."""
    items = by_slot.get(slot.id, [])
    return len(items) == 1 and (items[0].for_all or slot.kind != "session")


def _everywhere(frame: Frame, items: Sequence[Item]) -> tuple[Column, ...]:
    room = next((room for room in frame.rooms if room.id == items[0].room), None)
    return (Column(room.id, room.name, room.capacity) if room else Column(None, gettext(UNKNOWN_ROOM)),)
