"""`python -m bench.tools.lines COUNT`: makes a published balance of so many cost lines in MIDCYCLE_DATA, prints its address."""

import json
import sys

from midcycle.site.boot import boot

boot(tables=False)

from dataclasses import replace  # noqa: E402 - Django must be up first

from midcycle.funding import actions  # noqa: E402 - the same
from midcycle.funding.actions import Wanted  # noqa: E402 - the same
from tests.world import NOW, ada  # noqa: E402 - the same
from tests.worlds.funding import FRANCS, TERMS, budgeted, kept  # noqa: E402 - the same


def made(count: int) -> str:
    """Make the balance: a third of the lines once, a third a head, a third in steps, every second in another currency."""
    hall = Wanted("Hall", "venue", "stepped", "EUR", steps=((1, 0), (101, 150_000), (161, 420_000)))
    meetup = budgeted(hall)
    actions.set_budget(meetup, replace(TERMS, seats=120, fee=2_500, no_show=10, reduced_share=20), seen=2, by=ada(), now=NOW)
    actions.set_rate(meetup, FRANCS, by=ada(), now=NOW)
    for number in range(count - 1):
        basis = ("fixed", "per_head", "stepped")[number % 3]
        steps = ((1, 1_000 + number), (101, 2_000), (151, 3_500 + number)) if basis == "stepped" else ()
        line = Wanted(f"Line {number}", "other", basis, ("EUR", "CHF")[number % 2], 331 + number, steps, source="a guess")
        actions.add_line(meetup, line, by=ada(), now=NOW)
    for seats in (30, 120, 200):
        kept(meetup, f"{seats} seats", seats, fee=2_500)
    actions.publish_budget(meetup, is_published=True, by=ada(), now=NOW)
    return f"/m/{meetup.slug}/balance/"


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"path": made(int(sys.argv[1]))}))
