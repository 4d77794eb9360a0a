"""A sold-out hour: `python -m bench.rush [runs]`. 400 people at once for 120 seats, over a real instance.

Everybody clicks in the same moment, on a line and with cookies of their own: by the form (page with its check value, form sent,
page it leads to) and through the API with a bearer token; on SQLite (WAL, synchronous=FULL) and on PostgreSQL (fsync and
synchronous_commit on). Instance, database and crowd share the machine. Printed are medians of the runs, each on a meetup
of its own, and what the same database does alone, measured in the same minute: the UPDATE and the INSERT of a registration in
a loop of as many threads as the web server has.

Peers, measured elsewhere on 2 processors in November 2026 with PostgreSQL and 4 web workers, 400 people for 120 seats: pretix
2026.8.0 shop 1.9 registrations/s with 10 requests and 239 statements each, 95 of 100 answered within 63 s; its API 6.4/s, 105
statements, 22 s; Indico 3.3.14 form 6.0/s, 3 requests, 59 statements, 20 s, oversold in 5 of 6 runs by up to 3; pretalx
2026.2.1 session sign-up 6.0/s, signed in before, 63 statements, 27 s. First visit of the form: pretix 351 KB, Indico 2.7 MB.
"""

import sys
from statistics import median

from bench.tools import machine, trivial
from bench.tools.people import Person, all_at_once, by_form
from bench.tools.place import SEATS, THREADS, Place, Run, on_postgres, on_sqlite
from bench.tools.statements import listening
from bench.tools.visit import first_visit

PEOPLE = 400
COUNTED = 60  # people whose statements are counted, apart from the runs that are timed
AIMS = {"form": 150, "api": 400}


def main(runs: int) -> None:
    """Print the figures."""
    print(f"{PEOPLE} people at once for {SEATS} seats, {runs} runs, medians; {machine.load()}")
    print_crowd_alone()
    for name, place in (("SQLite", on_sqlite), ("PostgreSQL", on_postgres)):
        with place() as here:
            print_place(name, here, runs)


def print_crowd_alone() -> None:
    """Print how fast the crowd is when nothing has to be done for it."""
    with trivial.responder() as port:
        rushes = [all_at_once(port, [Person(n, "form") for n in range(PEOPLE)], by_form("x")) for _ in range(5)]
    alone = median(rush.answers_a_second for rush in rushes)
    print(f"crowd alone, against ready bytes: {alone:.0f} people/s by form")


def print_place(name: str, here: Place, runs: int) -> None:
    """Print what one database makes possible."""
    alone = here.ceiling()
    print(f"\n{name}: {here.durability()}; alone {alone:.0f} transactions/s in {THREADS} threads; {machine.load()}")
    for kind in AIMS:
        here.run(kind, 30)  # everybody's first question makes templates and connections ready
        found = [here.run(kind, PEOPLE) for _ in range(runs)]
        for run in found:
            print(f"  {kind:4}  {in_one_line(run)}")
        print_medians(kind, found, alone)
        print_statements(kind, here)
    print(f"  first visit of the form: {first_visit(here.served.port, here.new_meetup(SEATS)['slug'])} (aim 40 KB, 5 requests)")
    print(f"  'database is locked' in the log: {here.served.log.read_text().count('database is locked')}")


def in_one_line(run: Run) -> str:
    """Return the figures of one run."""
    rush, (middle, most) = run.rush, run.rush.waits
    spent = ", ".join(f"{part} {seconds:.2f}" for part, seconds in run.spent.items() if seconds)
    parts = (
        f"{rush.seats_a_second:5.0f} seats/s  {rush.answers_a_second:5.0f} answers/s",
        f"p50 {middle:.2f} s  p95 {most:.2f} s",
        f"held {run.held}  oversold {max(0, run.held - SEATS)}  errors {len(rush.errors)}",
        f"(processor seconds: {spent})",
    )
    return "  ".join(parts)


def print_medians(kind: str, found: list[Run], alone: float) -> None:
    """Print the middle of the runs, and what went wrong in any of them."""
    seats = median(run.rush.seats_a_second for run in found)
    answers = median(run.rush.answers_a_second for run in found)
    middle, most = (median(run.rush.waits[at] for run in found) for at in (0, 1))
    people = [person for run in found for person in run.rush.people]
    requests, size = (sum(getattr(p, each) for p in people) / len(people) for each in ("requests", "size"))
    errors = [error for run in found for error in run.rush.errors]
    wrong = [run.held for run in found if run.held != SEATS]
    print(f"  {kind:4}  median {seats:.0f} seats/s (aim {AIMS[kind]}), {answers:.0f} answers/s, p50 {middle:.2f} s,", end=" ")
    print(f"p95 {most:.2f} s (aim 3)")
    print(f"        {requests:.1f} requests and {size / 1000:.1f} KB each; {answers / alone:.1%} of the database alone")
    print(f"        errors {len(errors)}{f', such as {errors[0]}' if errors else ''};", end=" ")
    print(f"runs that did not hold {SEATS}: {len(wrong)}")


def print_statements(kind: str, here: Place) -> None:
    """Print what a PostgreSQL server was asked for each registration; SQLite has no log of that."""
    if here.log is None:
        return
    known = here.new_meetup(COUNTED // 3)
    with listening(here.served.settings["MIDCYCLE_DATABASE_URL"], here.log) as asked:
        here.run(kind, COUNTED, known)
        machine.wait_until_quiet(here.served.process.pid)
    work, frame = asked.each(COUNTED)
    print(f"        {work:.1f} SQL statements each (aim 10), and {frame:.1f} that begin or end a transaction:")
    for kinds in (asked.work, asked.frame):
        shown = (f"{count / COUNTED:.1f} {words}" for words, count in kinds.most_common() if count >= COUNTED / 20)
        print(f"          {', '.join(shown)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
