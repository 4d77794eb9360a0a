"""What 10,000 answers to a survey cost: `python -m bench.survey`, on SQLite and on PostgreSQL.

They answered the standard questions and five of the team's own, each with a text. They are put there in bulk; how long one
more takes is printed, too. Aim: one second for everything a page shows.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from random import Random
from time import perf_counter
from typing import Final

from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

import tests.conftest  # noqa: F401 - starts Django when this runs as a program
from midcycle.feedback import actions, queries
from midcycle.feedback.actions.building import Wanted
from midcycle.feedback.models import OwnWords, Survey, Tally
from tests.world import NOW, ada
from tests.worlds.feedback import Came, came, said

PEOPLE: Final = 10_000
MORE: Final = 20
AIM: Final = 1.0


def main() -> None:
    """Measure on the database of this process."""
    config = setup_databases(verbosity=0, interactive=False)
    world = came(MORE)
    for number in range(5):
        actions.add_question(world.meetup, Wanted("scale", {"en": f"Question {number}"}), by=ada(), now=NOW)
    _fill(actions.open_survey(world.meetup, by=ada(), now=NOW))
    print(f"{PEOPLE} answers on {connection.vendor}")
    _answer(world)
    actions.close_survey(world.meetup, by=ada(), now=NOW)
    meetup = world.meetup
    _tell("figures for the team", lambda: queries.results(meetup, public=False))
    _tell("figures for everybody", lambda: queries.results(meetup, public=True))
    _tell("first page of texts", lambda: queries.texts_page(meetup, "words", 1))
    _tell("last page of texts", lambda: queries.texts_page(meetup, "words", PEOPLE // 50))
    teardown_databases(config, verbosity=0)


def _fill(survey: Survey) -> None:
    chance = Random(1)
    for row in Tally.objects.filter(survey=survey):
        row.count = PEOPLE if row.value == "*" else chance.randrange(PEOPLE // 4)
        row.save(update_fields=["count"])
    texts = (OwnWords(survey=survey, chapter=number // 150, text=f"Text {number} " * 20) for number in range(PEOPLE))
    OwnWords.objects.bulk_create(sorted(texts, key=lambda each: each.pk), batch_size=1_000)


def _answer(world: Came) -> None:
    begun = perf_counter()
    for seat in world.seats:
        actions.answer_survey(seat, said("list", come_again=True, words="One text more"), now=NOW)
    print(f"  one more answer         {(perf_counter() - begun) / MORE * 1_000:8.1f} ms")


def _tell(what: str, deed: Callable[[], object]) -> None:
    with CaptureQueriesContext(connection) as seen:
        begun = perf_counter()
        deed()
        took = perf_counter() - begun
    print(f"  {what:23} {took * 1_000:8.1f} ms in {len(seen)} queries: {took / AIM:.3f} of what is promised")


if __name__ == "__main__":
    main()
    if os.environ.get("TEST_DATABASE") != "postgres":
        sys.stdout.flush()
        subprocess.run([sys.executable, "-m", "bench.survey"], env={**os.environ, "TEST_DATABASE": "postgres"}, check=True)
