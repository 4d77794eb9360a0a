"""How fast a released agenda is served: `python -m bench.agenda_pages [seconds] [--peer URL]`.

An instance with 2 web workers gives the page and the files of 60, 400 and 2,000 sessions. Printed: requests a second over 64
kept connections with the middle and the 95th answer of 100, without and with a validator; the middle answer to one visitor; a
first visit by bytes and requests. Beside them, measured in the same run: what the framework alone does with the same bytes, and
how fast the crowd is against ready bytes. The crowd shares the machine: with 2 processors it takes about half of it.

`--peer` is the address of an event on a pretalx of this machine, such as `http://127.0.0.1:8590/big/`: its page with and
without scripts and its schedule.json are measured in the same run. To have one, in a directory of its own:

    uv venv --python 3.13 && uv pip install pretalx gunicorn      # and a Redis, which pretalx cannot do without
    export PRETALX_CONFIG_FILE=pretalx.cfg DJANGO_SETTINGS_MODULE=pretalx.settings
                                                                  # [site] url, [database] sqlite3, [redis] location,
                                                                  # [filesystem] data and static
    python -m pretalx migrate && python -m django collectstatic
    gunicorn pretalx.wsgi --workers 2 --bind 127.0.0.1:8590

Its directory of static files must also hold what the wheel has in `frontend/schedule-editor/dist`, or its page is an error. 400
sessions in 20 rooms come from a script that does with its models what its command `create_test_event` does: `create_event`,
`create_submission`, state *confirmed*, `move_slot`, and `freeze_schedule` at the end.

In one run on 2 busy processors, 400 sessions, November 2026: 2,767 pages/s, 95 of 100 within 43 ms; pretalx 2026.2.1 on SQLite
and gunicorn 27/s as a shell that needs scripts, 1/s without, its schedule.json 1.17 s where ours is 0.5 ms.

Peers behind nginx, on PostgreSQL, with 4 workers, on the same machine alone: pretalx page at 400 sessions 46/s as a shell that
needs scripts, 4/s without, schedule.json 1.35 s; Indico 3.3.14 8/s. First visit at 60 sessions: pretalx 208 KB in 20 requests,
Indico 2.7 MB.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import uvloop

from bench.footprint import free_ports
from bench.tools import machine, trivial
from bench.tools.pages import LINES, asked, crowd, one, said
from bench.tools.people import BROWSER
from bench.tools.visit import first_visit_of
from tests.system.instance import Instance, instance
from tests.system.lines import Answer, get

AIMS = {"rate": 1500, "p95": 60, "page": 50, "file": 5, "peer": 30}
FILES = ("schedule.json", "schedule.xml", "schedule2.json", "schedule.ics", "schedule.xcal", "schedule.csv")


def main(seconds: float, peer: str) -> None:
    """Print the figures, and those of a peer if there is one."""
    print(f"{LINES} connections, {seconds:.0f} s each; {machine.load()}")
    with tempfile.TemporaryDirectory() as scratch, instance(Path(scratch) / "data", MIDCYCLE_WEB_WORKERS="2") as served:
        served.run("midcycle.cli.main", "migrate")
        served.start()
        slugs = {count: _made(served, count) for count in (60, 400, 2000)}
        print(f"first visit, 60 sessions: {first_visit_of(served.port, f'/m/{slugs[60]}/agenda/')} (aim 40 KB, 5 requests)")
        for count, slug in slugs.items():
            print_one(served.port, f"/m/{slug}/agenda/", f"page of {count} sessions", AIMS["page"])
        for name in FILES:
            print_one(served.port, f"/m/{slugs[400]}/{name}", f"{name} of 400 sessions", AIMS["file"])
        rate = print_crowd(served.port, f"/m/{slugs[400]}/agenda/", seconds, Path(scratch))
        served.stop()
        if peer:
            print_peer(peer, rate, seconds)


def print_one(port: int, path: str, name: str, aim: float) -> None:
    """Print how long one visitor waits, warm."""
    waits = sorted(uvloop.run(one(port, get(path, Accept_Encoding=BROWSER))))
    print(f"  {name:32} p50 {1000 * median(waits):6.2f} ms  p95 {1000 * waits[-3]:6.2f} ms (aim {aim} ms)")


def print_crowd(port: int, path: str, seconds: float, scratch: Path) -> float:
    """Print what a crowd gets, and what it could get at most; return pages a second."""
    page = uvloop.run(asked(port, path))
    (scratch / "page").write_bytes(page.body)
    with _plain(scratch / "page") as alone, trivial.responder() as ready:
        ceiling = uvloop.run(crowd(alone, get("/"), seconds))
        fastest = uvloop.run(crowd(ready, get("/"), seconds))
        found = uvloop.run(crowd(port, get(path, Accept_Encoding=BROWSER), seconds))
        known = uvloop.run(crowd(port, _with_validator(path, page), seconds))
    print(f"  crowd alone, against ready bytes {said(fastest)}")
    print(f"  the framework alone, same bytes  {said(ceiling)}")
    print(f"  page of 400 sessions             {said(found)} (aim {AIMS['rate']}/s, p95 {AIMS['p95']} ms)")
    print(f"  the same, who has it (304)       {said(known)}")
    print(f"  {found[0] / ceiling[0]:.0%} of the framework alone; {machine.load()}")
    return found[0]


def print_peer(address: str, rate: float, seconds: float) -> None:
    """Print what an event of pretalx gives the same crowd, and how often ours goes into it."""
    parts = urlsplit(address)
    port, event = parts.port or 80, parts.path.rstrip("/")
    for name, path in (("page that needs scripts", "schedule/"), ("page without scripts", "schedule/nojs")):
        found = uvloop.run(crowd(port, _of_the_peer(f"{event}/{path}"), seconds))
        print(f"  peer: {name:26} {said(found)}; ours is {rate / found[0]:.0f} times it (aim {AIMS['peer']})")
    waits = uvloop.run(one(port, _of_the_peer(f"{event}/schedule.json"), 20))
    print(f"  peer: schedule.json              p50 {1000 * median(waits):6.2f} ms; {machine.load()}")


def _of_the_peer(path: str) -> bytes:
    """Return a request as browsers send it: to others pretalx gives a table of plain text."""
    return get(path, Accept_Encoding=BROWSER, Accept="text/html,*/*;q=0.8", User_Agent="Mozilla/5.0")


def _made(served: Instance, count: int) -> str:
    slug: str = json.loads(served.run("bench.tools.agenda", str(count)))["slug"]
    return slug


def _with_validator(path: str, page: Answer) -> bytes:
    (etag,) = [line[6:] for line in page.head.decode().split("\r\n") if line.lower().startswith("etag:")]
    return get(path, Accept_Encoding=BROWSER, If_None_Match=etag)


@contextmanager
def _plain(body: Path) -> Iterator[int]:
    """Give the port of the framework alone, on as many workers."""
    port = free_ports()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--port", str(port)]
    command += ["--blocking-threads", "1", "--no-log", "bench.tools.plain:application"]
    with subprocess.Popen(command, env={**os.environ, "PLAIN_BYTES": str(body)}) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            uvloop.run(asked(port, "/"))
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The framework alone did not start.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="How fast a released agenda is served.")
    parser.add_argument("seconds", type=float, nargs="?", default=5)
    parser.add_argument("--peer", default="", help="address of an event on a pretalx of this machine")
    given = parser.parse_args()
    main(given.seconds, given.peer)
