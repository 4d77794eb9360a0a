"""The kernel's four deeds as Python functions."""

import ctypes
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from midcycle.engines.solver.native.problem import Arrays

HERE: Final = Path(__file__).parent
EVERYTHING: Final = 0.0
BEST_ONLY: Final = 1.0
NOTHING_OPEN: Final = -1e299


class Stop:
    """A flag that other threads raise; the kernel looks at it too."""

    def __init__(self) -> None:
        """Begin with the flag down."""
        self.flag = ctypes.c_int32(0)

    def set(self) -> None:
        """Ask whoever looks at it to come to an end."""
        self.flag.value = 1

    def __bool__(self) -> bool:
        return bool(self.flag.value)


def _library() -> ctypes.CDLL:
    path = HERE / ("kernel-v3.so" if _is_v3() else "kernel.so")
    if not path.exists():
        raise RuntimeError("The kernel of the solver is not built. Run make, or install Midcycle again.")
    library = ctypes.CDLL(str(path))
    library.solver_fill.restype = ctypes.c_double
    library.solver_anneal.restype = ctypes.c_double
    library.solver_price.restype = ctypes.c_int32
    library.solver_seat.restype = ctypes.c_int64
    library.solver_cover.restype = ctypes.c_int32
    return library


def _is_v3() -> bool:
    """Tell whether the processor has what x86-64-v3 asks for, and a kernel for it was built."""
    facts = Path("/proc/cpuinfo")
    if not (HERE / "kernel-v3.so").exists() or not facts.exists():
        return False
    with facts.open() as lines:
        flags = next((set(line.split()) for line in lines if line.startswith("flags")), set())
    return {"avx2", "bmi1", "bmi2", "fma", "movbe", "popcnt", "abm"} <= flags


_LOADED: Final[list[ctypes.CDLL]] = []


def library() -> ctypes.CDLL:
    """Return the kernel, loaded once. Raises RuntimeError when it was not built."""
    if not _LOADED:
        _LOADED.append(_library())
    return _LOADED[0]


def _at(values: "array[int] | array[float]") -> ctypes.c_void_p:
    return ctypes.c_void_p(values.buffer_info()[0])


class Walk:
    """An agenda under way: where the walk is, the best place it met, and what that is worth."""

    def __init__(self, arrays: Arrays, seed: int) -> None:
        """Begin with nothing placed."""
        topics = len(arrays.instance.topics)
        self.arrays = arrays
        self.slot, self.room = array("i", [-1]) * topics, array("i", [-1]) * topics
        self.best_slot, self.best_room = array("i", self.slot), array("i", self.room)
        self.best = float("-inf")
        self.random = ctypes.c_uint64((seed * 0x9E3779B97F4A7C15 + 0x1234567) & (2**64 - 1) or 1)
        self.movable = array("i", [t for t, starts in enumerate(arrays.starts) if starts and any(arrays.may_room[t])])

    def fill(self, order: Sequence[int]) -> None:
        """Place what has no place yet, topic after topic, each where it adds most."""
        capacity = [room.capacity for room in self.arrays.instance.rooms]
        rooms = array("i", sorted(range(len(capacity)), key=lambda r: (-capacity[r], r)))
        topics = array("i", order)
        self.best = library().solver_fill(ctypes.byref(self.arrays.c), _at(topics), _at(rooms), _at(self.slot), _at(self.room))
        self.best_slot, self.best_room = array("i", self.slot), array("i", self.room)

    def anneal(self, moves: int, hot: float, cold: float) -> None:
        """Try so many moves."""
        self.best = library().solver_anneal(
            ctypes.byref(self.arrays.c), _at(self.movable), len(self.movable), moves, ctypes.c_double(hot),
            ctypes.c_double(cold), ctypes.byref(self.random), _at(self.slot), _at(self.room), _at(self.best_slot),
            _at(self.best_room), ctypes.c_double(self.best),
        )  # fmt: skip

    def back(self) -> None:
        """Go back to the best place met."""
        self.slot, self.room = array("i", self.best_slot), array("i", self.best_room)

    def put(self, spots: Sequence[tuple[int, int]]) -> None:
        """Begin from a given agenda: a slot and a room for each topic, -1 for none."""
        self.slot, self.room = array("i", [s for s, _ in spots]), array("i", [r for _, r in spots])
        self.best_slot, self.best_room = array("i", self.slot), array("i", self.room)
        self.best = float("-inf")


@dataclass(frozen=True)
class Offers:
    """What one slot can hold: pieces (a topic and which of its slots), and the seats of its rooms, largest first.

    `bonus` is what each piece adds beside votes and moderators, `promise` the most moderators can add. `seats` are
    those of a piece that is bound to one room, and `room` is that room's place among the sizes (-1: any, or none of them).
    """

    slot: int
    topics: tuple[int, ...]
    bonus: tuple[float, ...]
    promise: tuple[float, ...]
    seats: tuple[int, ...]
    room: tuple[int, ...]
    ladder: tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """Sets of pieces (by place in the offers) with what they are worth at the prices, and what bounds all others."""

    sets: tuple[tuple[tuple[int, ...], float], ...]
    best: float
    open: float
    nodes: int

    @property
    def most(self) -> float:
        """No set at all is worth more than this or the bar, whichever is larger."""
        return max(self.best, self.open)

    @property
    def complete(self) -> bool:
        """Tell whether everything above the bar was looked at."""
        return self.open < NOTHING_OPEN


@dataclass(frozen=True)
class Effort:
    """How to price: sets worth more than `bar`; with BEST_ONLY those better than the best so far; limits and the flag."""

    bar: float
    keen: float
    nodes: int
    most: int
    stop: Stop


def price(arrays: Arrays, offers: Offers, prices: Sequence[float], effort: Effort) -> Found:
    """Find the sets of pieces that are worth most at the given prices of pieces."""
    items, rooms = len(offers.topics), len(offers.ladder)
    reward = array("d", [b - p for b, p in zip(offers.bonus, prices, strict=True)] or [0.0])
    size, sets = array("i", [0]) * effort.most, array("i", [0]) * (effort.most * max(1, rooms))
    value = array("d", [0.0]) * effort.most
    best, left, nodes = ctypes.c_double(), ctypes.c_double(), ctypes.c_int64()
    topics = array("i", offers.topics or [0])
    promise = array("d", offers.promise or [0.0])
    tied, room = array("i", offers.seats or [-1]), array("i", offers.room or [-1])
    ladder = array("i", offers.ladder or [0])
    count = library().solver_price(
        ctypes.byref(arrays.c), offers.slot, items, _at(topics), _at(reward), _at(promise), _at(tied),
        _at(room), _at(ladder), rooms, ctypes.c_double(effort.bar), ctypes.c_double(effort.keen),
        ctypes.c_int64(effort.nodes), effort.most, _at(size), _at(sets), _at(value), ctypes.byref(best),
        ctypes.byref(left), ctypes.byref(nodes), ctypes.byref(effort.stop.flag),
    )  # fmt: skip
    found = tuple((tuple(sets[n * rooms : n * rooms + size[n]]), value[n]) for n in range(count))
    return Found(found, best.value, left.value, nodes.value)


def seat(wants: Sequence[Sequence[tuple[int, int]]], seats: Sequence[int]) -> list[int]:
    """Seat people in the sessions of one slot so that most weight is attended; -1 for who gets no seat.

    `wants` has for each person the sessions (places in `seats`) and their weights, all above 0.
    """
    starts = array("i", [0])
    topic, weight = array("i"), array("i")
    for mine in wants:
        topic.extend(t for t, _ in mine)
        weight.extend(w for _, w in mine)
        starts.append(len(topic))
    topic.append(0)
    weight.append(0)
    left, found = array("i", seats or [0]), array("i", [-1]) * max(1, len(wants))
    library().solver_seat(len(wants), len(seats), _at(starts), _at(topic), _at(weight), _at(left), _at(found))
    return list(found[: len(wants)])


@dataclass(frozen=True)
class Choice:
    """Columns for an exact cover: their topics, kinds (-1: leaves a topic out) and losses, smallest first.

    `slots` has how many columns of a kind fit, `idle` what an empty slot of it loses. `bans` has for each column the numbers
    (0 to 63) of the choices it belongs to that must not be made again.
    """

    topics: int
    members: Sequence[Sequence[int]]
    kinds: Sequence[int]
    losses: Sequence[float]
    slots: Sequence[int]
    idle: Sequence[float]
    bans: Sequence[Sequence[int]]


@dataclass(frozen=True)
class Limits:
    """The most losses of a choice, by how much one must be better than the last to count, and how long to look."""

    budget: float
    step: float
    nodes: int


def cover(choice: Choice, limits: Limits, stop: Stop) -> tuple[list[int] | None, bool]:
    """Return the columns that cover each topic once with the least loss within the budget (None: there are none).

    The second value tells whether the search went through everything.
    """
    words = -(-choice.topics // 64)
    mask = b"".join(sum(1 << t for t in set(topics)).to_bytes(8 * words, "little") for topics in choice.members)
    depth = min(choice.topics, sum(choice.slots) + sum(kind < 0 for kind in choice.kinds))
    chosen, left = array("i", [0]) * (depth + 1), array("i", choice.slots or [0])
    kinds, losses = array("i", choice.kinds or [0]), array("d", choice.losses or [0.0])
    idle = array("d", choice.idle or [0.0])
    bans = array("Q", [sum(1 << n for n in numbers) for numbers in choice.bans] or [0])
    spent, used = ctypes.c_double(limits.budget), ctypes.c_int64()
    count = library().solver_cover(
        choice.topics, len(choice.members), ctypes.c_char_p(mask), _at(kinds), _at(losses), _at(bans), len(choice.slots),
        _at(left), _at(idle), depth, ctypes.byref(spent), ctypes.c_double(limits.step), ctypes.c_int64(limits.nodes),
        _at(chosen), ctypes.byref(used), ctypes.byref(stop.flag),
    )  # fmt: skip
    complete = used.value < limits.nodes and not stop
    return (None if count < 0 else list(chosen[:count])), complete
