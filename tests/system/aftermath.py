"""Looks whether the database agrees with what everybody was told in a storm, and with its own history."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.system.instance import Instance
from tests.system.storm import Person, Rush, Storm, Told


@dataclass
class Replay:
    """A meetup's seats as its journal tells them, entry by entry."""

    total: int
    held: set[int] = field(default_factory=set)
    line: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def take(self, kind: str, seat: int) -> None:
        """Let one entry happen, and note what should not have."""
        if kind != "seat_promoted" and self.line and len(self.held) < self.total:
            self.wrong.append(f"somebody waited while a seat was free, before {kind} {seat}")
        if kind == "seat_taken":
            self.held.add(seat)
        elif kind == "seat_waiting":
            self.line.append(seat)
        elif kind == "seat_promoted":
            if self.line[:1] != [seat]:
                self.wrong.append(f"seat {seat} was promoted out of turn: {self.line}")
            self.line.remove(seat)
            self.held.add(seat)
        elif kind == "seat_cancelled":
            self.held.discard(seat)
            self.line = [other for other in self.line if other != seat]
        if len(self.held) > self.total:
            self.wrong.append(f"{len(self.held)} held of {self.total} after {kind} {seat}")


def look(storm: Storm, rushes: Iterable[Rush]) -> list[str]:
    """Return everything that is wrong; nothing, if all is well."""
    wrong = list(storm.wrong)
    for rush in rushes:
        wrong += [f"{rush.slug}: {fault}" for fault in _faults(storm.served, rush)]
    return wrong


def said_in_log(served: Instance) -> list[str]:
    """Return what the processes say of faults."""
    bad = ("database is locked", "Traceback", '"level": "error"')
    return [line[:500] for line in served.log.read_text().splitlines() if any(word in line for word in bad)]


CAPACITY = """
SELECT m.id, c.total, c.held, c.waiting, c.arrivals
FROM registration_capacity c JOIN meetups_meetup m ON m.id = c.meetup_id WHERE m.slug = ?
"""
SEATS = """
SELECT s.id, s.state, s.arrival, s.token, p.email
FROM registration_seat s JOIN accounts_person p ON p.id = s.person_id WHERE s.meetup_id = ? ORDER BY s.arrival
"""
ENTRIES = "SELECT kind, facts FROM journal_entry WHERE meetup = ? ORDER BY id"
MOVES = "SELECT was, becomes, reason FROM registration_seatmove WHERE seat_id = ? ORDER BY id DESC"
ECHO = "SELECT 1 FROM registration_echo WHERE token = ?"


def _faults(served: Instance, rush: Rush) -> list[str]:
    ((meetup, total, held, waiting, arrivals),) = served.rows(CAPACITY, rush.slug)
    seats = served.rows(SEATS, meetup)
    has = {state: [seat for seat in seats if seat[1] == state] for state in ("held", "waiting", "cancelled")}
    wrong = _counted((total, held, waiting, arrivals), has, seats)
    replay = _replay(served, rush, meetup)
    wrong += replay.wrong
    if replay.held != {seat[0] for seat in has["held"]} or replay.line != [seat[0] for seat in has["waiting"]]:
        wrong.append("the journal tells of other seats than there are")
    if replay.total != total:
        wrong.append(f"the journal tells of {replay.total} seats, there are {total}")
    places = {seat[0]: place for place, seat in enumerate(has["waiting"], 1)}
    of = {seat[4]: seat for seat in seats}
    for person in rush.people:
        wrong += _kept(served, person, of.get(person.email), places)
    return wrong


def _counted(counters: tuple[int, ...], has: dict[str, list], seats: list) -> list[str]:
    """Return how the counters and the order of the line are wrong."""
    total, held, waiting, arrivals = counters
    wrong = []
    if (held, waiting) != (len(has["held"]), len(has["waiting"])) or len(seats) != sum(map(len, has.values())):
        wrong.append(f"counted {held} held, {waiting} waiting; there are {len(has['held'])} and {len(has['waiting'])}")
    if held != min(total, held + waiting):
        wrong.append(f"{held} held of {total} while {waiting} wait")
    if has["waiting"] and any(seat[2] > has["waiting"][0][2] for seat in has["held"]):
        wrong.append("somebody who came later has a seat, and somebody who came before waits")
    if seats and seats[-1][2] != arrivals:
        wrong.append(f"{arrivals} arrivals counted, the last is {seats[-1][2]}")
    return wrong


def _replay(served: Instance, rush: Rush, meetup: int) -> Replay:
    """Let the journal happen again. Seats promoted as the capacity rises are told just before it."""
    rows = served.rows(ENTRIES, meetup)
    entries = [(kind.removeprefix("registration."), _facts(facts)) for kind, facts in rows]
    raised = {at - facts["promoted"]: facts["total"] for at, (kind, facts) in enumerate(entries) if kind == "capacity_set"}
    replay = Replay(rush.seats)
    for at, (kind, facts) in enumerate(entries):
        replay.total = raised.get(at, replay.total)
        if kind in {"seat_taken", "seat_waiting", "seat_promoted", "seat_cancelled"}:
            replay.take(kind, facts["seat"])
    saved = [facts["total"] for kind, facts in entries if kind == "capacity_set"]
    if [total for total in rush.totals if total not in saved]:
        replay.wrong.append(f"the organiser was told that {rush.totals} are saved; the journal has {saved}")
    return replay


def _kept(served: Instance, person: Person, seat: tuple[Any, ...] | None, places: dict[int, int]) -> list[str]:
    """Return how the answer somebody was told last was lost. Whoever saw an echo has the seat they had before."""
    told = person.last
    if told is None:
        return [f"{person.email} was never answered"]
    if seat is None:
        return [f"{person.email} was told {told.state} and has no seat"]
    number, state, _, token, _ = seat
    if token != told.token:
        return [] if _is_echo(served, told) else [f"{person.email} was shown a page that is not there any more: {told}"]
    kept = {"held": state == "held", "cancelled": state == "cancelled", "waiting": _is_as_good(served, told, seat, places)}
    return [] if kept[told.state] else [f"{person.email} was told {told}, and it is {state} {places.get(number)}"]


def _is_as_good(served: Instance, told: Told, seat: tuple[Any, ...], places: dict[int, int]) -> bool:
    """Say whether somebody who was told a place in line has that or a better one, or a seat and a move that says why."""
    number, state, *_ = seat
    if state == "waiting":
        return told.position is not None and places[number] <= told.position
    move = served.rows(MOVES, number)[0]
    return state == "held" and move[:2] == ("waiting", "held") and bool(move[2])


def _is_echo(served: Instance, told: Told) -> bool:
    return bool(served.rows(ECHO, told.token))


def _facts(stored: object) -> dict[str, Any]:
    """Return the facts of an entry, which SQLite keeps as text."""
    return json.loads(stored) if isinstance(stored, str) else stored
