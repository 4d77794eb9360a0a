"""What a report and an archive take: a meetup of 500 people with 60 pads, 120 topics and notes of a few pages each.

`python -m bench.report [people] [pads] [times]`; the database is a new one in memory of SQLite, or the one of
`TEST_DATABASE=postgres`. Each figure is the middle one of some runs; every link of the archive is checked each time.
"""

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final, TypeVar

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

import tests.conftest  # noqa: F401 - starts Django when this runs as a program
from bench.tools import machine
from midcycle.engines import folder
from midcycle.engines.crdt.document import state_from_text
from midcycle.meetups.models import Meetup
from midcycle.outcomes import actions as outcomes
from midcycle.pads.models import Pad, Published, Snapshot
from midcycle.report import actions
from midcycle.report.queries import paper_of, report_page
from midcycle.report.queries.archive import HEAVIEST, archive_of, weight_of
from midcycle.topics.models import Topic
from tests.world import NOW, ada
from tests.worlds.report import DEVELOPER, OPERATOR, VENDOR, over, thanked

DRAFT_IN, ARCHIVE_IN = 3.0, 20.0
TOPICS: Final = 120
_WORDS: Final = (
    *("upgrade", "storage", "network", "release", "we", "they", "found", "slow", "never", "again", "ask", "team"),
    *("cloud", "node", "rack", "quota"),
)
Made = TypeVar("Made")


def main(people: int, pads: int, times: int) -> None:
    """Print every figure beside what is promised."""
    print(f"{people} people, {pads} pads, {TOPICS} topics, {connection.vendor}, {times} runs each; {machine.load()}")
    config = setup_databases(verbosity=0, interactive=False)
    meetup = _world(people, pads)
    with CaptureQueriesContext(connection) as asked:
        report_page(meetup)
    _, drafted = _timed(lambda: report_page(meetup), times)
    print(f"report drafted: {drafted:.2f} s of the {DRAFT_IN:.0f} s promised, {len(asked)} statements")
    paper, pressed = _timed(lambda: paper_of(report_page(meetup)), times)
    print(f"the same as PDF of {len(paper) / 1000:.0f} kB: {pressed:.2f} s")
    files, archived = _timed(lambda: _archive(meetup), times)
    print(f"archive of {len(files)} files, checked and written: {archived:.2f} s of the {ARCHIVE_IN:.0f} s promised")
    heaviest = max((name for name in files if name.endswith(".html")), key=lambda name: weight_of(name, files))
    print(f"heaviest page: {heaviest}, {weight_of(heaviest, files) / 1000:.0f} kB with its style of {HEAVIEST / 1000:.0f} kB")
    teardown_databases(config, verbosity=0)


def _archive(meetup: Meetup) -> dict[str, bytes | Path]:
    files = archive_of(meetup)
    found = folder.faults(files)
    if found:
        raise SystemExit(f"{len(found)} links do not work, such as {found[0]}")
    with tempfile.TemporaryDirectory() as place:
        folder.write(files, Path(place) / "out", name=meetup.slug)
    return files


def _timed(make: Callable[[], Made], times: int) -> tuple[Made, float]:
    """Return what is made and the middle of the seconds it took, with nothing kept from before."""
    took = []
    for _ in range(times):
        cache.clear()
        begun = perf_counter()
        made = make()
        took.append(perf_counter() - begun)
    return made, median(took)


def _world(people: int, pads: int) -> Meetup:
    """Return a meetup whose report is published, with notes in every pad."""
    answers = [(OPERATOR, DEVELOPER, VENDOR)[number % 3] for number in range(people)]
    meetup = thanked(over(*answers, sessions=pads))
    chance = random.Random(1)
    for pad in Pad.objects.filter(meetup=meetup):
        text = _notes(pad.title, chance)
        Snapshot.objects.filter(pad=pad).update(state=state_from_text(text), text=text)
        Published.objects.create(pad=pad, text=text, at=NOW)
    Topic.objects.bulk_create(
        Topic(meetup=meetup, title=f"Topic {n}", details_html=f"<p>{_said(chance, 80)}</p>", proposed_by=ada(), proposed_at=NOW)
        for n in range(TOPICS)
    )
    while outcomes.collect(now=NOW):
        pass
    actions.publish(meetup, by=ada(), now=NOW)
    return Meetup.objects.get(pk=meetup.pk)


def _notes(title: str, chance: random.Random) -> str:
    said = "\n".join(f"- {_said(chance, 14)} ##{chance.choice(_WORDS)}" for _ in range(80))
    done = "\n".join(f"- [ ] Bo: {_said(chance, 8)}, by 2027-04-{day:02}" for day in range(1, 6))
    return f"# {title}\n\n## Summary\n\n{_said(chance, 60)}.\n\n## Notes\n\n{said}\n\n## Actions\n\n{done}\n"


def _said(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()


if __name__ == "__main__":
    main(*(int(text) for text in (*sys.argv[1:], *("500", "60", "5")[len(sys.argv) - 1 :])))
