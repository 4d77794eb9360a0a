"""A meetup with many seats and people waiting, in a process and a database of its own: `python -m bench.tools.desk SEATS`.

Half of the seats are held, the other half waits. Reads lines from its input; for each it opens every page of the desk so many
times and prints, as JSON, statements and milliseconds of the middle one, of the processor and on the clock.
"""

import json
import sys
from collections.abc import Mapping
from statistics import median
from typing import Any, Final

from midcycle.site.boot import boot

boot(tables=False)

from django.conf import settings  # noqa: E402 - Django must be up first
from django.core.management import call_command  # noqa: E402 - the same
from django.db import connection  # noqa: E402 - the same
from django.db.models import CharField, Value  # noqa: E402 - the same
from django.db.models.functions import Cast, Concat, Mod  # noqa: E402 - the same
from django.test import Client  # noqa: E402 - the same
from django.test.utils import CaptureQueriesContext  # noqa: E402 - the same

from bench.tools.growing import fill  # noqa: E402 - the same
from bench.tools.inside import cost_of  # noqa: E402 - the same
from midcycle.meetups.models import Meetup  # noqa: E402 - the same
from midcycle.registration.models import Seat  # noqa: E402 - the same
from tests.world import ada  # noqa: E402 - the same
from tests.worlds.registration import opened  # noqa: E402 - the same

ORGANISATIONS: Final = 400
_ROLES: Final = ("operator", "expects_to_operate", "developer", "vendor", "")


def tell_apart(meetup: Meetup) -> None:
    """Give people organisations and roles, so that there is something to find and to count."""
    number = Cast(Mod("arrival", Value(ORGANISATIONS)), CharField())
    seats = Seat.objects.filter(meetup=meetup)
    seats.update(organisation=Concat(Value("Works "), number), organisation_key=Concat(Value("works"), number))
    for rest, role in enumerate(_ROLES):
        seats.annotate(rest=Mod("arrival", Value(len(_ROLES)))).filter(rest=rest).update(role=role, first_time=bool(rest))


def pages(seats: int) -> Mapping[str, str]:
    """Return what is measured, and its address below the desk's."""
    last, one = seats // 50, Seat.objects.order_by("-pk").values_list("pk", flat=True)[0]
    return {
        "list of seats": "",
        "list, last page": f"?page={last}",
        "who waits": "?state=waiting",
        "search by name": f"?q=person+{seats // 2 + 1}",
        "search that fits all": "?q=person",
        "search by address": f"?q={seats // 3}@example",
        "search by organisation": "?q=works+7",
        "search by ticket": f"?q=code-{seats // 2}",
        "search for nobody": "?q=nobody+at+all",
        "waitlist board": "waitlist/",
        "board, last page": f"waitlist/?page={last // 2}",
        "who comes": "spectrum/",
        "counters alone": "numbers/",
        "capacity": "capacity/",
        "rule of the line": "line/",
        "one seat": f"{one}/",
        "needs": "needs/",
        "retention": "retention/",
        "questions": "questions/",
        "tables in and out": "imports/",
        "paper": "paper/",
    }


def main(seats: int) -> None:
    """Fill a meetup, then answer each line of the input."""
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", interactive=False, verbosity=0)
    meetup = opened(max(seats, 1), "Large")
    fill(meetup, seats // 2, waiting=True)
    tell_apart(meetup)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client, base, looked_at = Client(), f"/m/{meetup.slug}/desk/seats/", pages(seats)
    client.force_login(ada())
    statements = {name: _statements(client, base + path) for name, path in looked_at.items()}
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        found: dict[str, Any] = {}
        for name, path in looked_at.items():
            costs = [cost_of(lambda path=path: client.get(base + path)) for _ in range(int(line))]
            found[name] = statements[name], median(c.processor for c in costs), median(c.wall for c in costs)
        print(json.dumps(found), flush=True)


def _statements(client: Client, address: str) -> int:
    """Open a page for the first time; return how many statements the second time takes."""
    if client.get(address).status_code != 200:
        raise SystemExit(f"{address} cannot be opened.")
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


if __name__ == "__main__":
    main(int(sys.argv[1]))
