"""A problem as arrays for the kernel. Every index comes from a checked `Instance`, so the kernel need not doubt it."""

import ctypes
import math
from array import array
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from midcycle.engines.solver.instance import Instance

NO_LIMIT: Final = 1 << 30

_INTS: Final = ("people", "topics", "slots", "rooms", "levels", "words", "topic_words")
_SCORES: Final = ("attend", "pair", "one", "clash", "move_slot", "move_room")
_ARRAYS: Final = (
    "level",
    "need",
    "present",
    "conflict",
    "vote_start",
    "vote_person",
    "vote_weight",
    "need_start",
    "need_person",
    "own",
    "needed",
    "comfort",
    "fans",
    "span",
    "track",
    "wanted",
    "pool_start",
    "pool_person",
    "pool_weight",
    "pool_experienced",
    "may_start",
    "may_room",
    "closed",
    "capacity",
    "worth",
    "before_slot",
    "before_room",
)


class CProblem(ctypes.Structure):
    """`Problem` of solver.h: the same fields in the same order."""

    _fields_ = [
        *((name, ctypes.c_int32) for name in _INTS),
        *((name, ctypes.c_double) for name in _SCORES),
        *((name, ctypes.c_void_p) for name in _ARRAYS),
    ]


class Arrays:
    """The arrays of one problem; they live as long as this does.

    Votes are multiplied by `scale`, so that the vote for a session of several slots can be shared out among them.
    """

    def __init__(self, instance: Instance, worth: Iterable[float]) -> None:
        """Fill them. `worth` has what placing each topic counts, beside its votes."""
        self.instance = instance
        self.scale = math.lcm(*(t.duration for t in instance.topics))
        self.starts = [instance.starts(t) for t in range(len(instance.topics))]
        self.start_sets = [frozenset(starts) for starts in self.starts]
        self._kept: dict[str, array[int] | array[float] | bytes] = {}
        self.c = CProblem()
        self._sizes()
        self._votes()
        self._rules()
        self._moderators()
        self._set("worth", array("d", worth))
        self._before()

    def _set(self, name: str, values: "array[int] | array[float] | bytes") -> None:
        """Keep an array and hand its address to the kernel."""
        if isinstance(values, array):
            address = values.buffer_info()[0]
        else:
            address = ctypes.cast(ctypes.c_char_p(values), ctypes.c_void_p).value or 0
        self._kept[name] = values
        setattr(self.c, name, address)

    def _sizes(self) -> None:
        instance, c = self.instance, self.c
        c.people, c.topics = len(instance.people), len(instance.topics)
        c.slots, c.rooms = len(instance.slots), len(instance.rooms)
        c.words, c.topic_words = max(1, -(-c.people // 64)), -(-c.topics // 64)
        weights = instance.weights
        c.attend, c.pair, c.one = weights.attend / self.scale, weights.pair, weights.one_moderator
        c.clash, c.move_slot, c.move_room = weights.track_clash, weights.move_slot, weights.move_room
        scaled = (v.weight * self.scale // instance.topics[v.topic].duration for v in instance.votes)
        c.levels = max(scaled, default=1)

    def _votes(self) -> None:
        instance, size = self.instance, self.c.words * 8
        bits = [[0] * self.c.levels for _ in instance.topics]
        own = [0] * len(instance.topics)
        needed = [frozenset(t.needed) for t in instance.topics]
        for person, topic, weight in instance.votes:
            scaled = weight * self.scale // instance.topics[topic].duration
            if person in needed[topic]:
                own[topic] += scaled
            else:
                for k in range(scaled):
                    bits[topic][k] |= 1 << person
        self._set("level", b"".join(level.to_bytes(size, "little") for levels in bits for level in levels))
        self._set("own", array("i", own))
        self._lists(needed)
        self._set("fans", array("i", [levels[0].bit_count() for levels in bits]))
        self.need = [sum(1 << p for p in people) for people in needed]
        self._set("need", b"".join(people.to_bytes(size, "little") for people in self.need))
        self._set("needed", array("i", [len(people) for people in needed]))
        present = [sum(1 << p for p, guest in enumerate(instance.people) if guest.slots is None or s in guest.slots)
                   for s in range(len(instance.slots))]  # fmt: skip
        self.present = present
        self._set("present", b"".join(people.to_bytes(size, "little") for people in present))

    def _lists(self, needed: list[frozenset[int]]) -> None:
        """Give the same votes and needs as lists."""
        votes: list[list[tuple[int, int]]] = [[] for _ in needed]
        for person, topic, weight in self.instance.votes:
            if person not in needed[topic]:
                votes[topic].append((person, weight * self.scale // self.instance.topics[topic].duration))
        self._set("vote_start", array("i", accumulate((len(mine) for mine in votes), initial=0)))
        self._set("vote_person", array("i", [p for mine in votes for p, _ in mine] or [0]))
        self._set("vote_weight", array("i", [w for mine in votes for _, w in mine] or [0]))
        self._set("need_start", array("i", accumulate((len(people) for people in needed), initial=0)))
        self._set("need_person", array("i", [p for people in needed for p in sorted(people)] or [0]))

    def _rules(self) -> None:
        instance = self.instance
        topics, rooms = instance.topics, instance.rooms
        self.conflicts = self._conflicts()
        size = self.c.topic_words * 8
        self._set("conflict", b"".join(others.to_bytes(size, "little") for others in self.conflicts))
        self._set("comfort", array("i", [NO_LIMIT if t.most is None else t.most for t in topics]))
        self._set("span", array("i", [t.duration for t in topics]))
        tracks = {track: n for n, track in enumerate(sorted({t.track for t in topics}))}
        self._set("track", array("i", [tracks[t.track] for t in topics]))
        self._set("may_start", bytes(s in set(found) for found in self.starts for s in range(len(instance.slots))))
        self.may_room = [[self._bears(t, r) for r in range(len(rooms))] for t in range(len(topics))]
        self._set("may_room", bytes(may for row in self.may_room for may in row))
        self._set("closed", bytes(s in room.closed for room in rooms for s in range(len(instance.slots))))
        self._set("capacity", array("i", [room.capacity for room in rooms]))

    def _conflicts(self) -> list[int]:
        """Return for each topic those that need one of its people too, as bits."""
        needs: dict[int, int] = {}
        for t, theme in enumerate(self.instance.topics):
            for person in theme.needed:
                needs[person] = needs.get(person, 0) | 1 << t
        found = []
        for t, theme in enumerate(self.instance.topics):
            others = 0
            for person in theme.needed:
                others |= needs[person]
            found.append(others & ~(1 << t))
        return found

    def _bears(self, topic: int, room: int) -> bool:
        theme = self.instance.topics[topic]
        return theme.fixed_room in {None, room} and len(set(theme.needed)) <= self.instance.seats(topic, room)

    def _moderators(self) -> None:
        instance, starts = self.instance, [0]
        people: list[int] = []
        weights: list[int] = []
        for t, theme in enumerate(instance.topics):
            pool = [p for p in theme.volunteers if instance.people[p].most_moderations > 0]
            people += pool
            weights += [instance.wants[p].get(t, 0) * self.scale // theme.duration for p in pool]
            starts.append(len(people))
        self._set("wanted", array("i", [min(t.moderators, 2) for t in instance.topics]))
        self._set("pool_start", array("i", starts))
        self._set("pool_person", array("i", people or [0]))
        self._set("pool_weight", array("i", weights or [0]))
        self._set("pool_experienced", array("i", [int(instance.people[p].experienced) for p in people] or [0]))

    def _before(self) -> None:
        previous = self.instance.previous
        spots = [previous.get(t, (-1, -1)) for t in range(len(self.instance.topics))]
        self._set("before_slot", array("i", [slot for slot, _ in spots]))
        self._set("before_room", array("i", [room for _, room in spots]))
