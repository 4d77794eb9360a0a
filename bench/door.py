"""Phones at the door of a meetup of 5,000: `python -m bench.door [people] [runs]`.

Prints what one phone fetches once, what it asks for every ten seconds, and how many check-ins of a phone that comes back from
flight mode are done in a second, each in a transaction of its own, on SQLite with its durability on.
"""

import gzip
import json
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime

from django.core.management import call_command
from django.test import Client

import tests.conftest  # noqa: F401 - starts Django, with a data directory of its own
from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.onsite import actions as onsite
from midcycle.onsite.access import key_of
from midcycle.registration import actions as registration
from midcycle.registration.models import Capacity, Seat, SeatMove

NOW = datetime.now(tz=UTC)
AT_ONCE = 100


def main(people: int, runs: int) -> None:
    """Print the figures."""
    call_command("migrate", verbosity=0)
    meetup, seats = crowded(people)
    phone = onsite.make_device(meetup, "Phone", by=meetup.opened_by, now=NOW)
    client = Client(headers={"Authorization": f"Bearer {key_of(phone)}", "Accept-Encoding": "gzip"})
    place = f"/m/{meetup.slug}/door/"
    listed = client.get(f"{place}list/")
    cursor = json.loads(gzip.decompress(listed.content))["cursor"]
    size, spent = len(listed.content) / 1024, timed(lambda: client.get(f"{place}list/"), runs)
    print(f"list of {people} people: {size:.0f} KB on the wire, {spent}")
    news = message(cursor, [])
    print(f"news when nothing changed: {timed(lambda: client.post(f'{place}events/', news, 'application/json'), runs)}")
    batches = [message(cursor, seats[number * AT_ONCE : (number + 1) * AT_ONCE]) for number in range(runs)]
    spent = [seconds(lambda body=body: client.post(f"{place}events/", body, "application/json")) for body in batches]
    print(f"check-ins, {AT_ONCE} in a message: {AT_ONCE / statistics.median(spent):.0f} a second")


def crowded(people: int) -> tuple[Meetup, list[Seat]]:
    """Return a meetup on site with so many seats held, written past the actions: a rush is not what is measured here."""
    ada = accounts.person_for("ada@example.org", name="Ada", now=NOW)
    meetup = meetups.open_idea(ada, title="Bench", summary="", region="europe", now=NOW)
    place = meetups.Place("europe", "Lisbon", "PT", "", date(2099, 3, 2), date(2099, 3, 3), "", "Europe/Lisbon")
    meetups.set_place(meetup, ada, place, now=NOW)
    for stage in ("hosting", "registration", "agenda", "on_site"):
        meetups.move_to_stage(meetup, ada, stage, now=NOW)
    registration.open_registration(meetup, total=people, by=ada, now=NOW)
    known = Person.objects.bulk_create(Person(email=f"p{number}@example.org", name="P", since=NOW) for number in range(people))
    rows = (
        Seat(
            meetup=meetup, person=person, token=f"t{person.pk}", code=uuid.uuid4().hex[:20], state="held", arrival=number + 1,
            name=f"Zoë Müller-{number}", organisation=f"Works {number % 300}", role="operator", registered_at=NOW,
        )
        for number, person in enumerate(known)
    )  # fmt: skip
    seats = Seat.objects.bulk_create(rows)
    SeatMove.objects.bulk_create(SeatMove(seat=seat, at=NOW, becomes="held", reason="a seat was free") for seat in seats)
    Capacity.objects.filter(meetup=meetup).update(held=people, arrivals=people)
    return meetup, seats


def message(cursor: int, seats: list[Seat]) -> str:
    """Return what a phone sends that checked these people in."""
    deeds = [
        {"id": str(uuid.uuid4()), "kind": "check_in", "count": number, "at": 0, "seat": seat.pk, "code": seat.code}
        for number, seat in enumerate(seats)
    ]
    return json.dumps({"cursor": cursor, "sent_at": 0, "events": deeds})


def seconds(deed: Callable[[], object]) -> float:
    """Return how long it takes."""
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def timed(deed: Callable[[], object], runs: int) -> str:
    """Return the median of so many runs, in words."""
    return f"{statistics.median(seconds(deed) for _ in range(runs)) * 1000:.1f} ms, median of {runs}"


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(given[0] if given else 5_000, given[1] if len(given) > 1 else 5)
