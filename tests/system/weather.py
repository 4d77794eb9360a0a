"""Storm after storm over one instance, and what each came to."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.system import aftermath
from tests.system.instance import Instance
from tests.system.storm import Person, Rush, Storm, rage
from tests.system.visits import visits


@dataclass(frozen=True)
class Passed:
    """What a storm came to."""

    rushes: int
    people: int
    killed: tuple[str, ...]
    answers: int
    cut: int
    faults: tuple[str, ...]


def storms(served: Instance, rng: Random, *, rushes: int, at_once: int) -> Iterator[Passed]:
    """Start the instance, and let so many rushes go over it, a few at a time; the last has what the log says in it."""
    seats = [rng.randrange(1, 9) for _ in range(rushes)]
    served.make_tables()
    known = json.loads(served.run("tests.system.prepare_storms", *(str(number) for number in seats)))
    meetups = list(zip(known["meetups"], seats, strict=True))
    served.start()
    struck_at = -math.inf
    for first in range(0, rushes, at_once):
        now = [_rush(rng, meetup, number, known["session"]) for meetup, number in meetups[first : first + at_once]]
        storm = Storm(served, rng, struck_at)
        rage(storm, now, visits)
        struck_at = storm.struck_at
        faults = (*aftermath.look(storm, now), *aftermath.said_in_log(served))
        people = sum(len(rush.people) for rush in now)
        yield Passed(len(now), people, tuple(storm.killed), storm.answers, storm.cut, faults)


def _rush(rng: Random, meetup: dict[str, str], seats: int, session: str) -> Rush:
    people = [Person(f"{meetup['slug']}-{number}@example.org") for number in range(rng.randrange(4, 21))]
    return Rush(meetup["slug"], seats, meetup["token"], session, people)
