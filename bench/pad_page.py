"""What somebody who reads a pad costs: `python -m bench.pad_page [seconds]`.

An instance with 2 web workers shows a pad of 200 lines (17,000 characters) to a visitor who is not signed in. Printed: a first
visit by bytes and requests; the middle answer to one visitor for the page, and for the question "is there anything new" that a
page asks every few seconds, when there is nothing and when there is; how many such questions 64 connections get answered, and
so how many readers two workers could have. The crowd shares the machine: with 2 processors it takes about half of it.

In one run on 2 busy processors, November 2026: 14.2 KB in 4 requests, of which 0.9 KB are a script that the page works
without; page 3.9 ms, nothing new 1.5 ms, something new 2.3 ms; 1,074 questions a second, which are 5,372 readers.
"""

import argparse
import json
import tempfile
from pathlib import Path
from statistics import median

import uvloop

from bench.tools import machine
from bench.tools.pages import asked, crowd, one, said
from bench.tools.people import BROWSER
from bench.tools.visit import first_visit_of
from tests.system.instance import instance
from tests.system.lines import get

READERS, EVERY = 2000, 5  # people, seconds
AIMS = {"KB": 30, "page": 50, "nothing": 10, "something": 50, "rate": READERS / EVERY}
LINES_OF_NOTES = 200


def main(seconds: float) -> None:
    """Print the figures."""
    print(f"a pad of {LINES_OF_NOTES} lines; {machine.load()}")
    with tempfile.TemporaryDirectory() as scratch, instance(Path(scratch) / "data", MIDCYCLE_WEB_WORKERS="2") as served:
        served.run("midcycle.cli.main", "migrate")
        served.start()
        path: str = json.loads(served.run("bench.tools.notes", str(LINES_OF_NOTES)))["path"]
        visit = first_visit_of(served.port, path)
        needed = sum(size for part, size in visit.parts if not part.endswith(".js")) / 1000
        print(f"first visit of a reader: {visit}; {needed:.1f} KB without scripts (aim {AIMS['KB']} KB)")
        page = uvloop.run(asked(served.port, path, plain=True)).body.decode()
        question = page.partition('data-news="')[2].partition('"')[0]
        print_one(served.port, path, "page", AIMS["page"])
        print_one(served.port, question, "anything new? no (204)", AIMS["nothing"])
        print_one(served.port, f"{question.partition('?')[0]}?have=-", "anything new? yes", AIMS["something"])
        found = uvloop.run(crowd(served.port, get(question, Accept_Encoding=BROWSER), seconds))
        print(f"  anything new? no, of a crowd     {said(found)} (aim {AIMS['rate']:.0f}/s)")
        print(f"  that is {found[0] * EVERY:,.0f} readers who ask every {EVERY} s (aim {READERS:,}); {machine.load()}")
        served.stop()


def print_one(port: int, path: str, name: str, aim: float) -> None:
    """Print how long one visitor waits, warm."""
    waits = sorted(uvloop.run(one(port, get(path, Accept_Encoding=BROWSER))))
    print(f"  {name:32} p50 {1000 * median(waits):6.2f} ms  p95 {1000 * waits[-3]:6.2f} ms (aim {aim} ms)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=float, nargs="?", default=4.0)
    main(parser.parse_args().seconds)
