"""How many people the file counts: each number is a count of all of them or of a group, and none is added twice. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from midcycle.site.replay.reading import Facts, mapping, text, truth, whole
from midcycle.site.replay.times import day_of

What = Literal["came", "registered", "waiting", "no_shows", "limit"]
_WORDS: Final[dict[str, What]] = {
    "attendance": "came",
    "attended": "came",
    "attendees": "came",
    "present": "came",
    "came": "came",
    "checked_in": "came",
    "actual": "came",
    "registered": "registered",
    "registrations": "registered",
    "rsvp": "registered",
    "rsvps": "registered",
    "rsvped": "registered",
    "signed_up": "registered",
    "waitlist": "waiting",
    "waitlisted": "waiting",
    "waiting": "waiting",
    "waiting_list": "waiting",
    "no_shows": "no_shows",
    "no_show": "no_shows",
    "noshows": "no_shows",
    "announced_ticket_limit": "limit",
    "ticket_limit": "limit",
    "capacity": "limit",
}
_AT_THE_TOP: Final = ("announced_ticket_limit", "ticket_limit", "registered", "waitlist", "no_shows")
_NO_GROUPS: Final = ("expected", "planned", "target", "estimated", "invited", "capacity", "limit", "year", "hours")
_OF_A_DAY: Final = re.compile(r"(?:day[ _-]?\d{1,2}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """A count of the file: its path, its value as written and as a number, what it counts, and of which group."""

    path: str
    value: object
    number: int
    what: What
    group: str = ""


@dataclass(frozen=True)
class Group:
    """People counted apart: how many asked for a seat, how many came; None where the file does not say."""

    name: str
    asked: int | None
    came: int | None

    @property
    def registered(self) -> int:
        """How many registered; where only those who came were counted, those."""
        return (self.came or 0) if self.asked is None else self.asked


@dataclass(frozen=True)
class Heads:
    """Everything the file counts, and what follows for registration and the door."""

    told: tuple[Told, ...]
    groups: tuple[Group, ...]
    sold_out: bool | None
    cancelled: bool
    quotas: int = 0

    def first(self, what: What) -> int | None:
        """Return the first count of everybody, None when the file does not say."""
        return next((told.number for told in self.told if told.what == what and not told.group), None)

    @property
    def limit(self) -> int | None:
        """Return how many seats were announced."""
        return self.first("limit")

    @property
    def came(self) -> int | None:
        """Return how many came; nobody to what was cancelled."""
        if self.cancelled:
            return self.first("came")
        if self.groups and all(group.came is not None for group in self.groups):
            return sum(group.came or 0 for group in self.groups)
        told, registered, absent = self.first("came"), self.first("registered"), self.first("no_shows")
        if told is None and registered is not None and absent is not None:
            return max(registered - absent, 0)
        if told is None and not any(count.what in ("registered", "limit") for count in self.told):
            return self.quotas or None
        return told

    @property
    def registered(self) -> int | None:
        """Return how many had a seat in the end, walk-ins aside; the limit alone only counts where it was used up."""
        came, limit, absent = self.came, self.limit, self.first("no_shows") or 0
        if self.groups:
            return max(sum(group.registered for group in self.groups), self.first("registered") or 0)
        told = self.first("registered")
        if told is not None:
            return limit if limit is not None and told == limit + (self.first("waiting") or 0) else told
        if (self.sold_out or self.first("waiting")) and limit is not None and not self.cancelled:
            return max(limit, (came or 0) + absent)
        if came is None and limit is not None and self.sold_out is None and not self.cancelled:
            return limit
        return None if came is None and not absent else (came or 0) + absent

    @property
    def waiting(self) -> int:
        """Return how many were in the waitlist in the end, as far as they were counted."""
        return self.first("waiting") or 0

    @property
    def let_in(self) -> int:
        """Return how many of those counted as waiting came after all, when more came than had registered."""
        beyond = (self.came or 0) - (self.registered or 0)
        return 0 if self.groups else max(min(beyond, self.waiting), 0)

    @property
    def marks_absence(self) -> bool:
        """Say whether the file tells registrations and people at the door apart."""
        counted = any(told.what in ("registered", "no_shows") for told in self.told)
        return counted and self.came is not None and not self.cancelled


def heads_of(facts: Facts) -> Heads:
    """Return every count of a file."""
    told = (*_in_size(facts), *_in_attendance(facts.get("attendance")), *_in_capacity(facts))
    known = tuple(_without_repeats(told))
    came = next((count.number for count in known if count.what == "came" and not count.group), None)
    found = _completed(groups(facts.get("attendance")), came)
    kept = tuple(count for count in known if not count.group or found)
    quotas = max(_people_in(facts.get(key)) for key in ("attendee_sectors", "attendee_regions"))
    return Heads(kept, found, truth(mapping(facts.get("size")).get("sold_out")), is_cancelled(facts), quotas)


def is_cancelled(facts: Facts) -> bool:
    """Say whether the meetup was called off."""
    said = facts.get("cancelled", facts.get("canceled"))
    if isinstance(said, dict):
        said = said.get("value", True)
    status = text(facts.get("status")).lower()
    return bool(truth(said)) or status.startswith(("cancelled", "canceled", "called off")) or day_of(said) is not None


def groups(attendance: object) -> tuple[Group, ...]:
    """Return the groups people were counted in: `{new: 162}` or `{new: {rsvp: 110, attended: 75}}`.

    `registered`, `attended`, `waitlist` and the like are counts of all people, and those of a day are no group either.
    """
    found = []
    for name, value in mapping(attendance).items():
        if not _names_a_group(name):
            continue
        inner = {_WORDS[_key(key)]: whole(count) for key, count in mapping(value).items() if _key(key) in _WORDS}
        asked, came = inner.get("registered"), inner.get("came") if isinstance(value, dict) else whole(value)
        if asked is not None or came is not None:
            found.append(Group(str(name), asked, came))
    return tuple(found)


def quotas_of(value: object) -> dict[str, object]:
    """Return words with how many people each stands for, as told: `{operators: 60}`, `{europe: 70%}`; empty for a list."""
    return {
        str(word): count for word, count in mapping(value).items() if whole(count) is not None or percent(count) is not None
    }


def percent(value: object) -> int | None:
    """Return the 70 of `70%`."""
    found = re.fullmatch(r"\s*(\d{1,3})\s*%\s*", value) if isinstance(value, str) else None
    return int(found[1]) if found else None


def _in_size(facts: Facts) -> Iterator[Told]:
    for key, value in mapping(facts.get("size")).items():
        if _key(key) in _WORDS:
            yield from _count(f"size.{key}", value, _WORDS[_key(key)])
    for key in _AT_THE_TOP:
        yield from _count(key, facts.get(key), _WORDS[key])


def _in_attendance(attendance: object) -> Iterator[Told]:
    yield from _count("attendance", attendance, "came")
    days: list[int] = []
    for name, value in mapping(attendance).items():
        path, key = f"attendance.{name}", _key(name)
        if key == "total" and not isinstance(value, dict):
            yield from _count(path, value, "came")
        elif key in _WORDS:
            yield from _count(path, value, _WORDS[key])
        elif _is_of_a_day(name):
            days += [number for number in (whole(value),) if number is not None]
        elif _names_a_group(name) and not isinstance(value, dict):
            yield from _count(path, value, "came", str(name))
        elif isinstance(value, dict):
            yield from _of_one(path, value, "" if key == "total" else str(name))
    if days:
        yield Told("", max(days), max(days), "came")


def _of_one(path: str, value: Facts, group: str) -> Iterator[Told]:
    for key, count in value.items():
        if _key(key) in _WORDS:
            yield from _count(f"{path}.{key}", count, _WORDS[_key(key)], group)


def _in_capacity(facts: Facts) -> Iterator[Told]:
    capacity = facts.get("capacity")
    yield from _count("capacity", capacity, "limit")
    parts = [whole(value) for value in mapping(capacity).values()]
    if parts and all(part is not None for part in parts):
        total = sum(part or 0 for part in parts)
        yield Told("capacity (all groups)", total, total, "limit")


def _count(path: str, value: object, what: What, group: str = "") -> Iterator[Told]:
    number = whole(value)
    if number is not None:
        yield Told(path, value, number, what, group)


def _without_repeats(told: tuple[Told, ...]) -> Iterator[Told]:
    """Leave out the room there was where a limit was announced."""
    announced = [count.number for count in told if count.what == "limit"]
    for count in told:
        is_room = count.what == "limit" and "capacity" in count.path and count.number != announced[0]
        if not is_room:
            yield count


def _completed(found: tuple[Group, ...], came: int | None) -> tuple[Group, ...]:
    """Return groups that make up everybody: with the rest as one more; none when they count some people twice."""
    if came is None or any(group.came is None for group in found):
        return found
    rest = came - sum(group.came or 0 for group in found)
    if not found or rest < 0:
        return ()
    return (*found, Group("", rest, rest)) if rest else found


def _names_a_group(name: object) -> bool:
    key = _key(name)
    is_known = key == "total" or key in _WORDS or key.startswith(_NO_GROUPS)
    return not is_known and not _is_of_a_day(name)


def _is_of_a_day(name: object) -> bool:
    return bool(_OF_A_DAY.fullmatch(str(name))) or day_of(str(name)) is not None


def _people_in(value: object) -> int:
    numbers = [whole(count) for count in quotas_of(value).values()]
    return sum(number or 0 for number in numbers)


def _key(name: object) -> str:
    return re.sub(r"[ -]+", "_", str(name).strip().lower())
