"""What an agenda would be better without, though nothing forbids it. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from functools import reduce
from itertools import pairwise
from typing import Final

from midcycle.agenda.rules import FEWEST, FORMATS, LAYOUTS, SUITS, WITHOUT_MICROPHONE, a_format, layout_within
from midcycle.agenda.rules.clock import day_name
from midcycle.agenda.rules.values import Agenda, Room, Session, Slot
from midcycle.kernel.words import gettext, gettext_noop, ngettext

_SEVERAL: Final[Mapping[str, str]] = {
    "general_session": gettext_noop("general sessions"),
    "working_group": gettext_noop("working groups"),
    "birds_of_a_feather": gettext_noop("birds of a feather"),
}
_FEW: Final = 3
"""Sessions that are too small for their format are told one by one up to so many."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence, and the session it is about if it is about one.

    `small` is the format of sessions that fewer want than it is good for, when the sentence is about several of them.
    """

    sentence: str
    session: int | None = None
    small: str = ""

    @property
    def instead(self) -> Mapping[str, str]:
        """The formats that suit fewer people, with the words for several of them."""
        fewest = FEWEST.get(self.small, 0)
        return {key: gettext(_SEVERAL[key]) for key, few in FEWEST.items() if few < fewest}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the agenda: how rooms stand, how far they are apart, who has to be where, how many want what."""

    layouts: Mapping[int, str]
    microphones: Mapping[int, int | None]
    walks: Mapping[frozenset[int], int]
    needed: Mapping[int, Sequence[tuple[int, str]]]
    wanted: Mapping[int, int]
    free_minutes: int = 0


def hints(agenda: Agenda, known: Known) -> tuple[Hint, ...]:
    """Return everything worth a second look: free time first, then sizes and rooms, then crowded times and walks."""
    return (
        *squeezed(agenda, known.free_minutes),
        *_sizes(agenda, known),
        *_small(agenda, known.wanted),
        *_rooms(agenda, known),
        *_groups(agenda),
        *_walks(agenda, known),
    )


def free_minutes(slots: Iterable[Slot], day: int) -> int:
    """Return how many minutes of a day are kept free."""
    return sum(_minutes(slot.starts, slot.ends) for slot in slots if slot.day == day and slot.kind == "free")


def squeezed(agenda: Agenda, promised: int) -> Iterable[Hint]:
    """Return a sentence for each day that has less free time than the `promised` minutes."""
    taken = {slot for session in agenda.placed() for slot in (session.slot, *session.further)}
    for day in sorted({slot.day for slot in agenda.slots}):
        left = free_minutes((slot for slot in agenda.slots if slot.id not in taken), day)
        if left < promised:
            facts = {"day": day_name(agenda.starts_on, day), "count": left, "promised": promised}
            yield Hint((_little_time(left) if left else _no_time(promised)) % facts)


def _little_time(left: int) -> str:
    return ngettext(
        "%(day)s has %(count)s minute kept free; %(promised)s minutes were promised.",
        "%(day)s has %(count)s minutes kept free; %(promised)s minutes were promised.",
        left,
    )


def _no_time(promised: int) -> str:
    return ngettext(
        "%(day)s has no time kept free; %(promised)s minute was promised.",
        "%(day)s has no time kept free; %(promised)s minutes were promised.",
        promised,
    )


def too_small(agenda: Agenda, wanted: Mapping[int, int]) -> dict[str, list[Session]]:
    """Return by format the placed sessions that fewer want than it is good for."""
    found: dict[str, list[Session]] = {}
    for session in agenda.placed():
        if 0 < wanted.get(session.id, 0) < FEWEST.get(session.format, 0):
            found.setdefault(session.format, []).append(session)
    return found


def _small(agenda: Agenda, wanted: Mapping[int, int]) -> Iterable[Hint]:
    for key, sessions in too_small(agenda, wanted).items():
        facts: dict[str, object] = {"a_format": a_format(key), "fewest": FEWEST[key]}
        if len(sessions) <= _FEW:
            for session in sessions:
                count = wanted[session.id]
                told = ngettext(
                    "%(count)s person wants %(title)s: %(a_format)s is good for %(fewest)s and more.",
                    "%(count)s people want %(title)s: %(a_format)s is good for %(fewest)s and more.",
                    count,
                )
                yield Hint(told % {**facts, "count": count, "title": session.title}, session.id)
            continue
        some = "; ".join(f"{session.title} ({wanted[session.id]})" for session in sessions[:_FEW])
        facts |= {"count": len(sessions), "sessions": some, "more": len(sessions) - _FEW}
        yield Hint(_several_small(len(sessions)) % facts, small=key)


def _several_small(count: int) -> str:
    return ngettext(
        "Fewer than %(fewest)s people want each of %(count)s sessions, and %(a_format)s is good for %(fewest)s and more: "
        "%(sessions)s; and %(more)s more.",
        "Fewer than %(fewest)s people want each of %(count)s sessions, and %(a_format)s is good for %(fewest)s and more: "
        "%(sessions)s; and %(more)s more.",
        count,
    )


def _sizes(agenda: Agenda, known: Known) -> Iterable[Hint]:
    for session in agenda.placed():
        wanted, most = known.wanted.get(session.id, 0), FORMATS[session.format].comfortable
        facts = {"count": wanted, "title": session.title, "a_format": a_format(session.format), "most": most}
        if most is not None and wanted > most:
            crowded = ngettext(
                "%(count)s wants %(title)s: %(a_format)s is good for %(most)s at the most. Repeat or split it.",
                "%(count)s want %(title)s: %(a_format)s is good for %(most)s at the most. Repeat or split it.",
                wanted,
            )
            yield Hint(crowded % facts, session.id)
        if len(session.further) + 1 < session.length:
            cut = ngettext(
                "%(title)s takes %(count)s slot, but a break comes before it ends.",
                "%(title)s takes %(count)s slots, but a break comes before it ends.",
                session.length,
            )
            yield Hint(cut % {"title": session.title, "count": session.length}, session.id)


def _rooms(agenda: Agenda, known: Known) -> Iterable[Hint]:
    rooms = {room.id: room for room in agenda.rooms}
    for session in agenda.placed():
        room = rooms.get(session.room or 0)
        if room is None:
            continue
        layout, suits = known.layouts.get(room.id, ""), SUITS.get(session.format)
        if layout and suits and layout not in suits:
            yield Hint(_suits_not(session, room, layout, suits), session.id)
        expected = _expected(session, room, known)
        if known.microphones.get(room.id) == 0 and expected > WITHOUT_MICROPHONE:
            unheard = ngettext(
                "%(count)s may come to %(title)s, and %(room)s has no microphone.",
                "%(count)s may come to %(title)s, and %(room)s has no microphone.",
                expected,
            )
            yield Hint(unheard % {"count": expected, "title": session.title, "room": room.name}, session.id)


def _suits_not(session: Session, room: Room, layout: str, suits: Collection[str]) -> str:
    names = [layout_within(key) for key in LAYOUTS if key in suits]
    better = reduce(lambda one, other: gettext("%(one)s or %(other)s") % {"one": one, "other": other}, names)
    facts = {"title": session.title, "room": room.name, "layout": layout_within(layout), "better": better}
    return gettext("%(title)s is in %(room)s, set as %(layout)s; %(better)s suits it.") % facts


def _expected(session: Session, room: Room, known: Known) -> int:
    wanted = known.wanted.get(session.id, 0)
    return wanted if room.capacity is None else min(wanted, room.capacity)


def _groups(agenda: Agenda) -> Iterable[Hint]:
    """Working groups are where people commit themselves: spread out, somebody can be in several."""
    groups = Counter(session.slot for session in agenda.placed() if session.format == "working_group")
    times = [slot for slot in agenda.slots if slot.kind == "session" and slot.only in ("", "working_group")]
    if not times:
        return
    fair = -(-sum(groups.values()) // len(times))
    for slot in times:
        if groups[slot.id] > max(fair, 1):
            day = day_name(agenda.starts_on, slot.day)
            facts = {"count": groups[slot.id], "day": day, "time": f"{slot.starts:%H:%M}" if slot.starts else ""}
            yield Hint((_at_once(groups[slot.id]) if slot.starts else _at_once_somewhen(groups[slot.id])) % facts)


def _at_once(count: int) -> str:
    return ngettext(
        "%(count)s working group runs at once on %(day)s at %(time)s; spread, somebody could be in several.",
        "%(count)s working groups run at once on %(day)s at %(time)s; spread, somebody could be in several.",
        count,
    )


def _at_once_somewhen(count: int) -> str:
    return ngettext(
        "%(count)s working group runs at once on the same time; spread, somebody could be in several.",
        "%(count)s working groups run at once on the same time; spread, somebody could be in several.",
        count,
    )


def _walks(agenda: Agenda, known: Known) -> Iterable[Hint]:
    slots = {slot.id: slot for slot in agenda.slots}
    rooms = {room.id: room.name for room in agenda.rooms}
    by_person: dict[int, list[tuple[Slot, Slot, Session, str]]] = {}
    for session in agenda.placed():
        last = agenda.last_slot_of(session)
        for person, name in known.needed.get(session.id, ()):
            if session.slot in slots and last is not None:
                by_person.setdefault(person, []).append((slots[session.slot], last, session, name))
    for held in by_person.values():
        ordered = sorted(held, key=lambda item: (item[0].day, item[0].starts or time()))
        for (_, ends, one, name), (starts, _, other, _) in pairwise(ordered):
            walk = known.walks.get(frozenset((one.room or 0, other.room or 0)), 0)
            gap = _minutes(ends.ends, starts.starts) if ends.day == starts.day else walk
            if 0 <= gap < walk:
                facts = {"name": name, "count": gap, "walk": walk, "title": other.title}
                there = {"one": rooms.get(one.room or 0), "other": rooms.get(other.room or 0)}
                yield Hint(_too_far(gap) % {**facts, **there}, other.id)


def _too_far(gap: int) -> str:
    return ngettext(
        "%(name)s has %(count)s minute from %(one)s to %(other)s, a walk of %(walk)s: before %(title)s.",
        "%(name)s has %(count)s minutes from %(one)s to %(other)s, a walk of %(walk)s: before %(title)s.",
        gap,
    )


def _minutes(starts: time | None, ends: time | None) -> int:
    if starts is None or ends is None:
        return 0
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
