"""Read and write problems and plans of the format `midcycle-agenda/1`; one clear sentence says what is wrong with a file."""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn, TypeAlias

from midcycle.engines.solver.instance import (
    Agenda,
    Certificate,
    Guest,
    Hall,
    Instance,
    Seat,
    Spot,
    Stretch,
    Theme,
    Vote,
    Weights,
)

FORMAT: Final = "midcycle-agenda/1"
MOST_BYTES: Final = 6_000_000
"""A problem of 5,000 people and 600 topics takes 2 MB."""
MOST: Final = {"slots": 400, "rooms": 120, "topics": 2_000, "people": 20_000, "votes": 400_000}
MOST_TABLES: Final = 100
"""Megabytes; a problem of 5,000 people and 600 topics has tables of 1 MB."""
LONGEST_SESSION: Final = 4
HEAVIEST_VOTE: Final = 9
HEAVIEST_WEIGHT: Final = 1_000_000
MOST_SEATS: Final = 1_000_000
NOBODY: Final = 10**9

Json: TypeAlias = object


class FormatError(ValueError):
    """A file that is no problem or no plan; the message is a sentence for people."""


def read_instance(data: bytes) -> Instance:
    """Return the problem. Raises FormatError."""
    top = _object(_parse(data), "the problem")
    if top.get("format") != FORMAT:
        raise FormatError(f'The problem is not of the format "{FORMAT}".')
    counts = {key: len(_list(top.get(key, []), key, most)) for key, most in MOST.items()}
    for key in ("slots", "rooms", "topics", "people"):
        if not counts[key] and key != "people":
            raise FormatError(f"There are no {key}.")
    instance = Instance(
        name=_text(top.get("name", "")),
        slots=tuple(_stretch(row, at) for at, row in _rows(top, "slots")),
        rooms=tuple(_hall(row, at, counts) for at, row in _rows(top, "rooms")),
        topics=tuple(_theme(row, at, counts) for at, row in _rows(top, "topics")),
        people=tuple(_guest(row, at, counts) for at, row in _rows(top, "people")),
        votes=_votes(top.get("votes", []), counts),
        reserved=frozenset(_ids(top.get("reserved") or [], "reserved", counts["slots"])),
        previous=_previous(top.get("previous"), counts),
        weights=_weights(top.get("weights", {})),
    )
    _bearable(instance)
    return instance


def _bearable(instance: Instance) -> None:
    """Refuse a problem whose tables of votes would not fit: a bit for each topic, person and level of a vote."""
    scale = math.lcm(*(theme.duration for theme in instance.topics))
    levels = max((v.weight * scale // instance.topics[v.topic].duration for v in instance.votes), default=1)
    size = len(instance.topics) * len(instance.people) * levels / 8e6
    if size > MOST_TABLES:
        raise FormatError(f"The problem is too large: its tables of votes would take {size:.0f} MB, {MOST_TABLES} at the most.")


def read_plan(data: bytes, instance: Instance, *, grown: bool = False) -> Agenda:
    """Return a plan of the problem; it may break its rules. Raises FormatError.

    A problem that has `grown` since has topics and slots the certificate does not know.
    """
    top = _object(_parse(data), "the plan")
    grid = {}
    for key, row in _object(top.get("assign"), "assign").items():
        where = f"assign {key[:20]}"
        seat = _object(row, where)
        grid[_key(key, where, len(instance.topics))] = Seat(
            _whole(seat.get("slot"), f"{where}: slot", 0, NOBODY),
            _whole(seat.get("room"), f"{where}: room", 0, NOBODY),
            tuple(_ids(seat.get("moderators") or [], f"{where}: moderators", len(instance.people), twice=True)),
        )
    attend = None
    if top.get("attend") is not None:
        attend = {
            _key(key, "attend", len(instance.people)): tuple(_ids(row, f"attend {key[:20]}", len(instance.topics), twice=True))
            for key, row in _object(top["attend"], "attend").items()
        }
    proof = _certificate(top.get("certificate"))
    if proof is not None and not _fits(proof, instance, grown=grown):
        raise FormatError("The certificate is not for this problem: it has not one price for each topic and slot.")
    return Agenda(grid, attend, proof)


def write_instance(instance: Instance) -> bytes:
    """Return the problem as a file."""
    top: dict[str, Json] = {
        "format": FORMAT,
        "name": instance.name,
        "slots": [{"id": s, "day": x.day, "block": x.block, "label": x.label} for s, x in enumerate(instance.slots)],
        "reserved": sorted(instance.reserved),
        "rooms": [
            {"id": r, "name": x.name, "capacity": x.capacity, "closed": sorted(x.closed)} for r, x in enumerate(instance.rooms)
        ],
        "topics": [{"id": t, **_topic_row(theme)} for t, theme in enumerate(instance.topics)],
        "people": [{"id": p, **_person_row(guest)} for p, guest in enumerate(instance.people)],
        "votes": [list(vote) for vote in instance.votes],
        "previous": {str(t): spot._asdict() for t, spot in sorted(instance.previous.items())} or None,
        "weights": dict(vars(instance.weights)),
    }
    return (json.dumps(top, separators=(",", ":")) + "\n").encode()


def _topic_row(theme: Theme) -> dict[str, Json]:
    return {
        "format": theme.format,
        "track": theme.track,
        "duration": theme.duration,
        "max_people": theme.most,
        "must": theme.must,
        "fixed_slot": theme.fixed_slot,
        "fixed_room": theme.fixed_room,
        "slots": None if theme.slots is None else sorted(theme.slots),
        "needed": list(theme.needed),
        "volunteers": list(theme.volunteers),
        "moderators_wanted": theme.moderators,
    }


def _person_row(guest: Guest) -> dict[str, Json]:
    slots = None if guest.slots is None else sorted(guest.slots)
    row = {"experienced": guest.experienced, "lead": guest.lead, "slots": slots}
    return {**row, "max_moderations": guest.most_moderations}


def write_plan(plan: Agenda) -> bytes:
    """Return the plan as a file."""
    top: dict[str, Json] = {
        "format": FORMAT,
        "assign": {
            str(t): {"slot": seat.slot, "room": seat.room, "moderators": list(seat.moderators)}
            for t, seat in sorted(plan.grid.items())
        },
    }
    if plan.attend is not None:
        top["attend"] = {str(p): list(topics) for p, topics in sorted(plan.attend.items()) if topics}
    if plan.certificate is not None:
        proof = plan.certificate
        numbers = {"prices": list(proof.prices), "slots": list(proof.slots), "links": dict(proof.links)}
        top["certificate"] = {"bound": proof.bound, **numbers}
    return (json.dumps(top, separators=(",", ":")) + "\n").encode()


def _parse(data: bytes) -> Json:
    if len(data) > MOST_BYTES:
        raise FormatError(f"The file has {len(data) / 1e6:.1f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read.")
    try:
        return json.loads(data, parse_constant=_no_number, object_pairs_hook=_once)
    except FormatError:
        raise
    except RecursionError:
        raise FormatError("The file is nested too deeply.") from None
    except ValueError as error:
        if not data.strip():
            raise FormatError("The file is empty.") from None
        if "integer string conversion" in str(error):
            raise FormatError("The file has a number of thousands of digits.") from None
        raise FormatError(f"The file is not JSON: {str(error)[:100]}.") from None


def _no_number(word: str) -> NoReturn:
    raise FormatError(f"The file has {word} where a number belongs.")


def _once(pairs: Sequence[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, n in Counter(key for key, _ in pairs).items() if n > 1)
        raise FormatError(f'"{twice[:40]}" is given twice.')
    return found


def _rows(top: Mapping[str, Json], key: str) -> list[tuple[str, Mapping[str, Json]]]:
    """Return the objects of a list in the order of their ids, which are 0, 1, 2 and so on, with a name for each."""
    rows = [_object(row, f"{key}, number {n}") for n, row in enumerate(_list(top.get(key, []), key))]
    ids = [_whole(row.get("id"), f"{key}, number {n}: id", 0, NOBODY) for n, row in enumerate(rows)]
    if len(set(ids)) < len(ids):
        twice = next(i for i, n in Counter(ids).items() if n > 1)
        raise FormatError(f"The id {twice} is given twice among the {key}.")
    if ids and max(ids) != len(ids) - 1:
        raise FormatError(f"The ids of the {key} are not 0 to {len(ids) - 1}: there is {max(ids)}.")
    return [(f"{key} {i}", row) for i, row in sorted(zip(ids, rows, strict=True), key=lambda pair: pair[0])]


def _stretch(row: Mapping[str, Json], at: str) -> Stretch:
    return Stretch(
        _whole(row.get("day", 0), f"{at}: day", -NOBODY, NOBODY),
        _whole(row.get("block"), f"{at}: block", -NOBODY, NOBODY),
        _text(row.get("label", "")),
    )


def _hall(row: Mapping[str, Json], at: str, counts: Mapping[str, int]) -> Hall:
    return Hall(
        _whole(row.get("capacity"), f"{at}: capacity", 0, MOST_SEATS),
        frozenset(_ids(row.get("closed") or [], f"{at}: closed", counts["slots"])),
        _text(row.get("name", "")),
    )


def _theme(row: Mapping[str, Json], at: str, counts: Mapping[str, int]) -> Theme:
    slots = row.get("slots")
    return Theme(
        format=_text(row.get("format", "")),
        track=_whole(row.get("track", 0), f"{at}: track", -NOBODY, NOBODY),
        duration=_whole(row.get("duration", 1), f"{at}: duration", 1, LONGEST_SESSION),
        most=_maybe(row.get("max_people"), f"{at}: max_people", 1, MOST_SEATS),
        must=_flag(row.get("must", False), f"{at}: must"),
        fixed_slot=_maybe(row.get("fixed_slot"), f"{at}: fixed_slot", 0, counts["slots"] - 1),
        fixed_room=_maybe(row.get("fixed_room"), f"{at}: fixed_room", 0, counts["rooms"] - 1),
        slots=None if slots is None else frozenset(_ids(slots, f"{at}: slots", counts["slots"])),
        needed=tuple(_ids(row.get("needed") or [], f"{at}: needed", counts["people"])),
        volunteers=tuple(_ids(row.get("volunteers") or [], f"{at}: volunteers", counts["people"])),
        moderators=_whole(row.get("moderators_wanted", 0), f"{at}: moderators_wanted", 0, MOST["people"]),
    )


def _guest(row: Mapping[str, Json], at: str, counts: Mapping[str, int]) -> Guest:
    slots = row.get("slots")
    return Guest(
        _flag(row.get("experienced", False), f"{at}: experienced"),
        _flag(row.get("lead", False), f"{at}: lead"),
        None if slots is None else frozenset(_ids(slots, f"{at}: slots", counts["slots"])),
        _whole(row.get("max_moderations", 0), f"{at}: max_moderations", 0, NOBODY),
    )


def _votes(value: Json, counts: Mapping[str, int]) -> tuple[Vote, ...]:
    people, topics = counts["people"], counts["topics"]
    found: dict[tuple[int, int], Vote] = {}
    for n, row in enumerate(_list(value, "votes")):
        if type(row) is not list or len(row) != 3 or not all(type(x) is int for x in row):
            raise FormatError(f"Vote number {n} is not three whole numbers: person, topic, weight.")
        person, topic, weight = row
        if not (0 <= person < people and 0 <= topic < topics):
            raise FormatError(f"Vote number {n} names a person or a topic that is not there.")
        if not 1 <= weight <= HEAVIEST_VOTE:
            raise FormatError(f"Vote number {n} has a weight that is not 1 to {HEAVIEST_VOTE}.")
        if (person, topic) in found:
            raise FormatError(f"Person {person} votes twice for topic {topic}.")
        found[person, topic] = Vote(person, topic, weight)
    return tuple(found.values())


def _previous(value: Json, counts: Mapping[str, int]) -> dict[int, Spot]:
    rows = {} if value is None else _object(value, "previous")
    found = {}
    for key, row in rows.items():
        spot = _object(row, f"previous {key[:20]}")
        found[_key(key, "previous", counts["topics"])] = Spot(
            _whole(spot.get("slot"), "previous: slot", 0, counts["slots"] - 1),
            _whole(spot.get("room"), "previous: room", 0, counts["rooms"] - 1),
        )
    return found


def _weights(value: Json) -> Weights:
    row = _object(value, "weights")
    known = {name: row.get(name, 0) for name in Weights.__dataclass_fields__}
    found = {}
    for name, weight in known.items():
        if type(weight) not in {int, float} or not isinstance(weight, int | float) or weight in {math.inf, -math.inf}:
            raise FormatError(f"The weight {name} is not a number.")
        if not 0 <= weight <= HEAVIEST_WEIGHT:
            raise FormatError(f"The weight {name} is not 0 to {HEAVIEST_WEIGHT}.")
        found[name] = weight
    return Weights(**found)


def _fits(proof: Certificate, instance: Instance, *, grown: bool) -> bool:
    topics, slots = len(instance.topics) - len(proof.prices), len(instance.slots) - len(proof.slots)
    return min(topics, slots) >= 0 and (grown or max(topics, slots) == 0)


def _certificate(value: Json) -> Certificate | None:
    if value is None:
        return None
    row = _object(value, "certificate")
    bound, prices, links = row.get("bound"), _list(row.get("prices"), "prices"), _object(row.get("links", {}), "links")
    slots = _list(row.get("slots"), "slots")
    if not all(_is_number(number) for number in (bound, *prices, *slots, *links.values())):
        raise FormatError("The certificate has something that is no number.")
    numbers = [tuple(float(str(x)) for x in row) for row in (prices, slots)]
    return Certificate(float(str(bound)), numbers[0], numbers[1], {key: float(str(x)) for key, x in links.items()})


def _is_number(value: Json) -> bool:
    return type(value) in {int, float} and isinstance(value, int | float) and abs(value) <= 1e15


def _object(value: Json, what: str) -> Mapping[str, Json]:
    if not isinstance(value, dict):
        raise FormatError(f"{what[:60]} is not an object.")
    return value


def _list(value: Json, what: str, most: int = NOBODY) -> Sequence[Json]:
    if not isinstance(value, list):
        raise FormatError(f"{what[:60]} is not a list.")
    if len(value) > most:
        raise FormatError(f"There are {len(value)} {what}; at most {most} are read.")
    return value


def _whole(value: Json, what: str, least: int, most: int) -> int:
    if type(value) is not int:
        raise FormatError(f"{what[:60]} is not a whole number.")
    if not least <= value <= most:
        shown = value if abs(value) < 10**18 else "huge"
        raise FormatError(f"{what[:60]} is {shown}, not {least} to {most}.")
    return value


def _maybe(value: Json, what: str, least: int, most: int) -> int | None:
    return None if value is None else _whole(value, what, least, most)


def _flag(value: Json, what: str) -> bool:
    if type(value) is not bool:
        raise FormatError(f"{what[:60]} is neither true nor false.")
    return value


def _text(value: Json) -> str:
    return value[:200] if isinstance(value, str) else ""


def _ids(value: Json, what: str, count: int, *, twice: bool = False) -> list[int]:
    """Return a list of different ids below a count."""
    rows = _list(value, what)
    if any(type(x) is not int or not 0 <= x < count for x in rows):
        raise FormatError(f"{what[:60]} names something that is not there.")
    found = [x for x in rows if isinstance(x, int)]
    if not twice and len(set(found)) < len(found):
        raise FormatError(f"{what[:60]} names something twice.")
    return found


def _key(text: str, what: str, count: int) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) >= count:
        raise FormatError(f'{what[:60]}: "{text[:20]}" is not an id.')
    return int(text)
