"""A meetup with many seats taken, in a process and a database of its own: `python -m bench.tools.growing SEATS WAITING`.

Reads lines from its input; for each it lets so many people register and prints, as JSON, milliseconds of the middle one.
"""

import json
import sys
from itertools import count
from statistics import median
from typing import Final

from midcycle.site.boot import boot

boot(tables=False)

from django.core.management import call_command  # noqa: E402 - Django must be up first
from django.utils import timezone  # noqa: E402 - the same

from bench.tools.inside import Inside, cost_of  # noqa: E402 - the same
from midcycle.accounts.models import Person  # noqa: E402 - the same
from midcycle.journal.models import Entry  # noqa: E402 - the same
from midcycle.meetups import actions as meetups  # noqa: E402 - the same
from midcycle.meetups.models import Meetup  # noqa: E402 - the same
from midcycle.registration import actions  # noqa: E402 - the same
from midcycle.registration.models import Capacity, Seat, SeatMove  # noqa: E402 - the same
from midcycle.site.wsgi import application  # noqa: E402 - the same
from tests.system.lines import get, post, post_json  # noqa: E402 - the same
from tests.world import NOW  # noqa: E402 - the same
from tests.worlds.registration import ANSWERS, opened  # noqa: E402 - the same

FREE: Final = 1_000_000
BATCH: Final = 5_000
WARM: Final = 20
_numbers = count()


def fill(meetup: Meetup, seats: int, *, waiting: bool) -> None:
    """Make so many people with a seat and, if wanted, as many who wait; rows alone, without the deeds."""
    states = ["held"] * seats + ["waiting"] * (seats if waiting else 0)
    for first in range(0, len(states), BATCH):
        numbers = range(first, min(first + BATCH, len(states)))
        people = Person.objects.bulk_create(Person(email=f"{n}@example.org", name=f"Person {n}", since=NOW) for n in numbers)
        made = Seat.objects.bulk_create(
            Seat(
                meetup=meetup, person=person, token=f"token-{n}", code=f"code-{n}", state=states[n], arrival=n + 1,
                name=person.name, role="operator", sector="public cloud", region="europe", registered_at=NOW,
            )
            for n, person in zip(numbers, people, strict=True)
        )  # fmt: skip
        SeatMove.objects.bulk_create(SeatMove(seat=seat, at=NOW, becomes=seat.state, reason="a seat was free") for seat in made)
        Entry.objects.bulk_create(
            Entry(kind=f"registration.seat_{seat.state}", meetup=meetup.pk, at=NOW, position=FREE + n, facts={"seat": seat.pk})
            for n, seat in zip(numbers, made, strict=True)
        )
    total, queue = seats if waiting else seats + FREE, seats if waiting else 0
    Capacity.objects.filter(meetup=meetup).update(total=total, held=seats, waiting=queue, arrivals=len(states))


def by_action(meetup: Meetup) -> None:
    """Register somebody new by the action alone."""
    number = next(_numbers)
    actions.register(meetup, ANSWERS, email=f"new{number}@example.org", name="Somebody New", now=timezone.now())


def by_form(inside: Inside, slug: str) -> None:
    """Register somebody new by the page, the form and the page it leads to."""
    url, number = f"/m/{slug}/seat/", next(_numbers)
    page = inside.ask(get(url))
    typed = {
        "csrfmiddlewaretoken": page.check, "name": "Somebody New", "email": f"new{number}@example.org", "role": "operator",
        "sector": "public cloud", "region": "europe", "first_time": "yes", "on_list": "no", "heard_how": "colleague",
    }  # fmt: skip
    answer = inside.ask(post(url, typed, page.cookies))
    shown = inside.ask(get(answer.location, page.cookies))
    if b"badge-held" not in shown.body and b"badge-waiting" not in shown.body:
        raise SystemExit(f"{answer.status} {shown.status}")


def by_api(inside: Inside, slug: str, token: str) -> None:
    """Register somebody new as a machine does."""
    body = json.dumps({"name": "Somebody New", "email": f"new{next(_numbers)}@example.org", "role": "operator"}).encode()
    answer = inside.ask(post_json(f"/api/v1/meetups/{slug}/seats", body, token))
    if answer.status != 201:
        raise SystemExit(f"{answer.status} {answer.body!r}")


def main(seats: int, *, waiting: bool) -> None:
    """Fill a meetup, then answer each line of the input."""
    call_command("migrate", interactive=False, verbosity=0)
    meetup = opened(max(seats, 1), "Large")
    token = meetups.make_token(meetup, "seats:write", now=NOW)
    fill(meetup, seats, waiting=waiting)
    inside = Inside(application)
    ways = {
        "action": lambda: by_action(meetup),
        "form": lambda: by_form(inside, meetup.slug),
        "api": lambda: by_api(inside, meetup.slug, token),
    }
    for way in ways.values():
        for _ in range(WARM):
            way()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        costs = {name: [cost_of(way) for _ in range(int(line))] for name, way in ways.items()}
        found = {name: (median(c.processor for c in each), median(c.wall for c in each)) for name, each in costs.items()}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), waiting=sys.argv[2] == "waiting")
